"""Reads a table of measured values from the bytes of a file: the entry to the CSV and XLSX readers.

``read_table`` recognises the format by the content and returns the columns; ``read_numbers`` and ``read_labels`` turn
a column into values and subgroup names. Nothing here opens a file. docs/capability.md says what is read and refused.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from scoring.measurements.delimited import read_csv
from scoring.measurements.numerals import Mark
from scoring.measurements.table_builder import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Progress
from scoring.measurements.table_messages import FAULTS, Fault, TableRefused, refused
from scoring.measurements.table_model import Column, Kind, Table
from scoring.measurements.table_numbers import Numbers, read_labels, read_numbers
from scoring.measurements.workbook import read_xlsx

__all__ = [
    "FAULTS",
    "MAX_BYTES",
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Column",
    "Fault",
    "Format",
    "Kind",
    "Mark",
    "Numbers",
    "Progress",
    "Table",
    "TableRefused",
    "format_of",
    "read_csv",
    "read_labels",
    "read_numbers",
    "read_table",
    "read_xlsx",
]

Format: TypeAlias = Literal["csv", "xlsx", "qif"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY_STARTS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")


def format_of(data: bytes) -> Format:
    """What the first bytes say. Raises TableRefused for an old Excel workbook and for files that are no table."""
    head = data[:1024]
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(_OLE):
        raise refused("old_excel")
    if head.startswith(_BINARY_STARTS):
        raise refused("unknown_format")
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return "qif" if text.startswith(b"<") else "csv"


def read_table(data: bytes, sheet: str | None = None, progress: Progress | None = None) -> Table:
    """The table in a CSV file or on a sheet of a workbook. Raises TableRefused."""
    form = format_of(data)
    if form == "qif":
        raise refused("unknown_format")
    return read_xlsx(data, sheet, progress) if form == "xlsx" else read_csv(data, progress)
