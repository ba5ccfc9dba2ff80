"""Control charts of measured values: I-MR, Xbar-R and Xbar-S, for equal and for unequal subgroups.

Limits lie three standard errors from the centre. With equal subgroups they are those of the factors A2, D3, D4, A3,
B3, B4 and E2; with unequal ones each point has its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scoring.engine.spc.constants import c4, d2, d3
from scoring.engine.spc.run_rules import Signal
from scoring.engine.spc.samples import FloatArray, IntArray, Subgroups, Values, spread_checked
from scoring.engine.spc.sigma import Sigma, by_mean_deviation, by_mean_range, by_moving_range, mean_of


@dataclass(frozen=True, eq=False, slots=True)
class Chart:
    """Plotted points (length k) with centre line, limits and standard error for each of them.

    ``numbers`` are the numbers of the points, counted from 1; a moving range has none for the first value and a range
    none for a single value. ``kind`` is i, mr, xbar, r, s, p, np, c or u.
    """

    kind: str
    points: FloatArray
    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    standard_error: FloatArray
    numbers: IntArray

    def beyond_limits(self) -> tuple[Signal, ...]:
        """Points strictly beyond their own limits, the only rule for charts whose points are not normal."""
        slack = 1e-9 * self.standard_error
        outside = (self.points > self.upper + slack) | (self.points < self.lower - slack)
        numbers = tuple(self.numbers[outside].tolist())
        return (Signal("limit", numbers),) if numbers else ()


@dataclass(frozen=True, slots=True)
class ChartPair:
    """The chart of the location and that of the spread, with the standard deviation that both rest on."""

    location: Chart
    spread: Chart
    sigma: Sigma


def i_mr(values: Values) -> ChartPair:
    """Individuals and moving ranges of span 2: mean -+ E2 MRbar, and 0 to D4 MRbar."""
    array = spread_checked(values)
    sigma = by_moving_range(array)
    individuals = _three_sigma("i", array, mean_of(array), np.full(array.size, sigma.value))
    ranges = np.abs(np.diff(array))
    pairs = np.full(ranges.size, 2, dtype=np.int64)
    spread = _spread("mr", ranges, pairs, sigma.value, _range_factors)
    return ChartPair(individuals, _numbered(spread, np.arange(2, array.size + 1)), sigma)


def xbar_r(subgroups: Subgroups) -> ChartPair:
    """Means and ranges: mean -+ A2 Rbar, and D3 Rbar to D4 Rbar."""
    return _pair(subgroups, by_mean_range(subgroups), "r", subgroups.ranges, _range_factors)


def xbar_s(subgroups: Subgroups) -> ChartPair:
    """Means and standard deviations: mean -+ A3 sbar, and B3 sbar to B4 sbar."""
    return _pair(subgroups, by_mean_deviation(subgroups), "s", subgroups.deviations, _deviation_factors)


def _pair(
    subgroups: Subgroups, sigma: Sigma, kind: str, spreads: FloatArray, factors: Callable[[int], tuple[float, float]]
) -> ChartPair:
    error = sigma.value / np.sqrt(subgroups.sizes)
    location = _three_sigma("xbar", subgroups.means, mean_of(subgroups.values), error)
    plural = subgroups.sizes > 1
    spread = _spread(kind, spreads[plural], subgroups.sizes[plural], sigma.value, factors)
    return ChartPair(location, _numbered(spread, np.flatnonzero(plural) + 1), sigma)


def _three_sigma(kind: str, points: FloatArray, centre: float, error: FloatArray) -> Chart:
    middle = np.full(points.size, centre)
    return Chart(kind, points, middle, middle - 3 * error, middle + 3 * error, error, np.arange(1, points.size + 1))


def _spread(
    kind: str, points: FloatArray, sizes: IntArray, sigma: float, factors: Callable[[int], tuple[float, float]]
) -> Chart:
    distinct, position = np.unique(sizes, return_inverse=True)
    mean_factor, error_factor = np.array([factors(int(size)) for size in distinct]).T[:, position]
    centre, error = sigma * mean_factor, sigma * error_factor
    lower = np.maximum(centre - 3 * error, 0.0)
    return Chart(kind, points, centre, lower, centre + 3 * error, error, np.arange(1, points.size + 1))


def _range_factors(size: int) -> tuple[float, float]:
    return d2(size), d3(size)


def _deviation_factors(size: int) -> tuple[float, float]:
    return c4(size), float(np.sqrt(1 - c4(size) ** 2))


def _numbered(chart: Chart, numbers: IntArray) -> Chart:
    return Chart(chart.kind, chart.points, chart.centre, chart.lower, chart.upper, chart.standard_error, numbers)
