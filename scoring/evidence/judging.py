"""The verdict of kept figures about an answer."""

from collections.abc import Sequence
from dataclasses import replace

from scoring.engine.evidence.claims import Decision, decide
from scoring.engine.evidence.facts import Subject
from scoring.engine.evidence.subjects import subject_of
from scoring.engine.spc.messages import Parameter, Remark
from scoring.engine.spc.verdict import Outcome
from scoring.evidence.reading import facts_of, unsupported
from scoring.evidence.summary import JsonObject
from scoring.models import MeasuredEvidence
from surveys.instruments.model import Item

DECLARED_TOLD = 3


def declared_of(item: Item, written: str) -> float | None:
    """A level, or a share of 0 to 100; None for no answer, not applicable and the like."""
    try:
        return float(written) if item.kind in {"level", "share"} else None
    except ValueError:
        return None


def judged(subject: Subject, declared: float | None, summary: JsonObject, complete: bool = True) -> Decision:
    """``complete`` is False when a file behind the figures was removed since: then they prove nothing."""
    decision = decide(subject, declared, facts_of(summary))
    if not complete:
        return Decision(decision.claim, Outcome.NOT_DECIDABLE, "source_removed", decision.params)
    declared_wrong = unsupported(summary)[:DECLARED_TOLD]
    return replace(decision, caveats=(*decision.caveats, *declared_wrong))


def judged_now(row: MeasuredEvidence, item: Item, written: str, present: Sequence[str]) -> Decision:
    """The verdict about the answer as written; ``present`` are the checksums of the files that are still there."""
    subject = subject_of(row.assessment.instrument_code, row.item)
    if subject is None:
        raise LookupError(row.item)
    complete = sorted(present) == sorted(row.sources)
    return judged(subject, declared_of(item, written), row.summary, complete)


def kept(row: MeasuredEvidence) -> Decision:
    """The verdict as it was written down."""
    caveats = tuple(Remark(code, params) for code, params in row.caveats)
    return Decision(row.claim, Outcome(row.verdict), row.reason, row.params, caveats)


def write_down(row: MeasuredEvidence, decision: Decision, written: str) -> MeasuredEvidence:
    """Puts the verdict into the row; saving is the caller's."""
    params: dict[str, Parameter] = dict(decision.params)
    row.declared, row.claim, row.verdict = written, decision.claim, str(decision.outcome)
    row.reason, row.params = decision.reason, params
    row.caveats = [[caveat.code, dict(caveat.params)] for caveat in decision.caveats]
    return row
