"""What must hold before an index means anything: normal values, uncorrelated points, a stable process."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from firms.later import later
from scoring.engine.spc.anderson_darling import normal_p, normal_statistic
from scoring.engine.spc.run_rules import Signal, flagged_points
from scoring.engine.spc.samples import Values, spread_checked

stats = later("scipy.stats")

LEAST_N_FOR_NORMALITY: Final = 8
"""The approximation of the Anderson-Darling p value begins here."""
LARGEST_N_FOR_SHAPIRO: Final = 5000
"""Royston's approximation of the Shapiro-Wilk p value ends here."""


@dataclass(frozen=True, slots=True)
class Normality:
    """``normal`` is None when there are too few values to say; it rests on Anderson-Darling alone."""

    n: int
    anderson_darling: float
    anderson_darling_p: float | None
    shapiro_wilk: float | None
    shapiro_wilk_p: float | None
    significance: float
    normal: bool | None


def normality(values: Values, significance: float = 0.05) -> Normality:
    """Anderson-Darling with estimated mean and sigma, and Shapiro-Wilk for 3 to 5000 values."""
    array = spread_checked(values)
    n = int(array.size)
    statistic = normal_statistic(array)
    p = normal_p(statistic, n)
    decidable = n >= LEAST_N_FOR_NORMALITY
    w = stats.shapiro(array - array[0]) if 3 <= n <= LARGEST_N_FOR_SHAPIRO else None
    return Normality(
        n=n,
        anderson_darling=statistic,
        anderson_darling_p=p if decidable else None,
        shapiro_wilk=None if w is None else float(w.statistic),
        shapiro_wilk_p=None if w is None else float(w.pvalue),
        significance=significance,
        normal=p >= significance if decidable else None,
    )


@dataclass(frozen=True, slots=True)
class Autocorrelation:
    """Lag-1 autocorrelation of k points; ``significant`` when it lies beyond +-``bound``."""

    r: float
    bound: float
    points: int

    @property
    def significant(self) -> bool:
        return abs(self.r) > self.bound

    @property
    def positive(self) -> bool:
        """Significant, and of the sign that makes successive differences too small."""
        return self.r > self.bound


def autocorrelation(points: Values, confidence: float = 0.95) -> Autocorrelation:
    """sum (x_t - m)(x_(t+1) - m) / sum (x_t - m)^2 and its bound z / sqrt(k) for independent points (Bartlett 1946)."""
    array = spread_checked(points)
    deviation = array - array[0]
    deviation = deviation - deviation.mean()
    r = float(deviation[:-1] @ deviation[1:]) / float(deviation @ deviation)
    bound = float(stats.norm.isf((1 - confidence) / 2)) / math.sqrt(array.size)
    return Autocorrelation(r, bound, int(array.size))


@dataclass(frozen=True, slots=True)
class Stability:
    """Stable when no run rule flags a point. ``plotted`` is the number of points on the location chart."""

    signals: tuple[Signal, ...]
    plotted: int

    @property
    def stable(self) -> bool:
        return not self.signals

    @property
    def flagged(self) -> tuple[int, ...]:
        return flagged_points(self.signals)

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(signal.rule for signal in self.signals)
