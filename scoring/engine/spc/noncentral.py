"""The noncentral t distribution, as far as intervals of one-sided indices need it.

T = (Z + delta) / S with Z standard normal and S = sqrt(chi-square / df). scipy's own distribution function returns NaN
for parts that are extremely good or bad, so the probability is integrated here; where scipy answers, both agree.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from firms.later import later

optimize = later("scipy.optimize")
special = later("scipy.special")
stats = later("scipy.stats")

_NODES: Final = 200
_TAIL: Final = 9.0
_NOTHING: Final = 1e-17


def probability(t: float, df: float, delta: float) -> float:
    """P(T <= t), to about 1e-12."""
    if t < 0:
        return 1 - probability(-t, df, -delta)
    # Integrate over the variable in which the other one's distribution function is smooth.
    return _over_z(t, df, delta) if t * t >= 2 * df else _over_s(t, df, delta)


def noncentrality(t: float, df: float, target: float) -> float:
    """The delta at which P(T <= t) equals ``target``; the probability falls as delta grows."""

    def excess(delta: float) -> float:
        return probability(t, df, delta) - target

    step = 4 * math.sqrt(1 + t * t / (2 * df))
    low, high = t - step, t + step
    while excess(low) < 0:
        low -= step
    while excess(high) > 0:
        high += step
    return float(optimize.brentq(excess, low, high, xtol=1e-12 * max(1.0, abs(t)), rtol=1e-14))


def _over_z(t: float, df: float, delta: float) -> float:
    """Integral of phi(z) P(S >= (z + delta) / t); below z = -delta the condition always holds."""
    edge = min(max(-delta, -_TAIL), _TAIL)
    z, weight = _rule(edge, _TAIL)
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    above = stats.chi2.sf(df * ((z + delta) / t) ** 2, df)
    return float(special.ndtr(edge)) + float(weight @ (density * above))


def _over_s(t: float, df: float, delta: float) -> float:
    """Integral of f(s) Phi(t s - delta)."""
    root = math.sqrt(df)
    s, weight = _rule(float(stats.chi.ppf(_NOTHING, df)) / root, float(stats.chi.isf(_NOTHING, df)) / root)
    return float(weight @ (stats.chi.pdf(s * root, df) * root * special.ndtr(t * s - delta)))


def _rule(low: float, high: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    node, weight = _legendre()
    half = (high - low) / 2
    return low + half * (node + 1), half * weight


@cache
def _legendre() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    node, weight = np.polynomial.legendre.leggauss(_NODES)
    return node, weight
