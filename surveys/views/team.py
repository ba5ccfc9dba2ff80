"""Who is asked to answer what; the link that lets a colleague in; what is left for oneself."""

import uuid

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firms.gate import Right
from firms.models import Person
from surveys.forms import AskForm, ReaskForm
from surveys.instruments.model import Instrument
from surveys.models import Assessment, PartLink
from surveys.requests import language, person_of
from surveys.selectors import answers_of, assessment_fetch, assessment_instrument, parts_of, whole_progress
from surveys.selectors.opinions import raters_of
from surveys.selectors.together import Owing, answerers, open_comments, owing, owing_of, unassigned
from surveys.services import AssessmentClosed
from surveys.services.together import Request, colleague_ask, part_link_create, part_link_open, part_link_take
from surveys.views.ways import refused_aloud


@login_required
@require_GET
def team(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Who owes what, and how far everybody is."""
    found = assessment_fetch(person_of(request), assessment_id, Right.MANAGE)
    return _team_page(request, found, AskForm(part_choices(assessment_instrument(found)), prefix="link"))


@login_required
@require_POST
def team_ask(request: HttpRequest, assessment_id: object, person_id: uuid.UUID) -> HttpResponse:
    """Sets what one colleague of the firm is asked for."""
    found = assessment_fetch(person_of(request), assessment_id, Right.MANAGE)
    colleague = next((one for one in answerers(found) if one.pk == person_id), None)
    if colleague is None:
        raise Http404
    form = ReaskForm(part_choices(assessment_instrument(found)), request.POST)
    if form.is_valid():
        asked = Request(form.cleaned_data["parts"], form.cleaned_data["role"])
        with refused_aloud(request):
            colleague_ask(
                assessment=found, colleague=colleague, asked=asked, person=person_of(request), now=timezone.now()
            )
    return redirect("assessment-team", found.pk)


@login_required
@require_POST
def team_link(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """A link for somebody who does not belong to the firm yet. It is shown this once."""
    found = assessment_fetch(person_of(request), assessment_id, Right.MANAGE)
    form = AskForm(part_choices(assessment_instrument(found)), request.POST, prefix="link")
    if not form.is_valid():
        return _team_page(request, found, form, status=422)
    asked = Request(form.cleaned_data["parts"], form.cleaned_data["role"])
    try:
        token = part_link_create(assessment=found, asked=asked, person=person_of(request))
    except AssessmentClosed:
        return redirect("assessment-team", found.pk)
    link = request.build_absolute_uri(reverse("part-link", args=[token]))
    return render(request, "surveys/team_link.html", {"assessment": found, "link": link})


@login_required
@require_GET
def mine(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """My part: what I was asked for, and what comes next."""
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    if found.is_submitted:
        return redirect("results", found.pk)
    return render(request, "surveys/mine.html", mine_context(found, person))


@never_cache
@require_http_methods(["GET", "POST"])
def part_link(request: HttpRequest, token: str) -> HttpResponse:
    """The one link a colleague needs: it says what to do next, at every stage."""
    person = person_of(request) if request.user.is_authenticated else None
    link = part_link_open(token, person)
    if link is None:
        return render(request, "surveys/part_link_gone.html", status=404)
    if request.method == "POST":
        return _take(request, link, person)
    if person is not None and link.taken_by_id == person.pk:
        return redirect("assessment", link.assessment_id)
    return render(request, "surveys/part_link.html", _offer(link))


def _take(request: HttpRequest, link: PartLink, person: Person | None) -> HttpResponse:
    if person is None:
        return redirect_to_login(request.path)
    if link.taken_by_id != person.pk:
        with refused_aloud(request):
            part_link_take(link=link, person=person, now=timezone.now())
    return redirect("assessment", link.assessment_id)


def _offer(link: PartLink) -> dict[str, object]:
    instrument = assessment_instrument(link.assessment)
    parts = [dimension for dimension in instrument.dimensions if dimension.code in link.parts]
    items = sum(len(dimension.items) for dimension in parts) or len(instrument.items)
    minutes = -(-instrument.minutes * items // len(instrument.items))
    return {"link": link, "instrument": instrument, "parts": parts, "items": items, "minutes": minutes}


def mine_context(found: Assessment, person: Person) -> dict[str, object]:
    instrument, answers = assessment_instrument(found), answers_of(found)
    remarks = open_comments(found)
    own = owing_of(found, person, instrument, answers)
    items = [item for part in own.parts for item in part.dimension.items]
    return {
        "assessment": found,
        "instrument": instrument,
        "mine": own,
        "progress": whole_progress(parts_of(instrument, answers)),
        "commented": [item for item in items if remarks[item.code]],
        "first_part": instrument.dimensions[0].code,
        "language": language(),
    }


def part_choices(instrument: Instrument) -> list[tuple[str, str]]:
    return [(dimension.code, dimension.title.pick(language())) for dimension in instrument.dimensions]


def _team_page(request: HttpRequest, found: Assessment, form: AskForm, status: int = 200) -> HttpResponse:
    instrument, answers = assessment_instrument(found), answers_of(found)
    people = owing(found, instrument, answers)
    by_person = {one.person.pk: one for one in people}
    choices = part_choices(instrument)
    context = {
        "assessment": found,
        "instrument": instrument,
        "people": people,
        "nobody": [instrument.dimension_by_code[code] for code in unassigned(instrument, people)],
        "colleagues": [(one, _reask(choices, one, by_person.get(one.pk))) for one in answerers(found)],
        "form": form,
        "raters": raters_of(found),
        "progress": whole_progress(parts_of(instrument, answers)),
        "language": language(),
    }
    return render(request, "surveys/team.html", context, status=status)


def _reask(choices: list[tuple[str, str]], person: Person, owes: Owing | None) -> ReaskForm:
    parts = [part.dimension.code for part in owes.parts] if owes else []
    initial = {"parts": parts, "role": owes.rater.role if owes and owes.rater else ""}
    return ReaskForm(choices, initial=initial, auto_id=f"id_{person.pk.hex}_%s")
