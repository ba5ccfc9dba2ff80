"""Answering: whole pages where there is no JavaScript, answer by answer where there is."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firms.gate import Right
from firms.models import Person
from surveys.forms import ItemForm
from surveys.instruments.model import Instrument
from surveys.labels import answer_label
from surveys.models import Answer, Assessment
from surveys.requests import language, person_of
from surveys.selectors import (
    Standing,
    answers_of,
    asked_items,
    assessment_fetch,
    assessment_fetch_locked,
    assessment_instrument,
    items_missing,
    parts_among,
    parts_of,
    standing_of,
    whole_progress,
    written_before,
)
from surveys.selectors.together import elsewhere
from surveys.services import AnswerConflict, AssessmentClosed, Saved, answer_put, answer_save, answers_confirm
from surveys.services.together import presence_note
from surveys.views.page import Page, item_forms, item_or_404, minutes_left, page_fetch, part_context


@login_required
@require_http_methods(["GET", "POST"])
def assessment_part(request: HttpRequest, assessment_id: object, code: str) -> HttpResponse:
    """One dimension. Saved answer by answer where there is JavaScript, as a whole page where there is none."""
    person = person_of(request)
    page = page_fetch(person, assessment_id, code)
    if page.assessment.is_submitted:
        return redirect("results", page.assessment.pk)
    forms = item_forms(page, request.POST if request.method == "POST" else None)
    conflicts: dict[str, dict[str, Any]] = {}
    if request.method == "POST" and _save_all(page, forms, conflicts, request):
        return redirect(*_next_address(page, request.POST.get("go", "next")))
    return render(request, "surveys/part.html", part_context(request, page, forms, conflicts))


@login_required
@require_POST
def answer(request: HttpRequest, assessment_id: uuid.UUID, item_code: str) -> JsonResponse:
    """Saves one answer as it is given, and says what is now stored."""
    person, now = person_of(request), timezone.now()
    try:
        # One commit for all: on a busy disk it is the commit that takes the time.
        with transaction.atomic():
            found = assessment_fetch_locked(person, assessment_id)
            instrument = assessment_instrument(found)
            form = ItemForm(item_or_404(instrument, item_code), language(), data=request.POST)
            if not form.is_valid():
                return JsonResponse({"state": "refused", "message": _first_error(form)}, status=422)
            new, item, standing = form.new_answer(), form.item, standing_of(found)
            saved = answer_put(locked=found, standing=standing, item=item, answer=new, person=person, now=now)
            presence_note(assessment=found, person=person, part=item.dimension, item=item.code, now=now)
            here = _here(found, instrument, person)
    except AnswerConflict as conflict:
        return JsonResponse(_conflict(conflict, form), status=409)
    except AssessmentClosed:
        return JsonResponse({"state": "closed", "message": _closed()}, status=410)
    return JsonResponse(_saved(instrument, standing, saved) | here)


@login_required
@require_POST
def presence(request: HttpRequest, assessment_id: object) -> JsonResponse:
    """Notes where the person is; says where the others are and how this part's answers stand."""
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    instrument = assessment_instrument(found)
    part, item = request.POST.get("part", ""), request.POST.get("item", "")
    if part not in instrument.dimension_by_code or (item and item not in instrument.item_by_code):
        return JsonResponse({"state": "refused", "message": _("There is no such part.")}, status=422)
    if found.is_submitted:
        return JsonResponse({"state": "closed", "message": _closed()}, status=410)
    presence_note(assessment=found, person=person, part=part, item=item, now=timezone.now())
    standing = {
        code: {"version": row.version, "written": row.written, "reason": row.reason, "who": _who(row)}
        for code, row in answers_of(found).items()
        if code in instrument.item_by_code and instrument.item(code).dimension == part
    }
    return JsonResponse({"state": "noted", "answers": standing} | _here(found, instrument, person))


