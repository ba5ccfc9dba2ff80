"""One firm's figures as plain values, ready to be kept: numbers, strings, None."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scoring.engine.placement import place, placements_of_one
from scoring.engine.published import Indicator
from scoring.engine.scorer import ScoreTable, score
from surveys.instruments.answers import NO_ANSWER, AnswerTable, State
from surveys.instruments.branching import option_values, with_branching
from surveys.instruments.model import Instrument
from surveys.instruments.predicates import TRUE, evaluate

# Fewer equal answers than this may well be true.
STRAIGHT_LINE_FROM = 10


def figures_of_one(
    instrument: Instrument, indicators: Sequence[Indicator], answers: AnswerTable, size: str | None
) -> dict[str, Any]:
    """Everything that is said of one firm. ``answers`` holds one row; points are 0 to 100 at full precision."""
    table = score(instrument, answers)
    asked = with_branching(instrument, answers)
    return {
        "complete": bool(table.complete[0]),
        "index": absent(table.index[0]),
        "level": level_code(instrument, int(table.level[0])),
        "banded_level": level_code(instrument, int(table.banded[0])),
        "gates_unmet": gates_holding(instrument, table),
        "nodes": {id_: absent(scores[0]) for id_, scores in table.nodes.items()},
        "items": {code: absent(scores[0]) for code, scores in table.items.items()},
        "not_asked": [item.code for item in instrument.items if asked[item.code].is_state(State.NOT_ASKED)[0]],
        "partly_declined": [code for code, flags in table.partly_declined.items() if flags[0]],
        "indicators": placements_of_one(place(instrument, indicators, answers, [size]), 0),
        "checks": checks_raised(instrument, asked, table.nodes),
        "straight_lined": straight_lined(instrument, asked),
    }


def absent(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def level_code(instrument: Instrument, number: int) -> str | None:
    return instrument.levels[number - 1].code if number else None


def gates_holding(instrument: Instrument, table: ScoreTable) -> list[str]:
    """The unmet gates that keep the firm below the level its index alone would give."""
    return [
        gate.id
        for gate in instrument.gates
        if not table.gates_met[gate.id][0] and table.banded[0] >= instrument.level_number(gate.level)
    ]


def straight_lined(instrument: Instrument, asked: AnswerTable) -> bool:
    """Whether all level items, at least ten of them, were answered with one and the same level."""
    codes = [int(asked[item.code].code[0]) for item in instrument.items if item.kind == "level"]
    answered = [code for code in codes if code < NO_ANSWER]
    return len(answered) >= STRAIGHT_LINE_FROM and len(set(answered)) == 1


def checks_raised(instrument: Instrument, asked: AnswerTable, nodes: Mapping[str, Any]) -> list[str]:
    """The ids of the consistency checks whose answers do not fit together."""
    options = option_values(instrument)
    return [check.id for check in instrument.checks if evaluate(check.when, asked, options, nodes)[0] == TRUE]
