"""Independent answers: mine, the spread, and what the firm agrees on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firms.gate import Right, firms_visible
from surveys.forms import ItemForm
from surveys.instruments.model import Dimension, Instrument
from surveys.models import Answer, Assessment, Rater
from surveys.requests import language, person_of
from surveys.selectors import answers_of, assessment_fetch, assessment_instrument
from surveys.selectors.opinions import may_see_spread, opinions_of, rater_of, raters_of, spreads_of
from surveys.services.opinions import consensus_take, opinions_close, opinions_finish, opinions_save
from surveys.views.ways import refused_aloud


@login_required
@require_http_methods(["GET", "POST"])
def opinions_part(request: HttpRequest, assessment_id: object, code: str) -> HttpResponse:
    """One part, answered alone. Saved by the buttons, page by page."""
    found, rater, instrument = _mine(request, assessment_id)
    dimension = instrument.dimension_by_code.get(code)
    if dimension is None:
        raise Http404
    if rater.finished_at is not None:
        return redirect("opinions-spread", found.pk)
    forms = _forms(dimension, opinions_of(rater), request.POST if request.method == "POST" else None)
    if request.method == "POST" and not [form for form in forms if not form.is_valid()]:
        with refused_aloud(request):
            written = {form.item.code: form.cleaned_data["written"] for form in forms}
            opinions_save(
                rater=rater, instrument=instrument, written=written, person=person_of(request), now=timezone.now()
            )
        onward = _neighbour(instrument, code, back=request.POST.get("go") == "back")
        return redirect("opinions-part", found.pk, onward) if onward else redirect("assessment-mine", found.pk)
    return render(request, "surveys/opinions.html", _context(found, rater, instrument, dimension, forms))


@login_required
@require_POST
def opinions_done(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Hands my answers in."""
    found, rater, _instrument = _mine(request, assessment_id)
    with refused_aloud(request, _("Your independent answers are handed in.")):
        opinions_finish(rater=rater, person=person_of(request), now=timezone.now())
    return redirect("opinions-spread", found.pk)


@login_required
@require_POST
def opinions_end(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """The owner ends the round."""
    found = assessment_fetch(person_of(request), assessment_id, Right.MANAGE)
    with refused_aloud(request):
        opinions_close(assessment=found, person=person_of(request), now=timezone.now())
    return redirect("opinions-spread", found.pk)


@login_required
@require_GET
def spread(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Where the roles see the firm differently: the widest first."""
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    instrument = assessment_instrument(found)
    visible = may_see_spread(found, person.pk)
    spreads = spreads_of(found, instrument) if visible else []
    context = {
        "assessment": found,
        "instrument": instrument,
        "visible": visible,
        "spreads": sorted(spreads, key=lambda one: -(one.distance or 0)),
        "raters": raters_of(found),
        "answers": answers_of(found),
        "may_manage": firms_visible(person, Right.MANAGE).filter(pk=found.firm_id).exists(),
        "language": language(),
    }
    return render(request, "surveys/spread.html", context)


@login_required
@require_POST
def consensus(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Takes over the answers on which everybody agrees."""
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    if not may_see_spread(found, person.pk):
        return redirect("opinions-spread", found.pk)
    with refused_aloud(request):
        taken = consensus_take(
            assessment=found, instrument=assessment_instrument(found), person=person, now=timezone.now()
        )
        messages.success(
            request, ngettext("%(n)s answer was taken over.", "%(n)s answers were taken over.", taken) % {"n": taken}
        )
    return redirect("opinions-spread", found.pk)


def _mine(request: HttpRequest, assessment_id: object) -> tuple[Assessment, Rater, Instrument]:
    """The assessment and the person's own role in it; Http404 where they have none."""
    person = person_of(request)
    found = assessment_fetch(person, assessment_id, Right.EDIT)
    rater = rater_of(found, person.pk)
    if rater is None:
        raise Http404
    return found, rater, assessment_instrument(found)


def _forms(dimension: Dimension, written: dict[str, str], data: Any) -> list[ItemForm]:
    rows = {code: Answer(item=code, written=answer, version=0) for code, answer in written.items()}
    return [ItemForm(item, language(), answer=rows.get(item.code), data=data) for item in dimension.items]


def _neighbour(instrument: Instrument, code: str, *, back: bool) -> str | None:
    codes = [dimension.code for dimension in instrument.dimensions]
    place = codes.index(code) + (-1 if back else 1)
    return codes[place] if 0 <= place < len(codes) else None


def _context(
    found: Assessment, rater: Rater, instrument: Instrument, dimension: Dimension, forms: list[ItemForm]
) -> dict[str, Any]:
    written = opinions_of(rater)
    return {
        "assessment": found,
        "rater": rater,
        "instrument": instrument,
        "dimension": dimension,
        "forms": forms,
        "answered": len(written),
        "all": len(instrument.items),
        "parts": [(one, sum(item.code in written for item in one.items)) for one in instrument.dimensions],
        "back": _neighbour(instrument, dimension.code, back=True),
        "onward": _neighbour(instrument, dimension.code, back=False),
    }
