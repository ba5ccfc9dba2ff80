"""Starting, submitting and discarding an assessment."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from firms.audit import audit_record
from firms.models import Firm, Person
from surveys import files
from surveys.instruments.coding import AnswerFault, code_answer
from surveys.instruments.model import Instrument, Item
from surveys.models import Answer, Assessment, Snapshot
from surveys.selectors import answers_of, assessment_instrument, items_missing
from surveys.services.answers import locked_draft
from surveys.services.campaign_window import target_follow


class AssessmentIncomplete(Exception):
    """Items that are asked and required have no answer yet."""

    def __init__(self, items: list[Item]) -> None:
        super().__init__(", ".join(item.code for item in items))
        self.items = items


@transaction.atomic
def assessment_start(
    *, firm: Firm, instrument: Instrument, person: Person, now: datetime, previous: Assessment | None = None
) -> Assessment:
    """A new draft, or the firm's open draft of this instrument if there is one. A successor begins from old answers."""
    draft = _open_draft(firm, instrument)
    if draft is not None:
        return draft
    try:
        with transaction.atomic():
            assessment = Assessment.objects.create(
                firm=firm,
                instrument_code=instrument.code,
                instrument_version=instrument.version,
                instrument_hash=instrument.content_hash,
                previous=previous,
                started_at=now,
                started_by=person,
            )
    except IntegrityError:
        # A colleague pressed the same button a moment earlier.
        return Assessment.objects.get(firm=firm, instrument_code=instrument.code, status=Assessment.Status.DRAFT)
    if previous is not None:
        _copy_answers(previous, assessment, instrument, person, now)
    audit_record(person=person, action="assessment.started", firm=firm, subject=assessment)
    return assessment


def _open_draft(firm: Firm, instrument: Instrument) -> Assessment | None:
    return Assessment.objects.filter(firm=firm, instrument_code=instrument.code, status=Assessment.Status.DRAFT).first()


def _copy_answers(
    previous: Assessment, assessment: Assessment, instrument: Instrument, person: Person, now: datetime
) -> None:
    """What the new version of the instrument still asks, and what was written there."""
    snapshot = previous.snapshot
    Answer.objects.bulk_create(
        Answer(
            assessment=assessment,
            item=code,
            written=written,
            reason=snapshot.reasons.get(code, ""),
            saved_at=now,
            saved_by=person,
            carried=bool(written),
        )
        for code, written in snapshot.answers.items()
        if code in instrument.item_by_code and _still_taken(instrument.item(code), written)
    )


def _still_taken(item: Item, written: str) -> bool:
    """Whether the item takes the old answer: a new version of the instrument may have other options."""
    try:
        code_answer(item, written)
    except AnswerFault:
        return False
    return True


@transaction.atomic
def assessment_submit(*, assessment: Assessment, person: Person, now: datetime) -> Assessment:
    """Freezes the answers into a snapshot. Raises AssessmentClosed or AssessmentIncomplete and then changes nothing."""
    locked = locked_draft(assessment)
    instrument = assessment_instrument(locked)
    answers = answers_of(locked)
    missing = items_missing(instrument, answers)
    if missing:
        raise AssessmentIncomplete(missing)
    snapshot_create(locked, answers)
    locked.status = Assessment.Status.SUBMITTED
    locked.submitted_at, locked.submitted_by = now, person
    locked.save()
    target_follow(assessment=locked, now=now)
    audit_record(person=person, action="assessment.submitted", firm=locked.firm, subject=locked)
    return locked


def snapshot_create(assessment: Assessment, answers: dict[str, Answer]) -> Snapshot:
    """One row with all that was answered and the profile it was answered under, sealed by its hash."""
    firm = assessment.firm
    content = {
        "answers": {code: answer.written for code, answer in sorted(answers.items())},
        "reasons": {code: answer.reason for code, answer in sorted(answers.items()) if answer.reason},
        "firm_name": firm.name,
        "firm_name_en": firm.name_en,
        "size": firm.size,
        "industry": firm.industry,
        "region": firm.region,
    }
    return Snapshot.objects.create(assessment=assessment, content_hash=content_hash(content), **content)


def content_hash(content: Mapping[str, object]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


@transaction.atomic
def assessment_discard(*, assessment: Assessment, person: Person) -> None:
    """Removes a draft with its answers and files. AssessmentClosed if it was submitted."""
    locked = locked_draft(assessment)
    audit_record(person=person, action="assessment.discarded", firm=locked.firm, subject=locked)
    gone = list(locked.evidence.values_list("pk", flat=True))
    locked.delete()
    transaction.on_commit(lambda: files.remove(gone))
