"""Parts per million beyond the specification limits, expected of a distribution and observed in the values."""

from __future__ import annotations

from dataclasses import dataclass

from firms.later import later
from scoring.engine.spc.capability import Limits
from scoring.engine.spc.distributions import Fit
from scoring.engine.spc.samples import Values, checked

special = later("scipy.special")

MILLION = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Fallout:
    """Parts per million below LSL and above USL (None without that limit) and together."""

    below: float | None
    above: float | None

    @property
    def total(self) -> float:
        return (self.below or 0.0) + (self.above or 0.0)


def expected(mean: float, sigma: float, limits: Limits) -> Fallout:
    """What a normal distribution with this mean and standard deviation has beyond the limits."""
    lower, upper = limits.lower_margin(mean), limits.upper_margin(mean)
    return Fallout(
        below=None if lower is None else MILLION * float(special.ndtr(-lower / sigma)),
        above=None if upper is None else MILLION * float(special.ndtr(-upper / sigma)),
    )


def expected_of_fit(fit: Fit, limits: Limits) -> Fallout:
    """What the fitted distribution has beyond the limits."""
    return Fallout(
        below=None if limits.lsl is None else MILLION * fit.below(limits.lsl),
        above=None if limits.usl is None else MILLION * fit.above(limits.usl),
    )


def observed(values: Values, limits: Limits) -> Fallout:
    """The share of values strictly beyond the limits."""
    array = checked(values, minimum=1)
    return Fallout(
        below=None if limits.lsl is None else MILLION * float((array < limits.lsl).mean()),
        above=None if limits.usl is None else MILLION * float((array > limits.usl).mean()),
    )
