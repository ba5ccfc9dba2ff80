"""Reads assessments, their answers and how far they are."""

from dataclasses import dataclass

from django.db.models import QuerySet

from firms.gate import Right, fetch, firms_visible
from firms.models import Firm, Person
from surveys.instruments.answers import AnswerTable, State, code_of
from surveys.instruments.branching import with_branching
from surveys.instruments.coding import table_from_written
from surveys.instruments.model import Dimension, Instrument, Item
from surveys.library import InstrumentUnknown, instrument_get
from surveys.models import Answer, Assessment, Snapshot


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the items that are asked have an answer, in one dimension or the whole."""

    answered: int
    asked: int

    @property
    def done(self) -> bool:
        return self.answered == self.asked

    @property
    def left(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class Part:
    """One dimension of an assessment with its progress."""

    dimension: Dimension
    progress: Progress


def assessment_fetch(person: Person, assessment_id: object, right: Right) -> Assessment:
    """The assessment, if the person has the right for its firm; Http404 otherwise."""
    return fetch(person, Assessment.objects.select_related("firm"), assessment_id, right)


def assessment_list(person: Person) -> QuerySet[Assessment]:
    """Every assessment that the person may see the results of, newest first."""
    return Assessment.objects.filter(firm__in=firms_visible(person, Right.REPORT)).order_by("-started_at")


def assessment_instrument(assessment: Assessment) -> Instrument:
    """The very file the assessment was started with. InstrumentUnknown if it is no longer the same."""
    instrument = instrument_get(assessment.instrument_code, assessment.instrument_version)
    if instrument.content_hash != assessment.instrument_hash:
        raise InstrumentUnknown(f"{assessment.instrument_code}@{assessment.instrument_version}: changed since")
    return instrument


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    """The answers in work by item code."""
    return {answer.item: answer for answer in assessment.answers.all()}


def answer_table(instrument: Instrument, written: dict[str, str]) -> AnswerTable:
    """One firm's answers as columns; an answer to an item that the instrument lacks is left out."""
    return table_from_written(instrument, [{k: v for k, v in written.items() if k in instrument.item_by_code}])


def asked_items(instrument: Instrument, answers: dict[str, Answer]) -> list[Item]:
    """The items that branching leaves in, given what has been answered so far."""
    asked = with_branching(instrument, answer_table(instrument, {c: a.written for c, a in answers.items()}))
    hidden = code_of(State.NOT_ASKED)
    return [item for item in instrument.items if asked[item.code].code[0] != hidden]


def parts_of(instrument: Instrument, answers: dict[str, Answer]) -> list[Part]:
    """Every dimension with how many of its asked items are answered."""
    asked = {item.code for item in asked_items(instrument, answers)}
    return [
        Part(dimension, _progress([item.code for item in dimension.items if item.code in asked], answers))
        for dimension in instrument.dimensions
    ]


def _progress(codes: list[str], answers: dict[str, Answer]) -> Progress:
    return Progress(sum(1 for code in codes if code in answers and answers[code].written), len(codes))


def whole_progress(parts: list[Part]) -> Progress:
    return Progress(sum(part.progress.answered for part in parts), sum(part.progress.asked for part in parts))


def items_missing(instrument: Instrument, answers: dict[str, Answer]) -> list[Item]:
    """The required items that are asked and have no answer yet, in the order of the questionnaire."""
    asked = asked_items(instrument, answers)
    return [item for item in asked if item.required and not (item.code in answers and answers[item.code].written)]


def last_submitted(firm: Firm, code: str) -> Assessment | None:
    """The firm's latest submitted assessment with this instrument, to begin from."""
    done = Assessment.objects.filter(firm=firm, instrument_code=code, status=Assessment.Status.SUBMITTED)
    return done.order_by("-submitted_at").first()


def written_before(assessment: Assessment) -> dict[str, str]:
    """What the assessment before this one said, by item code; empty where there is none."""
    if assessment.previous_id is None:
        return {}
    snapshot = Snapshot.objects.filter(assessment=assessment.previous_id).first()
    return dict(snapshot.answers) if snapshot else {}
