"""Who may read a report that draws measured data: only whoever the firm lets see its evidence."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from firms.gate import Right, firms_visible
from firms.models import Person
from reports.builders.sections import normalised, shown, without
from reports.models import Report
from scoring.models import MeasuredEvidence
from surveys.models import Assessment

CHARTS = "charts"


def sections_open_to(person: Person, assessment: Assessment, chosen: Iterable[str]) -> tuple[str, ...]:
    """The sections as they are ordered: without the charts where the person may not see what they are drawn from."""
    sections = normalised(chosen)
    if CHARTS not in shown(sections) or sees_evidence(person, assessment):
        return sections
    has_data = _drawable().filter(assessment=assessment).exists()
    return without(CHARTS, sections) if has_data else sections


def _drawable() -> QuerySet[MeasuredEvidence]:
    """A list of data has no charts."""
    return MeasuredEvidence.objects.exclude(method=MeasuredEvidence.Method.INVENTORY)


def sees_evidence(person: Person, assessment: Assessment) -> bool:
    return firms_visible(person, Right.EVIDENCE).filter(pk=assessment.firm_id).exists()


def charts_readable(person: Person) -> Q:
    """Reports without charts of measured data, and those whose firm lets the person see its evidence now."""
    measured = Exists(_drawable().filter(assessment=OuterRef("assessment")))
    drawn = Q(sections="") | Q(sections__contains=CHARTS)
    return ~(Q(measured) & drawn) | Q(assessment__firm__in=firms_visible(person, Right.EVIDENCE).values("pk"))


def may_draw(report: Report) -> bool:
    """Whether this report may hold charts when it is built. A firm's own may; another's while the firm allows it."""
    if CHARTS not in shown(report.chosen):
        return False
    if report.organisation_id is None and report.reader_id is None:
        return True
    person = report.reader or report.requested_by
    return person is not None and sees_evidence(person, report.assessment)
