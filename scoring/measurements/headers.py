"""Finds the header among the first rows of a sheet: titles above it, headers of several lines, units below it.

Rules. The header is the first row of nothing but text that has the most filled cells among such rows, if it has at
least half as many as the rows below it. Rows of text that touch it from above belong to it, except titles, which are a
single text; from below only rows of units and rows that name columns still without a name. When there is no such row,
the first row is the header if some column has text there and a number below (columns headed 1, 2, 3, for example).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from scoring.measurements.numerals import NotNumeral, Numeral, read_numeral
from scoring.measurements.table_model import PART
from scoring.measurements.units import header_parts, unit_of

Cell: TypeAlias = object
Row: TypeAlias = Sequence[Cell]
Area: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""A merged area: (row, column) of its first and of its last cell, counted from 0."""

LOOKED_AT: Final = 40
"""Rows at the top of the file among which a header is looked for."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the data begin (a row counted from 0), and header text, name and unit for each column."""

    first_data_row: int
    headers: tuple[str, ...]
    names: tuple[str, ...]
    units: tuple[str | None, ...]


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def find_header(rows: Sequence[Row], width: int, areas: Sequence[Area] = ()) -> Header:
    """The header of a table ``width`` columns wide, from its first rows and, in a workbook, its merged areas."""
    block = _block(rows[:LOOKED_AT])
    if block is None:
        return Header(0, ("",) * width, ("",) * width, (None,) * width)
    first, last = block
    lines = [_filled(rows, row, row < last, width, areas) for row in range(first, last + 1)]
    headers, names, units = zip(*(_column(lines, column) for column in range(width)), strict=True)
    return Header(last + 1, headers, names, units)


def _block(rows: Sequence[Row]) -> tuple[int, int] | None:
    """First and last row of the header."""
    texts = {number: _count(row) for number, row in enumerate(rows) if _only_text(row)}
    most = max(texts.values(), default=0)
    first = last = next((number for number, count in texts.items() if count == most), 0)
    if 2 * most < _usual_count(rows[last + 1 :]):
        return _implied(rows)
    while first - 1 in texts and texts[first - 1] > 1:
        first -= 1
    while last + 1 in texts and (_only_units(rows[last + 1]) or _names_more(rows[first : last + 1], rows[last + 1])):
        last += 1
    return (first, last) if texts else None


def _usual_count(rows: Sequence[Row]) -> int:
    """How many cells most of the filled rows have."""
    counts = Counter(count for count in map(_count, rows) if count)
    return counts.most_common(1)[0][0] if counts else 0


def _only_units(row: Row) -> bool:
    return all(unit_of(str(cell)) for cell in row if not is_blank(cell))


def _names_more(block: Sequence[Row], row: Row) -> bool:
    """Whether a row has text in a column that the rows above leave blank."""
    named = {column for line in block for column, cell in enumerate(line) if not is_blank(cell)}
    return any(column not in named for column, cell in enumerate(row) if not is_blank(cell))


def _implied(rows: Sequence[Row]) -> tuple[int, int] | None:
    """The first filled row, when a column has text there and a number in the next filled row."""
    filled = [number for number, row in enumerate(rows) if _count(row)]
    if len(filled) < 2:
        return None
    top, below = rows[filled[0]], rows[filled[1]]
    heads = any(_is_word(head) and _is_number(cell) for head, cell in zip(top, below, strict=False))
    return (filled[0], filled[0]) if heads else None


def _filled(rows: Sequence[Row], number: int, upper: bool, width: int, areas: Sequence[Area]) -> list[str]:
    """A header line with its merged cells filled; without knowledge of merges an upper line is filled to the right."""
    line = [_text(cell) for cell in rows[number][:width]]
    line += [""] * (width - len(line))
    for (top, left), (bottom, right) in areas:
        if top <= number <= bottom and left < width:
            source = _text(rows[top][left]) if left < len(rows[top]) else ""
            line[left : right + 1] = [source] * (min(right, width - 1) - left + 1)
    if upper and not areas:
        below = [_text(cell) for cell in rows[number + 1]]
        for column in range(1, width):
            if not line[column] and column < len(below) and below[column]:
                line[column] = line[column - 1]
    return line


def _column(lines: Sequence[Sequence[str]], column: int) -> tuple[str, str, str | None]:
    """Header, name and unit: a line that is only a unit gives the unit, and so does a unit in brackets."""
    parts = list(dict.fromkeys(line[column] for line in lines if line[column]))
    own_line = next((unit_of(part) for part in parts[1:] if unit_of(part)), None)
    named = [part for part in parts if not (part in parts[1:] and unit_of(part))]
    split = [header_parts(part) for part in named]
    unit = own_line or next((unit for _, unit in reversed(split) if unit), None)
    return PART.join(parts), PART.join(name for name, _ in split), unit


def _text(cell: Cell) -> str:
    if is_blank(cell):
        return ""
    return " ".join(f"{cell:.15g}".split() if isinstance(cell, float) else str(cell).split())


def _count(row: Row) -> int:
    return sum(not is_blank(cell) for cell in row)


def _only_text(row: Row) -> bool:
    filled = [cell for cell in row if not is_blank(cell)]
    return bool(filled) and all(_is_word(cell) for cell in filled)


def _is_word(cell: Cell) -> bool:
    """Text that is neither a number nor a date."""
    if not isinstance(cell, str) or is_blank(cell):
        return False
    read = read_numeral(cell)
    return isinstance(read, NotNumeral) and read.code in {"text", "unit_unknown"} and not cell.strip()[0].isdigit()


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return not is_blank(cell) and isinstance(read_numeral(cell), Numeral)
    return isinstance(cell, int | float) and not isinstance(cell, bool)
