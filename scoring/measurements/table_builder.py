"""Builds a table from rows of cells that arrive in chunks, the same way for CSV files and workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoring.measurements.headers import LOOKED_AT, Area, Cell, Header, Row, find_header, is_blank
from scoring.measurements.table_messages import LISTED, Fault, TableRefused, refused, shortened
from scoring.measurements.table_model import Column, Kind, Table, Texts, as_texts, letters

MAX_BYTES: Final = 128 * 1024 * 1024
MAX_ROWS: Final = 2_000_000
MAX_COLUMNS: Final = 1_000
MAX_CELLS: Final = 20_000_000
CHUNK: Final = 50_000

Progress: TypeAlias = Callable[[int], None]
"""Told after each chunk how many rows have been read."""


@dataclass(slots=True)
class _Parts:
    """The chunks of one column so far."""

    kinds: list[NDArray[np.uint8]] = field(default_factory=list)
    numbers: list[NDArray[np.float64]] = field(default_factory=list)
    texts: list[Texts] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows to be built into a table: all rows of the file in order, blank ones too, in chunks.

    ``first_column`` is the position of the first cell of each row, ``delimiter`` what separates the columns of a text
    file. ``marked`` are cells that look blank but are not,
    by (row, column) in the whole sheet; ``areas`` its merged areas.
    """

    chunks: Iterable[Sequence[Row]]
    source: str
    first_column: int = 0
    delimiter: str = ""
    areas: Sequence[Area] = ()
    marked: Mapping[tuple[int, int], Kind] = field(default_factory=dict)


def build(sheet: Sheet, progress: Progress | None = None) -> Table:
    """The table of a sheet. Raises TableRefused with all rows that are longer than the header."""
    chunks = iter(sheet.chunks)
    first = list(next(chunks, ()))
    width = _width(first[:LOOKED_AT] if len(first) > LOOKED_AT else first)
    header = find_header(first, width, _shifted(sheet.areas, sheet.first_column))
    if sheet.delimiter == ",":
        # A row that is longer than the header most likely has a decimal comma without quotation marks.
        width = _header_width(header) or width
    builder = _Builder(sheet, header, width)
    builder.add(first[header.first_data_row :])
    for chunk in chunks:
        if progress is not None:
            progress(builder.row)
        builder.add(chunk)
    return builder.table()


