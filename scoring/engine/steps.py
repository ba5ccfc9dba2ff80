"""Single steps that a firm could take next: one item raised to its next level, and the index it would then have."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.engine.scorer import score
from surveys.instruments.answers import AnswerTable
from surveys.instruments.branching import with_branching
from surveys.instruments.coding import STATE_WORDS, table_from_written, written_answer
from surveys.instruments.model import Instrument, Item
from surveys.instruments.predicates import items_in


@dataclass(frozen=True, slots=True)
class Step:
    """``before`` and ``after`` are answers as written in a file; ``level_after`` is 0 where there is none."""

    item: str
    before: str
    after: str
    index_after: float
    gain: float
    level_after: int


def written_row(instrument: Instrument, answers: AnswerTable) -> dict[str, str]:
    """The first firm's answers as they would stand in a file; what was not asked is left out."""
    asked = with_branching(instrument, answers)
    row = {}
    for item in instrument.items:
        column = asked[item.code]
        number = math.nan if column.number is None else float(column.number[0])
        row[item.code] = written_answer(item, int(column.code[0]), number)
    return {code: written for code, written in row.items() if written}


def next_answer(item: Item, written: str) -> str | None:
    """The answer one step higher, or None at the top, or where the item does not apply or was declined."""
    if written in ("", "NA", "DECLINE"):
        return None
    if item.kind == "level":
        level = 1 if written == "DK" else int(written)
        return str(level + 1) if level < len(item.options) else None
    if item.kind == "share":
        share = 0.0 if written in STATE_WORDS else float(written)
        return next((mark for mark in sorted(item.advice, key=float) if float(mark) > share), None)
    if item.kind == "yesno":
        return "yes" if written != "yes" else None
    return None


def single_steps(instrument: Instrument, answers: AnswerTable) -> list[Step]:
    """Every single step open to the firm of the first row, the largest gain in index points first.

    All variants are scored at once, as rows of one table. A step that opens a branch (an item that was not asked
    before) is scored with that branch at its lowest answer.
    """
    row = written_row(instrument, answers)
    moves = [(item, after) for item in instrument.items if (after := next_answer(item, row.get(item.code, "")))]
    variants = [row, *({**row, item.code: after} for item, after in moves)]
    opened = [{**dict.fromkeys(branched(instrument), "DK"), **variant} for variant in variants]
    table = score(instrument, table_from_written(instrument, opened))
    index = table.index
    steps = [
        Step(item.code, row[item.code], after, float(index[n]), float(index[n] - index[0]), int(table.level[n]))
        for n, (item, after) in enumerate(moves, 1)
    ]
    return sorted(steps, key=lambda step: (-step.gain, step.item))


def branched(instrument: Instrument) -> Sequence[str]:
    return [item.code for item in instrument.items if item.ask_when is not None]


def gate_items(instrument: Instrument, gates: Sequence[str]) -> list[str]:
    """The items that the named gates look at, in the order of the gates."""
    wanted = [gate for gate in instrument.gates if gate.id in gates]
    return list(dict.fromkeys(code for gate in wanted for code in items_in(gate.require)))
