"""The whole study of one characteristic: indices, charts, signals, assumptions and remarks, computed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.engine.spc import fallout, sigma
from scoring.engine.spc.capability import Indices, Limits, cpm, indices, off_centre
from scoring.engine.spc.control_charts import ChartPair, i_mr, xbar_r, xbar_s
from scoring.engine.spc.diagnostics import Autocorrelation, Normality, Stability, autocorrelation, normality
from scoring.engine.spc.distributions import choose, fit
from scoring.engine.spc.fallout import Fallout
from scoring.engine.spc.figures import Figure
from scoring.engine.spc.messages import Remark
from scoring.engine.spc.percentile import PercentileIndices, from_fit
from scoring.engine.spc.run_rules import RULE_SETS, Signal, signals
from scoring.engine.spc.samples import FloatArray, Subgroups, Values, spread_checked
from scoring.engine.spc.sigma import LARGEST_N_FOR_RANGES, OF_INDIVIDUALS, OF_SUBGROUPS, Sigma
from scoring.engine.spc.verdict import Verdict, judge, remarks

LEAST_N_FOR_FIT: Final = 8


@dataclass(frozen=True, slots=True)
class Options:
    """What a study may be told: confidence level, within estimator, distribution (both None = by rule), run rules."""

    confidence: float = 0.95
    estimator: str | None = None
    distribution: str | None = None
    rules: str = "western-electric"


@dataclass(frozen=True, slots=True)
class Study:
    """All figures of one characteristic, in the unit of its values.

    ``capability`` holds Cp, Cpk, CPU, CPL, ``performance`` Pp, Ppk, PPU, PPL. ``percentile`` is None when no
    distribution fits, ``autocorrelation`` (of the points of the location chart) with fewer than three points.
    """

    n: int
    mean: float
    limits: Limits
    options: Options
    subgroups: Subgroups | None
    within: Sigma
    overall: Sigma
    estimates: tuple[Sigma, ...]
    capability: Indices
    performance: Indices
    cpm: Figure | None
    off_centre: float | None
    percentile: PercentileIndices | None
    charts: ChartPair
    stability: Stability
    spread_signals: tuple[Signal, ...]
    normality: Normality
    autocorrelation: Autocorrelation | None
    expected_within: Fallout
    expected_overall: Fallout
    observed: Fallout
    remarks: tuple[Remark, ...]

    @property
    def decisive_ppk(self) -> Figure | None:
        """The Ppk that a verdict may rest on: the ordinary one for normal values, else that of an accepted fit."""
        if self.normality.normal is not False:
            return self.performance.minimum
        fitted = self.percentile
        return None if fitted is None or fitted.fit is None or not fitted.fit.accepted else fitted.ppk

    def verdict(self, required_ppk: float) -> Verdict:
        return judge(required_ppk, self.n, self.decisive_ppk, self.remarks)


def study(
    values: Values,
    limits: Limits,
    subgroups: Subgroups | None = None,
    options: Options | None = None,
    noted: tuple[Remark, ...] = (),
) -> Study:
    """The study of the values in the order of measurement; with ``subgroups`` their values are taken instead.

    ``noted`` are remarks that the caller made while forming the subgroups. Raises SpcError when a figure that always
    exists cannot be computed: fewer than two values, no spread, contradictory options.
    """
    chosen = options or Options()
    array = spread_checked(values if subgroups is None else subgroups.values)
    within, overall, mean = sigma.within(array, subgroups, chosen.estimator), sigma.overall(array), sigma.mean_of(array)
    charts = _charts(array, subgroups, within.estimator)
    shape, stability = normality(array), _stability(charts, chosen.rules)
    points = charts.location.points
    correlated = autocorrelation(points) if points.size > 2 and np.ptp(points) > 0 else None
    percentile = _percentile(array, limits, chosen)
    return Study(
        n=array.size,
        mean=mean,
        limits=limits,
        options=chosen,
        subgroups=subgroups,
        within=within,
        overall=overall,
        estimates=_estimates(array, subgroups),
        capability=indices(mean, within, array.size, limits, chosen.confidence),
        performance=indices(mean, overall, array.size, limits, chosen.confidence),
        cpm=cpm(mean, overall, array.size, limits, chosen.confidence),
        off_centre=off_centre(mean, limits),
        percentile=percentile,
        charts=charts,
        stability=stability,
        spread_signals=charts.spread.beyond_limits(),
        normality=shape,
        autocorrelation=correlated,
        expected_within=fallout.expected(mean, within.value, limits),
        expected_overall=fallout.expected(mean, overall.value, limits),
        observed=fallout.observed(array, limits),
        remarks=(
            *noted,
            *_uneven(subgroups),
            *remarks(array.size, shape, stability, correlated, within.estimator),
            *_unfitted(shape, percentile),
        ),
    )


def _charts(values: FloatArray, subgroups: Subgroups | None, estimator: str) -> ChartPair:
    if subgroups is None:
        return i_mr(values)
    small = int(subgroups.sizes.max()) <= LARGEST_N_FOR_RANGES
    return xbar_r(subgroups) if estimator == "rbar" or (small and estimator != "sbar") else xbar_s(subgroups)


def _stability(charts: ChartPair, rules: str) -> Stability:
    chart = charts.location
    found = signals(chart.points, float(chart.centre[0]), chart.standard_error, RULE_SETS[rules])
    return Stability(found, int(chart.points.size))


def _estimates(values: FloatArray, subgroups: Subgroups | None) -> tuple[Sigma, ...]:
    """Every estimate of the within sigma that these values allow, for comparison beside the chosen one."""
    if subgroups is None:
        return tuple(estimate(values) for estimate in OF_INDIVIDUALS.values())
    return tuple(estimate(subgroups) for name, estimate in OF_SUBGROUPS.items() if name != "rbar" or _ranged(subgroups))


def _ranged(subgroups: Subgroups) -> bool:
    return int(subgroups.sizes.max()) <= LARGEST_N_FOR_RANGES * 3


def _percentile(values: FloatArray, limits: Limits, options: Options) -> PercentileIndices | None:
    if options.distribution is not None:
        return from_fit(values, fit(values, options.distribution), limits, options.confidence)
    found = choose(values) if values.size >= LEAST_N_FOR_FIT else None
    return None if found is None else from_fit(values, found, limits, options.confidence)


def _uneven(subgroups: Subgroups | None) -> tuple[Remark, ...]:
    if subgroups is None or subgroups.constant_size is not None:
        return ()
    largest = int(subgroups.sizes.max())
    short, single = int((subgroups.sizes < largest).sum()), int((subgroups.sizes == 1).sum())
    found: tuple[tuple[bool, Callable[[], Remark]], ...] = (
        (short > 0, lambda: Remark("short_subgroups", {"count": short, "largest": largest})),
        (single > 0, lambda: Remark("single_values", {"count": single})),
    )
    return tuple(make() for applies, make in found if applies)


def _unfitted(shape: Normality, percentile: PercentileIndices | None) -> tuple[Remark, ...]:
    """For values that are not normal: which distribution took over, or that none did."""
    if shape.normal is not False:
        return ()
    if percentile is None or percentile.fit is None:
        return (Remark("no_distribution"),)
    return (Remark(f"percentile_{percentile.fit.name}" if percentile.fit.accepted else "distribution_rejected"),)
