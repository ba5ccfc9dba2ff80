"""Everything that can happen to an assessment."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from firms.audit import audit_record
from firms.models import Firm, Person
from surveys.instruments.coding import AnswerFault, code_answer
from surveys.instruments.model import Instrument, Item
from surveys.models import Answer, Assessment, Snapshot
from surveys.selectors import answers_of, assessment_instrument, items_missing

LONGEST_ANSWER = 400
LONGEST_REASON = 500


class AssessmentClosed(Exception):
    """The assessment was submitted: it is never changed again."""


class AnswerConflict(Exception):
    """Somebody saved another answer to this item in between; ``current`` is theirs."""

    def __init__(self, current: Answer) -> None:
        super().__init__(current.item)
        self.current = current


class AssessmentIncomplete(Exception):
    """Items that are asked and required have no answer yet."""

    def __init__(self, items: list[Item]) -> None:
        super().__init__(", ".join(item.code for item in items))
        self.items = items


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer as it comes from a form. ``based_on`` is the version that was on the screen, 0 for none, None if unsaid."""

    written: str
    reason: str = ""
    based_on: int | None = None


@transaction.atomic
def assessment_start(
    *, firm: Firm, instrument: Instrument, person: Person, now: datetime, previous: Assessment | None = None
) -> Assessment:
    """A new draft, or the firm's open draft of this instrument if there is one. A successor begins from the old answers."""
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
    return Assessment.objects.filter(
        firm=firm, instrument_code=instrument.code, status=Assessment.Status.DRAFT
    ).first()


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
def answer_save(*, assessment: Assessment, item: Item, answer: NewAnswer, person: Person, now: datetime) -> Answer:
    """Writes one answer and returns it with its new version.

    Raises AssessmentClosed, AnswerConflict, or AnswerFault if the item does not take the answer. Saving what is
    already there changes nothing, so a repeated request is harmless.
    """
    code_answer(item, answer.written)
    _locked_draft(assessment)
    current = Answer.objects.filter(assessment=assessment, item=item.code).first()
    if current is None:
        return Answer.objects.create(
            assessment=assessment,
            item=item.code,
            written=answer.written.strip(),
            reason=answer.reason[:LONGEST_REASON],
            saved_at=now,
            saved_by=person,
        )
    if (current.written, current.reason) == (answer.written, answer.reason):
        return current
    if answer.based_on is not None and answer.based_on != current.version:
        raise AnswerConflict(current)
    current.written, current.reason = answer.written.strip(), answer.reason[:LONGEST_REASON]
    current.version += 1
    current.saved_at, current.saved_by = now, person
    current.save()
    return current


def _locked_draft(assessment: Assessment) -> Assessment:
    """The assessment's row, locked until the end of the transaction. AssessmentClosed if it is no draft any more."""
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.is_submitted:
        raise AssessmentClosed
    return locked


@transaction.atomic
def assessment_submit(*, assessment: Assessment, person: Person, now: datetime) -> Assessment:
    """Freezes the answers into a snapshot. Raises AssessmentClosed or AssessmentIncomplete and then changes nothing."""
    locked = _locked_draft(assessment)
    instrument = assessment_instrument(locked)
    answers = answers_of(locked)
    missing = items_missing(instrument, answers)
    if missing:
        raise AssessmentIncomplete(missing)
    snapshot_create(locked, answers)
    locked.status = Assessment.Status.SUBMITTED
    locked.submitted_at, locked.submitted_by = now, person
    locked.save()
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


def content_hash(content: dict[str, object]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


@transaction.atomic
def assessment_discard(*, assessment: Assessment, person: Person) -> None:
    """Removes a draft with its answers. AssessmentClosed if it was submitted."""
    locked = _locked_draft(assessment)
    audit_record(person=person, action="assessment.discarded", firm=locked.firm, subject=locked)
    locked.delete()
