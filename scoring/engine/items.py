"""From an answer to points: the ``map``, ``piecewise`` and ``percent_band`` rules of an item."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from scoring.engine.primitives import Scores, piecewise
from surveys.instruments.answers import AnswerTable, Column, State, code_of
from surveys.instruments.model import Instrument, Item

Rule = Mapping[str, Any]


def item_rule(instrument: Instrument, item: Item) -> Rule | None:
    """The rule that turns this item's answer into points, or None where the item is asked but not scored."""
    return instrument.item_rule(item)


def item_scores(instrument: Instrument, item: Item, answers: AnswerTable) -> Scores:
    """Points 0 to 100 a firm, shape (n,); NaN where nothing may be scored. "Don't know" scores as the lowest answer."""
    rule = item_rule(instrument, item)
    if rule is None:
        return np.full(answers.size, np.nan)
    column = answers[item.code]
    if column.number is None:
        return lookup(item, rule)[column.code]
    return numeric_scores(item, rule, column)


def numeric_scores(item: Item, rule: Rule, column: Column) -> Scores:
    """Points of answers that are numbers or ticks; the kinds of no answer as everywhere."""
    assert column.number is not None  # noqa: S101 - only numeric columns come here
    scores = number_scores(item, rule, column.number)
    scores[~column.answered] = np.nan
    scores[column.is_state(State.DK)] = lowest_score(item, rule)
    return scores


def lookup(item: Item, rule: Rule) -> Scores:
    """Points for each of the 256 codes that a coded item's column may hold."""
    table = np.full(256, np.nan)
    points = option_points(rule)
    for position, option in enumerate(item.options):
        table[position] = points[str(option.value)]
    table[code_of(State.DK)] = lowest_score(item, rule)
    return table


def option_points(rule: Rule) -> dict[str, float]:
    """What a ``map`` gives for each value."""
    return {str(value): float(score) for value, score in rule["table"].items()}


def lowest_score(item: Item, rule: Rule) -> float:
    """The points of the lowest answer that the item takes."""
    if rule["rule"] == "map":
        return min(option_points(rule).values())
    if rule["rule"] == "piecewise":
        return min(float(score) for _, score in rule["points"])
    return float(item.steps.shares()[0]) if item.steps else 0.0


def number_scores(item: Item, rule: Rule, numbers: Scores) -> Scores:
    """The rule on every number of a column, answered or not."""
    if rule["rule"] == "piecewise":
        return piecewise(numbers, rule["points"])
    if rule["rule"] == "map":
        return multi_scores(item, rule, numbers)
    # percent_band: entry has refused all but the shares that stand for themselves.
    return numbers.astype(np.float64)


def multi_scores(item: Item, rule: Rule, masks: Scores) -> Scores:
    """The sum of the points of all ticked options."""
    points = option_points(rule)
    bits = masks.astype(np.int64)
    total = np.zeros(len(masks))
    for position, option in enumerate(item.options):
        total += ((bits >> position) & 1) * points.get(str(option.value), 0.0)
    return total
