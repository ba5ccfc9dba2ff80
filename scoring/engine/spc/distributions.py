"""Fitting a two-parameter distribution to values: normal, lognormal, Weibull and gamma.

Every fit is by maximum likelihood, except that the normal and the lognormal use the divisor n - 1 so that the normal
fit gives back the ordinary indices. The distribution is chosen by rule, not by eye: see ``choose``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from firms.later import later
from scoring.engine.spc.anderson_darling import normal_p, normal_statistic, statistic
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.samples import FloatArray, Values, spread_checked

stats = later("scipy.stats")
optimize = later("scipy.optimize")
special = later("scipy.special")

Parameters: TypeAlias = tuple[float, float]
SIGNIFICANCE: Final = 0.05
_NOTHING: Final = 1e-300


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted distribution.

    ``parameters`` are mean and sigma of a normal one or of the logarithms of a lognormal one, else shape and scale.
    ``anderson_darling`` is the statistic against the fit, ``accepted`` whether it stays below the 5 % point.
    """

    name: str
    parameters: Parameters
    log_likelihood: float
    anderson_darling: float
    accepted: bool

    def below(self, value: float) -> float:
        law, arguments = law_of(self.name, self.parameters)
        return float(law.cdf(value, *arguments))

    def above(self, value: float) -> float:
        law, arguments = law_of(self.name, self.parameters)
        return float(law.sf(value, *arguments))


def law_of(name: str, parameters: Parameters) -> tuple[Any, tuple[float, ...]]:
    """The distribution of scipy and its arguments: shape if there is one, location, scale."""
    first, second = parameters
    if name == "normal":
        return stats.norm, (first, second)
    if name == "lognormal":
        return stats.lognorm, (second, 0.0, math.exp(first))
    return {"weibull": stats.weibull_min, "gamma": stats.gamma}[name], (first, 0.0, second)


def fit(values: Values, name: str) -> Fit:
    """The named distribution fitted to the values; all but the normal need values above zero."""
    array = spread_checked(values, minimum=3)
    if name not in _PARAMETERS:
        raise SpcError("distribution_unknown", name=name, known=", ".join(_PARAMETERS))
    if name != "normal" and array.min() <= 0:
        raise SpcError("distribution_needs_positive", name=name)
    parameters = _PARAMETERS[name](array)
    law, arguments = law_of(name, parameters)
    a_square = statistic(*_log_tails(np.sort(array), law, arguments))
    return Fit(
        name=name,
        parameters=parameters,
        log_likelihood=float(law.logpdf(array, *arguments).sum()),
        anderson_darling=a_square,
        accepted=a_square < critical_value(name, parameters, array.size),
    )


def choose(values: Values) -> Fit | None:
    """The distribution that the values may be taken to have, or None when none is accepted.

    Normal if the Anderson-Darling test does not reject it at 5 %. Otherwise, for values above zero, the one with the
    greatest likelihood among the lognormal, Weibull and gamma fits that pass their own Anderson-Darling test.
    """
    array = spread_checked(values, minimum=3)
    if normality_p(array) >= SIGNIFICANCE:
        return fit(array, "normal")
    if array.min() <= 0:
        return None
    accepted = [candidate for candidate in (fit(array, name) for name in _SKEWED) if candidate.accepted]
    return max(accepted, key=lambda candidate: candidate.log_likelihood, default=None)


def normality_p(values: FloatArray) -> float:
    """p value of the Anderson-Darling test with estimated mean and sigma (D'Agostino and Stephens 1986)."""
    return normal_p(normal_statistic(values), values.size)


def critical_value(name: str, parameters: Parameters, n: int) -> float:
    """The 5 % point of A^2 with both parameters estimated (D'Agostino and Stephens 1986, chapter 4)."""
    if name in {"normal", "lognormal"}:
        return 0.752 / (1 + 0.75 / n + 2.25 / n**2)
    if name == "weibull":
        return 0.757 / (1 + 0.2 / math.sqrt(n))
    shape = max(parameters[0], 1.0)
    return float(np.interp(1 / shape, *_GAMMA_POINTS))


def _normal_parameters(values: FloatArray) -> Parameters:
    centred = values - values[0]
    return float(values[0] + centred.mean()), float(np.std(centred, ddof=1))


def _lognormal_parameters(values: FloatArray) -> Parameters:
    return _normal_parameters(np.log(values))


def _gamma_parameters(values: FloatArray) -> Parameters:
    """log(shape) - digamma(shape) = log(mean) - mean(log), then scale = mean / shape."""
    gap = math.log(float(values.mean())) - float(np.log(values).mean())
    shape = _root(lambda shape: math.log(shape) - float(special.digamma(shape)) - gap, 0.5 / gap)
    return shape, float(values.mean()) / shape


def _weibull_parameters(values: FloatArray) -> Parameters:
    """sum(x^k log x) / sum(x^k) - 1 / k = mean(log x), then scale = mean(x^k)^(1 / k), with x over its maximum."""
    largest = float(values.max())
    logs = np.log(values / largest)
    mean_log = float(logs.mean())

    def slope(shape: float) -> float:
        weights = np.exp(shape * logs)
        return 1 / shape + mean_log - float((weights @ logs) / weights.sum())

    shape = _root(slope, 1.28 / float(np.std(logs)))
    return shape, largest * float(np.mean(np.exp(shape * logs))) ** (1 / shape)


_PARAMETERS: Final[Mapping[str, Callable[[FloatArray], Parameters]]] = {
    "normal": _normal_parameters,
    "lognormal": _lognormal_parameters,
    "weibull": _weibull_parameters,
    "gamma": _gamma_parameters,
}
_SKEWED: Final = ("lognormal", "weibull", "gamma")
DISTRIBUTIONS: Final = tuple(_PARAMETERS)

# 1 / shape against the 5 % point; the limit for a large shape is that of the normal distribution.
_GAMMA_POINTS: Final = (
    (0.0, 1 / 20, 1 / 12, 1 / 8, 1 / 6, 1 / 5, 1 / 4, 1 / 3, 1 / 2, 1.0),
    (0.752, 0.753, 0.754, 0.755, 0.757, 0.758, 0.759, 0.762, 0.768, 0.786),
)


def _root(falling: Callable[[float], float], start: float) -> float:
    """The zero of a falling function of a positive number, bracketed from a starting value."""
    low = high = start
    while falling(low) < 0:
        low /= 2
    while falling(high) > 0:
        high *= 2
    return low if low == high else float(optimize.brentq(falling, low, high, xtol=1e-13 * start, rtol=1e-13))


def _log_tails(ordered: FloatArray, law: Any, arguments: tuple[float, ...]) -> tuple[FloatArray, FloatArray]:
    """log F and log(1 - F), kept finite where a value lies so far out that a tail is nothing to the computer."""
    below, above = law.cdf(ordered, *arguments), law.sf(ordered, *arguments)
    return np.log(np.maximum(below, _NOTHING)), np.log(np.maximum(above, _NOTHING))
