"""Scores a table of answers with an instrument's key: one implementation for page, command, API and report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine.primitives import Scores, band_number
from scoring.engine.rules import Key, Sheet, key_of, score_nodes
from surveys.instruments.answers import AnswerTable, State
from surveys.instruments.branching import complete, with_branching
from surveys.instruments.model import Instrument
from surveys.instruments.predicates import holds

Flags = NDArray[np.bool_]
LevelNumbers = NDArray[np.uint8]

# Firms scored at a time: what they need then stays in the processor's cache.
FIRMS_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """What ``size`` firms' answers come to; every array has shape (n,).

    ``nodes`` and ``items`` are points (0 to 100 in `bluebook`), NaN where there is no score.
    ``banded`` is the level number by the score alone, ``level`` the one that the gates allow; 0 stands for none.
    ``items`` and ``partly_declined`` are empty where they were not asked for.
    """

    size: int
    complete: Flags
    items: Mapping[str, Scores]
    nodes: Mapping[str, Scores]
    banded: LevelNumbers
    level: LevelNumbers
    gates_met: Mapping[str, Flags]
    partly_declined: Mapping[str, Flags]

    @property
    def index(self) -> Scores:
        """The number that is compared and ranked, on 0 to 100."""
        return self.nodes["index"]


def score(instrument: Instrument, answers: AnswerTable, *, keep_items: bool = True) -> ScoreTable:
    """Scores every firm of the table: items, dimensions, index, level with its gates.

    ``keep_items=False`` leaves out the single items' points and the dimensions partly declined: a batch has no use for
    them.
    """
    key = key_of(instrument)
    table = empty_table(instrument, answers.size, keep_items)
    for start in range(0, answers.size, FIRMS_AT_ONCE):
        score_rows(key, answers.rows(start, start + FIRMS_AT_ONCE), table, start)
    return table


def empty_table(instrument: Instrument, size: int, keep_items: bool) -> ScoreTable:
    # One block for all nodes: the system hands large blocks out much faster than many middling ones.
    nodes = np.empty((len(instrument.nodes), size))
    return ScoreTable(
        size=size,
        complete=np.empty(size, bool),
        items={item.code: np.empty(size) for item in instrument.items} if keep_items else {},
        nodes={node.id: column for node, column in zip(instrument.nodes, nodes, strict=True)},
        banded=np.empty(size, np.uint8),
        level=np.empty(size, np.uint8),
        gates_met={gate.id: np.empty(size, bool) for gate in instrument.gates},
        partly_declined={one.code: np.empty(size, bool) for one in instrument.dimensions} if keep_items else {},
    )


def score_rows(key: Key, answers: AnswerTable, table: ScoreTable, start: int) -> None:
    """Scores some firms into their place in the table."""
    instrument = key.instrument
    rows = slice(start, start + answers.size)
    sheet = Sheet(key, with_branching(instrument, answers))
    table.complete[rows] = complete(instrument, sheet.asked)
    score_nodes(sheet, table.complete[rows])
    put(table.nodes, rows, sheet.nodes)
    put(table.items, rows, {code: sheet.scores(code) for code in table.items})
    gates = gates_met(sheet)
    put(table.gates_met, rows, gates)
    put(table.partly_declined, rows, {code: declined(instrument, code, sheet.asked) for code in table.partly_declined})
    table.banded[rows] = banded_levels(instrument, sheet.nodes, answers.size)
    table.level[rows] = gated_levels(instrument, table.banded[rows], gates)


def put(table: Mapping[str, NDArray[Any]], rows: slice, found: Mapping[str, NDArray[Any]]) -> None:
    for name, column in table.items():
        column[rows] = found[name]


def declined(instrument: Instrument, dimension: str, asked: AnswerTable) -> Flags:
    """Whether an answer to one of the dimension's items was declined."""
    items = instrument.dimension_by_code[dimension].items
    return np.asarray(np.any([asked[item.code].is_state(State.DECLINE) for item in items], axis=0))


def gates_met(sheet: Sheet) -> dict[str, Flags]:
    """Whether each gate's requirement is shown to be met; what does not apply or was declined does not show it."""
    gates = sheet.key.instrument.gates
    return {gate.id: holds(gate.require, sheet.asked, sheet.key.options, sheet.nodes) for gate in gates}


def banded_levels(instrument: Instrument, nodes: Mapping[str, Scores], size: int) -> LevelNumbers:
    """The level that the score alone gives."""
    if instrument.level_node is None:
        return np.zeros(size, np.uint8)
    return band_number(nodes[instrument.level_node], [level.start for level in instrument.levels])


def gated_levels(instrument: Instrument, banded: LevelNumbers, gates: Mapping[str, Flags]) -> LevelNumbers:
    """The banded level, lowered by every gate up to it that is not met; the lowest result stands."""
    level = banded.copy()
    for gate in instrument.gates:
        held = ~gates[gate.id] & (banded >= instrument.level_number(gate.level))
        np.minimum(level, np.uint8(instrument.ceiling(gate)), out=level, where=held)
    return level
