"""What becomes of assessments when firms merge or end, and what is told to a person who asks for their data."""

from typing import Any

from django.db import transaction

from firms.models import Firm, Person
from surveys import files
from surveys.models import Answer, Assessment, Comment, Evidence, InstrumentDraft, Opinion, Target


def drafts_meet(keep: Firm, drop: Firm) -> None:
    """A firm may have one draft of an instrument: where both have one, what only the other answered moves over."""
    for other in Assessment.objects.filter(firm=drop, status=Assessment.Status.DRAFT):
        mine = Assessment.objects.filter(
            firm=keep, instrument_code=other.instrument_code, status=Assessment.Status.DRAFT
        ).first()
        if mine is not None:
            _move_over(other, mine)
            if not Target.objects.filter(assessment=mine).exists():
                Target.objects.filter(assessment=other).update(assessment=mine)
            other.delete()


def _move_over(other: Assessment, mine: Assessment) -> None:
    given = list(mine.answers.exclude(written="").values_list("item", flat=True))
    moving = list(other.answers.exclude(written="").exclude(item__in=given).values_list("item", flat=True))
    mine.answers.filter(item__in=moving).delete()
    other.answers.filter(item__in=moving).update(assessment=mine)
    other.evidence.update(assessment=mine)
    other.comments.update(assessment=mine)


def targets_meet(keep: Firm, drop: Firm) -> None:
    """A firm takes part in a campaign once: where both did, what was submitted stays, else what ``keep`` has begun."""
    for other in Target.objects.select_related("assessment").filter(firm=drop):
        mine = Target.objects.select_related("assessment").filter(campaign=other.campaign_id, firm=keep).first()
        if mine is not None:
            gives_way = mine if _submitted(other) and not _submitted(mine) else other
            ended: dict[str, Any] = {"firm": None, "assessment": None, "microdata_agreed_at": None}
            Target.objects.filter(pk=gives_way.pk).update(**ended)


def _submitted(target: Target) -> bool:
    return target.assessment is not None and target.assessment.is_submitted


def evidence_go(firm: Firm) -> None:
    """The files of a firm that ends, once it has ended for good."""
    gone = list(Evidence.objects.filter(assessment__firm=firm).values_list("pk", flat=True))
    transaction.on_commit(lambda: files.remove(gone))


def person_knows(person: Person) -> dict[str, Any]:
    """What this part of the house keeps under the person's name."""
    saved = Answer.objects.filter(saved_by=person).order_by("saved_at")
    return {
        "answers": [
            {"assessment": str(a.assessment_id), "item": a.item, "answer": a.written, "at": a.saved_at.isoformat()}
            for a in saved
        ],
        "comments": [
            {"assessment": str(c.assessment_id), "item": c.item, "text": c.text, "at": c.at.isoformat()}
            for c in Comment.objects.filter(by=person)
        ],
        "independent_answers": [
            {"assessment": str(o.rater.assessment_id), "item": o.item, "answer": o.written}
            for o in Opinion.objects.filter(rater__person=person).select_related("rater")
        ],
        "questionnaires": [
            {"questionnaire": str(d), "at": d.saved_at.isoformat()}
            for d in InstrumentDraft.objects.filter(saved_by=person).select_related("owner")
        ],
        "files": [{"name": e.name, "at": e.added_at.isoformat()} for e in Evidence.objects.filter(added_by=person)],
    }
