"""The list of quality data behind the declared share of automatic data."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.evidence.forms import MOST_ROWS, DataRows, InventoryForm, inventory_mapping
from reports.evidence.page import About, files_keep, keep
from reports.evidence.pictures import to_keep
from reports.measurements.computing import computed, source_of
from reports.measurements.files import FilesRefused, Received, open_files
from scoring.evidence.services import Computed
from scoring.evidence.sources import Source
from scoring.models import MeasuredEvidence
from surveys.models import Evidence
from surveys.requests import person_of
from surveys.services import AssessmentClosed

BLANK_ROWS, MORE_ROWS = 6, 5


def inventory_page(request: HttpRequest, about: About) -> HttpResponse:
    """The table to fill in; it begins from the list that was kept last."""
    if request.method != "POST":
        return _page(request, about, _rows(_last_rows(about)), InventoryForm(initial={"complete": False}))
    rows, form = DataRows(request.POST), InventoryForm(request.POST, request.FILES)
    if not (rows.is_valid() and form.is_valid()):
        return _page(request, about, rows, form, status=422)
    if "more" in request.POST:
        return _page(request, about, _rows([one.cleaned_data for one in rows if one.row], MORE_ROWS), form)
    try:
        return _kept(request, about, rows, form)
    except FilesRefused as refusal:
        return _page(request, about, rows, form, status=422, faults=refusal.lines)
    except AssessmentClosed:
        return redirect("results", about.assessment.pk)


def _kept(request: HttpRequest, about: About, rows: Any, form: InventoryForm) -> HttpResponse:
    mapping, sent = inventory_mapping(rows, form), form.cleaned_data["file"]
    source = _devices(sent) if sent else Source()
    done = computed(source, mapping)
    files: list[Evidence] = files_keep(about, sent, person_of(request), timezone.now()) if sent else []
    return keep(request, about, Computed(files, mapping, to_keep(done)))


def _devices(sent: list[Received]) -> Source:
    opened = open_files(sent)
    if opened.document is None:
        raise FilesRefused([_("Only QIF files tell which device measured. Leave other files out here.")])
    return source_of(opened)


def _last_rows(about: About) -> list[dict[str, Any]]:
    kept = MeasuredEvidence.objects.filter(
        assessment=about.assessment, item=about.item.code, method=MeasuredEvidence.Method.INVENTORY
    ).last()
    return [] if kept is None else list(kept.mapping["rows"])


def _rows(rows: list[dict[str, Any]], blank: int = BLANK_ROWS) -> Any:
    given = [{**row, "count": f"{row['count']:.12g}"} for row in rows]
    shown = min(MOST_ROWS, len(given) + blank)
    return DataRows(initial=[*given, *({"way": "typed", "period": "month"} for _row in range(shown - len(given)))])


def _page(
    request: HttpRequest, about: About, rows: Any, form: InventoryForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"about": about, "rows": rows, "form": form, **more}
    return render(request, "evidence/inventory.html", context, status=status)
