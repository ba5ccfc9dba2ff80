"""Whether data support what an answer claims. docs/evidence.md has these rules as a table.

The verdict is about the answer, not about the firm: a low answer claims little, and then data cannot contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from scoring.engine.evidence.facts import (
    ChartFacts,
    CountFacts,
    DeclaredStudies,
    Facts,
    GaugeFacts,
    InventoryFacts,
    Order,
    ProcessFacts,
    Subject,
)
from scoring.engine.spc.messages import Parameter, Remark
from scoring.engine.spc.verdict import LEAST_N_FOR_VERDICT, Outcome, judge

REQUIRED_PPK: Final[Mapping[int, float]] = {4: 1.33, 5: 1.67}
"""What levels 4 and 5 of the capability item name as the acceptance value."""
LEAST_POINTS: Final = 20
"""Fewer points leave control limits too uncertain: 20 to 25 subgroups are the usual minimum (Montgomery)."""
LEAST_PARTS: Final = 5
USUAL_STUDY: Final = (10, 3, 3)
MOST_GRR, GOOD_GRR = 30.0, 10.0
LEAST_CATEGORIES: Final = 5
SHARE_SLACK: Final = 5.0
"""The item asks for the nearest 5 %."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``claim`` is a key of CLAIMS, ``reason`` one of REASONS; ``params`` fills both. Caveats did not decide."""

    claim: str
    outcome: Outcome
    reason: str
    params: Mapping[str, Parameter] = field(default_factory=dict)
    caveats: tuple[Remark, ...] = ()


def decide(subject: Subject, declared: float | None, facts: Facts) -> Decision:
    """``declared`` is the level, or the share of 0 to 100 where the item asks for one; None for no answer."""
    if declared is None:
        return Decision("none", Outcome.NOT_DECIDABLE, "no_answer")
    if subject is Subject.COLLECTION:
        return _share(declared, facts) if isinstance(facts, InventoryFacts) else _nothing(declared)
    level = int(declared)
    rule = _RULES.get((subject, min(level, 4)))
    return _nothing(level) if rule is None else rule(level, facts)


def together(outcomes: Iterable[Outcome]) -> Outcome | None:
    """One verdict for an item from all its data: what contradicts weighs most, what supports more than what is open."""
    found = set(outcomes)
    return next(
        (each for each in (Outcome.CONTRADICTED, Outcome.SUPPORTED, Outcome.NOT_DECIDABLE) if each in found), None
    )


def _nothing(level: float) -> Decision:
    return Decision("none", Outcome.NOT_DECIDABLE, "nothing_claimed", {"level": int(level)})


def _evaluated(level: int, facts: Facts) -> Decision:
    """Levels 2 and 3: an evaluation exists."""
    if not isinstance(facts, ProcessFacts):
        return _nothing(level)
    if facts.n < LEAST_N_FOR_VERDICT:
        few: dict[str, Parameter] = {"n": facts.n, "minimum": LEAST_N_FOR_VERDICT}
        return Decision("evaluated", Outcome.NOT_DECIDABLE, "too_few_for_verdict", few)
    said: dict[str, Parameter] = {"n": facts.n, "ppk": facts.value}
    return Decision("evaluated", Outcome.SUPPORTED, "was_evaluated", said, (Remark("on_paper"),) if level > 2 else ())


def _capable(level: int, facts: Facts) -> Decision:
    """Levels 4 and 5: the lower confidence limit of Ppk decides for, the upper one against."""
    if not isinstance(facts, ProcessFacts):
        return _nothing(level)
    required = REQUIRED_PPK[min(level, 5)]
    found = judge(required, facts.n, facts.ppk)
    params = {"required": required, **found.reasons[0].params}
    return Decision("capable", found.outcome, found.reasons[0].code, params, (Remark("one_characteristic"),))


