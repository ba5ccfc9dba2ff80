"""Verdicts in words, for pages and reports."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.builders import model as told
from reports.builders.language import Language
from scoring.engine.evidence.claims import Decision
from scoring.engine.evidence.inventory import Way
from scoring.engine.evidence.messages import CLAIMS, SENTENCES
from scoring.engine.spc.messages import Remark, shown
from scoring.engine.spc.verdict import Outcome
from scoring.evidence.mapping import InventoryMapping, from_json
from scoring.evidence.selectors import Judged, Verdicts, verdicts_of
from scoring.models import MeasuredEvidence
from surveys.instruments.model import Instrument
from surveys.labels import answer_label
from surveys.models import Assessment

MARKS = {Outcome.SUPPORTED: "✓", Outcome.CONTRADICTED: "✗", Outcome.NOT_DECIDABLE: "–"}


@dataclass(frozen=True)
class Told:
    """A verdict ready to be shown."""

    outcome: str
    mark: str
    text: str
    claim: str
    reason: str
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One computation in a list."""

    row: MeasuredEvidence
    name: str
    verdict: Told


@dataclass(frozen=True)
class Section:
    """One item with the answer as declared and all that its data say."""

    code: str
    title: str
    declared: str
    verdict: Told
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Recorded:
    """One row of the list of data."""

    name: str
    way: str
    monthly: str


def outcome_text(outcome: Outcome) -> str:
    return {
        Outcome.SUPPORTED: _("supported by the data"),
        Outcome.CONTRADICTED: _("contradicted by the data"),
        Outcome.NOT_DECIDABLE: _("not decidable from the data"),
    }[outcome]


def verdict_told(decision: Decision) -> Told:
    said = shown(decision.params)
    return Told(
        outcome=str(decision.outcome),
        mark=MARKS[decision.outcome],
        text=outcome_text(decision.outcome),
        claim=_(CLAIMS[decision.claim]) % said,
        reason=_(SENTENCES[decision.reason]) % said,
        caveats=tuple(map(caveat_text, decision.caveats)),
    )


def caveat_text(remark: Remark) -> str:
    return _(SENTENCES[remark.code]) % shown(remark.params)


def sections(assessment: Assessment, instrument: Instrument, language: Language) -> tuple[Section, ...]:
    """Declared against evidenced, item by item, with every computation."""
    return tuple(_section(found, instrument, language) for found in verdicts_of(assessment, instrument))


def _section(found: Verdicts, instrument: Instrument, language: Language) -> Section:
    item = instrument.item(found.item)
    return Section(
        code=item.code,
        title=item.title.pick(language),
        declared=declared_text(instrument, found.item, found.written, language),
        verdict=verdict_told(found.leading.decision),
        lines=tuple(_line(one) for one in found.judged),
    )


def _line(one: Judged) -> Line:
    return Line(one.row, name_of(one.row), verdict_told(one.decision))


def name_of(row: MeasuredEvidence) -> str:
    """A list of data has no characteristic of its own."""
    return row.title or _("List of quality data")


def declared_text(instrument: Instrument, code: str, written: str, language: Language) -> str:
    """A level by its number and words; everything else as answers are told."""
    item = instrument.item(code)
    words = answer_label(item, written, language)
    if item.kind == "level" and written.isdigit():
        return _("Level %(level)s: %(words)s") % {"level": written, "words": words}
    return words


def recorded(row: MeasuredEvidence) -> tuple[Recorded, ...]:
    """The rows of a list of data; nothing for other computations."""
    mapping = from_json(row.method, row.mapping)
    if not isinstance(mapping, InventoryMapping):
        return ()
    return tuple(Recorded(one.name, way_text(one.way), f"{one.monthly:,.0f}") for one in mapping.rows)


def way_text(way: Way) -> str:
    return {
        Way.AUTOMATIC: _("automatic"),
        Way.TYPED: _("typed in"),
        Way.PAPER: _("on paper"),
    }[way]


def evidenced(assessment: Assessment, instrument: Instrument, language: Language) -> tuple[told.Evidenced, ...]:
    """The verdict lines that a report tells: no data, no charts."""
    return tuple(
        told.Evidenced(
            code=found.item,
            title=instrument.item(found.item).title.pick(language),
            declared_text=declared_text(instrument, found.item, found.written, language),
            outcome=found.outcome.value,
            outcome_text=outcome_text(found.outcome),
            reason=verdict_told(found.leading.decision).reason,
            source=name_of(found.leading.row),
            count=len(found.judged),
            caveats=verdict_told(found.leading.decision).caveats,
        )
        for found in verdicts_of(assessment, instrument)
    )


def contradictions(rows: Iterable[told.Evidenced]) -> tuple[str, ...]:
    """A warning for each answer that its data contradict."""
    return tuple(
        _("%(code)s %(title)s: the measured data contradict the answer. %(reason)s")
        % {"code": row.code, "title": row.title, "reason": row.reason}
        for row in rows
        if row.outcome == "contradicted"
    )
