"""The questionnaire: start, answer, review. Submitting and results are told a floor above, in reports."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firms.gate import Right, fetch
from firms.models import Firm, Person

from surveys.forms import ItemForm
from surveys.instruments.model import Dimension, Instrument, Item
from surveys.labels import answer_label
from surveys.library import InstrumentUnknown, instrument_get, instrument_list
from surveys.models import Answer, Assessment
from surveys.requests import person_of
from surveys.selectors import (
    answers_of,
    asked_items,
    assessment_fetch,
    assessment_instrument,
    items_missing,
    parts_of,
    whole_progress,
)
from surveys.services import (
    AnswerConflict,
    AssessmentClosed,
    answer_save,
    assessment_discard,
    assessment_start,
)

CORE_INSTRUMENT = "bluebook"


@require_GET
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument that comes with the product."""
    return render(request, "surveys/instruments.html", {"instruments": instrument_list(), "language": language()})


@require_GET
def instrument_preview(request: HttpRequest, code: str) -> HttpResponse:
    """All questions of an instrument, to be read before starting, or printed."""
    return render(request, "surveys/preview.html", {"instrument": _instrument_or_404(code), "language": language()})


@login_required
@require_http_methods(["GET", "POST"])
def assessment_new(request: HttpRequest, firm_id: object) -> HttpResponse:
    """What awaits the firm, and the button that starts it."""
    firm = fetch(person_of(request), Firm.objects.all(), firm_id, Right.EDIT, via="")
    instrument = _instrument_or_404(request.GET.get("instrument", CORE_INSTRUMENT))
    if request.method == "POST":
        assessment = assessment_start(
            firm=firm, instrument=instrument, person=person_of(request), now=timezone.now()
        )
        return redirect("assessment", assessment.pk)
    return render(
        request, "surveys/assessment_new.html", {"firm": firm, "instrument": instrument, "language": language()}
    )


