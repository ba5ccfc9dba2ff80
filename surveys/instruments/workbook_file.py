"""Cells of a workbook as values, read in bounded memory and written so that nothing in them can become a formula."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import python_calamine
import xlsxwriter

from surveys.instruments import check_messages as say
from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.workbook_extent import NoSheet, largest_reach
from surveys.instruments.workbook_tables import Cell, Row

XLSX_MAGIC, XLS_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LARGEST_FILE = 10_000_000
# Unpacked, a questionnaire has a few megabytes; what unpacks to more is an attack or a picture book.
LARGEST_UNPACKED = 50_000_000
MOST_CELLS = 400_000
# Excel cuts longer texts off.
LONGEST_CELL = 32_000
NARROW, WIDE = 12, 44

Sheets = dict[str, list[list[Cell]]]


def is_workbook(data: bytes) -> bool:
    return data.startswith((XLSX_MAGIC, XLS_MAGIC))


def read_workbook(data: bytes) -> Sheets:
    """Every sheet's cells, rows from the top of the sheet, absent cells as None. FileRefused if it cannot be opened."""
    if len(data) > LARGEST_FILE or unpacked_size(data) > LARGEST_UNPACKED:
        raise refused(say.WORKBOOK_TOO_LARGE, limit=f"{LARGEST_UNPACKED // 10**6} MB")
    refuse_sprawl(data)
    sheets: Sheets = {}
    room = MOST_CELLS
    for name, rows in _sheets(data):
        # Many names can stand for one sheet: what has been read is counted before more is.
        room -= sum(len(row) for row in rows)
        if room < 0:
            raise refused(say.WORKBOOK_TOO_LARGE, limit=f"{MOST_CELLS} cells")
        sheets[name] = [[cell_of(cell) for cell in row] for row in rows]
    return sheets


def _sheets(data: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        for name in book.sheet_names:
            yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except Exception as error:  # calamine raises several types of its own for files that are not workbooks
        raise refused(say.NOT_A_WORKBOOK) from error


def refuse_sprawl(data: bytes) -> None:
    try:
        cells = largest_reach(data)
    except NoSheet as error:
        raise refused(say.NOT_A_WORKBOOK) from error
    if cells > MOST_CELLS:
        raise refused(say.WORKBOOK_TOO_LARGE, limit=f"{MOST_CELLS} cells")


def unpacked_size(data: bytes) -> int:
    if not data.startswith(XLSX_MAGIC):
        return len(data)
    try:
        return sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refused(say.NOT_A_WORKBOOK) from error


def refused(message: str, **detail: object) -> FileRefused:
    return FileRefused([Fault((), message, detail=detail)])


def cell_of(cell: object) -> Cell:
    if cell is None or cell == "":
        return None
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


def header_of(rows: Sequence[Sequence[Cell]]) -> list[str]:
    return [str(cell).strip() if cell is not None else "" for cell in rows[0]] if rows else []


def body_of(rows: Sequence[Sequence[Cell]]) -> list[Row]:
    """The rows under the header by column name; of a repeated column the first counts, and blank rows are left out."""
    header = header_of(rows)
    first = {name: position for position, name in reversed(list(enumerate(header))) if name}
    found = []
    for number, cells in enumerate(rows[1:], 2):
        row = {name: cells[place] for name, place in first.items() if place < len(cells) and cells[place] is not None}
        if any(str(cell).strip() for cell in row.values()):
            found.append(Row(number, row))
    return found


def header_faults(sheet: str, rows: Sequence[Sequence[Cell]], known: Sequence[str]) -> list[Fault]:
    """Columns that are not known or stand twice."""
    faults, header = [], header_of(rows)
    for position, name in enumerate(header):
        if name and name not in known:
            detail: dict[str, object] = {"column": name, "known": ", ".join(known)}
            faults.append(Fault((), say.UNKNOWN_COLUMN, 1, detail, sheet, name))
        elif name and name in header[:position]:
            faults.append(Fault((), say.REPEATED_COLUMN, 1, {"column": name}, sheet, name))
    return faults


def write_workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """An XLSX file, one sheet an entry, each beginning with its header. Texts stay texts whatever they begin with."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            for column, width in enumerate(widths(rows)):
                sheet.set_column(column, column, width, wrap)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row, wrap if number else bold)
    return stream.getvalue()


def widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """A column with long texts is wide and wraps."""
    longest = [0] * max((len(row) for row in rows), default=0)
    for row in rows:
        for position, cell in enumerate(row):
            longest[position] = max(longest[position], len(str(cell or "")))
    return [WIDE if length > NARROW * 2 else max(NARROW, length + 2) for length in longest]
