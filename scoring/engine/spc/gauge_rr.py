"""Crossed gauge study by analysis of variance: every appraiser measures every part equally often.

The model, the variance components and the figures drawn from them are those of the AIAG manual Measurement Systems
Analysis: parts and appraisers are random, and the interaction is pooled with the repeatability when its F test gives
p > 0.25. Components that come out negative are taken as 0. Intervals are those of the module gauge_intervals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from firms.later import later
from scoring.engine.spc.gauge_intervals import (
    CONFIDENCE,
    GaugeIntervals,
    MeanSquare,
    MeanSquares,
    gauge_intervals,
)
from scoring.engine.spc.intervals import Interval
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.samples import FloatArray, Values, checked

stats = later("scipy.stats")

POOL_ABOVE_P: Final = 0.25
STUDY_SPREAD: Final = 6.0
"""Standard deviations taken as the spread of a source; older manuals use 5.15."""
DISTINCT_FACTOR: Final = 1.41


@dataclass(frozen=True, slots=True)
class AnovaRow:
    """One source of variation; F and p are None for the repeatability, and where the mean square below is zero."""

    source: str
    df: int
    sum_of_squares: float
    mean_square: float
    f: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class Component:
    """A source with its variance, and shares in percent: of variance, of study variation, of tolerance (or None).

    The limits are those of the figure that they are named after, at the study's confidence. A pooled source has none,
    and the share of study variation has them for GRR and PV alone.
    """

    source: str
    variance: float
    sigma: float
    contribution: float
    study_variation: float
    tolerance: float | None
    sigma_limits: Interval | None = None
    study_variation_limits: Interval | None = None
    tolerance_limits: Interval | None = None

    @property
    def decisive(self) -> tuple[float, Interval | None]:
        """The share that a gauge is judged by, with its limits: of the tolerance where there is one."""
        if self.tolerance is None:
            return self.study_variation, self.study_variation_limits
        return self.tolerance, self.tolerance_limits


@dataclass(frozen=True, slots=True)
class GaugeStudy:
    """The components and the number of distinct categories (None with GRR = 0).

    Repeatability is EV, appraiser AV, interaction INT; the three together are GRR, and GRR with PV the total.
    ``anova`` is the table that the components rest on: parts, appraisers, interaction (unless pooled), repeatability.
    """

    parts: int
    appraisers: int
    trials: int
    anova: tuple[AnovaRow, ...]
    interaction_p: float | None
    interaction_pooled: bool
    repeatability: Component
    appraiser: Component
    interaction: Component
    grr: Component
    part_to_part: Component
    total: Component
    distinct_categories: int | None
    confidence: float = CONFIDENCE

    @property
    def components(self) -> tuple[Component, ...]:
        """As they are usually listed: GRR, its three sources, parts, total."""
        return (
            self.grr,
            self.repeatability,
            self.appraiser,
            self.interaction,
            self.part_to_part,
            self.total,
        )


class _Squares(NamedTuple):
    part: float
    appraiser: float
    interaction: float
    error: float


def gauge_rr(
    parts: Sequence[object],
    appraisers: Sequence[object],
    values: Values,
    tolerance: float | None = None,
    confidence: float = CONFIDENCE,
) -> GaugeStudy:
    """The study of ``values`` (length N) with the part and the appraiser of each; ``tolerance`` is USL - LSL."""
    if tolerance is not None and not (math.isfinite(tolerance) and tolerance > 0):
        raise SpcError("tolerance", tolerance=tolerance)
    return gauge_rr_of_cube(_cube(parts, appraisers, checked(values)), tolerance, confidence)


def gauge_rr_of_cube(cube: FloatArray, tolerance: float | None = None, confidence: float = CONFIDENCE) -> GaugeStudy:
    """The same for an array of parts x appraisers x trials."""
    shape = cube.shape
    if min(shape) < 2:
        raise SpcError("study_shape", parts=shape[0], appraisers=shape[1], trials=shape[2])
    if np.ptp(cube) == 0:
        raise SpcError("study_no_variation")
    squares, df = _squares(cube), _degrees(shape)
    _, p = _f_test(squares.interaction, df.interaction, squares.error, df.error)
    pooled = p is None or p > POOL_ABOVE_P
    if pooled:
        squares = squares._replace(interaction=0.0, error=squares.error + squares.interaction)
        df = df._replace(interaction=0, error=df.error + df.interaction)
    return _study(shape, _table(squares, df), p, pooled, tolerance, confidence)


def _study(
    shape: tuple[int, ...],
    table: tuple[AnovaRow, ...],
    p: float | None,
    pooled: bool,
    tolerance: float | None,
    confidence: float,
) -> GaugeStudy:
    """Expected mean squares solved for the variances; with the interaction pooled its mean square is the error's."""
    parts, appraisers, trials = shape
    square = {row.source: row.mean_square for row in table}
    error = square["repeatability"]
    below = square.get("interaction", error)
    interaction = max(0.0, (below - error) / trials)
    appraiser = max(0.0, (square["appraiser"] - below) / (parts * trials))
    part = max(0.0, (square["part"] - below) / (appraisers * trials))
    grr = error + appraiser + interaction
    total = grr + part
    limits = _intervals(shape, table, confidence)
    component = partial(_component, total, tolerance)

    return GaugeStudy(
        parts=parts,
        appraisers=appraisers,
        trials=trials,
        anova=table,
        interaction_p=p,
        interaction_pooled=pooled,
        repeatability=component("EV", error, limits.repeatability),
        appraiser=component("AV", appraiser, limits.appraiser),
        interaction=component("INT", interaction, limits.interaction),
        grr=component("GRR", grr, limits.grr, limits.grr_of_total),
        part_to_part=component("PV", part, limits.part_to_part, limits.parts_of_total),
        total=component("TV", total, limits.total),
        distinct_categories=None if grr == 0 else max(1, math.floor(DISTINCT_FACTOR * math.sqrt(part / grr))),
        confidence=confidence,
    )


