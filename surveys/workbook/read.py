"""Reads a workbook back. A cell that cannot be taken is refused by name; what does not belong is ignored by name."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from surveys.faults import answer_fault_text
from surveys.instruments.coding import AnswerFault, code_answer
from surveys.instruments.model import Instrument, Item
from surveys.models import Answer, Assessment
from surveys.services.answers import LONGEST_REASON
from surveys.workbook.layout import ANSWER, CODE, COLUMNS, MARK, NEEDED, REASON, VERSION, known_headers
from surveys.workbook.opening import WorkbookRefused, open_workbook

MOST_ROWS, MOST_COLUMNS = 2000, 50
HEADER_AMONG = 12
TYPE_FAULTS = {"f": "formula", "e": "error", "b": "boolean", "d": "date"}


@dataclass(frozen=True, slots=True)
class Note:
    """What is said about one cell, such as ``Answers!E7``."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that the workbook would change. ``stale`` if it was changed online after the workbook was made."""

    item: Item
    before: str
    written: str
    reason: str
    version: int
    stale: bool


@dataclass
class Reading:
    """What a workbook says: what would change, which cells are refused, and what is ignored."""

    changes: list[Change] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    ignored: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet with the answers and where its columns stand (1 is A)."""

    sheet: Any
    header_row: int
    columns: Mapping[str, int]

    def cell(self, row: int, key: str) -> Cell | None:
        column = self.columns.get(key)
        return self.sheet.cell(row, column) if column else None


def read_workbook(
    data: bytes, assessment: Assessment, instrument: Instrument, answers: Mapping[str, Answer]
) -> Reading:
    """Compares the workbook with the answers as they stand. WorkbookRefused if nothing of it can be read."""
    book = open_workbook(data)
    reading = Reading()
    sheet = _answer_sheet(book, reading)
    _belongs(sheet, assessment, instrument)
    table = _table(sheet, reading)
    seen: dict[str, str] = {}
    for row in range(table.header_row + 1, min(sheet.max_row, MOST_ROWS) + 1):
        item = _item(table, row, instrument, seen, reading)
        if item is not None:
            _compare(table, row, item, answers.get(item.code), reading)
    return reading


def _answer_sheet(book: Any, reading: Reading) -> Any:
    """The sheet that carries our mark; every other one is ignored."""
    marked = [sheet for sheet in book.worksheets if _mark_row(sheet)]
    if not marked:
        name = book.worksheets[0].title if book.worksheets else "?"
        text = _("%(place)s: this is not the workbook of an assessment. Download the workbook anew and fill that in.")
        raise WorkbookRefused(text % {"place": f"{name}!A1"})
    for sheet in book.sheetnames:
        if sheet != marked[0].title:
            reading.ignored.append(Note(f"{sheet}!A1", _("This sheet is ignored.")))
    return marked[0]


def _mark_row(sheet: Any) -> int | None:
    if not hasattr(sheet, "iter_rows"):
        return None
    for row in sheet.iter_rows(min_row=1, max_row=HEADER_AMONG, max_col=MOST_COLUMNS):
        if any(cell.value == MARK for cell in row):
            return int(row[0].row)
    return None


def _belongs(sheet: Any, assessment: Assessment, instrument: Instrument) -> None:
    row = _mark_row(sheet) or 1
    said = [cell.value for cell in sheet[row] if cell.value is not None]
    expected = [MARK, instrument.code, instrument.version, str(assessment.pk)]
    if [str(value) for value in said][: len(expected)] != expected:
        text = _("%(place)s: this workbook belongs to another assessment or version. Download the workbook anew.")
        raise WorkbookRefused(text % {"place": f"{sheet.title}!A{row}"})


def _table(sheet: Any, reading: Reading) -> Table:
    """Finds the header and each column by its name, wherever it was moved."""
    names = known_headers()
    for row in range(1, min(sheet.max_row, HEADER_AMONG) + 1):
        found: dict[str, int] = {}
        for cell in sheet[row][:MOST_COLUMNS]:
            key = names.get(str(cell.value).strip()) if cell.value is not None else None
            if key and key not in found:
                found[key] = cell.column
        if all(key in found for key in NEEDED):
            _note_columns(sheet, row, found, reading)
            return Table(sheet, row, found)
    text = _("%(place)s: a row with the headers “Item code” and “Your answer” is missing. Download the workbook anew.")
    raise WorkbookRefused(text % {"place": f"{sheet.title}!A{HEADER_AMONG}"})


def _note_columns(sheet: Any, row: int, found: Mapping[str, int], reading: Reading) -> None:
    for key, column in found.items():
        if column != COLUMNS.index(key) + 1:
            text = _("This column was moved; it is read from here.")
            reading.ignored.append(Note(f"{sheet.title}!{get_column_letter(column)}{row}", text))
    for cell in sheet[row]:
        if cell.value is not None and cell.column not in found.values():
            text = _("The column “%(name)s” is not one of ours and is ignored.") % {"name": str(cell.value)[:60]}
            reading.ignored.append(Note(f"{sheet.title}!{cell.coordinate}", text))


def _item(table: Table, row: int, instrument: Instrument, seen: dict[str, str], reading: Reading) -> Item | None:
    """The item of this row; None where the row is empty or its item is not clear, which is then said."""
    cell, answer = table.cell(row, CODE), table.cell(row, ANSWER)
    code = str(cell.value).strip() if cell is not None and cell.value is not None else ""
    place = _place(table, cell)
    if cell is not None and cell.data_type in TYPE_FAULTS:
        reading.refused.append(Note(place, type_fault(cell)))
    elif not code:
        if answer is not None and answer.value is not None:
            reading.refused.append(Note(place, _("The item's code is missing in this row.")))
    elif code not in instrument.item_by_code:
        text = _("There is no item “%(code)s” in this questionnaire.") % {"code": code[:40]}
        reading.refused.append(Note(place, text))
    elif code in seen:
        text = _("This item stands already in %(place)s. Keep one of the two rows.") % {"place": seen[code]}
        reading.refused.append(Note(place, text))
    else:
        seen[code] = place
        return instrument.item(code)
    return None


def _compare(table: Table, row: int, item: Item, current: Answer | None, reading: Reading) -> None:
    cell, reason_cell = table.cell(row, ANSWER), table.cell(row, REASON)
    if cell is None or cell.value is None or str(cell.value).strip() == "":
        return
    if cell.data_type in TYPE_FAULTS:
        reading.refused.append(Note(_place(table, cell), type_fault(cell)))
        return
    written = as_written(cell, item)
    try:
        code_answer(item, written)
    except AnswerFault as fault:
        reading.refused.append(Note(_place(table, cell), f"“{written[:60]}”: {answer_fault_text(fault)}"))
        return
    reason = _reason(table, reason_cell, written, reading)
    before, before_reason = (current.written, current.reason) if current else ("", "")
    if (written, reason) != (before, before_reason):
        version = current.version if current else 0
        stale = _version(table.cell(row, VERSION)) != version
        reading.changes.append(Change(item, before, written, reason, version, stale))


def _reason(table: Table, cell: Cell | None, written: str, reading: Reading) -> str:
    if cell is None or cell.value is None or not str(cell.value).strip():
        return ""
    if cell.data_type in TYPE_FAULTS:
        reading.refused.append(Note(_place(table, cell), type_fault(cell)))
        return ""
    if written != "NA":
        reading.ignored.append(Note(_place(table, cell), _("A reason belongs to NA only and is ignored.")))
        return ""
    return str(cell.value).strip()[:LONGEST_REASON]


def _version(cell: Cell | None) -> int | None:
    return int(cell.value) if cell is not None and isinstance(cell.value, int | float) else None


def as_written(cell: Cell, item: Item) -> str:
    """The cell as an answer: 3.0 is 3, full-width digits are digits, and 62.5 % shown as a percentage is 62.5."""
    value: Any = cell.value
    if isinstance(value, int | float):
        if item.kind == "share" and "%" in str(cell.number_format):
            value = round(value * 100, 6)
        return f"{value:.10g}"
    text = unicodedata.normalize("NFKC", str(value)).strip()
    return text.upper() if text.upper() in ("NA", "DK", "DECLINE") else text.replace("；", ";")


def type_fault(cell: Cell) -> str:
    return {
        "formula": _("A formula is not taken. Type the value itself."),
        "error": _("The cell shows an error. Type the value itself."),
        "boolean": _("TRUE and FALSE are not taken. Type the value itself."),
        "date": _("The spreadsheet made a date of this. Format the cell as text and type the value again."),
    }[TYPE_FAULTS[cell.data_type]]


def _place(table: Table, cell: Cell | None) -> str:
    return f"{table.sheet.title}!{cell.coordinate}" if cell is not None else str(table.sheet.title)
