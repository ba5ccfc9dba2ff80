"""Before the first answer: which questionnaires there are, what they ask, starting, discarding."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from firms.gate import Right, fetch, firms_visible
from firms.models import Firm
from surveys.instruments.model import Instrument
from surveys.library import PUBLISHED, InstrumentUnknown, instrument_get, instrument_list
from surveys.requests import language, person_of
from surveys.selectors import answers_of, assessment_fetch, assessment_instrument, last_submitted, parts_of
from surveys.selectors.authoring import owners_of
from surveys.selectors.together import owing_of
from surveys.services import AssessmentClosed, assessment_discard, assessment_start

CORE_INSTRUMENT = "bluebook"


@require_GET
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument that comes with the product, and those that associations have published."""
    found = instrument_list()
    context = {
        "instruments": found,
        "owners": owners_of(one.code for one in found),
        "firms": firms_visible(person_of(request), Right.EDIT) if request.user.is_authenticated else (),
        "language": language(),
    }
    return render(request, "surveys/instruments.html", context)


@require_GET
def instrument_preview(request: HttpRequest, code: str) -> HttpResponse:
    """All questions of an instrument, to be read before starting, or printed."""
    return render(request, "surveys/preview.html", {"instrument": _instrument_or_404(code), "language": language()})


@login_required
@require_http_methods(["GET", "POST"])
def assessment_new(request: HttpRequest, firm_id: object) -> HttpResponse:
    """What awaits the firm, and the buttons that start it: from nothing, or from the last submitted answers."""
    person = person_of(request)
    firm = fetch(person, Firm.objects.all(), firm_id, Right.EDIT, via="")
    instrument = _instrument_or_404(request.GET.get("instrument", CORE_INSTRUMENT))
    last = last_submitted(firm, instrument.code)
    if request.method == "POST":
        begin = last if request.POST.get("begin") == "last" else None
        started = assessment_start(firm=firm, instrument=instrument, person=person, now=timezone.now(), previous=begin)
        return redirect("assessment", started.pk)
    context = {"firm": firm, "instrument": instrument, "last": last, "language": language()}
    return render(request, "surveys/assessment_new.html", context)


@login_required
@require_GET
def assessment(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Where the person's work goes on: what they were asked for, the first part with something open, or the results."""
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.REPORT)
    if found.is_submitted:
        return redirect("results", found.pk)
    instrument, answers = assessment_instrument(found), answers_of(found)
    mine = owing_of(found, person, instrument, answers)
    if mine.parts or mine.rater:
        return redirect("assessment-mine", found.pk)
    unfinished = [part for part in parts_of(instrument, answers) if not part.progress.done]
    if unfinished:
        return redirect("assessment-part", found.pk, unfinished[0].dimension.code)
    return redirect("assessment-review", found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def assessment_remove(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Asks, then discards a draft."""
    found = assessment_fetch(person_of(request), assessment_id, Right.MANAGE)
    if request.method == "GET":
        return render(request, "surveys/remove.html", {"assessment": found})
    try:
        assessment_discard(assessment=found, person=person_of(request))
    except AssessmentClosed:
        messages.error(request, _("This assessment has been submitted and can no longer be changed."))
    return redirect("home")


def _instrument_or_404(code: str) -> Instrument:
    """A draft is for its authors alone."""
    try:
        found = instrument_get(code)
    except InstrumentUnknown:
        raise Http404 from None
    if found.status != PUBLISHED:
        raise Http404
    return found
