"""Answers as columns: one small-integer column an item, from one firm to millions.

A cell of ``Column.code`` below ``NO_ANSWER`` is an answer: the option's position, or 0 where the answer is a number
(then it stands in ``Column.number``). ``NO_ANSWER`` + a ``State`` is one of the kinds of no answer, never mixed up.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
Numbers = NDArray[np.float64]

NO_ANSWER = 200


class State(enum.IntEnum):
    """Why there is no answer."""

    NA = 1
    DK = 2
    DECLINE = 3
    NOT_YET = 4
    NOT_ASKED = 5


def code_of(state: State) -> int:
    return NO_ANSWER + state


@dataclass(frozen=True, slots=True)
class Column:
    """One item's answers, shape (n firms,). ``number`` holds shares and numbers, or the bit mask of a multi item."""

    code: Codes
    number: Numbers | None = None

    @property
    def answered(self) -> NDArray[np.bool_]:
        return self.code < NO_ANSWER

    def is_state(self, state: State) -> NDArray[np.bool_]:
        return np.equal(self.code, code_of(state))


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The answers of ``size`` firms to the items of one instrument."""

    size: int
    columns: Mapping[str, Column]

    def __getitem__(self, item: str) -> Column:
        return self.columns[item]

    def rows(self, start: int, stop: int) -> "AnswerTable":
        """Firms ``start`` to ``stop``, as views into the same memory."""
        cut = {
            item: Column(column.code[start:stop], None if column.number is None else column.number[start:stop])
            for item, column in self.columns.items()
        }
        return AnswerTable(max(0, min(stop, self.size) - start), cut)
