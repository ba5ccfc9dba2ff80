"""The plan as a workbook: to be printed for the wall, or worked on in a meeting."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from firms.csv_safe import defused
from reports.models import PlanStep
from reports.plan.selectors import Line

WIDTHS = (10, 40, 18, 18, 12, 14, 40)


def plan_workbook(title: str, lines: Sequence[Line]) -> bytes:
    """One row a step; the status is a list to choose from."""
    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Action plan")[:31])
    head = book.add_format(
        {"bold": True, "bg_color": "#0b5c7a", "font_color": "#ffffff", "text_wrap": True, "valign": "top"}
    )
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    header = [_("Item"), _("Step"), _("Change"), _("Responsible"), _("Due"), _("Status"), _("Evidence")]
    sheet.write_string(0, 0, defused(title), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_row(2, 0, header, head)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    for row, line in enumerate(lines, 3):
        step = line.step
        cells = [step.item, line.title, line.change, line.owner, None, step.get_status_display(), step.evidence]
        for place, cell in enumerate(cells):
            if cell is not None:
                sheet.write_string(row, place, defused(cell), text)
        if step.due_on:
            sheet.write_datetime(row, 4, step.due_on, day)
    if lines:
        labels = [str(label) for label in PlanStep.Status.labels]
        sheet.data_validation(3, 5, 2 + len(lines), 5, {"validate": "list", "source": labels})
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return packed.getvalue()
