"""The figures of many firms at once, each as ``figures_of_one`` gives it: scored in columns, told a firm a row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine.one_firm import STRAIGHT_LINE_FROM
from scoring.engine.placement import Placement, place
from scoring.engine.published import Indicator
from scoring.engine.scorer import ScoreTable, score
from surveys.instruments.answers import NO_ANSWER, AnswerTable, State
from surveys.instruments.branching import option_values, with_branching
from surveys.instruments.model import Instrument
from surveys.instruments.predicates import TRUE, evaluate

Flags = NDArray[np.bool_]
RANKS = ("reached", "rank_low", "rank_mid", "rank_high")


def figures_of_many(
    instrument: Instrument, indicators: Sequence[Indicator], answers: AnswerTable, sizes: Sequence[str | None]
) -> Iterator[dict[str, Any]]:
    """One dict a firm, in order. ``sizes`` as in ``place``."""
    table = score(instrument, answers)
    asked = with_branching(instrument, answers)
    columns = {
        "complete": table.complete.tolist(),
        "index": plain(table.index),
        "level": level_codes(instrument, table.level),
        "banded_level": level_codes(instrument, table.banded),
        "gates_unmet": chosen(gates_holding(instrument, table), answers.size),
        "nodes": keyed({id_: plain(scores) for id_, scores in table.nodes.items()}, answers.size),
        "items": keyed({code: plain(scores) for code, scores in table.items.items()}, answers.size),
        "not_asked": chosen(
            {item.code: asked[item.code].is_state(State.NOT_ASKED) for item in instrument.items}, answers.size
        ),
        "partly_declined": chosen(table.partly_declined, answers.size),
        "indicators": keyed(
            {id_: placed(one) for id_, one in place(instrument, indicators, answers, sizes).items()}, answers.size
        ),
        "checks": chosen(checks(instrument, asked, table), answers.size),
        "straight_lined": straight_lined(instrument, asked).tolist(),
    }
    yield from keyed(columns, answers.size)


def plain(numbers: NDArray[np.float64]) -> list[float | None]:
    """As Python floats, absent as None."""
    return [None if number != number else number for number in numbers.tolist()]


def keyed(columns: Mapping[str, Sequence[Any]], size: int) -> list[dict[str, Any]]:
    """One dict a row from columns by name."""
    if not columns:
        return [{} for _ in range(size)]
    names = tuple(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def chosen(flags: Mapping[str, Flags], size: int) -> list[list[str]]:
    """For each row the names whose flag is set."""
    found: list[list[str]] = [[] for _ in range(size)]
    for name, column in flags.items():
        for row in np.flatnonzero(column).tolist():
            found[row].append(name)
    return found


def level_codes(instrument: Instrument, numbers: NDArray[np.uint8]) -> list[str | None]:
    codes = [None, *(level.code for level in instrument.levels)]
    return [codes[number] for number in numbers.tolist()]


def gates_holding(instrument: Instrument, table: ScoreTable) -> dict[str, Flags]:
    return {
        gate.id: ~table.gates_met[gate.id] & (table.banded >= instrument.level_number(gate.level))
        for gate in instrument.gates
    }


def placed(placement: Placement) -> list[dict[str, float | str | None]]:
    ranks = (plain(one) for one in (placement.reached, placement.low, placement.mid, placement.high))
    reasons = [reason or None for reason in placement.reason.tolist()]
    return keyed(dict(zip((*RANKS, "reason"), (*ranks, reasons), strict=True)), len(reasons))


def checks(instrument: Instrument, asked: AnswerTable, table: ScoreTable) -> dict[str, Flags]:
    options = option_values(instrument)
    return {check.id: evaluate(check.when, asked, options, table.nodes) == TRUE for check in instrument.checks}


def straight_lined(instrument: Instrument, asked: AnswerTable) -> Flags:
    """As for one firm: all level items, at least ten of them, answered with one and the same level."""
    codes = [asked[item.code].code for item in instrument.items if item.kind == "level"]
    if len(codes) < STRAIGHT_LINE_FROM:
        return np.zeros(asked.size, bool)
    level = np.stack(codes)
    answered = level < NO_ANSWER
    lowest = np.where(answered, level, NO_ANSWER).min(axis=0)
    highest = np.where(answered, level, 0).max(axis=0)
    return np.asarray((answered.sum(axis=0) >= STRAIGHT_LINE_FROM) & (lowest == highest))