class _Builder:
    """Takes the data rows chunk by chunk."""

    def __init__(self, sheet: Sheet, header: Header, width: int) -> None:
        self.sheet, self.header, self.width = sheet, header, width
        self.row = header.first_data_row
        self.parts = [_Parts() for _ in range(width)]
        self.rows: list[NDArray[np.int64]] = []
        self.faults: list[Fault] = []
        self.extra = 0

    def add(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        if self.row + len(rows) > MAX_ROWS:
            raise refused("too_many_rows", limit=MAX_ROWS)
        columns = list(zip(*self._equal(rows), strict=True))
        read = [_read(column) for column in columns]
        self._mark(read, len(rows))
        keep = np.zeros(len(rows), dtype=bool)
        for kinds, _, _ in read:
            keep |= kinds != Kind.BLANK
        for parts, (kinds, numbers, texts) in zip(self.parts, read, strict=True):
            parts.kinds.append(kinds[keep])
            parts.numbers.append(numbers[keep])
            parts.texts.append(texts[keep])
        self.rows.append(self.row + 1 + np.flatnonzero(keep))
        self.row += len(rows)

    def table(self) -> Table:
        if self.faults:
            raise TableRefused(self.faults, self.extra)
        rows = np.concatenate(self.rows) if self.rows else np.zeros(0, dtype=np.int64)
        if rows.size == 0:
            raise refused("no_rows")
        columns = (self._column(position, rows) for position in range(self.width))
        kept = tuple(column for column in columns if column.header or column.kinds.any())
        return Table(kept, rows, self.sheet.source, self.sheet.delimiter == ";")

    def _column(self, position: int, rows: NDArray[np.int64]) -> Column:
        parts = self.parts[position]
        place = position + self.sheet.first_column
        return Column(
            letter=letters(place),
            name=self.header.names[position],
            unit=self.header.units[position],
            header=self.header.headers[position],
            kinds=np.concatenate(parts.kinds),
            numbers=np.concatenate(parts.numbers),
            texts=np.concatenate(parts.texts),
            merged=_merged(self.sheet.areas, place, rows),
        )

    def _equal(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Rows of the table's width; what is filled beyond it becomes a fault."""
        if {len(row) for row in rows} == {self.width}:
            return rows
        for number, row in enumerate(rows, start=self.row + 1):
            for position in range(self.width, len(row)):
                if not is_blank(row[position]):
                    self._extra(number, position, row[position])
        blank = [""] * self.width
        return [[*row[: self.width], *blank[len(row) :]] for row in rows]

    def _extra(self, row: int, position: int, cell: Cell) -> None:
        self.extra += 1
        if len(self.faults) < LISTED:
            place = letters(position + self.sheet.first_column)
            self.faults.append(Fault("extra_cell", row, place, shortened(str(cell))))

    def _mark(self, read: Sequence[_Cells], count: int) -> None:
        """Puts formula errors and formulas without a result in place of the blanks that they seem to be."""
        for (row, column), kind in self.sheet.marked.items():
            position = column - self.sheet.first_column
            if self.row <= row < self.row + count and 0 <= position < self.width:
                read[position][0][row - self.row] = kind


_Cells: TypeAlias = tuple[NDArray[np.uint8], NDArray[np.float64], Texts]


def _read(cells: Sequence[Cell]) -> _Cells:
    """Kinds, numbers and texts of some cells; the common cases of one type are done at once."""
    types = set(map(type, cells))
    if types == {str}:
        texts: Texts = np.strings.strip(as_texts(cells))  # type: ignore[arg-type]
        kinds = np.where(texts == "", Kind.BLANK, Kind.TEXT).astype(np.uint8)
        return kinds, np.full(len(cells), np.nan), texts
    if types <= {int, float}:
        numbers = np.array(cells, dtype=np.float64)
        return np.full(len(cells), Kind.NUMBER, np.uint8), numbers, as_texts([""] * len(cells))
    return _read_mixed(cells)


def _read_mixed(cells: Sequence[Cell]) -> _Cells:
    kinds = np.array([_kind(cell) for cell in cells], dtype=np.uint8)
    numbers = np.array([cell if kind == Kind.NUMBER else np.nan for cell, kind in zip(cells, kinds, strict=True)])
    texts = [
        "" if kind in (Kind.BLANK, Kind.NUMBER) else str(cell).strip() for cell, kind in zip(cells, kinds, strict=True)
    ]
    return kinds, numbers.astype(np.float64), as_texts(texts)


def _kind(cell: Cell) -> Kind:
    if is_blank(cell):
        return Kind.BLANK
    if isinstance(cell, str):
        return Kind.TEXT
    if isinstance(cell, bool):
        return Kind.TRUTH
    return Kind.NUMBER if isinstance(cell, int | float) else Kind.DATE


def _width(rows: Sequence[Row]) -> int:
    """The table is as wide as the widest filled row among the first, without blank cells at the end."""
    filled = [max((n for n, cell in enumerate(row, start=1) if not is_blank(cell)), default=0) for row in rows]
    width = max(filled, default=0)
    if width == 0:
        raise refused("no_rows")
    if width > MAX_COLUMNS:
        raise refused("too_many_columns", limit=MAX_COLUMNS)
    return width


def _header_width(header: Header) -> int:
    return max((position for position, text in enumerate(header.headers, start=1) if text), default=0)


def _shifted(areas: Sequence[Area], first_column: int) -> list[Area]:
    return [((top, left - first_column), (bottom, right - first_column)) for (top, left), (bottom, right) in areas]


def _merged(areas: Sequence[Area], column: int, rows: NDArray[np.int64]) -> tuple[tuple[int, int], ...]:
    """Vertical merges of a column as positions among the rows that were kept."""
    spans = [(top, bottom) for (top, left), (bottom, _) in areas if left == column and bottom > top]
    found = []
    for top, bottom in sorted(spans):
        first, after = np.searchsorted(rows, (top + 1, bottom + 2))
        if after - first > 1 and rows[first] == top + 1:
            found.append((int(first), int(after) - 1))
    return tuple(found)
