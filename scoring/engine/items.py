"""From an answer to points: the ``map``, ``piecewise`` and ``percent_band`` rules of an item."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveys.instruments.answers import AnswerTable, State, code_of
from surveys.instruments.model import Instrument, Item

Scores = NDArray[np.float64]


def item_rule(instrument: Instrument, item: Item) -> Mapping[str, Any] | None:
    """The rule that turns this item's answer into points, or None where the item is asked but not scored."""
    return item.score if item.score is not None else instrument.item_scales.get(item.kind)


def item_scores(instrument: Instrument, item: Item, answers: AnswerTable) -> Scores:
    """Points 0 to 100 a firm, shape (n,); NaN where nothing may be scored. "Don't know" scores as the lowest answer."""
    rule = item_rule(instrument, item)
    if rule is None:
        return np.full(answers.size, np.nan)
    column = answers[item.code]
    if column.number is None:
        return lookup(item, rule)[column.code]
    scores = number_scores(item, rule, column.number)
    scores[~column.answered] = np.nan
    scores[column.is_state(State.DK)] = lowest_score(item, rule)
    return scores


def lookup(item: Item, rule: Mapping[str, Any]) -> Scores:
    """Points for each of the 256 codes that a coded item's column may hold."""
    table = np.full(256, np.nan)
    points = {str(value): float(score) for value, score in rule["table"].items()}
    for position, option in enumerate(item.options):
        table[position] = points[str(option.value)]
    table[code_of(State.DK)] = lowest_score(item, rule)
    return table


def lowest_score(item: Item, rule: Mapping[str, Any]) -> float:
    if rule["rule"] == "map":
        return min(float(score) for score in rule["table"].values())
    if rule["rule"] == "piecewise":
        return min(float(score) for _, score in rule["points"])
    return 0.0


def number_scores(item: Item, rule: Mapping[str, Any], numbers: Scores) -> Scores:
    if rule["rule"] == "piecewise":
        return piecewise(numbers, rule["points"])
    if rule["rule"] == "map":
        return multi_scores(item, rule, numbers)
    return numbers.astype(np.float64)


def piecewise(numbers: Scores, points: list[list[float]]) -> Scores:
    """Linear between the anchors (answer, points); constant beyond the first and the last."""
    xs, ys = zip(*points, strict=True)
    return np.interp(numbers, xs, ys)


def multi_scores(item: Item, rule: Mapping[str, Any], masks: Scores) -> Scores:
    """The sum of the points of all ticked options."""
    points = {str(value): float(score) for value, score in rule["table"].items()}
    bits = masks.astype(np.int64)
    total = np.zeros(len(masks))
    for position, option in enumerate(item.options):
        total += ((bits >> position) & 1) * points.get(str(option.value), 0.0)
    return total
