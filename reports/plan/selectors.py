"""Reads the action plan, with what the next assessment shows of each step."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from firms.models import Person
from reports.assembly import short_answer
from reports.crosswalk import Versions
from reports.models import PlanStep
from reports.plan.bringing import Outcome, outcomes
from reports.plan.reasons import Why, reasons
from reports.selectors import told_in
from scoring.engine.steps import next_answer
from surveys.instruments.model import Instrument
from surveys.models import Assessment
from surveys.selectors import assessment_instrument

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One step as it is shown; ``outcome`` is None before the next assessment, ``why`` where no item is behind it."""

    step: PlanStep
    title: str
    change: str
    owner: str
    late: bool
    why: Why | None
    outcome: Outcome | None

    @property
    def verdict(self) -> str:
        return self.outcome.verdict if self.outcome else ""


@dataclass(frozen=True)
class Brought:
    """What came of the plan by the next assessment; indices in points, a gain only where the two may be compared."""

    assessment: Assessment
    before: float | None
    after: float | None
    reached: int
    of: int
    compares: bool

    @property
    def gain(self) -> float | None:
        known = self.compares and self.before is not None and self.after is not None
        return self.after - self.before if known else None  # type: ignore[operator]  # both are known


@dataclass(frozen=True)
class PlanBehind:
    """The plan of the assessment before, as the next one judges it."""

    assessment: Assessment
    lines: list[Line]
    brought: Brought


def plan_steps(assessment: Assessment) -> QuerySet[PlanStep]:
    return PlanStep.objects.filter(assessment=assessment).select_related("owner").order_by("place", "added_at")


def next_assessment(assessment: Assessment) -> Assessment | None:
    """The firm's next submitted assessment of the same instrument."""
    rows = Assessment.objects.select_related("result", "snapshot").filter(
        firm=assessment.firm_id,
        instrument_code=assessment.instrument_code,
        status=Assessment.Status.SUBMITTED,
        submitted_at__gt=assessment.submitted_at,
    )
    return rows.order_by("submitted_at").first()


def plan_behind(assessment: Assessment, language: str, today: date) -> PlanBehind | None:
    """The plan made after the assessment before this one; None where there is none."""
    rows = Assessment.objects.select_related("result", "snapshot").filter(
        firm=assessment.firm_id,
        instrument_code=assessment.instrument_code,
        status=Assessment.Status.SUBMITTED,
        submitted_at__lt=assessment.submitted_at,
    )
    before = rows.order_by("-submitted_at").first()
    if before is None or not plan_steps(before).exists():
        return None
    lines = plan_lines(before, assessment, language=language, today=today)
    return PlanBehind(before, lines, brought_by(before, lines, assessment))


def plan_lines(assessment: Assessment, following: Assessment | None, *, language: str, today: date) -> list[Line]:
    """Every step in order."""
    steps = list(plan_steps(assessment))
    whys = reasons(assessment, language) if steps else {}
    found = outcomes(steps, assessment, following, language) if following else [None] * len(steps)
    instrument = assessment_instrument(assessment)
    return [
        _line(step, outcome, whys.get(step.item), instrument, language, today)
        for step, outcome in zip(steps, found, strict=True)
    ]


def _line(
    step: PlanStep, outcome: Outcome | None, why: Why | None, instrument: Instrument, language: str, today: date
) -> Line:
    item = instrument.item(step.item) if step.item in instrument.item_by_code else None
    told = told_in(language)
    change = ""
    if item is not None and step.after:
        before = short_answer(item, step.before, told) if step.before else "–"
        change = f"{before} → {short_answer(item, step.after, told)}"
    owner = step.owner.get_full_name() if step.owner else step.owner_text
    late = step.due_on is not None and step.is_open and step.due_on < today
    title = step.title or (item.title.pick(told) if item else step.item)
    return Line(step, title, change, owner, late, why, outcome)


def narrowed(lines: list[Line], *, status: str, due: str, today: date) -> list[Line]:
    """The steps that fit what was asked; "" asks for nothing."""
    return [line for line in lines if status in ("", line.step.status) and _is_due(line, due, today)]


def _is_due(line: Line, due: str, today: date) -> bool:
    day = line.step.due_on
    if due == "overdue":
        return line.late
    if due == "soon":
        return line.step.is_open and day is not None and today <= day <= today + SOON
    return due == "" or day is None


def step_title(step: PlanStep, language: str) -> str:
    """The item's title with its code, for a step that has no words of its own."""
    instrument = assessment_instrument(step.assessment)
    if step.item not in instrument.item_by_code:
        return step.item
    return f"{step.item} {instrument.item(step.item).title.pick(told_in(language))}"


def brought_by(assessment: Assessment, lines: list[Line], following: Assessment) -> Brought:
    """The whole of it."""
    versions = Versions((assessment_instrument(assessment), assessment_instrument(following)))
    return Brought(
        assessment=following,
        before=assessment.result.index,
        after=following.result.index,
        reached=sum(line.verdict == "reached" for line in lines),
        of=len(lines),
        compares=versions.linked and versions.index_compares,
    )


def possible_steps(assessment: Assessment, language: str) -> list[tuple[str, str]]:
    """(code, title) of the items that may still be raised and are not in the plan."""
    instrument = assessment_instrument(assessment)
    planned = set(PlanStep.objects.filter(assessment=assessment).exclude(item="").values_list("item", flat=True))
    answers = assessment.snapshot.answers
    return [
        (item.code, item.title.pick(told_in(language)))
        for item in instrument.items
        if item.code not in planned and next_answer(item, answers.get(item.code, "")) is not None
    ]


def owners_of_plan(assessment: Assessment) -> QuerySet[Person]:
    """Whom a step may be given to: the people of the firm."""
    return Person.objects.filter(Q(memberships__firm=assessment.firm_id)).order_by("name", "pk")
