"""Taking over what was filled in outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from firms.audit import audit_record
from firms.models import Person
from surveys.instruments.coding import AnswerFault, code_answer
from surveys.instruments.model import Instrument
from surveys.models import Assessment
from surveys.selectors.assessments import Standing, standing_of
from surveys.services.answers import NewAnswer, answers_write, locked_draft, next_standing


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many answers were taken over, and the items whose answer was left as it is."""

    taken: int
    left: tuple[str, ...]


@transaction.atomic
def workbook_accept(
    *, assessment: Assessment, instrument: Instrument, changes: Mapping[str, NewAnswer], person: Person, now: datetime
) -> Accepted:
    """Saves each change that still fits what stands; AssessmentClosed if nothing may be changed any more."""
    locked = locked_draft(assessment)
    standing = standing_of(locked)
    after = {code: _after(instrument, standing.get(code), code, answer) for code, answer in changes.items()}
    left = [code for code, one in after.items() if one is None]
    new = {code: one for code, one in after.items() if one is not None and one != standing.get(code)}
    answers_write(locked=locked, new=new, person=person, now=now)
    accepted = Accepted(len(changes) - len(left), tuple(left))
    audit_record(
        person=person, action="workbook.accepted", firm=locked.firm, subject=locked, after={"answers": accepted.taken}
    )
    return accepted


def _after(instrument: Instrument, before: Standing | None, code: str, answer: NewAnswer) -> Standing | None:
    """What would stand on the item; None where the answer does not fit what stands there or the item itself."""
    if code not in instrument.item_by_code:
        return None
    try:
        code_answer(instrument.item(code), answer.written)
    except AnswerFault:
        return None
    return next_standing(before, answer)
