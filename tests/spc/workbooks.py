"""Workbooks of our own making, as bytes."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import xlsxwriter


def written(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None], name: str = "Data") -> bytes:
    """A workbook with one sheet that ``fill`` writes, as Excel would save it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        fill(book, book.add_worksheet(name))
    return stream.getvalue()


def of_rows(rows: list[list[object]], name: str = "Data") -> bytes:
    return written(lambda _, sheet: [sheet.write_row(number, 0, row) for number, row in enumerate(rows)], name)


def by_openpyxl(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A workbook saved without computing its formulas."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(stream)
    return stream.getvalue()


def with_part(workbook: bytes, path: str, content: bytes, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with one part replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(stream, "w", compression) as new:
        for name in old.namelist():
            if name != path:
                new.writestr(name, old.read(name))
        new.writestr(path, content)
    return stream.getvalue()


def part_of(workbook: bytes, path: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read(path)
