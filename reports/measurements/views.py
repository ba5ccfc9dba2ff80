"""The free check of measured values: no account, nothing stored."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reports.measurements.computing import AnyForm, computed, page_of, source_of
from reports.measurements.files import FilesRefused, Opened, Received, open_files, packed, unpacked
from reports.measurements.forms import UploadForm
from reports.measurements.limiting import TOO_OFTEN, may_compute
from reports.measurements.methods import METHODS, Method, likely_method
from reports.measurements.progress import Progressing, progress_of
from reports.measurements.table_forms import FORMS, initial_for
from reports.measurements.told import declared_rows
from reports.selectors import told_in
from surveys.requests import language

PAGE = "measurements/check.html"


@never_cache
@require_http_methods(["GET", "POST"])
def spc_check(request: HttpRequest) -> HttpResponse:
    """Choose a file; confirm what its columns are; read the results. All on one page."""
    if request.method != "POST":
        return render(request, PAGE, {"upload_form": UploadForm()})
    if not may_compute(request):
        return render(request, PAGE, {"upload_form": UploadForm(), "faults": [TOO_OFTEN]}, status=429)
    try:
        return _answered(request)
    except FilesRefused as refusal:
        context = {"upload_form": UploadForm(), "faults": refusal.lines}
        return render(request, PAGE, context, status=422)


@never_cache
@require_safe
def spc_progress(request: HttpRequest, number: str) -> JsonResponse:
    """How far the file that goes by this number has been read."""
    return JsonResponse(progress_of(number))


def _answered(request: HttpRequest) -> HttpResponse:
    carried = request.POST.get("carried", "")
    upload = UploadForm(request.POST, request.FILES)
    if request.FILES or not carried:
        if not upload.is_valid():
            return render(request, PAGE, {"upload_form": upload}, status=422)
        files: list[Received] = upload.cleaned_data["file"]
    else:
        files = unpacked(carried)
    progress = Progressing(request)
    opened = open_files(files, request.POST.get("sheet"), progress.reading)
    progress.computing()
    method = chosen_method(request.POST.get("method"), opened)
    if "mapping" not in request.POST:
        form: AnyForm = FORMS[method](opened, initial=initial_for(method, opened))
        return _mapping_page(request, files, opened, form, method=method)
    return _computed(request, files, opened, method)


def _computed(request: HttpRequest, files: Sequence[Received], opened: Opened, method: Method) -> HttpResponse:
    form: AnyForm = FORMS[method](opened, request.POST)
    if not form.is_valid():
        return _mapping_page(request, files, opened, form, status=422, method=method)
    try:
        done = computed(source_of(opened), form.mapping)
    except FilesRefused as refusal:
        return _mapping_page(request, files, opened, form, status=422, faults=refusal.lines, method=method)
    page = page_of(done, told_in(language()), form.cleaned_data.get("required_ppk"))
    return _mapping_page(request, files, opened, form, page=page, method=method)


def chosen_method(wanted: str | None, opened: Opened) -> Method:
    """What was asked for, else what the file shows. QIF files hold no table, so they can only be studied."""
    named = next((method for method, _label in METHODS if method == wanted), None)
    if opened.document is not None:
        return "study"
    return named or likely_method(opened)


def _mapping_page(
    request: HttpRequest, files: Sequence[Received], opened: Opened, form: AnyForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "upload_form": UploadForm(),
        "mapping_form": form,
        "names": opened.names,
        "methods": METHODS if opened.document is None else (),
        "carried": packed(files),
        "declared": () if opened.document is None else declared_rows(opened.document),
        **more,
    }
    return render(request, PAGE, context, status=status)
