"""Performance indices of values that are not normal: the percentile method of ISO 22514-2.

The place of mean - 3 sigma, mean and mean + 3 sigma is taken by the 0.135 %, 50 % and 99.865 % points.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np

from firms.later import later
from scoring.engine.spc.capability import Limits
from scoring.engine.spc.distributions import Fit, Parameters, law_of
from scoring.engine.spc.figures import Figure, Method
from scoring.engine.spc.intervals import checked_confidence
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.samples import FloatArray, Values, checked

stats = later("scipy.stats")

TAIL: Final = 0.00135
"""What a normal distribution has beyond three sigma on one side, rounded as the standard rounds it."""

Side: TypeAlias = Callable[["Quantiles"], float]


@dataclass(frozen=True, slots=True)
class Quantiles:
    """The 0.135 %, 50 % and 99.865 % points in the unit of the values, rising."""

    low: float
    median: float
    high: float

    def __post_init__(self) -> None:
        if not self.low < self.median < self.high:
            raise SpcError("quantiles_order", low=self.low, median=self.median, high=self.high)


@dataclass(frozen=True, slots=True)
class PercentileIndices:
    """Pp, Ppk and the two sides by the percentile method; ``fit`` is None when the quantiles were given."""

    quantiles: Quantiles
    pp: Figure | None
    ppk: Figure
    ppu: Figure | None
    ppl: Figure | None
    fit: Fit | None = None


def from_quantiles(quantiles: Quantiles, limits: Limits, confidence: float = 0.95) -> PercentileIndices:
    """Indices from three known quantiles; there is no interval, because nothing says how well they are known."""
    checked_confidence(confidence)
    method = Method("given_quantiles", "none", None)

    def figure(side: Side | None) -> Figure | None:
        return None if side is None else Figure(side(quantiles), None, None, confidence, method)

    return _assemble(quantiles, limits, figure)


def from_fit(values: Values, fit: Fit, limits: Limits, confidence: float = 0.95) -> PercentileIndices:
    """Indices from the quantiles of a fitted distribution, with intervals by the delta method."""
    z = float(stats.norm.isf((1 - checked_confidence(confidence)) / 2))
    covariance = _covariance(checked(values), fit)
    method = Method(fit.name, "delta", None)

    def figure(side: Side | None) -> Figure | None:
        if side is None:
            return None
        value = side(quantiles_of(fit.name, fit.parameters))
        half = z * _standard_error(side, fit, covariance)
        if not math.isfinite(half):
            return Figure(value, None, None, confidence, replace(method, interval="none"))
        return Figure(value, value - half, value + half, confidence, method)

    return replace(_assemble(quantiles_of(fit.name, fit.parameters), limits, figure), fit=fit)


def quantiles_of(name: str, parameters: Parameters) -> Quantiles:
    law, arguments = law_of(name, parameters)
    low, median = law.ppf((TAIL, 0.5), *arguments)
    return Quantiles(float(low), float(median), float(law.isf(TAIL, *arguments)))


def _assemble(
    quantiles: Quantiles, limits: Limits, figure: Callable[[Side | None], Figure | None]
) -> PercentileIndices:
    both, upper, lower = _both(limits), _upper(limits), _lower(limits)
    ppu, ppl = figure(upper), figure(lower)
    sides = [side for side in (ppu, ppl) if side is not None]
    return PercentileIndices(quantiles, figure(both), min(sides, key=lambda side: side.value), ppu, ppl)


def _both(limits: Limits) -> Side | None:
    width = limits.width
    return None if width is None else lambda q: width / (q.high - q.low)


def _upper(limits: Limits) -> Side | None:
    usl = limits.usl
    return None if usl is None else lambda q: (usl - q.median) / (q.high - q.median)


def _lower(limits: Limits) -> Side | None:
    lsl = limits.lsl
    return None if lsl is None else lambda q: (q.median - lsl) / (q.median - q.low)


def _standard_error(side: Side, fit: Fit, covariance: FloatArray) -> float:
    """sqrt(g' C g) with the gradient g of the index in the parameters, by central differences; NaN if C is none."""
    steps = _steps(fit)
    gradient = np.array(
        [(side(_shifted(fit, i, step)) - side(_shifted(fit, i, -step))) / (2 * step) for i, step in enumerate(steps)]
    )
    variance = float(gradient @ covariance @ gradient)
    return math.sqrt(variance) if variance >= 0 else math.nan


def _shifted(fit: Fit, position: int, step: float) -> Quantiles:
    return quantiles_of(fit.name, _moved(fit.parameters, position, step))


def _covariance(values: FloatArray, fit: Fit) -> FloatArray:
    """Inverse of the observed information: the negative second differences of the log likelihood at the fit."""
    steps = _steps(fit)

    def log_likelihood(*moves: tuple[int, float]) -> float:
        parameters = fit.parameters
        for position, step in moves:
            parameters = _moved(parameters, position, step)
        law, arguments = law_of(fit.name, parameters)
        return float(law.logpdf(values, *arguments).sum())

    information = np.empty((2, 2))
    for i, j in ((0, 0), (0, 1), (1, 1)):
        a, b = steps[i], steps[j]
        second = (
            log_likelihood((i, a), (j, b))
            - log_likelihood((i, a), (j, -b))
            - log_likelihood((i, -a), (j, b))
            + log_likelihood((i, -a), (j, -b))
        ) / (4 * a * b)
        information[i, j] = information[j, i] = -second
    usable = np.isfinite(information).all() and np.linalg.det(information) > 0
    return np.asarray(np.linalg.inv(information)) if usable else np.full((2, 2), math.nan)


def _steps(fit: Fit) -> tuple[float, float]:
    """A hundredth of each parameter; the location of a (log)normal moves by a hundredth of its sigma."""
    first, second = fit.parameters
    return (second if fit.name in {"normal", "lognormal"} else first) * 0.01, second * 0.01


def _moved(parameters: Parameters, position: int, step: float) -> Parameters:
    first, second = parameters
    return (first + step, second) if position == 0 else (first, second + step)
