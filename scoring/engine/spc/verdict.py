"""Whether measured values support a claim: supported, contradicted, or not decidable, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scoring.engine.spc.diagnostics import Autocorrelation, Normality, Stability
from scoring.engine.spc.figures import Figure
from scoring.engine.spc.messages import Parameter, Remark

LEAST_N_FOR_VERDICT: Final = 30
"""Below this the interval of Ppk reaches more than a quarter of Ppk to either side and its shape is anyone's guess."""
ADVISED_N: Final = 100
"""What customers commonly ask for in an initial study, for example 25 subgroups of 4."""


class Outcome(StrEnum):
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_DECIDABLE = "not_decidable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``ppk`` is the figure that decided: the ordinary one, that of the percentile method, or None when neither holds.

    ``reasons`` led to the outcome, ``caveats`` did not change it but have to be told.
    """

    outcome: Outcome
    required: float
    ppk: Figure | None
    reasons: tuple[Remark, ...]
    caveats: tuple[Remark, ...]


def judge(required: float, n: int, ppk: Figure | None, caveats: tuple[Remark, ...] = ()) -> Verdict:
    """Supported when the lower confidence limit of Ppk reaches ``required``; contradicted when the upper one does not.

    ``ppk`` must be the figure that suits the distribution of the values, None when no distribution fits.
    """
    outcome, reason = _decide(required, n, ppk)
    return Verdict(outcome, required, ppk, (reason,), caveats)


def judge_declared(index: str, declared: float, recomputed: Figure) -> tuple[Outcome, Remark]:
    """A declared index against the recomputed one: contradicted when it lies above the confidence interval."""
    said: dict[str, Parameter] = {"index": index, "declared": declared, "value": recomputed.value}
    if declared <= recomputed.value:
        return Outcome.SUPPORTED, Remark("declared_reached", said)
    if recomputed.high is None:
        return Outcome.NOT_DECIDABLE, Remark("interval_missing")
    bounded: dict[str, Parameter] = {**said, "high": recomputed.high}
    if declared > recomputed.high:
        return Outcome.CONTRADICTED, Remark("declared_above_interval", bounded)
    return Outcome.NOT_DECIDABLE, Remark("declared_within_interval", bounded)


def remarks(
    n: int, normality: Normality, stability: Stability, autocorrelation: Autocorrelation | None, estimator: str
) -> tuple[Remark, ...]:
    """Everything that weakens the indices of ``n`` values whose within sigma comes from ``estimator``."""
    found = [
        Remark("few_values", {"n": n, "advised": ADVISED_N}) if n < ADVISED_N else None,
        _shape(normality),
        _unstable(stability),
        _correlated(autocorrelation, estimator),
    ]
    return tuple(remark for remark in found if remark is not None)


def _decide(required: float, n: int, ppk: Figure | None) -> tuple[Outcome, Remark]:
    if n < LEAST_N_FOR_VERDICT:
        return Outcome.NOT_DECIDABLE, Remark("too_few_for_verdict", {"n": n, "minimum": LEAST_N_FOR_VERDICT})
    if ppk is None:
        return Outcome.NOT_DECIDABLE, Remark("no_distribution")
    if ppk.low is None or ppk.high is None:
        return Outcome.NOT_DECIDABLE, Remark("interval_missing")
    said: dict[str, Parameter] = {"ppk": ppk.value, "low": ppk.low, "high": ppk.high, "required": required}
    if ppk.low >= required:
        return Outcome.SUPPORTED, Remark("lower_limit_reaches", said)
    if ppk.high < required:
        return Outcome.CONTRADICTED, Remark("upper_limit_misses", said)
    return Outcome.NOT_DECIDABLE, Remark("interval_straddles", said)


def _shape(normality: Normality) -> Remark | None:
    if normality.normal is None:
        return Remark("normality_unknown", {"n": normality.n})
    if normality.normal or normality.anderson_darling_p is None:
        return None
    return Remark("not_normal", {"p": normality.anderson_darling_p})


def _unstable(stability: Stability) -> Remark | None:
    if stability.stable:
        return None
    points, rules = len(stability.flagged), ", ".join(stability.rules)
    return Remark("not_stable", {"points": points, "plotted": stability.plotted, "rules": rules})


def _correlated(autocorrelation: Autocorrelation | None, estimator: str) -> Remark | None:
    if autocorrelation is None or not autocorrelation.significant:
        return None
    if autocorrelation.positive and estimator in {"moving_range", "sqrt_mssd"}:
        return Remark("moving_range_autocorrelated", {"r": autocorrelation.r})
    return Remark("autocorrelated", {"r": autocorrelation.r, "bound": autocorrelation.bound})
