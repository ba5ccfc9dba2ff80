"""Capability and performance indices of a normal characteristic against its specification limits.

Cp, Cpk use a within-subgroup standard deviation, Pp, Ppk and Cpm the overall one. An index that does not exist, such
as Cp with one limit, is None. Formulas: Montgomery, Introduction to Statistical Quality Control; ISO 22514-2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scoring.engine.spc.figures import Figure, Method
from scoring.engine.spc.intervals import Interval, bissell, boyles, checked_confidence, chi_square, noncentral_t
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.sigma import Sigma


@dataclass(frozen=True, slots=True)
class Limits:
    """Specification limits and target in the unit of the values; at least one limit, LSL < USL, target inside."""

    lsl: float | None = None
    usl: float | None = None
    target: float | None = None

    def __post_init__(self) -> None:
        if self.lsl is None and self.usl is None:
            raise SpcError("no_limits")
        if not all(math.isfinite(value) for value in (self.lsl, self.usl, self.target) if value is not None):
            raise SpcError("limits_not_finite")
        if self.lsl is not None and self.usl is not None and self.lsl >= self.usl:
            raise SpcError("limits_reversed", lsl=self.lsl, usl=self.usl)
        if self.target is not None and self._outside(self.target):
            raise SpcError("target_outside", target=self.target)

    def _outside(self, value: float) -> bool:
        return (self.lsl is not None and value < self.lsl) or (self.usl is not None and value > self.usl)

    @property
    def width(self) -> float | None:
        return None if self.lsl is None or self.usl is None else self.usl - self.lsl

    def upper_margin(self, mean: float) -> float | None:
        return None if self.usl is None else self.usl - mean

    def lower_margin(self, mean: float) -> float | None:
        return None if self.lsl is None else mean - self.lsl


@dataclass(frozen=True, slots=True)
class Indices:
    """One family of indices: Cp, Cpk, CPU, CPL with the within sigma; Pp, Ppk, PPU, PPL with the overall one."""

    two_sided: Figure | None
    minimum: Figure
    upper: Figure | None
    lower: Figure | None


def indices(mean: float, sigma: Sigma, n: int, limits: Limits, confidence: float = 0.95) -> Indices:
    """The indices of ``n`` values with the given mean and standard deviation.

    With both limits the minimum carries Bissell's interval; with one limit it is that side and carries its interval,
    the noncentral t one, which is exact for overall s.
    """
    _check(mean, sigma, n, confidence)
    upper = _one_sided(limits.upper_margin(mean), sigma, n, confidence)
    lower = _one_sided(limits.lower_margin(mean), sigma, n, confidence)
    return Indices(
        two_sided=_two_sided(limits.width, sigma, confidence),
        minimum=_minimum(upper, lower, sigma, n, confidence),
        upper=upper,
        lower=lower,
    )


def cpm(mean: float, s: Sigma, n: int, limits: Limits, confidence: float = 0.95) -> Figure | None:
    """(USL - LSL) / (6 sqrt(s^2 + (mean - T)^2)) with overall s; None without both limits and a target."""
    _check(mean, s, n, confidence)
    if limits.width is None or limits.target is None:
        return None
    value = limits.width / (6 * math.hypot(s.value, mean - limits.target))
    nu, interval = boyles(mean, s.value, n, limits.width, limits.target, confidence)
    return _figure(value, interval, confidence, Method("target_overall", "boyles", nu))


def off_centre(mean: float, limits: Limits) -> float | None:
    """k, the distance of the mean from the middle of the tolerance in half widths; Cpk = Cp (1 - k) while k <= 1."""
    if limits.lsl is None or limits.usl is None:
        return None
    return abs((limits.lsl + limits.usl) / 2 - mean) / ((limits.usl - limits.lsl) / 2)


def _check(mean: float, sigma: Sigma, n: int, confidence: float) -> None:
    checked_confidence(confidence)
    if n < 2:
        raise SpcError("too_few", n=n, minimum=2)
    if not math.isfinite(mean):
        raise SpcError("not_finite", position=1)
    if not (math.isfinite(sigma.value) and sigma.value > 0):
        raise SpcError("not_positive_sigma", sigma=sigma.value)


def _two_sided(width: float | None, sigma: Sigma, confidence: float) -> Figure | None:
    if width is None:
        return None
    value = width / (6 * sigma.value)
    return _figure(value, chi_square(value, sigma.df, confidence), confidence, _method(sigma, "chi_square"))


def _one_sided(margin: float | None, sigma: Sigma, n: int, confidence: float) -> Figure | None:
    if margin is None:
        return None
    value = margin / (3 * sigma.value)
    interval = "noncentral_t" if sigma.estimator == "overall" else "noncentral_t_df"
    return _figure(value, noncentral_t(value, n, sigma.df, confidence), confidence, _method(sigma, interval))


def _minimum(upper: Figure | None, lower: Figure | None, sigma: Sigma, n: int, confidence: float) -> Figure:
    if upper is None or lower is None:
        existing = upper or lower
        assert existing is not None  # noqa: S101 - Limits holds at least one limit.
        return existing
    value = min(upper.value, lower.value)
    return _figure(value, bissell(value, n, sigma.df, confidence), confidence, _method(sigma, "bissell"))


def _method(sigma: Sigma, interval: str) -> Method:
    return Method(sigma.estimator, interval, sigma.df)


def _figure(value: float, interval: Interval, confidence: float, method: Method) -> Figure:
    return Figure(value, interval[0], interval[1], confidence, method)
