"""The Excel round trip: download, fill in, upload, look at what would change, accept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firms.gate import Right
from surveys.forms import UploadForm
from surveys.requests import language, person_of
from surveys.selectors import answers_of, assessment_fetch, assessment_instrument
from surveys.services import NewAnswer
from surveys.services.workbook import Accepted, workbook_accept
from surveys.views.ways import refused_aloud
from surveys.workbook.opening import WorkbookRefused
from surveys.workbook.read import Reading, read_workbook
from surveys.workbook.write import assessment_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Hands the workbook out, takes it back and shows what it would change. Nothing is stored here."""
    found = assessment_fetch(person_of(request), assessment_id, Right.EDIT)
    if found.is_submitted:
        return redirect("results", found.pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    reading, refusal = Reading(), ""
    if request.method == "POST" and form.is_valid():
        instrument = assessment_instrument(found)
        try:
            reading = read_workbook(form.cleaned_data["file"].read(), found, instrument, answers_of(found))
        except WorkbookRefused as refused:
            refusal = str(refused)
    context = {
        "assessment": found,
        "form": form,
        "reading": reading,
        "refusal": refusal,
        "read": request.method == "POST" and form.is_valid() and not refusal,
        "language": language(),
    }
    return render(request, "surveys/workbook.html", context, status=422 if refusal or form.errors else 200)


@login_required
@require_GET
def workbook_file(request: HttpRequest, assessment_id: object) -> HttpResponse:
    found = assessment_fetch(person_of(request), assessment_id, Right.EDIT)
    instrument = assessment_instrument(found)
    content = assessment_workbook(found, instrument, answers_of(found), language())
    name = f"{instrument.code}-{timezone.localdate():%Y%m%d}.xlsx"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(content, content_type=XLSX, headers=disposition)


@login_required
@require_POST
def workbook_take(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Stores the changes that were ticked. What was changed online meanwhile is left alone and named."""
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    with refused_aloud(request):
        accepted = workbook_accept(
            assessment=found,
            instrument=assessment_instrument(found),
            changes=_ticked(request),
            person=person,
            now=timezone.now(),
        )
        _tell(request, accepted)
    return redirect("assessment-review", found.pk)


def _ticked(request: HttpRequest) -> dict[str, NewAnswer]:
    """The ticked changes as the page sent them back; each is checked again like any answer."""
    ticked = {}
    for code in request.POST.getlist("take"):
        version = request.POST.get(f"{code}-version", "")
        ticked[code] = NewAnswer(
            request.POST.get(f"{code}-written", ""),
            request.POST.get(f"{code}-reason", ""),
            int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
        )
    return ticked


def _tell(request: HttpRequest, accepted: Accepted) -> None:
    text = ngettext("%(n)s answer was taken over.", "%(n)s answers were taken over.", accepted.taken)
    messages.success(request, text % {"n": accepted.taken})
    if accepted.left:
        codes = ", ".join(accepted.left)
        messages.error(
            request, _("Not taken over, because changed meanwhile or not valid: %(codes)s") % {"codes": codes}
        )
