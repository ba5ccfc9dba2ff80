"""The report as a workbook: a sheet a section, numbers as numbers, every text only ever text.

Answers are left out: the figures of a firm are handed on more widely than what it said of itself.
"""

import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook

from reports.builders.cleaning import EVERY_CHARACTER, clean_model
from reports.builders.model import ReportModel
from reports.builders.sections import shown
from reports.builders.xlsx.facts import method_rows, summary_rows
from reports.builders.xlsx.paper import Book
from reports.builders.xlsx.tables import SHEETS


def xlsx_report(models: Sequence[ReportModel], *, created: Any) -> bytes:
    """The workbook of a report.

    Args:
        models: the same report in one language, or in Chinese and English: then every text has a column in each.
        created: the moment that stands in the file's properties.
    """
    told, _ = clean_model(tuple(models), EVERY_CHARACTER)
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book = Book(workbook, told)
    _describe(workbook, told[0], created)
    _write(book, shown(told[0].sections))
    workbook.close()
    return out.getvalue()


def _write(book: Book, asked: frozenset[str]) -> None:
    book.facts("summary_of_both", summary_rows(book.models, whole="summary" in asked))
    for sheet in SHEETS:
        if sheet.section in asked:
            book.table(sheet)
    book.facts("method", method_rows(book.models))


def _describe(workbook: Workbook, model: ReportModel, created: Any) -> None:
    about = model.provenance
    workbook.set_properties(
        {
            "title": model.firm.name[:255],
            "author": (about.publisher or model.firm.name)[:255],
            "subject": about.instrument.title[:255],
            "keywords": about.report_id,
            "created": created,
        }
    )
