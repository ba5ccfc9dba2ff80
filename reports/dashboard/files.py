"""A view or one of its blocks as a file: SVG, PNG, CSV, XLSX, PDF; all from the same tables and drawings."""

import io
import json
from collections.abc import Callable, Iterator
from hashlib import sha256

from django.core.cache import cache
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from firms.csv_safe import csv_rows, defused
from reports.builders.language import Language
from reports.builders.release.table import Block, Cell, Column, Table
from reports.builders.release.view import View
from reports.dashboard.paper import set_page, view_data
from reports.typesetting import pictures

FILE_WIDTH = 680.0
KEPT_SECONDS = 24 * 60 * 60
CONTENT_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
NUMBER_FORMATS = {"count": "0", "score": "General", "decimal": "0.00", "percent": "0%"}
# Excel takes 31 characters and none of these signs in the name of a sheet.
FORBIDDEN = str.maketrans("[]:*?/\\", "       ")


def block_svg(block: Block, language: Language) -> bytes | None:
    """None where the block has no drawing."""
    return None if block.draw is None else block.draw(f"file-{block.name}", FILE_WIDTH).encode()


def block_png(block: Block, language: Language) -> bytes | None:
    """Drawn once: the same drawing is taken from the cache."""
    svg = block_svg(block, language)
    if svg is None:
        return None
    return kept(svg.decode(), lambda drawing: pictures({block.name: drawing})[block.name])


def kept(source: str, make: Callable[[str], bytes]) -> bytes:
    """What is set from this source, made once and then taken from the cache: typesetting is the costly step."""
    key = f"release-set:{sha256(source.encode()).hexdigest()}"
    known = cache.get(key)
    if known is None:
        known = make(source)
        cache.set(key, known, KEPT_SECONDS)
    return bytes(known)


def block_csv(block: Block, language: Language) -> bytes:
    table = block.table
    return "".join(csv_rows([column.title for column in table.columns], table.texts(language))).encode()


BLOCK_FILES: dict[str, Callable[[Block, Language], bytes | None]] = {
    "svg": block_svg,
    "png": block_png,
    "csv": block_csv,
}


def view_csv(view: View, language: Language) -> bytes:
    """All tables below one another, each under its title."""
    return "".join(csv_rows([view.title, view.group], view_lines(view, language))).encode()


def view_lines(view: View, language: Language) -> Iterator[list[str]]:
    yield from ([name, value] for name, value in view.facts)
    for block in view.blocks:
        yield []
        yield [block.title]
        yield [column.title for column in block.table.columns]
        yield from block.table.texts(language)


def view_xlsx(view: View, language: Language) -> bytes:
    """A sheet of facts, then a sheet a block; numbers stay numbers."""
    buffer = io.BytesIO()
    # Text is never turned into formulas or links, whatever it begins with.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as book:
        bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        sheet = book.add_worksheet(sheet_name(1, view.title))
        sheet.set_column(0, 1, 40, wrapped)
        for row, pair in enumerate([(view.title, view.group), *view.facts, (view.protected, view.frozen)]):
            sheet.write_row(row, 0, [defused(text) for text in pair])
        for number, block in enumerate(view.blocks, 2):
            sheet = book.add_worksheet(sheet_name(number, block.title))
            fill_sheet(book, sheet, block.table, language, bold)
    return buffer.getvalue()


def fill_sheet(book: Workbook, sheet: Worksheet, table: Table, language: Language, bold: Format) -> None:
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        shape = book.add_format({"num_format": NUMBER_FORMATS.get(column.kind, "@"), "text_wrap": not column.is_number})
        sheet.set_column(place, place, 14 if column.is_number else 60 if column.kind == "sentence" else 34)
        sheet.write_string(0, place, defused(column.title), bold)
        for row, cells in enumerate(table.rows, 1):
            write_cell(sheet, row, place, column, cells[place], language, shape)


def write_cell(
    sheet: Worksheet, row: int, place: int, column: Column, cell: Cell, language: Language, shape: Format
) -> None:
    if isinstance(cell, int | float):
        sheet.write_number(row, place, round(cell, 1 if column.kind == "score" else 2), shape)
    else:
        sheet.write_string(row, place, defused(column.text(cell, language)), shape)


def sheet_name(number: int, title: str) -> str:
    return f"{number} {title.translate(FORBIDDEN)}"[:31].strip(" '")


def view_pdf(view: View, language: Language) -> bytes:
    return kept(json.dumps(view_data(view, language), ensure_ascii=False, allow_nan=False), set_page)


VIEW_FILES: dict[str, Callable[[View, Language], bytes]] = {"csv": view_csv, "xlsx": view_xlsx, "pdf": view_pdf}
