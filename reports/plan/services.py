"""Everything that can happen to a plan: filled from the results, added to, changed, shortened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from firms.audit import audit_record
from firms.models import Person
from reports.assembly import next_steps
from reports.builders.language import Language
from reports.models import PlanStep
from reports.selectors import report_facts
from scoring.engine.steps import next_answer
from scoring.models import Result
from surveys.models import Assessment
from surveys.selectors import assessment_instrument

# As many as the results page names.
SUGGESTED = 5


@transaction.atomic
def plan_fill(*, assessment: Assessment, codes: tuple[str, ...], person: Person, now: datetime) -> int:
    """Adds a step for each of the items, to its next answer; how many were new. Doing it twice adds nothing."""
    Result.objects.select_for_update().get(assessment=assessment)
    instrument, answers = assessment_instrument(assessment), assessment.snapshot.answers
    rows = PlanStep.objects.filter(assessment=assessment)
    planned = set(rows.exclude(item="").values_list("item", flat=True))
    place = rows.aggregate(last=Max("place"))["last"] or 0
    made = []
    for code in codes:
        before = answers.get(code, "")
        after = next_answer(instrument.item(code), before) if code in instrument.item_by_code else None
        if after is None or code in planned:
            continue
        planned.add(code)
        place += 1
        made.append(_step(assessment, person, now, place, item=code, before=before, after=after))
    PlanStep.objects.bulk_create(made)
    if made:
        _noted(assessment, person, {"added": [step.item for step in made]})
    return len(made)


def suggested_codes(assessment: Assessment, language: Language) -> tuple[str, ...]:
    """The items that the results page names as next steps."""
    return tuple(step.code for step in next_steps(report_facts(assessment, language))[:SUGGESTED])


@transaction.atomic
def plan_add(*, assessment: Assessment, title: str, person: Person, now: datetime) -> PlanStep:
    """A step in the firm's own words."""
    Result.objects.select_for_update().get(assessment=assessment)
    place = (PlanStep.objects.filter(assessment=assessment).aggregate(last=Max("place"))["last"] or 0) + 1
    step = _step(assessment, person, now, place, title=title)
    step.save()
    _noted(assessment, person, {"added": [title]})
    return step


@transaction.atomic
def plan_change(*, step: PlanStep, person: Person, now: datetime, values: Mapping[str, Any]) -> None:
    """Who, by when, how far, with what evidence."""
    PlanStep.objects.filter(pk=step.pk).update(**values, changed_at=now)
    told = {key: str(value) for key, value in values.items() if key in ("status", "due_on") and value}
    _noted(step.assessment, person, {"step": step.item or step.title, **told})


@transaction.atomic
def plan_move(*, step: PlanStep, up: bool, person: Person, now: datetime) -> bool:
    """One place up or down among the steps; False at the end of the list. All places are numbered anew."""
    Result.objects.select_for_update().get(assessment=step.assessment_id)
    steps = list(PlanStep.objects.filter(assessment=step.assessment_id).order_by("place", "added_at"))
    place = [one.pk for one in steps].index(step.pk)
    other = place - 1 if up else place + 1
    if other not in range(len(steps)):
        return False
    steps[place], steps[other] = steps[other], steps[place]
    for number, one in enumerate(steps, 1):
        one.place = number
    PlanStep.objects.bulk_update(steps, ["place"])
    PlanStep.objects.filter(pk=step.pk).update(changed_at=now)
    _noted(step.assessment, person, {"moved": step.item or step.title})
    return True


@transaction.atomic
def plan_remove(*, step: PlanStep, person: Person) -> None:
    _noted(step.assessment, person, {"removed": step.item or step.title})
    step.delete()


def _step(assessment: Assessment, person: Person, now: datetime, place: int, **values: str) -> PlanStep:
    return PlanStep(assessment=assessment, place=place, added_by=person, added_at=now, changed_at=now, **values)


def _noted(assessment: Assessment, person: Person, after: dict[str, Any]) -> None:
    audit_record(person=person, action="plan.changed", firm=assessment.firm, subject=assessment, after=after)
