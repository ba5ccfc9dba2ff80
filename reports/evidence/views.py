"""What measured data say about answers: the list of an assessment, and one computation with its charts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from firms.gate import Right, firms_visible
from reports.evidence.page import for_own_people
from reports.evidence.pictures import illustrated
from reports.evidence.recheck import rechecked
from reports.evidence.told import declared_text, name_of, recorded, sections, verdict_told
from reports.measurements.limiting import may_compute
from reports.selectors import told_in
from scoring.engine.evidence.subjects import SUBJECTS
from scoring.evidence.selectors import decision_of, measured_fetch, written_for
from scoring.evidence.services import measured_remove
from surveys.instruments.model import Instrument, Item
from surveys.models import Assessment
from surveys.requests import language, person_of
from surveys.selectors import assessment_fetch, assessment_instrument
from surveys.views.ways import refused_aloud


def _items(instrument: Instrument) -> list[Item]:
    """The items that data can speak to."""
    speaking = SUBJECTS.get(instrument.code, {})
    return [item for item in instrument.items if item.code in speaking]


def _may_edit(request: HttpRequest, row: Assessment) -> bool:
    mine = firms_visible(person_of(request), Right.EDIT).filter(pk=row.firm_id)
    return not row.is_submitted and mine.exists()


@login_required
@require_safe
def measured_list(request: HttpRequest, assessment_id: object) -> HttpResponse:
    """Declared against evidenced, item by item, for whoever the firm lets see its evidence."""
    found = assessment_fetch(person_of(request), assessment_id, Right.EVIDENCE)
    for_own_people(person_of(request), found)
    instrument, told = assessment_instrument(found), told_in(language())
    charts = illustrated(found, instrument, told)
    context = {
        "assessment": found,
        "instrument": instrument,
        "sections": [(one, charts.get(one.code)) for one in sections(found, instrument, told)],
        "items": _items(instrument),
        "may_edit": _may_edit(request, found),
    }
    return render(request, "evidence/list.html", context)


@login_required
@never_cache
@require_safe
def measured(request: HttpRequest, measured_id: object) -> HttpResponse:
    """Figures and charts, computed again from the files that are kept, beside the figures of then."""
    row = measured_fetch(person_of(request), measured_id, Right.EVIDENCE)
    for_own_people(person_of(request), row.assessment)
    instrument, told = assessment_instrument(row.assessment), told_in(language())
    decision = decision_of(row, instrument)
    context = {
        "row": row,
        "name": name_of(row),
        "instrument": instrument,
        "item": instrument.item(row.item),
        "files": row.files.all(),
        "verdict": verdict_told(decision),
        "declared": declared_text(instrument, row.item, written_for(row), told),
        "recorded": recorded(row),
        "again": rechecked(row, told) if may_compute(request) else None,
        "may_edit": _may_edit(request, row.assessment),
    }
    return render(request, "evidence/measured.html", context)


@login_required
@require_POST
def measured_gone(request: HttpRequest, measured_id: object) -> HttpResponse:
    row = measured_fetch(person_of(request), measured_id, Right.EDIT)
    with refused_aloud(request, _("The figures are removed. The files stay behind the answer.")):
        measured_remove(measured=row, person=person_of(request))
    return redirect("measured-list", row.assessment_id)
