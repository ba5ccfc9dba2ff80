"""Saving one answer: nothing is lost silently, nothing is taken twice."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from firms.compiled import Upsert
from firms.models import Person
from surveys.instruments.coding import code_answer
from surveys.instruments.model import Item
from surveys.models import Answer, Assessment, SaveReceipt
from surveys.selectors.assessments import Standing, standing_of

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


RECEIPT = Upsert(
    SaveReceipt, columns=("assessment_id", "key", "item", "version", "at"), unique=("assessment_id", "key")
)
ANSWER = Upsert(
    Answer,
    columns=("assessment_id", "item", "written", "reason", "version", "saved_at", "saved_by_id", "carried"),
    unique=("assessment_id", "item"),
    update=("written", "reason", "version", "saved_at", "saved_by_id", "carried"),
)


@transaction.atomic
def answer_save(*, assessment: Assessment, item: Item, answer: NewAnswer, person: Person, now: datetime) -> Saved:
    """Writes one answer and says its new version.

    Raises AssessmentClosed, AnswerConflict, or AnswerFault if the item does not take the answer. Saving what is
    already there changes nothing, and a key that was taken before is answered as it was then.
    """
    code_answer(item, answer.written)
    locked = locked_assessment(assessment)
    return answer_put(locked=locked, standing=standing_of(locked), item=item, answer=answer, person=person, now=now)


def answer_put(
    *, locked: Assessment, standing: dict[str, Standing], item: Item, answer: NewAnswer, person: Person, now: datetime
) -> Saved:
    """As ``answer_save``, for an assessment that is locked and an answer that the item takes.

    ``standing`` is what was read under the lock; it is brought up to date.
    """
    before = standing.get(item.code)
    after = next_standing(before, answer)
    # The key is taken first: if it was there, the save happened, whatever has been said since. What fails below is
    # taken back with the whole transaction, the key too.
    version = after.version if after else 0
    if answer.key is not None and not RECEIPT(
        assessment_id=locked.pk, key=answer.key, item=item.code, version=version, at=now
    ):
        receipt = SaveReceipt.objects.get(assessment=locked, key=answer.key)
        return Saved(receipt.item, receipt.version)
    if locked.is_submitted:
        raise AssessmentClosed
    if after is None:
        raise AnswerConflict(Answer.objects.select_related("saved_by").get(assessment=locked, item=item.code))
    if after != before:
        ANSWER(
            assessment_id=locked.pk, item=item.code, written=after.written, reason=after.reason, version=version,
            saved_at=now, saved_by_id=person.pk, carried=False,
        )  # fmt: skip
        standing[item.code] = after
    return Saved(item.code, version)


def answers_write(*, locked: Assessment, new: Mapping[str, Standing], person: Person, now: datetime) -> None:
    """Writes what is to stand on many items of a locked draft, by item code, in one statement."""
    rows = [
        Answer(
            assessment=locked, item=code, written=one.written, reason=one.reason, version=one.version,
            carried=one.carried, saved_at=now, saved_by=person,
        )
        for code, one in new.items()
    ]  # fmt: skip
    taken = ["written", "reason", "version", "saved_at", "saved_by", "carried"]
    Answer.objects.bulk_create(rows, update_conflicts=True, unique_fields=["assessment", "item"], update_fields=taken)


def next_standing(before: Standing | None, answer: NewAnswer) -> Standing | None:
    """What stands after the answer; None if another version stands there than the one it is based on."""
    written, reason = answer.written.strip(), answer.reason.replace("\0", "").strip()[:LONGEST_REASON]
    if before is None:
        return Standing(written, reason, 1, carried=False)
    if (before.written, before.reason) == (written, reason):
        return replace(before, carried=False)
    if answer.based_on is not None and answer.based_on != before.version:
        return None
    return Standing(written, reason, before.version + 1, carried=False)


def locked_assessment(assessment: Assessment) -> Assessment:
    """The assessment's row, locked until the end of the transaction: its saves happen one after the other."""
    return Assessment.objects.select_for_update(of=("self",)).select_related("firm").get(pk=assessment.pk)


def locked_draft(assessment: Assessment) -> Assessment:
    """As ``locked_assessment``. AssessmentClosed if it is no draft any more."""
    locked = locked_assessment(assessment)
    if locked.is_submitted:
        raise AssessmentClosed
    return locked


@transaction.atomic
def answers_confirm(*, assessment: Assessment, items: list[str], person: Person, now: datetime) -> int:
    """Says of answers copied from last time that they still hold. How many there were."""
    locked = locked_draft(assessment)
    copied = Answer.objects.filter(assessment=locked, item__in=items, carried=True)
    return copied.update(carried=False, saved_at=now, saved_by=person)
