"""The comparison as a workbook."""

import io
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from firms.csv_safe import defused
from reports.workspace.comparing import MOST, Comparison
from reports.workspace.selectors import Client


def comparison_workbook(compared: Comparison) -> bytes:
    """One column a firm, one row a dimension or item; an empty cell where nothing was assessed."""
    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#0b5c7a", "font_color": "#ffffff", "text_wrap": True})
    _figures(book.add_worksheet(_("Comparison")[:31]), compared, head)
    if compared.apart:
        _left_out(book.add_worksheet(_("Not compared")[:31]), compared, head)
    book.close()
    return packed.getvalue()


def _figures(sheet: Any, compared: Comparison, head: Any) -> None:
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, MOST, 22)
    sheet.freeze_panes(1, 1)
    _row(sheet, 0, _("Firm"), [client.firm.display_name for client in compared.clients], head, head)
    row = 1
    if len(compared.versions) > 1:
        _row(sheet, row, _("Version"), [version_of(client) for client in compared.clients], head)
        row += 1
    if compared.index_compares:
        _row(sheet, row, _("Maturity level"), [client.level for client in compared.clients], head)
        _row(sheet, row + 1, _("Index"), [client.index for client in compared.clients], head)
        row += 2
    for place, line in enumerate(compared.lines, row):
        title = f"{line.title} ({line.note})" if line.note else line.title
        _row(sheet, place, title, line.scores, head)


def version_of(client: Client) -> str:
    return client.assessment.instrument_version if client.assessment else ""


def _row(sheet: Any, row: int, title: str, cells: Any, head: Any, form: Any = None) -> None:
    sheet.write_string(row, 0, defused(title), head)
    for column, cell in enumerate(cells, 1):
        if isinstance(cell, str):
            sheet.write_string(row, column, defused(cell), form)
        elif cell is not None:
            sheet.write_number(row, column, cell)


def _left_out(sheet: Any, compared: Comparison, head: Any) -> None:
    sheet.set_column(0, 1, 50)
    sheet.write_row(0, 0, [_("Not compared"), _("Why not")], head)
    for row, one in enumerate(compared.apart, 1):
        sheet.write_row(row, 0, [defused(one.title), defused(one.reason)])
