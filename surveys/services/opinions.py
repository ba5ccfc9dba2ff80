"""Independent answers: each rater alone, then the spread, then the answers on which the firm agrees."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Person
from firms.refusal import RefusalError
from surveys.instruments.coding import code_answer
from surveys.instruments.model import Instrument
from surveys.models import Answer, Assessment, Opinion, Rater
from surveys.selectors.opinions import agreed
from surveys.services.answers import NewAnswer, answer_save, locked_draft


def rater_set(*, assessment: Assessment, person: Person, role: str) -> None:
    """Gives the person a role to answer in, or none. What was answered in another role stays theirs."""
    if role:
        Rater.objects.update_or_create(assessment=assessment, person=person, defaults={"role": role})
    else:
        Rater.objects.filter(assessment=assessment, person=person, opinions=None).delete()


@transaction.atomic
def opinions_save(
    *, rater: Rater, instrument: Instrument, written: Mapping[str, str], person: Person, now: datetime
) -> None:
    """Keeps the rater's answers to these items; an empty one is taken back.

    AnswerFault if an item does not take its answer, RefusalError once the rater has finished: nobody changes an
    opinion after having seen the others'.
    """
    locked_draft(rater.assessment)
    if Rater.objects.select_for_update().get(pk=rater.pk).finished_at is not None:
        raise RefusalError(_("Your independent answers are handed in and can no longer be changed."))
    for code, answer in written.items():
        code_answer(instrument.item(code), answer)
        if answer:
            Opinion.objects.update_or_create(rater=rater, item=code, defaults={"written": answer, "saved_at": now})
        else:
            Opinion.objects.filter(rater=rater, item=code).delete()


@transaction.atomic
def opinions_finish(*, rater: Rater, person: Person, now: datetime) -> None:
    """Hands the rater's answers in. From now on the rater may see the spread."""
    locked = locked_draft(rater.assessment)
    if Rater.objects.filter(pk=rater.pk, finished_at=None).update(finished_at=now):
        audit_record(person=person, action="opinions.finished", firm=locked.firm, subject=rater)


@transaction.atomic
def opinions_close(*, assessment: Assessment, person: Person, now: datetime) -> None:
    """Ends the round for everybody, whether or not they answered all."""
    locked = locked_draft(assessment)
    if Rater.objects.filter(assessment=locked, finished_at=None).update(finished_at=now):
        audit_record(person=person, action="opinions.closed", firm=locked.firm, subject=locked)


@transaction.atomic
def consensus_take(*, assessment: Assessment, instrument: Instrument, person: Person, now: datetime) -> int:
    """Answers, as the firm, every item that has no answer yet and on which all opinions agree. How many those were."""
    locked = locked_draft(assessment)
    given = set(Answer.objects.filter(assessment=locked).exclude(written="").values_list("item", flat=True))
    taken = {code: written for code, written in agreed(locked, instrument).items() if code not in given}
    for code, written in taken.items():
        answer_save(assessment=locked, item=instrument.item(code), answer=NewAnswer(written), person=person, now=now)
    return len(taken)
