"""A table as the readers hand it over: columns of cells that still stand as they were written.

Cells become numbers or labels only when a column is asked for, because only its purpose tells what a cell must be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoring.measurements.table_messages import refused

Texts: TypeAlias = np.ndarray[tuple[int], Any]
"""A vector of numpy's variable-width strings, 16 bytes for each short one."""


class Kind(IntEnum):
    """What a cell holds. A date is a date to the spreadsheet; a date in a CSV file is text."""

    BLANK = 0
    NUMBER = 1
    TEXT = 2
    DATE = 3
    TRUTH = 4
    ERROR = 5
    UNCOMPUTED = 6


@dataclass(frozen=True, eq=False, slots=True)
class Column:
    """One column of N cells. ``texts`` holds what is written, ``numbers`` the value of NUMBER cells and NaN elsewhere.

    ``name`` is the header without its unit and may be empty. ``merged`` are the (first, last) cells of vertical merges.
    """

    letter: str
    name: str
    unit: str | None
    header: str
    kinds: NDArray[np.uint8]
    numbers: NDArray[np.float64]
    texts: Texts
    merged: tuple[tuple[int, int], ...] = ()

    @property
    def label(self) -> str:
        """The column as a message names it."""
        return f"{self.letter} ({self.header})" if self.header else self.letter

    def shown(self, position: int) -> str:
        """What a cell holds, as text."""
        if self.kinds[position] == Kind.NUMBER:
            return f"{self.numbers[position]:.15g}"
        return str(self.texts[position])


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Columns of equal length and the row of the file from which each cell comes, counted from 1.

    ``semicolons`` tells that the columns were separated by semicolons, which people do when the comma is the decimal
    mark. ``source`` is the encoding of a CSV file or the sheet of a workbook.
    """

    columns: tuple[Column, ...]
    rows: NDArray[np.int64]
    source: str
    semicolons: bool = False

    def column(self, wanted: str) -> Column:
        """The column with this header, whole or without unit, or part of a two-line header, or else this letter.

        Upper and lower case count as equal. Refuses a name that fits no column or several.
        """
        for fits in (_by_header, _by_name, _by_part, _by_letter):
            found = [column for column in self.columns if fits(column, wanted.strip().casefold())]
            if len(found) == 1:
                return found[0]
            if found:
                raise refused("column_twice", wanted=wanted, known=_listed(found))
        raise refused("no_column", wanted=wanted, known=_listed(self.columns))


PART: str = " / "
"""Stands between the lines of a header of several lines."""


def letters(position: int) -> str:
    """The spreadsheet's name of a column counted from 0: A, B, ... Z, AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name


def as_texts(cells: Sequence[str]) -> Texts:
    return np.array(cells, dtype=np.dtypes.StringDType())


def _by_header(column: Column, wanted: str) -> bool:
    return column.header.casefold() == wanted and wanted != ""


def _by_name(column: Column, wanted: str) -> bool:
    return column.name.casefold() == wanted and wanted != ""


def _by_part(column: Column, wanted: str) -> bool:
    return wanted in (part.casefold() for part in column.name.split(PART)) and wanted != ""


def _by_letter(column: Column, wanted: str) -> bool:
    return column.letter.casefold() == wanted


def _listed(columns: Iterable[Column], at_most: int = 20) -> str:
    names = [column.label for column in columns]
    return ", ".join(names[:at_most]) + (", …" if len(names) > at_most else "")
