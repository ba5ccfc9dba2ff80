"""Estimators of the standard deviation, each with its name and its degrees of freedom.

Within subgroups: mean range / d2, mean standard deviation / c4, pooled with or without / c4. For individual values:
mean moving range / d2(2) and the square root of half the mean squared successive difference. Overall: divisor n - 1.
The degrees of freedom of the range estimator, 0.9 k (n - 1), and of the standard deviation estimator, f_n k (n - 1),
are the customary approximations to their efficiency (Bissell 1990).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.engine.spc.constants import c4, d2
from scoring.engine.spc.messages import ESTIMATORS, SpcError
from scoring.engine.spc.samples import IntArray, Subgroups, Values, checked, spread_checked


@dataclass(frozen=True, slots=True)
class Sigma:
    """An estimated standard deviation in the unit of the values. ``estimator`` is a key of ESTIMATORS."""

    value: float
    estimator: str
    df: float

    @property
    def name(self) -> str:
        return ESTIMATORS[self.estimator]


_S_EFFICIENCY: Final = ((2, 0.88), (3, 0.92), (4, 0.94), (5, 0.95), (7, 0.96), (9, 0.97), (17, 0.98), (64, 0.99))


def s_efficiency(n: int) -> float:
    """Share of the k (n - 1) degrees of freedom that the mean standard deviation keeps (f_n)."""
    return next((share for largest, share in _S_EFFICIENCY if n <= largest), 1.0)


def by_mean_range(subgroups: Subgroups) -> Sigma:
    """Mean of R_i / d2(n_i) over the subgroups of two or more; with one size this is mean range / d2."""
    plural = subgroups.plural()
    value = float(np.mean(plural.ranges / _each_size(plural.sizes, d2)))
    return Sigma(value, "rbar", 0.9 * float((plural.sizes - 1).sum()))


def by_mean_deviation(subgroups: Subgroups) -> Sigma:
    """Mean of s_i / c4(n_i) over the subgroups of two or more; with one size this is mean s / c4."""
    plural = subgroups.plural()
    value = float(np.mean(plural.deviations / _each_size(plural.sizes, c4)))
    return Sigma(value, "sbar", float(_each_size(plural.sizes, s_efficiency) @ (plural.sizes - 1)))


def by_pooling(subgroups: Subgroups) -> Sigma:
    """Square root of the within sum of squares over its degrees of freedom, sum(n_i - 1)."""
    plural = subgroups.plural()
    df = int((plural.sizes - 1).sum())
    return Sigma(math.sqrt(float(plural.squares.sum()) / df), "pooled", float(df))


def by_pooling_unbiased(subgroups: Subgroups) -> Sigma:
    """The pooled value over c4(sum(n_i - 1) + 1), which removes its bias."""
    pooled = by_pooling(subgroups)
    return Sigma(pooled.value / c4(pooled.df + 1), "pooled_unbiased", pooled.df)


def by_moving_range(values: Values) -> Sigma:
    """Mean of |x_i - x_(i-1)| over d2(2) = 1.128; N - 1 moving ranges count as N - 1 degrees of freedom."""
    array = spread_checked(values)
    return Sigma(float(np.mean(np.abs(np.diff(array)))) / d2(2), "moving_range", float(array.size - 1))


def by_successive_differences(values: Values) -> Sigma:
    """Square root of sum (x_i - x_(i-1))^2 / (2 (N - 1)), the MSSD estimator (von Neumann 1941)."""
    array = spread_checked(values)
    return Sigma(math.sqrt(float(np.mean(np.diff(array) ** 2)) / 2), "sqrt_mssd", float(array.size - 1))


def overall(values: Values) -> Sigma:
    """Sample standard deviation with divisor N - 1."""
    array = spread_checked(values)
    return Sigma(float(np.std(array - array[0], ddof=1)), "overall", float(array.size - 1))


def mean_of(values: Values) -> float:
    """Arithmetic mean, summed as deviations from the first value so that close values keep their digits."""
    array = checked(values, minimum=1)
    return float(array[0] + np.mean(array - array[0]))


OF_SUBGROUPS: Final[Mapping[str, Callable[[Subgroups], Sigma]]] = {
    "rbar": by_mean_range,
    "sbar": by_mean_deviation,
    "pooled": by_pooling,
    "pooled_unbiased": by_pooling_unbiased,
}
OF_INDIVIDUALS: Final[Mapping[str, Callable[[Values], Sigma]]] = {
    "moving_range": by_moving_range,
    "sqrt_mssd": by_successive_differences,
}
LARGEST_N_FOR_RANGES: Final = 8
"""Above this size a range wastes too much of the sample; textbooks switch to s somewhere between 8 and 12."""


def default_estimator(subgroups: Subgroups | None) -> str:
    """Individuals: moving range. One size up to 8: mean range; above: mean s. Several sizes: pooled without bias."""
    if subgroups is None:
        return "moving_range"
    size = subgroups.constant_size
    if size is None:
        return "pooled_unbiased"
    return "rbar" if size <= LARGEST_N_FOR_RANGES else "sbar"


def within(values: Values, subgroups: Subgroups | None, estimator: str | None = None) -> Sigma:
    """The within-subgroup standard deviation by the named estimator, or by the default one."""
    name = estimator or default_estimator(subgroups)
    if subgroups is not None and name in OF_SUBGROUPS:
        return OF_SUBGROUPS[name](subgroups)
    if subgroups is None and name in OF_INDIVIDUALS:
        return OF_INDIVIDUALS[name](values)
    if name in OF_SUBGROUPS:
        raise SpcError("estimator_needs_subgroups", estimator=name)
    if name in OF_INDIVIDUALS:
        raise SpcError("estimator_needs_individuals", estimator=name)
    raise SpcError("estimator_unknown", estimator=name, known=", ".join([*OF_SUBGROUPS, *OF_INDIVIDUALS]))


def _each_size(sizes: IntArray, constant: Callable[[int], float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The constant for every subgroup, computed once for each size that occurs."""
    distinct, position = np.unique(sizes, return_inverse=True)
    return np.array([constant(int(size)) for size in distinct])[position]
