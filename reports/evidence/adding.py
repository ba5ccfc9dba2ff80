"""Adding measured data to an answer: files first, then what their columns are."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.evidence.forms import EVIDENCE_FORMS, MeasuredFilesForm, initial_evidence
from reports.evidence.listing import inventory_page
from reports.evidence.page import About, about_fetch, chosen_files, files_keep, keep, received
from reports.evidence.pictures import to_keep
from reports.measurements.computing import computed, source_of
from reports.measurements.files import FilesRefused, Opened, open_files
from reports.measurements.limiting import TOO_OFTEN, may_compute
from reports.measurements.methods import METHODS, Method, likely_method
from reports.measurements.progress import Progressing
from scoring.engine.evidence.facts import Subject
from scoring.evidence.services import Computed
from surveys.models import Evidence
from surveys.requests import person_of
from surveys.services import AssessmentClosed

# What each subject can be shown with; the first is proposed where the file shows nothing else.
FITTING: dict[Subject, tuple[Method, ...]] = {
    Subject.SPC: ("study", "counts"),
    Subject.CAPABILITY: ("study",),
    Subject.MEASUREMENT_SYSTEM: ("gauge",),
}


@login_required
@require_http_methods(["GET", "POST"])
def measured_new(request: HttpRequest, assessment_id: object, item_code: str) -> HttpResponse:
    """Sends files to an answer or chooses some that are there; for the share of automatic data, the list of data."""
    about = about_fetch(request, assessment_id, item_code)
    if about.assessment.is_submitted:
        return redirect("results", about.assessment.pk)
    if about.subject is Subject.COLLECTION:
        return inventory_page(request, about)
    if request.method != "POST":
        return _files_page(request, about, MeasuredFilesForm())
    form = MeasuredFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _files_page(request, about, form, status=422)
    return _taken(request, about, form)


def _taken(request: HttpRequest, about: About, form: MeasuredFilesForm) -> HttpResponse:
    """Files that cannot be read are not kept."""
    sent = form.cleaned_data["file"]
    if not may_compute(request):
        return _files_page(request, about, form, status=429, faults=[TOO_OFTEN])
    try:
        open_files(sent, progress=Progressing(request).reading)
        kept = files_keep(about, sent, person_of(request), timezone.now())
    except FilesRefused as refusal:
        return _files_page(request, about, form, status=422, faults=refusal.lines)
    except AssessmentClosed:
        return redirect("results", about.assessment.pk)
    query = urlencode({"file": [str(file.pk) for file in kept]}, doseq=True)
    return redirect(f"{reverse('measured-columns', args=[about.assessment.pk, about.item.code])}?{query}")


def _files_page(
    request: HttpRequest, about: About, form: MeasuredFilesForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"about": about, "form": form, "files": about.files, **more}
    return render(request, "evidence/files.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def measured_columns(request: HttpRequest, assessment_id: object, item_code: str) -> HttpResponse:
    """Confirms what the columns are, and computes."""
    about = about_fetch(request, assessment_id, item_code)
    if about.assessment.is_submitted or about.subject not in FITTING:
        return redirect("results" if about.assessment.is_submitted else "measured-new", *_place(about))
    if "file" not in request.GET:
        return _files_page(request, about, MeasuredFilesForm(), status=422, faults=[_("Choose at least one file.")])
    files, progress = chosen_files(about, request.GET.getlist("file")), Progressing(request)
    if not may_compute(request):
        return _files_page(request, about, MeasuredFilesForm(), status=429, faults=[TOO_OFTEN])
    try:
        opened = open_files(received(files), request.POST.get("sheet"), progress.reading)
        progress.computing()
    except FilesRefused as refusal:
        return _files_page(request, about, MeasuredFilesForm(), status=422, faults=refusal.lines)
    method = fitting_method(about.subject, opened, request.GET.get("method"))
    if request.method == "POST":
        return _computed(request, about, files, opened, method)
    form = EVIDENCE_FORMS[method](opened, initial=initial_evidence(method, opened))
    return _columns_page(request, about, opened, form, method)


def _place(about: About) -> list[object]:
    return [about.assessment.pk] if about.assessment.is_submitted else [about.assessment.pk, about.item.code]


def fitting_method(subject: Subject, opened: Opened, wanted: str | None) -> Method:
    """What was asked for if it fits the subject, else what the file shows, else the subject's first."""
    fitting = FITTING[subject]
    if opened.document is not None or len(fitting) == 1:
        return fitting[0]
    named = next((method for method in fitting if method == wanted), None)
    likely = likely_method(opened)
    return named or (likely if likely in fitting else fitting[0])


def _computed(
    request: HttpRequest, about: About, files: list[Evidence], opened: Opened, method: Method
) -> HttpResponse:
    form = EVIDENCE_FORMS[method](opened, request.POST)
    if not form.is_valid():
        return _columns_page(request, about, opened, form, method, status=422)
    try:
        done = computed(source_of(opened), form.mapping)
    except FilesRefused as refusal:
        return _columns_page(request, about, opened, form, method, status=422, faults=refusal.lines)
    return keep(request, about, Computed(files, form.mapping, to_keep(done)))


def _columns_page(
    request: HttpRequest, about: About, opened: Opened, form: Any, method: Method, status: int = 200, **more: Any
) -> HttpResponse:
    fitting = FITTING[about.subject] if opened.document is None else ()
    context = {
        "about": about,
        "form": form,
        "names": opened.names,
        "method": method,
        "others": [(code, label) for code, label in METHODS if code in fitting and code != method],
        "query": urlencode({"file": request.GET.getlist("file")}, doseq=True),
        **more,
    }
    return render(request, "evidence/columns.html", context, status=status)
