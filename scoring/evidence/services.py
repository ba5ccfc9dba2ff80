"""Keeping computed figures behind an answer, giving them up, and fixing the verdicts with the submission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Person
from firms.refusal import RefusalError
from scoring.engine import ENGINE_VERSION
from scoring.evidence.judging import judged_now, write_down
from scoring.evidence.mapping import Mapping, method_of, to_json
from scoring.evidence.summary import JsonObject
from scoring.models import MeasuredEvidence
from surveys.models import Answer, Assessment, Evidence
from surveys.selectors import assessment_instrument
from surveys.services.answers import locked_draft

MOST_OF_AN_ASSESSMENT = 100
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Computed:
    """Figures, what they were computed from, and how."""

    files: Sequence[Evidence]
    mapping: Mapping
    summary: JsonObject


@transaction.atomic
def measured_add(
    *, assessment: Assessment, item: str, computed: Computed, person: Person, now: datetime
) -> MeasuredEvidence:
    """Keeps the figures with their verdict about the answer. Raises AssessmentClosed or RefusalError."""
    locked = locked_draft(assessment)
    if MeasuredEvidence.objects.filter(assessment=locked).count() >= MOST_OF_AN_ASSESSMENT:
        raise RefusalError(_("There are 100 computations in this assessment already. Remove one first."))
    row = MeasuredEvidence(
        assessment=locked,
        item=item,
        method=method_of(computed.mapping),
        title=str(computed.summary["name"])[:LONGEST_TITLE],
        sources=[file.sha256 for file in computed.files],
        mapping=to_json(computed.mapping),
        summary=computed.summary,
        engine_version=ENGINE_VERSION,
        computed_at=now,
        computed_by=person,
    )
    _judge(row, _written(locked, item), row.sources).save()
    row.files.set(computed.files)
    audit_record(person=person, action="evidence.measured", firm=locked.firm, subject=row, after={"item": item})
    return row


@transaction.atomic
def measured_remove(*, measured: MeasuredEvidence, person: Person) -> None:
    """Removes figures and verdict of a draft; the files stay behind the answer. Raises AssessmentClosed."""
    locked = locked_draft(measured.assessment)
    before = {"item": measured.item, "title": measured.title}
    audit_record(person=person, action="evidence.unmeasured", firm=locked.firm, subject=measured, before=before)
    measured.delete()


def measured_freeze(*, assessment: Assessment) -> int:
    """Writes down every verdict about the answers as submitted, for ever. How many there are."""
    answers = assessment.snapshot.answers
    rows = MeasuredEvidence.objects.filter(assessment=assessment).prefetch_related("files")
    for row in rows:
        present = [file.sha256 for file in row.files.all()]
        _judge(row, answers.get(row.item, ""), present).save()
    return len(rows)


def _judge(row: MeasuredEvidence, written: str, present: Sequence[str]) -> MeasuredEvidence:
    item = assessment_instrument(row.assessment).item(row.item)
    return write_down(row, judged_now(row, item, written, present), written)


def _written(assessment: Assessment, item: str) -> str:
    answer = Answer.objects.filter(assessment=assessment, item=item).first()
    return answer.written if answer else ""
