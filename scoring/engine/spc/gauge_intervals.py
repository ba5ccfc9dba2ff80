"""Confidence intervals of a crossed gauge study by the modified large sample method (MLS).

The method starts from the large sample interval of a combination of mean squares and changes its coefficients so that
the limits are exact in the cases in which exact ones are known: one mean square, or a difference that is zero. Sums
are those of Graybill and Wang (1980), differences those of Ting, Burdick, Graybill, Jeyaratnam and Lu (1990), the ratio
of parts to gauge that of Burdick, Borror and Montgomery (2005, chapter 3). Limits below zero are taken as zero, so an
interval need not hold its estimate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from firms.later import later
from scoring.engine.spc.intervals import Interval, checked_confidence

stats = later("scipy.stats")

CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class MeanSquare:
    """A mean square with its degrees of freedom."""

    value: float
    df: float

    def low_factor(self, tail: float) -> float:
        """G: the exact lower limit of the expected mean square is (1 - G) times the observed one."""
        return 1 - self.df / float(stats.chi2.isf(tail, self.df))

    def high_factor(self, tail: float) -> float:
        """H: the exact upper limit is (1 + H) times the observed one."""
        return self.df / float(stats.chi2.ppf(tail, self.df)) - 1


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """The table of a balanced crossed study of parts x appraisers x trials.

    ``below`` is what parts and appraisers are tested against: the interaction, or the pooled repeatability, which then
    is ``error`` too.
    """

    parts: int
    appraisers: int
    trials: int
    part: MeanSquare
    appraiser: MeanSquare
    below: MeanSquare
    error: MeanSquare

    @property
    def pooled(self) -> bool:
        return self.below == self.error


@dataclass(frozen=True, slots=True)
class GaugeIntervals:
    """Intervals of variances; ``interaction`` is None where it was pooled.

    ``ratio`` is that of the variance of the parts to the variance of the gauge; the upper limit may be infinite.
    """

    repeatability: Interval
    appraiser: Interval
    interaction: Interval | None
    grr: Interval
    part_to_part: Interval
    total: Interval
    ratio: Interval

    @property
    def grr_of_total(self) -> Interval:
        """GRR as a fraction of the total variance."""
        low, high = self.ratio
        return 1 / (1 + high), 1 / (1 + low)

    @property
    def parts_of_total(self) -> Interval:
        """The parts as a fraction of the total variance: the rest."""
        low, high = self.grr_of_total
        return 1 - high, 1 - low


def gauge_intervals(table: MeanSquares, confidence: float = CONFIDENCE) -> GaugeIntervals:
    """Two-sided intervals of every component and of parts to gauge."""
    tail = (1 - checked_confidence(confidence)) / 2
    parts, appraisers, trials = table.parts, table.appraisers, table.trials
    return GaugeIntervals(
        repeatability=of_sum([(1.0, table.error)], tail),
        appraiser=of_difference(table.appraiser, table.below, parts * trials, tail),
        interaction=None if table.pooled else of_difference(table.below, table.error, trials, tail),
        grr=of_sum(grr_terms(table), tail),
        part_to_part=of_difference(table.part, table.below, appraisers * trials, tail),
        total=of_sum(total_terms(table), tail),
        ratio=of_ratio(table, tail),
    )


Terms = Sequence[tuple[float, MeanSquare]]


def grr_terms(table: MeanSquares) -> Terms:
    """GRR = (MS appraiser + (p - 1) MS below + p (r - 1) MS error) / (p r)."""
    parts, trials = table.parts, table.trials
    return [(1 / (parts * trials), table.appraiser), *_lower(table, parts - 1, parts * (trials - 1), parts * trials)]


def total_terms(table: MeanSquares) -> Terms:
    """TV = (p MS part + o MS appraiser + (p o - p - o) MS below + p o (r - 1) MS error) / (p o r)."""
    parts, appraisers, trials = table.parts, table.appraisers, table.trials
    cells = parts * appraisers
    lower = _lower(table, cells - parts - appraisers, cells * (trials - 1), cells * trials)
    return [(1 / (appraisers * trials), table.part), (1 / (parts * trials), table.appraiser), *lower]


def _lower(table: MeanSquares, below: int, error: int, divisor: int) -> Terms:
    """Pooled, both are one mean square: two terms of it would be taken as independent."""
    if table.pooled:
        return [((below + error) / divisor, table.error)]
    return [(below / divisor, table.below), (error / divisor, table.error)]


def of_sum(terms: Terms, tail: float) -> Interval:
    """The sum of c MS with c >= 0 (Graybill and Wang 1980); exact for a single mean square."""
    estimate = math.fsum(weight * square.value for weight, square in terms)
    down = math.fsum((square.low_factor(tail) * weight * square.value) ** 2 for weight, square in terms)
    up = math.fsum((square.high_factor(tail) * weight * square.value) ** 2 for weight, square in terms)
    return max(0.0, estimate - math.sqrt(down)), estimate + math.sqrt(up)


def of_difference(upper: MeanSquare, lower: MeanSquare, divisor: int, tail: float) -> Interval:
    """(MS upper - MS lower) / divisor (Ting and others 1990); exact where the difference is zero."""
    estimate = upper.value - lower.value
    high_f = float(stats.f.isf(tail, upper.df, lower.df))
    low_f = float(stats.f.ppf(tail, upper.df, lower.df))
    down = _spread(upper, lower, upper.low_factor(tail), lower.high_factor(tail), high_f)
    up = _spread(upper, lower, upper.high_factor(tail), lower.low_factor(tail), low_f)
    return max(0.0, (estimate - down) / divisor), max(0.0, (estimate + up) / divisor)


def _spread(upper: MeanSquare, lower: MeanSquare, of_upper: float, of_lower: float, quantile: float) -> float:
    """The half-width; the cross term makes it exact where the ratio of the two equals the quantile of F."""
    cross = ((quantile - 1) ** 2 - (of_upper * quantile) ** 2 - of_lower**2) / quantile
    square = (of_upper * upper.value) ** 2 + (of_lower * lower.value) ** 2 + cross * upper.value * lower.value
    return math.sqrt(max(0.0, square))


def of_ratio(table: MeanSquares, tail: float) -> Interval:
    """Variance of the parts over that of the gauge (Burdick, Borror and Montgomery 2005, chapter 3)."""
    df = table.part.df
    low = _ratio(table, 1 - table.part.low_factor(tail), *_quantiles(table, df, 1 - tail))
    high = _ratio(table, 1 + table.part.high_factor(tail), *_quantiles(table, df, tail))
    return low, max(low, high)


def _quantiles(table: MeanSquares, df: float, probability: float) -> tuple[float, float]:
    """Of F for the parts against what is below them, and against the appraisers."""
    below = float(stats.f.ppf(probability, df, table.below.df))
    return below, float(stats.f.ppf(probability, df, table.appraiser.df))


def _ratio(table: MeanSquares, factor: float, below: float, appraiser: float) -> float:
    parts, trials = table.parts, table.trials
    above = parts * factor * (table.part.value - below * table.below.value)
    gauge = parts * (trials - 1) * table.error.value + (parts - 1) * table.below.value
    gauge += factor * appraiser * table.appraiser.value
    if above <= 0:
        return 0.0
    return math.inf if gauge == 0 else above / (table.appraisers * gauge)