@login_required
@require_GET
def answer_token(request: HttpRequest) -> JsonResponse:
    """For answers that waited on the device: who is signed in now, and the token that a save needs."""
    return JsonResponse({"person": str(person_of(request).pk), "token": get_token(request)})


@login_required
@require_POST
def assessment_confirm(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """All answers copied from last time still hold."""
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    try:
        answers_confirm(assessment=found, items=list(answers_of(found)), person=person, now=timezone.now())
    except AssessmentClosed:
        messages.error(request, _closed())
    return redirect("assessment-review", found.pk)


@login_required
@require_GET
def assessment_review(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Everything answered, on one page, with what is still open and what changed since last time."""
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
        "before": written_before(found),
        "unconfirmed": sum(answer.carried for answer in answers.values()),
        "language": language(),
    }
    return render(request, "surveys/review.html", context)


def _save_all(page: Page, forms: list[ItemForm], conflicts: dict[str, dict[str, Any]], request: HttpRequest) -> bool:
    """Saves every answer that was changed; True if none was refused. What was refused stays on the page."""
    clean = True
    for form in forms:
        if not form.is_valid():
            clean = False
            continue
        if form.unchanged:
            continue
        try:
            _save_one(page, form, person_of(request))
        except AnswerConflict as conflict:
            clean = False
            conflicts[form.item.code] = _conflict(conflict, form)
            form.stand_on(conflict.current)
        except AssessmentClosed:
            messages.error(request, _closed())
            return True
    return clean


def _save_one(page: Page, form: ItemForm, person: Person) -> None:
    answer_save(assessment=page.assessment, item=form.item, answer=form.new_answer(), person=person, now=timezone.now())


def _next_address(page: Page, go: str) -> tuple[Any, ...]:
    """The name and arguments of the page to show after saving: "back", "next", or "later" to leave for now."""
    if go == "later":
        return ("home",)
    back, onward = page.neighbours
    target = back if go == "back" else onward
    return ("assessment-part", page.assessment.pk, target) if target else ("assessment-review", page.assessment.pk)


def _first_error(form: ItemForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)


def _closed() -> str:
    return _("This assessment has been submitted and can no longer be changed.")


def _who(answer: Answer) -> str:
    return answer.saved_by.get_short_name() if answer.saved_by else _("A colleague")


def _conflict(conflict: AnswerConflict, form: ItemForm) -> dict[str, Any]:
    """Both answers, for the author of the refused one to choose from."""
    theirs, item = conflict.current, form.item
    values = {
        "who": _who(theirs),
        "theirs": answer_label(item, theirs.written, language()),
        "yours": answer_label(item, form.cleaned_data["written"], language()),
    }
    message = _("%(who)s has saved another answer meanwhile: “%(theirs)s”. Yours was “%(yours)s”. Choose one.") % values
    standing = {"version": theirs.version, "written": theirs.written, "reason": theirs.reason}
    return {"state": "conflict", "message": message} | values | standing


def _saved(instrument: Instrument, standing: dict[str, Standing], saved: Saved) -> dict[str, Any]:
    shown = [item.code for item in asked_items(instrument, standing)]
    parts = parts_among(instrument, set(shown), standing)
    whole = whole_progress(parts)
    return {
        "state": "saved",
        "version": saved.version,
        "answered": whole.answered,
        "asked": whole.asked,
        "minutes_left": minutes_left(instrument, whole),
        "parts": {part.dimension.code: [part.progress.answered, part.progress.asked] for part in parts},
        "shown": shown,
    }


def _here(found: Assessment, instrument: Instrument, person: Person) -> dict[str, Any]:
    """Where the others are, in words."""
    titles = {code: dimension.title for code, dimension in instrument.dimension_by_code.items()}
    return {
        "here": [
            _("%(who)s is in “%(part)s”") % {"who": one.name, "part": titles[one.part].pick(language())}
            for one in elsewhere(found, person, timezone.now())
            if one.part in titles
        ]
    }
