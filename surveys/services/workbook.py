"""Taking over what was filled in outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from firms.audit import audit_record
from firms.models import Person
from surveys.instruments.coding import AnswerFault
from surveys.instruments.model import Instrument
from surveys.models import Assessment
from surveys.services.answers import AnswerConflict, NewAnswer, answer_save, locked_draft


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
    left = []
    for code, answer in changes.items():
        if code not in instrument.item_by_code:
            left.append(code)
            continue
        try:
            answer_save(assessment=locked, item=instrument.item(code), answer=answer, person=person, now=now)
        except (AnswerConflict, AnswerFault):
            left.append(code)
    accepted = Accepted(len(changes) - len(left), tuple(left))
    audit_record(
        person=person, action="workbook.accepted", firm=locked.firm, subject=locked, after={"answers": accepted.taken}
    )
    return accepted
