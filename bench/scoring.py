"""How fast a country is scored, beside what numpy needs to read the same answers once."""

import resource
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np

from bench.rows import Row, best_of
from scoring.engine.scorer import score
from scoring.engine.shortest_path import next_level
from surveys.instruments.answers import NO_ANSWER, AnswerTable, Column, State, code_of
from surveys.instruments.model import Instrument, Item
from surveys.instruments.parse import parse_instrument

FIRMS = 1_000_000
ONE_BY_ONE = 2_000
ROWS_AT_ONCE = 1 << 16
BLUEBOOK = Path(__file__).parents[1] / "surveys" / "data" / "instruments" / "bluebook-1.0.0.yaml"
CHANCES = ((State.DK, 0.03), (State.DECLINE, 0.02), (State.NA, 0.04))


def run() -> list[Row]:
    instrument = parse_instrument(BLUEBOOK.read_text(encoding="utf-8"))
    answers = country(instrument, FIRMS)
    reading = best_of(5, lambda: weighted_sum(instrument, answers))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scoring = best_of(5, lambda: score(instrument, answers, keep_items=False))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    plain = best_of(1, lambda: plain_python(instrument, answers.rows(0, ONE_BY_ONE))) * FIRMS / ONE_BY_ONE
    few = answers.rows(0, 20)
    path = best_of(1, lambda: [next_level(instrument, few.rows(row, row + 1)) for row in range(few.size)]) / few.size
    items = len(instrument.items)
    return [
        Row(
            f"Score {FIRMS:,} firms x {items} items, s",
            scoring,
            reading,
            scoring / reading,
            "at most 4 x",
            "Reference: numpy reads the same columns once and writes one weighted sum, in rows of cache size.",
        ),
        Row(
            "The same firm by firm in plain Python, s",
            scoring,
            plain,
            plain / scoring,
            "at least 100 x faster",
            f"Reference: the same key worked out in a loop, {ONE_BY_ONE:,} firms, carried up.",
        ),
        Row(
            "Peak memory while scoring, MiB",
            peak / 1024,
            before / 1024,
            peak / 1024 / 1536,
            "under 1,536 MiB",
            "Reference: the process before scoring, answers included.",
        ),
        Row("Shortest path with two alternatives, bluebook, s", path, 1.0, path, "under 1 s", "Mean of 20 firms."),
    ]


def country(instrument: Instrument, firms: int) -> AnswerTable:
    """Answers drawn at random with every kind of no answer."""
    rng = np.random.default_rng(2026)
    return AnswerTable(firms, {item.code: answers_to(item, firms, rng) for item in instrument.items})


def answers_to(item: Item, firms: int, rng: np.random.Generator) -> Column:
    code = np.zeros(firms, np.uint8) if item.is_numeric else rng.integers(0, len(item.options), firms, np.uint8)
    for state, chance in CHANCES:
        if state is not State.NA or item.not_applicable is not None:
            code[rng.random(firms) < chance] = code_of(state)
    if not item.is_numeric:
        return Column(code)
    return Column(code, np.where(code < NO_ANSWER, rng.integers(0, 101, firms), np.nan))


def weighted_sum(instrument: Instrument, answers: AnswerTable) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Every column read once, times its weight, added up."""
    total = np.empty(answers.size)
    product = np.empty(ROWS_AT_ONCE)
    for start in range(0, answers.size, ROWS_AT_ONCE):
        part = total[start : start + ROWS_AT_ONCE]
        part[:] = 0.0
        for item in instrument.items:
            column = answers[item.code]
            values = column.code if column.number is None else column.number
            np.multiply(values[start : start + ROWS_AT_ONCE], item.weight, out=product[: len(part)])
            part += product[: len(part)]
    return total


def plain_python(instrument: Instrument, answers: AnswerTable) -> list[float | None]:
    """The same index as a beginner would write it: a loop over firms, a loop over items."""
    points = {item.code: table_of(instrument, item) for item in instrument.items}
    columns = {
        code: (column.code.tolist(), None if column.number is None else column.number.tolist())
        for code, column in answers.columns.items()
    }
    return [one_index(instrument, points, columns, row) for row in range(answers.size)]


def table_of(instrument: Instrument, item: Item) -> dict[str, float]:
    rule = instrument.item_rule(item) or {}
    return {str(value): float(score) for value, score in rule.get("table", {}).items()}


def one_index(
    instrument: Instrument,
    points: Mapping[str, Mapping[str, float]],
    columns: Mapping[str, tuple[list[int], list[float] | None]],
    row: int,
) -> float | None:
    total = weight = 0.0
    for dimension in instrument.dimensions:
        earned = counted = 0.0
        for item in dimension.items:
            score = one_score(item, points[item.code], columns, row)
            if score is not None:
                earned += item.weight * score
                counted += item.weight
        if counted:
            total += dimension.weight * earned / counted
            weight += dimension.weight
    return total / weight if weight else None


def one_score(
    item: Item,
    points: Mapping[str, float],
    columns: Mapping[str, tuple[list[int], list[float] | None]],
    row: int,
) -> float | None:
    codes, numbers = columns[item.code]
    code = codes[row]
    if item.code == "DG-03" and columns["DG-02"][0][row] != 0:
        return None
    if code == code_of(State.DK):
        return 0.0
    if code > NO_ANSWER:
        return None
    return points[str(item.options[code].value)] if numbers is None else on_anchors(numbers[row])


def on_anchors(share: float) -> float:
    anchors = ((0.0, 0.0), (20.0, 25.0), (50.0, 50.0), (80.0, 75.0), (100.0, 100.0))
    for (low, below), (high, above) in pairwise(anchors):
        if share <= high:
            return below + (above - below) * (share - low) / (high - low)
    return 100.0
