"""The plan as a workbook: to be printed for the wall, or worked on in a meeting."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook

from firms.csv_safe import defused
from reports.models import PlanStep
from reports.plan.selectors import Line

Cell = str | float | date | None
VERDICTS = {
    "reached": gettext_lazy("Reached"),
    "nearer": gettext_lazy("Nearer"),
    "same": gettext_lazy("Unchanged"),
    "lower": gettext_lazy("Lower"),
    "": gettext_lazy("Not comparable"),
}
FIRST = 3


def plan_workbook(title: str, lines: Sequence[Line]) -> bytes:
    """One row a step; the status is a list to choose from, and every column can be filtered."""
    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Action plan")[:31])
    columns = _columns(judged=any(line.outcome for line in lines))
    head = book.add_format(
        {"bold": True, "bg_color": "#0b5c7a", "font_color": "#ffffff", "text_wrap": True, "valign": "top"}
    )
    sheet.write_string(0, 0, defused(title), book.add_format({"bold": True, "font_size": 14}))
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(FIRST - 1, place, name, head)
    forms = _forms(book)
    for row, line in enumerate(lines, FIRST):
        for place, cell in enumerate(_cells(line)[: len(columns)]):
            _write(sheet, row, place, cell, forms)
    _finish(sheet, len(lines), len(columns))
    book.close()
    return packed.getvalue()


def _columns(*, judged: bool) -> list[tuple[str, int]]:
    """Names and widths; what the next assessment shows only where there is one."""
    plan = [
        (_("Item"), 10),
        (_("Step"), 40),
        (_("Change"), 18),
        (_("Responsible"), 18),
        (_("Due"), 12),
        (_("Overdue"), 10),
        (_("Status"), 14),
        (_("Evidence"), 40),
        (_("Answer given"), 18),
        (_("Points of the item"), 12),
        (_("Would bring, index points"), 14),
        (_("Why"), 40),
    ]
    later = [
        (_("Next assessment"), 16),
        (_("Answer now"), 18),
        (_("Points now"), 12),
        (_("Brought, index points"), 14),
        (_("Why not comparable"), 40),
    ]
    return plan + later if judged else plan


def _cells(line: Line) -> list[Cell]:
    step, why, outcome = line.step, line.why, line.outcome
    cells: list[Cell] = [step.item, line.title, line.change, line.owner, step.due_on]
    cells += [_("overdue") if line.late else "", step.get_status_display(), step.evidence]
    cells += [why.answer, why.score, why.gain, why.in_words] if why else ["", None, None, ""]
    if outcome:
        cells += [str(VERDICTS[outcome.verdict]), outcome.now, outcome.points_now, outcome.gain, outcome.reason]
    return cells


def _forms(book: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    return {
        "text": book.add_format({"text_wrap": True, **top}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top}),
        "number": book.add_format({"num_format": "0.0", **top}),
    }


def _write(sheet: Any, row: int, place: int, cell: Cell, forms: dict[str, Any]) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, place, defused(cell), forms["text"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, forms["day"])
    elif cell is not None:
        sheet.write_number(row, place, cell, forms["number"])


def _finish(sheet: Any, steps: int, columns: int) -> None:
    if steps:
        labels = [str(label) for label in PlanStep.Status.labels]
        sheet.data_validation(FIRST, 6, FIRST - 1 + steps, 6, {"validate": "list", "source": labels})
    sheet.autofilter(FIRST - 1, 0, FIRST - 1 + steps, columns - 1)
    sheet.freeze_panes(FIRST, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
