"""Between an answer as written (a cell, a form value) and its code in a column."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surveys.instruments.answers import AnswerTable, Column, State, code_of
from surveys.instruments.model import Instrument, Item

STATE_WORDS = {"NA": State.NA, "DK": State.DK, "DECLINE": State.DECLINE}
NONE = "none"
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# More digits than this no scale has.
LONGEST_NUMBER = 30


class AnswerFault(ValueError):
    """An answer that the item does not take. ``reason`` is a code of ``FAULTS``; ``detail`` fills its text."""

    def __init__(self, reason: str, **detail: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Coded:
    """One answer in column form."""

    code: int
    number: float = math.nan


NOT_YET = Coded(code_of(State.NOT_YET))


def code_answer(item: Item, written: str) -> Coded:
    """The code of what was written in a cell; AnswerFault if the item does not take it."""
    written = written.strip()
    if not written:
        return NOT_YET
    if written in STATE_WORDS:
        return code_state(item, STATE_WORDS[written])
    if item.is_numeric:
        return Coded(0, _number(item, written))
    if item.kind == "multi":
        return Coded(0, float(_mask(item, written.split(";"))))
    return Coded(_position(item, written))


def code_state(item: Item, state: State) -> Coded:
    if state is State.NA and item.not_applicable is None:
        raise AnswerFault("na_not_allowed")
    return Coded(code_of(state))


def _number(item: Item, written: str) -> float:
    bare = written.removesuffix("%").strip() if item.kind == "share" else written
    if len(bare) > LONGEST_NUMBER or not NUMBER.fullmatch(bare):
        raise AnswerFault("not_a_number")
    number = float(bare)
    low, high = (0.0, 100.0) if item.kind == "share" else (item.low, item.high)
    if not math.isfinite(number) or (low is not None and number < low) or (high is not None and number > high):
        raise AnswerFault("out_of_range", low=_plain(low), high=_plain(high))
    if item.steps is not None and not item.steps.takes(number):
        bands = ", ".join(f"{_plain(low)}–{_plain(high)}" for low, high in item.steps.bands)
        raise AnswerFault("off_step", step=item.steps.step, bands=bands)
    return number


def _plain(bound: float | None) -> str:
    return "…" if bound is None else f"{bound:g}"


def _position(item: Item, written: str) -> int:
    values = [str(option.value) for option in item.options]
    # A spreadsheet turns the level 3 into 3.0.
    whole = written.removesuffix(".0")
    if whole not in values:
        raise AnswerFault("unknown_value", allowed=", ".join(values))
    return values.index(whole)


def _mask(item: Item, written: Sequence[str]) -> int:
    if len(written) > len(item.options):
        raise AnswerFault("unknown_value", allowed=", ".join(str(option.value) for option in item.options))
    mask = 0
    for part in written:
        mask |= 1 << _position(item, part.strip())
    if (none := none_bit(item)) and mask & none and mask != none:
        raise AnswerFault("none_and_others", none=NONE)
    return mask


def none_bit(item: Item) -> int:
    """The bit of the option that says "none of these", 0 where a multi item has no such option."""
    return sum(1 << position for position, option in enumerate(item.options) if option.value == NONE)


def written_answer(item: Item, code: int, number: float) -> str:
    """The cell that ``code_answer`` would read back as this code."""
    if code >= code_of(State.NA):
        state = State(code - code_of(State.NA) + State.NA)
        return {State.NA: "NA", State.DK: "DK", State.DECLINE: "DECLINE"}.get(state, "")
    if item.is_numeric:
        return f"{number:g}" if number == round(number, 5) else repr(number)
    if item.kind == "multi":
        return ";".join(str(o.value) for position, o in enumerate(item.options) if int(number) >> position & 1)
    return str(item.options[code].value)


def table_from_codes(
    instrument: Instrument, rows: Sequence[dict[str, Coded]], items: Sequence[Item] | None = None
) -> AnswerTable:
    """Columns from a few firms' coded answers, of all items or only of these; what a row lacks is not yet answered."""
    columns = {}
    for item in instrument.items if items is None else items:
        coded = [row.get(item.code, NOT_YET) for row in rows]
        code = np.array([one.code for one in coded], np.uint8)
        number = np.array([one.number for one in coded])
        if item.kind == "multi":
            columns[item.code] = Column(code, np.nan_to_num(number))
        else:
            columns[item.code] = Column(code, number if item.is_numeric else None)
    return AnswerTable(len(rows), columns)


def table_from_written(instrument: Instrument, rows: Sequence[dict[str, str]]) -> AnswerTable:
    """Columns from a few firms' written answers. AnswerFault if one is not taken."""
    return table_from_codes(
        instrument,
        [{code: code_answer(instrument.item(code), written) for code, written in row.items()} for row in rows],
    )
