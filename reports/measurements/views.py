"""The free check of measured values: no account, nothing stored."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reports.measurements.files import FilesRefused, Opened, Received, open_files, packed, unpacked
from reports.measurements.forms import MappingForm, UploadForm, initial_of
from reports.measurements.guess import guess
from reports.measurements.limiting import may_compute
from reports.measurements.told import StudyPage, declared_rows, study_page
from reports.selectors import told_in
from scoring.engine.spc.messages import REFUSALS, SpcError, shown
from scoring.engine.spc.samples import spread_checked
from scoring.engine.spc.study import Options, study
from scoring.management.capability_text import refusal_text
from scoring.measurements.measured import Measured, of_document, of_table
from scoring.measurements.table import TableRefused
from surveys.requests import language

PAGE = "measurements/check.html"


@never_cache
@require_http_methods(["GET", "POST"])
def spc_check(request: HttpRequest) -> HttpResponse:
    """Choose a file; confirm what its columns are; read the results. All on one page."""
    if request.method != "POST":
        return render(request, PAGE, {"upload_form": UploadForm()})
    if not may_compute(request):
        faults = [_("Too many files from your address. Wait ten minutes, or use the command line.")]
        return render(request, PAGE, {"upload_form": UploadForm(), "faults": faults}, status=429)
    try:
        return _answered(request)
    except FilesRefused as refusal:
        context = {"upload_form": UploadForm(), "faults": refusal.lines}
        return render(request, PAGE, context, status=422)


def _answered(request: HttpRequest) -> HttpResponse:
    mapped = "mapping" in request.POST
    carried = request.POST.get("carried", "")
    upload = UploadForm(request.POST, request.FILES)
    if request.FILES or not carried:
        if not upload.is_valid():
            return render(request, PAGE, {"upload_form": upload}, status=422)
        files: list[Received] = upload.cleaned_data["file"]
    else:
        files = unpacked(carried)
    opened = open_files(files, request.POST.get("sheet"))
    if not mapped:
        return _mapping_page(request, files, opened, MappingForm(opened, initial=initial_of(guess(opened))))
    form = MappingForm(opened, request.POST)
    if not form.is_valid():
        return _mapping_page(request, files, opened, form, status=422)
    try:
        page = computed(opened, form)
    except FilesRefused as refusal:
        return _mapping_page(request, files, opened, form, status=422, faults=refusal.lines)
    return _mapping_page(request, files, opened, form, page=page)


def _mapping_page(
    request: HttpRequest, files: Sequence[Received], opened: Opened, form: MappingForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "upload_form": UploadForm(),
        "mapping_form": form,
        "names": opened.names,
        "carried": packed(files),
        "declared": () if opened.document is None else declared_rows(opened.document),
        **more,
    }
    return render(request, PAGE, context, status=status)


def computed(opened: Opened, form: MappingForm) -> StudyPage:
    """The study that the confirmed form asks for. Raises FilesRefused with every cell that is in the way."""
    try:
        found = _measured(opened, form)
        options = Options(rules=form.cleaned_data.get("rules") or "western-electric")
        result = study(found.values, form.limits, found.subgroups, options, found.remarks)
    except TableRefused as refusal:
        raise FilesRefused(refusal_text(refusal).splitlines()) from None
    except SpcError as error:
        raise FilesRefused([_(REFUSALS[error.code]) % shown(error.params)]) from None
    values = spread_checked(found.values if found.subgroups is None else found.subgroups.values)
    found = replace(found, unit=form.cleaned_data.get("unit") or found.unit)
    return study_page(found, result, values, form.cleaned_data.get("required_ppk"), told_in(language()))


def _measured(opened: Opened, form: MappingForm) -> Measured:
    if opened.document is not None:
        return of_document(opened.document, form.wanted)
    assert opened.table is not None  # noqa: S101 - Opened holds one of the two.
    return of_table(opened.table, form.wanted, opened.form)
