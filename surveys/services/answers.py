"""Saving one answer: nothing is lost silently, nothing is taken twice."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from firms.models import Person
from surveys.instruments.coding import code_answer
from surveys.instruments.model import Item
from surveys.models import Answer, Assessment, SaveReceipt

LONGEST_ANSWER = 400
LONGEST_REASON = 500


class AssessmentClosed(Exception):
    """The assessment was submitted: it is never changed again."""


class AnswerConflict(Exception):
    """Somebody saved another answer to this item in between; ``current`` is theirs."""

    def __init__(self, current: Answer) -> None:
        super().__init__(current.item)
        self.current = current


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer from a form. ``based_on`` is the version that was on the screen, 0 for none, None if unsaid.

    ``key`` is made by the sender, new for each change; the same key sent again is the same save.
    """

    written: str
    reason: str = ""
    based_on: int | None = None
    key: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save came to. ``version`` is what the next change of the same sender is based on."""

    item: str
    version: int


@transaction.atomic
def answer_save(*, assessment: Assessment, item: Item, answer: NewAnswer, person: Person, now: datetime) -> Saved:
    """Writes one answer and says its new version.

    Raises AssessmentClosed, AnswerConflict, or AnswerFault if the item does not take the answer. Saving what is
    already there changes nothing, and a key that was taken before is answered as it was then.
    """
    code_answer(item, answer.written)
    locked = locked_assessment(assessment)
    receipt = _receipt(locked, answer.key)
    if receipt is not None:
        return Saved(receipt.item, receipt.version)
    if locked.is_submitted:
        raise AssessmentClosed
    version = _write(locked, item, answer, person, now)
    if answer.key is not None:
        SaveReceipt.objects.create(assessment=locked, key=answer.key, item=item.code, version=version, at=now)
    return Saved(item.code, version)


def locked_assessment(assessment: Assessment) -> Assessment:
    """The assessment's row, locked until the end of the transaction: its saves happen one after the other."""
    return Assessment.objects.select_for_update(of=("self",)).select_related("firm").get(pk=assessment.pk)


def locked_draft(assessment: Assessment) -> Assessment:
    """As ``locked_assessment``. AssessmentClosed if it is no draft any more."""
    locked = locked_assessment(assessment)
    if locked.is_submitted:
        raise AssessmentClosed
    return locked


def _receipt(assessment: Assessment, key: uuid.UUID | None) -> SaveReceipt | None:
    return SaveReceipt.objects.filter(assessment=assessment, key=key).first() if key else None


def _write(assessment: Assessment, item: Item, answer: NewAnswer, person: Person, now: datetime) -> int:
    """The version after the save. AnswerConflict if another version stands there than the save is based on."""
    written, reason = answer.written.strip(), answer.reason.replace("\0", "").strip()[:LONGEST_REASON]
    current = Answer.objects.filter(assessment=assessment, item=item.code).first()
    if current is None:
        current = Answer(assessment=assessment, item=item.code, version=0)
    elif (current.written, current.reason) == (written, reason):
        Answer.objects.filter(pk=current.pk, carried=True).update(carried=False, saved_at=now, saved_by=person)
        return current.version
    elif answer.based_on is not None and answer.based_on != current.version:
        raise AnswerConflict(current)
    current.written, current.reason, current.carried = written, reason, False
    current.version += 1
    current.saved_at, current.saved_by = now, person
    current.save()
    return current.version


@transaction.atomic
def answers_confirm(*, assessment: Assessment, items: list[str], person: Person, now: datetime) -> int:
    """Says of answers copied from last time that they still hold. How many there were."""
    locked = locked_draft(assessment)
    copied = Answer.objects.filter(assessment=locked, item__in=items, carried=True)
    return copied.update(carried=False, saved_at=now, saved_by=person)