def _monitored(level: int, facts: Facts) -> Decision:
    """Level 3: values in the order of time."""
    if not isinstance(facts, ProcessFacts | CountFacts):
        return _nothing(level)
    chart = facts.chart
    refused = _unordered("monitored", chart)
    said: dict[str, Parameter] = {"points": chart.points}
    return refused or Decision("monitored", Outcome.SUPPORTED, "measured_in_order", said, _of_order(chart))


def _acted_on(level: int, facts: Facts) -> Decision:
    """Levels 4 and 5: a chart in the order of time whose signals were reacted to."""
    if not isinstance(facts, ProcessFacts | CountFacts):
        return _nothing(level)
    chart = facts.chart
    refused = _unordered("acted_on", chart)
    if refused is not None:
        return refused
    outcome, reason = _reactions(chart)
    said: dict[str, Parameter] = {"points": chart.points, "flagged": chart.flagged, "beyond": chart.beyond}
    if chart.reacted is not None:
        said["reacted"] = chart.reacted
    caveats = [Remark("one_characteristic"), *_of_order(chart)]
    caveats += [Remark("on_paper")] if level > 4 else []
    caveats += [Remark("reaction_planned")] if chart.reaction_planned else []
    return Decision("acted_on", outcome, reason, said, tuple(caveats))


def _unordered(claim: str, chart: ChartFacts) -> Decision | None:
    """Why the chart cannot be judged, if so."""
    if chart.order is Order.BACKWARDS:
        return Decision(claim, Outcome.NOT_DECIDABLE, "order_backwards", {"row": chart.backwards_at or 0})
    if chart.order is Order.UNKNOWN:
        return Decision(claim, Outcome.NOT_DECIDABLE, "order_unknown")
    if chart.points < LEAST_POINTS:
        few: dict[str, Parameter] = {"points": chart.points, "minimum": LEAST_POINTS}
        return Decision(claim, Outcome.NOT_DECIDABLE, "too_few_points", few)
    return None


def _reactions(chart: ChartFacts) -> tuple[Outcome, str]:
    """Only silence at points beyond the limits contradicts; other signals come by chance now and then."""
    if chart.flagged == 0:
        kept = chart.subgrouped or chart.planned or chart.reacted is not None
        return (Outcome.SUPPORTED, "in_control") if kept else (Outcome.NOT_DECIDABLE, "no_subgroups")
    if chart.reacted is None:
        return Outcome.NOT_DECIDABLE, "reactions_unknown"
    if chart.reacted == chart.flagged:
        return Outcome.SUPPORTED, "reacted"
    if chart.reacted == 0 and chart.beyond:
        return Outcome.CONTRADICTED, "not_reacted"
    return Outcome.NOT_DECIDABLE, "partly_reacted"


def _of_order(chart: ChartFacts) -> tuple[Remark, ...]:
    told = {Order.CONFIRMED: "order_confirmed", Order.TIES: "equal_times"}
    return (Remark(told[chart.order]),) if chart.order in told else ()


def _studied(level: int, facts: Facts) -> Decision:
    """Level 3: a study with data exists, whatever it found."""
    refused = _no_study("studied", level, facts)
    if refused is not None or not isinstance(facts, GaugeFacts):
        return refused or _nothing(level)
    return Decision("studied", Outcome.SUPPORTED, "was_studied", _of_study(facts), (*_limits(facts), *_of_gauge(facts)))


def _gauge_fit(level: int, facts: Facts) -> Decision:
    """Levels 4 and 5: what fails is improved before it is used, so the latest study must not fail.

    As with Ppk the confidence limits decide: the upper one for, the lower one against.
    """
    refused = _no_study("gauge_fit", level, facts)
    if refused is not None or not isinstance(facts, GaugeFacts):
        return refused or _nothing(level)
    if facts.low is None or facts.high is None:
        return Decision("gauge_fit", Outcome.NOT_DECIDABLE, "interval_missing")
    outcome, reason = _against_bound(facts.low, facts.high, facts.ndc)
    said: dict[str, Parameter] = {"low": round(facts.low, 1), "high": round(facts.high, 1)}
    caveats = (Remark("one_characteristic"), *_of_gauge(facts), *((Remark("on_paper"),) if level > 4 else ()))
    return Decision("gauge_fit", outcome, reason, _of_study(facts) | said, caveats)


