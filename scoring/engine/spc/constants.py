"""Control chart constants for normal samples, computed from their definitions instead of copied from a table.

d2 and d3 are the mean and the standard deviation of the range of n standard normal values (Tippett 1925):
P(R <= r) = n * integral of phi(x) * (Phi(x + r) - Phi(x))^(n - 1) dx. c4 is the mean of their standard deviation.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from firms.later import later
from scoring.engine.spc.messages import SpcError

special = later("scipy.special")

LARGEST_RANGE_N: Final = 1000
"""Ranges of larger samples are not used by anyone; the quadrature below is good to 1e-10 up to here."""

_NODES: Final = 300
_TAIL: Final = 9.0  # phi(9) is 1e-18: nothing of the normal distribution lies beyond.


@cache
def d2(n: int) -> float:
    """Mean range of n standard normal values."""
    return _range_moments(n)[0]


@cache
def d3(n: int) -> float:
    """Standard deviation of the range of n standard normal values."""
    mean, mean_square = _range_moments(n)
    return math.sqrt(mean_square - mean * mean)


@cache
def c4(n: float) -> float:
    """Mean of the standard deviation (divisor n - 1) of n standard normal values; ``n`` need not be whole."""
    if n <= 1:
        raise SpcError("constant_n", n=n, largest=LARGEST_RANGE_N)
    return math.sqrt(2 / (n - 1)) * math.exp(float(special.gammaln(n / 2) - special.gammaln((n - 1) / 2)))


def a2(n: int) -> float:
    """Half width of the mean's limits in mean ranges."""
    return 3 / (d2(n) * math.sqrt(n))


def a3(n: int) -> float:
    """Half width of the mean's limits in mean standard deviations."""
    return 3 / (c4(n) * math.sqrt(n))


def b3(n: int) -> float:
    """Lower limit of the standard deviation in mean standard deviations."""
    return max(0.0, 1 - _relative_s_width(n))


def b4(n: int) -> float:
    """Upper limit of the standard deviation in mean standard deviations."""
    return 1 + _relative_s_width(n)


def d3_lower(n: int) -> float:
    """The factor D3: lower limit of the range in mean ranges."""
    return max(0.0, 1 - 3 * d3(n) / d2(n))


def d4_upper(n: int) -> float:
    """The factor D4: upper limit of the range in mean ranges."""
    return 1 + 3 * d3(n) / d2(n)


def e2(n: int) -> float:
    """Half width of the individuals' limits in mean moving ranges of span n."""
    return 3 / d2(n)


def _relative_s_width(n: int) -> float:
    return 3 * math.sqrt(1 - c4(n) ** 2) / c4(n)


@cache
def _range_moments(n: int) -> tuple[float, float]:
    """E[R] = integral of 1 - P(R <= r) and E[R^2] = integral of 2 r (1 - P(R <= r)), by Gauss-Legendre quadrature."""
    if not 2 <= n <= LARGEST_RANGE_N:
        raise SpcError("constant_n", n=n, largest=LARGEST_RANGE_N)
    x, x_weight = _rule(-_TAIL, _TAIL)
    r, r_weight = _rule(0.0, 2 * _TAIL)
    density = np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    inside = np.maximum(special.ndtr(x[None, :] + r[:, None]) - special.ndtr(x)[None, :], 0.0)
    above = 1 - n * (density * inside ** (n - 1)) @ x_weight
    return float(above @ r_weight), float((2 * r * above) @ r_weight)


def _rule(low: float, high: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    node, weight = np.polynomial.legendre.leggauss(_NODES)
    half = (high - low) / 2
    return low + half * (node + 1), half * weight