@login_required
@require_GET
def assessment(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Where the work goes on: the first part with something open, the review, or the results."""
    found = assessment_fetch(person_of(request), assessment_id, Right.REPORT)
    if found.is_submitted:
        return redirect("results", found.pk)
    parts = parts_of(assessment_instrument(found), answers_of(found))
    unfinished = [part for part in parts if not part.progress.done]
    if unfinished:
        return redirect("assessment-part", found.pk, unfinished[0].dimension.code)
    return redirect("assessment-review", found.pk)


@dataclass(frozen=True)
class Page:
    """One page of the questionnaire: the assessment, the dimension and what was answered so far."""

    assessment: Assessment
    instrument: Instrument
    dimension: Dimension
    answers: dict[str, Answer]

    @property
    def neighbours(self) -> tuple[str | None, str | None]:
        codes = [dimension.code for dimension in self.instrument.dimensions]
        here = codes.index(self.dimension.code)
        return (codes[here - 1] if here else None, codes[here + 1] if here + 1 < len(codes) else None)


@login_required
@require_http_methods(["GET", "POST"])
def assessment_part(request: HttpRequest, assessment_id: object, code: str) -> HttpResponse:
    """One dimension. Saved answer by answer where there is JavaScript, as a whole page where there is none."""
    page = _page(person_of(request), assessment_id, code)
    if page.assessment.is_submitted:
        return redirect("results", page.assessment.pk)
    forms = _item_forms(page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and _save_all(page, forms, person_of(request), request):
        return redirect(*_next_address(page, request.POST.get("go", "next")))
    return render(request, "surveys/part.html", _part_context(page, forms))


@login_required
@require_POST
def answer(request: HttpRequest, assessment_id: object, item_code: str) -> JsonResponse:
    """Saves one answer as it is given, and says what is now stored."""
    found = assessment_fetch(person_of(request), assessment_id, Right.EDIT)
    instrument = assessment_instrument(found)
    form = ItemForm(_item_or_404(instrument, item_code), language(), data=request.POST)
    if not form.is_valid():
        return JsonResponse({"state": "refused", "message": _first_error(form)}, status=422)
    try:
        saved = answer_save(
            assessment=found, item=form.item, answer=form.new_answer(), person=person_of(request), now=timezone.now()
        )
    except AnswerConflict as conflict:
        return JsonResponse(_conflict(conflict, form), status=409)
    except AssessmentClosed:
        message = _("This assessment has been submitted and can no longer be changed.")
        return JsonResponse({"state": "closed", "message": message}, status=410)
    return JsonResponse(_saved(found, instrument, saved))


@login_required
@require_GET
def assessment_review(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Everything answered, on one page, with what is still open."""
    found = assessment_fetch(person_of(request), assessment_id, Right.EDIT)
    if found.is_submitted:
        return redirect("results", found.pk)
    instrument = assessment_instrument(found)
    answers = answers_of(found)
    parts = parts_of(instrument, answers)
    context = {
        "assessment": found,
        "instrument": instrument,
        "parts": parts,
        "progress": whole_progress(parts),
        "answers": answers,
        "missing": items_missing(instrument, answers),
        "asked": {item.code for item in asked_items(instrument, answers)},
        "language": language(),
    }
    return render(request, "surveys/review.html", context)


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


def language() -> str:
    """The language of the page, as instruments know it."""
    return get_language() or "zh-hans"


def _instrument_or_404(code: str) -> Instrument:
    try:
        return instrument_get(code)
    except InstrumentUnknown:
        raise Http404 from None


def _item_or_404(instrument: Instrument, code: str) -> Item:
    if code not in instrument.item_by_code:
        raise Http404
    return instrument.item(code)


def _page(person: Person, assessment_id: object, code: str) -> Page:
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    instrument = assessment_instrument(found)
    if code not in instrument.dimension_by_code:
        raise Http404
    return Page(found, instrument, instrument.dimension_by_code[code], answers_of(found))


def _item_forms(page: Page, data: Any) -> list[ItemForm]:
    return [
        ItemForm(item, language(), answer=page.answers.get(item.code), data=data) for item in page.dimension.items
    ]


def _save_all(page: Page, forms: list[ItemForm], person: Person, request: HttpRequest) -> bool:
    """Saves every answer that can be taken; True if none was refused. What was refused stays on the page."""
    clean = True
    for form in forms:
        if not form.is_valid():
            clean = False
            continue
        try:
            answer_save(
                assessment=page.assessment, item=form.item, answer=form.new_answer(), person=person, now=timezone.now()
            )
        except AnswerConflict as conflict:
            clean = False
            form.add_error(None, _conflict(conflict, form)["message"])
        except AssessmentClosed:
            messages.error(request, _("This assessment has been submitted and can no longer be changed."))
            return True
    return clean


def _next_address(page: Page, go: str) -> tuple[Any, ...]:
    """The name and arguments of the page to show after saving: "back", "next", or "later" to leave for now."""
    if go == "later":
        return ("home",)
    back, onward = page.neighbours
    target = back if go == "back" else onward
    return ("assessment-part", page.assessment.pk, target) if target else ("assessment-review", page.assessment.pk)


def _part_context(page: Page, forms: list[ItemForm]) -> dict[str, Any]:
    parts = parts_of(page.instrument, page.answers)
    asked = {item.code for item in asked_items(page.instrument, page.answers)}
    back, onward = page.neighbours
    return {
        "assessment": page.assessment,
        "instrument": page.instrument,
        "dimension": page.dimension,
        "forms": forms,
        "parts": parts,
        "progress": whole_progress(parts),
        "minutes_left": _minutes_left(page.instrument, whole_progress(parts).left),
        "asked": asked,
        "back": back,
        "onward": onward,
        "language": language(),
    }


def _minutes_left(instrument: Instrument, left: int) -> int:
    return -(-instrument.minutes * left // len(instrument.items))


def _first_error(form: ItemForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)


def _conflict(conflict: AnswerConflict, form: ItemForm) -> dict[str, Any]:
    theirs = conflict.current
    values = {
        "who": theirs.saved_by or _("A colleague"),
        "theirs": answer_label(form.item, theirs.written, language()),
        "yours": answer_label(form.item, form.cleaned_data["written"], language()),
    }
    message = _("%(who)s has saved another answer meanwhile: “%(theirs)s”. Yours was “%(yours)s”. Choose again.") % values
    return {"state": "conflict", "message": message, "version": theirs.version, "written": theirs.written}


def _saved(found: Assessment, instrument: Instrument, saved: Answer) -> dict[str, Any]:
    answers = answers_of(found)
    parts = parts_of(instrument, answers)
    whole = whole_progress(parts)
    return {
        "state": "saved",
        "version": saved.version,
        "answered": whole.answered,
        "asked": whole.asked,
        "minutes_left": _minutes_left(instrument, whole.left),
        "parts": {part.dimension.code: [part.progress.answered, part.progress.asked] for part in parts},
        "shown": [item.code for item in asked_items(instrument, answers)],
    }
