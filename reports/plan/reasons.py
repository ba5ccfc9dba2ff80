"""Why a step stands in the plan: the answer, the gap, who practises it, and what the step would bring."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reports.assembly import GAP_UP_TO, Facts, indicators_on, practised_by, short_answer
from reports.selectors import report_facts, told_in
from scoring.engine.steps import gate_items
from surveys.models import Assessment

GATE = _("Needed for the next maturity level.")
GAP = _("Among the lowest answers: a quarter of the points or less.")


@dataclass(frozen=True)
class Why:
    """Of one item at the assessment that the plan is for. ``score`` in points of the item (0 to 100), ``gain`` in
    points of the index; both None where there is none."""

    answer: str
    score: float | None
    is_gap: bool
    is_gate: bool
    practised_by: str
    gain: float | None

    @property
    def in_words(self) -> str:
        """The reasons beside the figures, each a sentence of its own on a line of its own."""
        said = [str(GATE) if self.is_gate else "", str(GAP) if self.is_gap else "", self.practised_by]
        return "\n".join(text for text in said if text)


def reasons(assessment: Assessment, language: str) -> Mapping[str, Why]:
    """By item, of every item that has a step upwards."""
    facts = report_facts(assessment, told_in(language))
    gated = gate_items(facts.instrument, facts.figures["gates_unmet"])
    return {step.item: _why(facts, step.item, step.gain, is_gate=step.item in gated) for step in facts.steps}


def _why(facts: Facts, code: str, gain: float, *, is_gate: bool) -> Why:
    item = facts.instrument.item(code)
    score = facts.figures["items"].get(code)
    published = indicators_on(facts, code)
    return Why(
        answer=short_answer(item, facts.snapshot.answers.get(code, ""), facts.language),
        score=score,
        is_gap=score is not None and score <= GAP_UP_TO,
        is_gate=is_gate,
        practised_by=practised_by(published[0], facts.language) if published else "",
        gain=None if math.isnan(gain) else gain,
    )