def _component(
    total: float,
    tolerance: float | None,
    source: str,
    variance: float,
    of: Interval | None,
    of_total: Interval | None = None,
) -> Component:
    """``of`` are the limits of the variance, ``of_total`` those of its share in the total, where there are any."""
    sigma, share = math.sqrt(variance), math.sqrt(variance / total)
    sigmas = None if of is None else _sigmas(of)
    percent = None if tolerance is None else 100 * STUDY_SPREAD / tolerance
    return Component(
        source=source,
        variance=variance,
        sigma=sigma,
        contribution=100 * share * share,
        study_variation=100 * share,
        tolerance=None if percent is None else percent * sigma,
        sigma_limits=sigmas,
        study_variation_limits=None if of_total is None else _scaled(_sigmas(of_total), 100),
        tolerance_limits=None if percent is None or sigmas is None else _scaled(sigmas, percent),
    )


def _intervals(shape: tuple[int, ...], table: tuple[AnovaRow, ...], confidence: float) -> GaugeIntervals:
    parts, appraisers, trials = shape
    square = {row.source: MeanSquare(row.mean_square, row.df) for row in table}
    error = square["repeatability"]
    below = square.get("interaction", error)
    return gauge_intervals(
        MeanSquares(parts, appraisers, trials, square["part"], square["appraiser"], below, error), confidence
    )


def _sigmas(variances: Interval) -> Interval:
    return math.sqrt(variances[0]), math.sqrt(variances[1])


def _scaled(limits: Interval, by: float) -> Interval:
    return by * limits[0], by * limits[1]


def _squares(cube: FloatArray) -> _Squares:
    parts, appraisers, trials = cube.shape
    centred = cube - cube.mean()
    cells = centred.mean(axis=2)
    part = appraisers * trials * float((cells.mean(axis=1) ** 2).sum())
    appraiser = parts * trials * float((cells.mean(axis=0) ** 2).sum())
    residual = cells - cells.mean(axis=1, keepdims=True) - cells.mean(axis=0, keepdims=True)
    return _Squares(
        part=part,
        appraiser=appraiser,
        interaction=trials * float((residual**2).sum()),
        error=float(((centred - cells[:, :, None]) ** 2).sum()),
    )


def _degrees(shape: tuple[int, ...]) -> _Squares:
    parts, appraisers, trials = shape
    return _Squares(parts - 1, appraisers - 1, (parts - 1) * (appraisers - 1), parts * appraisers * (trials - 1))


def _table(squares: _Squares, df: _Squares) -> tuple[AnovaRow, ...]:
    """Parts and appraisers are tested against the interaction, or against the repeatability when that was pooled."""
    below = (squares.interaction, df.interaction) if df.interaction else (squares.error, df.error)
    rows = [
        _row("part", squares.part, df.part, *below),
        _row("appraiser", squares.appraiser, df.appraiser, *below),
        _row("repeatability", squares.error, df.error, 0.0, 0),
    ]
    if df.interaction:
        rows.insert(2, _row("interaction", squares.interaction, df.interaction, squares.error, df.error))
    return tuple(rows)


def _row(source: str, squares: float, df: float, below: float, below_df: float) -> AnovaRow:
    f, p = _f_test(squares, df, below, below_df)
    return AnovaRow(source, int(df), squares, squares / df, f, p)


def _f_test(squares: float, df: float, below: float, below_df: float) -> tuple[float | None, float | None]:
    if below_df == 0 or below == 0:
        # With nothing to compare with there is no F; with a denominator of zero any effect is certain.
        return None, 0.0 if below_df and squares > 0 else None
    ratio = (squares / df) / (below / below_df)
    return ratio, float(stats.f.sf(ratio, df, below_df))


def _cube(parts: Sequence[object], appraisers: Sequence[object], values: FloatArray) -> FloatArray:
    """Parts x appraisers x trials, trials in the order of the rows; refuses what is not balanced."""
    if not len(parts) == len(appraisers) == values.size:
        raise SpcError("counts_and_sizes", counts=int(values.size), sizes=min(len(parts), len(appraisers)))
    cells: dict[tuple[object, object], list[float]] = {}
    for part, appraiser, value in zip(parts, appraisers, values.tolist(), strict=True):
        cells.setdefault((part, appraiser), []).append(value)
    part_names, appraiser_names = list(dict.fromkeys(parts)), list(dict.fromkeys(appraisers))
    trials = max(len(cell) for cell in cells.values())
    for part in part_names:
        for appraiser in appraiser_names:
            found = len(cells.get((part, appraiser), ()))
            if found != trials:
                raise SpcError(
                    "study_unbalanced", appraiser=str(appraiser), part=str(part), found=found, expected=trials
                )
    return np.array([[cells[part, appraiser] for appraiser in appraiser_names] for part in part_names])