def _limits(facts: GaugeFacts) -> tuple[Remark, ...]:
    if facts.low is None or facts.high is None:
        return ()
    return (Remark("grr_interval", {"low": round(facts.low, 1), "high": round(facts.high, 1)}),)


def _against_bound(low: float, high: float, ndc: int | None) -> tuple[Outcome, str]:
    if low > MOST_GRR:
        return Outcome.CONTRADICTED, "grr_beyond"
    if high > MOST_GRR:
        return Outcome.NOT_DECIDABLE, "grr_straddles"
    if ndc is not None and ndc < LEAST_CATEGORIES:
        return Outcome.NOT_DECIDABLE, "grr_coarse"
    return Outcome.SUPPORTED, "grr_within"


def _no_study(claim: str, level: int, facts: Facts) -> Decision | None:
    if isinstance(facts, DeclaredStudies):
        return Decision(claim, Outcome.NOT_DECIDABLE, "study_declared_only", {"count": facts.count})
    if not isinstance(facts, GaugeFacts):
        return _nothing(level)
    if facts.parts < LEAST_PARTS:
        return Decision(claim, Outcome.NOT_DECIDABLE, "study_small", _of_study(facts) | {"least_parts": LEAST_PARTS})
    return None


def _of_study(facts: GaugeFacts) -> dict[str, Parameter]:
    return {
        "parts": facts.parts,
        "appraisers": facts.appraisers,
        "trials": facts.trials,
        "grr": round(facts.grr, 1),
        "ndc": "–" if facts.ndc is None else facts.ndc,
    }


def _of_gauge(facts: GaugeFacts) -> tuple[Remark, ...]:
    small = any(
        have < usual for have, usual in zip((facts.parts, facts.appraisers, facts.trials), USUAL_STUDY, strict=True)
    )
    told = (
        ("study_usual", small),
        ("of_study_variation", not facts.of_tolerance),
        ("gauge_conditional", GOOD_GRR <= facts.grr <= MOST_GRR),
    )
    return tuple(Remark(code) for code, applies in told if applies)


def _share(declared: float, facts: InventoryFacts) -> Decision:
    said: dict[str, Parameter] = {"declared": declared, "share": round(facts.share, 1)}
    caveats = [Remark("inventory_own_word")]
    if facts.known:
        counts = {"known": facts.known, "all": facts.measurements, "automatic": facts.automatic}
        caveats.append(Remark("devices", counts))
    caveats += [Remark(hint) for hint in facts.hints]
    if not facts.complete:
        return Decision("share", Outcome.NOT_DECIDABLE, "inventory_open", said, tuple(caveats))
    if facts.share < declared - SHARE_SLACK:
        return Decision("share", Outcome.CONTRADICTED, "share_below", said, tuple(caveats))
    reason = "share_above" if facts.share > declared + SHARE_SLACK else "share_agrees"
    return Decision("share", Outcome.SUPPORTED, reason, said, tuple(caveats))


# From level 4 on the claim is the same in kind; levels that are missing claim nothing that data could show.
_RULES: Final[Mapping[tuple[Subject, int], Callable[[int, Facts], Decision]]] = {
    (Subject.CAPABILITY, 2): _evaluated,
    (Subject.CAPABILITY, 3): _evaluated,
    (Subject.CAPABILITY, 4): _capable,
    (Subject.SPC, 3): _monitored,
    (Subject.SPC, 4): _acted_on,
    (Subject.MEASUREMENT_SYSTEM, 3): _studied,
    (Subject.MEASUREMENT_SYSTEM, 4): _gauge_fit,
}
