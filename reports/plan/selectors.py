"""Reads the action plan, with what the next assessment shows of each step."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from firms.models import Person
from reports.assembly import short_answer
from reports.models import PlanStep
from reports.selectors import told_in
from scoring.engine.steps import next_answer
from surveys.instruments.coding import STATE_WORDS
from surveys.instruments.model import Instrument, Item
from surveys.models import Assessment
from surveys.selectors import assessment_instrument


@dataclass(frozen=True)
class Line:
    """One step as it is shown. ``outcome`` is what the next assessment shows: reached, nearer, same, lower or ""."""

    step: PlanStep
    title: str
    change: str
    owner: str
    outcome: str
    late: bool


@dataclass(frozen=True)
class Brought:
    """What came of the plan by the next assessment; indices in points."""

    assessment: Assessment
    before: float | None
    after: float | None
    reached: int
    of: int

    @property
    def gain(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before


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


def plan_lines(assessment: Assessment, following: Assessment | None, *, language: str, today: date) -> list[Line]:
    """Every step in order."""
    instrument = assessment_instrument(assessment)
    answers = following.snapshot.answers if following else {}
    return [_line(step, instrument, answers, language, today) for step in plan_steps(assessment)]


def _line(step: PlanStep, instrument: Instrument, answers: dict[str, str], language: str, today: date) -> Line:
    item = instrument.item(step.item) if step.item in instrument.item_by_code else None
    told = told_in(language)
    change = ""
    if item is not None and step.after:
        before = short_answer(item, step.before, told) if step.before else "–"
        change = f"{before} → {short_answer(item, step.after, told)}"
    owner = step.owner.get_full_name() if step.owner else step.owner_text
    late = step.due_on is not None and step.is_open and step.due_on < today
    title = step.title or (item.title.pick(told) if item else step.item)
    return Line(step, title, change, owner, outcome_of(step, instrument, answers), late)


def step_title(step: PlanStep, language: str) -> str:
    """The item's title with its code, for a step that has no words of its own."""
    instrument = assessment_instrument(step.assessment)
    if step.item not in instrument.item_by_code:
        return step.item
    return f"{step.item} {instrument.item(step.item).title.pick(told_in(language))}"


def outcome_of(step: PlanStep, instrument: Instrument, answers: dict[str, str]) -> str:
    """Whether the item has got to the answer aimed at; "" where that cannot be said."""
    now = answers.get(step.item, "")
    if not now or not step.after or step.item not in instrument.item_by_code:
        return ""
    item = instrument.item(step.item)
    was, wanted, stands = (rung(item, written) for written in (step.before, step.after, now))
    if was is None or wanted is None or stands is None:
        return ""
    if stands >= wanted:
        return "reached"
    return "nearer" if stands > was else "same" if stands == was else "lower"


def rung(item: Item, written: str) -> float | None:
    """How far up an answer is; "don't know" is below the lowest, None is what stands on no ladder."""
    if written in ("", "DK"):
        return -1.0
    if written in STATE_WORDS:
        return None
    if item.is_numeric:
        return float(written)
    values = ["no", "yes"] if item.kind == "yesno" else [str(option.value) for option in item.options]
    return float(values.index(written)) if written in values else None


def brought_by(assessment: Assessment, lines: list[Line], following: Assessment | None) -> Brought | None:
    if following is None:
        return None
    reached = sum(line.outcome == "reached" for line in lines)
    return Brought(following, assessment.result.index, following.result.index, reached, len(lines))


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
