"""What measured data say about the answers of an assessment."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from firms.gate import Right, fetch
from firms.models import Person
from scoring.engine.evidence.claims import Decision, together
from scoring.engine.spc.verdict import Outcome
from scoring.evidence.judging import judged_now, kept
from scoring.models import MeasuredEvidence
from surveys.instruments.model import Instrument
from surveys.models import Assessment
from surveys.selectors import answers_of


@dataclass(frozen=True)
class Judged:
    """One computation and its verdict: as kept if the assessment was submitted, else about the answer as it stands."""

    row: MeasuredEvidence
    decision: Decision


@dataclass(frozen=True)
class Verdicts:
    """All computations of one item, the written answer, and the verdict that they come to together."""

    item: str
    written: str
    outcome: Outcome
    judged: tuple[Judged, ...]

    @property
    def leading(self) -> Judged:
        """The computation that gives the verdict."""
        return next(one for one in self.judged if one.decision.outcome is self.outcome)


def measured_fetch(person: Person, measured_id: object, right: Right) -> MeasuredEvidence:
    """The computation, if the person has the right for its firm; Http404 otherwise."""
    rows = MeasuredEvidence.objects.select_related("assessment__firm")
    return fetch(person, rows, measured_id, right, via="assessment__firm")


def verdicts_of(assessment: Assessment, instrument: Instrument) -> tuple[Verdicts, ...]:
    """The items of the assessment that have data, in the order of the questionnaire."""
    written = _written(assessment)
    by_item: dict[str, list[Judged]] = {}
    for row in MeasuredEvidence.objects.filter(assessment=assessment).prefetch_related("files"):
        row.assessment = assessment
        by_item.setdefault(row.item, []).append(Judged(row, _decision(row, instrument, written.get(row.item, ""))))
    codes = [item.code for item in instrument.items if item.code in by_item]
    return tuple(_verdicts(code, written.get(code, ""), by_item[code]) for code in codes)


def decision_of(row: MeasuredEvidence, instrument: Instrument) -> Decision:
    """The verdict of one computation."""
    return _decision(row, instrument, written_for(row))


def written_for(row: MeasuredEvidence) -> str:
    """The answer that the computation is about: as submitted, else as it stands."""
    return _written(row.assessment).get(row.item, "")


def evidence_verdicts(assessment_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, Outcome]]:
    """The verdict of each item that has data, by assessment, as written down; for counts over many firms.

    One query, also where the ids are themselves a query. The verdicts of a submitted assessment never change. An
    assessment without data is left out, and so is an item without.
    """
    rows = MeasuredEvidence.objects.filter(assessment__in=assessment_ids).order_by()
    found: dict[uuid.UUID, dict[str, list[Outcome]]] = {}
    for assessment, item, verdict in rows.values_list("assessment_id", "item", "verdict"):
        found.setdefault(assessment, {}).setdefault(item, []).append(Outcome(verdict))
    return {assessment: _each(items) for assessment, items in found.items()}


def _each(items: Mapping[str, list[Outcome]]) -> dict[str, Outcome]:
    return {item: outcome for item, outcomes in items.items() if (outcome := together(outcomes)) is not None}


def _verdicts(code: str, written: str, judged: list[Judged]) -> Verdicts:
    outcome = together(one.decision.outcome for one in judged)
    return Verdicts(code, written, outcome or Outcome.NOT_DECIDABLE, tuple(judged))


def _decision(row: MeasuredEvidence, instrument: Instrument, written: str) -> Decision:
    if row.assessment.is_submitted:
        return kept(row)
    return judged_now(row, instrument.item(row.item), written, [file.sha256 for file in row.files.all()])


def _written(assessment: Assessment) -> dict[str, str]:
    if assessment.is_submitted:
        return dict(assessment.snapshot.answers)
    return {code: answer.written for code, answer in answers_of(assessment).items()}
