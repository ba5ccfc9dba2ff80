"""Reads assessments, their answers and how far they are."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from firms.compiled import Compiled
from firms.gate import Door, Right, fetch, firms_visible
from firms.models import Firm, Person
from surveys.instruments.answers import AnswerTable, State, code_of
from surveys.instruments.branching import with_branching
from surveys.instruments.coding import code_answer, table_from_codes, table_from_written
from surveys.instruments.model import Dimension, Instrument, Item
from surveys.instruments.predicates import items_in
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


DOOR = Door(lambda: Assessment.objects.select_for_update(of=("self",)), Right.EDIT)


def assessment_fetch_locked(person: Person, assessment_id: uuid.UUID) -> Assessment:
    """The assessment for whoever may answer, locked until the end of the transaction; Http404 otherwise."""
    return DOOR.fetch(person, assessment_id)


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


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on one item: the answer without who gave it and when."""

    written: str
    reason: str
    version: int
    carried: bool


STANDING = Compiled(
    lambda *, assessment: Answer.objects.filter(assessment=assessment).values_list(
        "item", "written", "reason", "version", "carried"
    ),
    {"assessment": uuid.UUID},
)


def standing_of(assessment: Assessment) -> dict[str, Standing]:
    """What ``answers_of`` says, by item code, for those who only look at it."""
    return {item: Standing(*rest) for item, *rest in STANDING.rows(assessment=assessment.pk)}


Answers = Mapping[str, Answer] | Mapping[str, Standing]


def answer_table(instrument: Instrument, written: dict[str, str]) -> AnswerTable:
    """One firm's answers as columns; an answer to an item that the instrument lacks is left out."""
    return table_from_written(instrument, [{k: v for k, v in written.items() if k in instrument.item_by_code}])


def asked_items(instrument: Instrument, answers: Answers) -> list[Item]:
    """The items that branching leaves in, given what has been answered so far."""
    conditional = [item for item in instrument.items if item.ask_when is not None]
    if not conditional:
        return list(instrument.items)
    # Only these columns are made: it is asked for at every answer that anybody gives.
    named = {code for item in conditional if item.ask_when for code in (item.code, *items_in(item.ask_when))}
    coded = {code: code_answer(instrument.item(code), answers[code].written) for code in named if code in answers}
    table = table_from_codes(instrument, [coded], [instrument.item(code) for code in named])
    asked, hidden = with_branching(instrument, table), code_of(State.NOT_ASKED)
    return [item for item in instrument.items if item.code not in named or asked[item.code].code[0] != hidden]


def parts_of(instrument: Instrument, answers: Answers) -> list[Part]:
    """Every dimension with how many of its asked items are answered."""
    return parts_among(instrument, {item.code for item in asked_items(instrument, answers)}, answers)


def parts_among(instrument: Instrument, asked: set[str], answers: Answers) -> list[Part]:
    """As ``parts_of``, where the codes of the asked items are known."""
    return [
        Part(dimension, _progress([item.code for item in dimension.items if item.code in asked], answers))
        for dimension in instrument.dimensions
    ]


def _progress(codes: list[str], answers: Answers) -> Progress:
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
