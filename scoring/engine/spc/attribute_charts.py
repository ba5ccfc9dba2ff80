"""Control charts of counts: p and np for nonconforming items, c and u for nonconformities.

Centre lines are ratios of totals, not means of ratios. With samples of unequal size each point has its own limits.
Lower limits are floored at 0, and upper limits of shares capped at 1 (of np at n).
"""

from __future__ import annotations

import numpy as np

from scoring.engine.spc.control_charts import Chart
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.samples import FloatArray, Values, checked


def p_chart(nonconforming: Values, sizes: Values) -> Chart:
    """Shares of nonconforming items: pbar -+ 3 sqrt(pbar (1 - pbar) / n_i)."""
    counts, totals = _items(nonconforming, sizes)
    share = counts.sum() / totals.sum()
    return _chart("p", counts / totals, share, np.sqrt(share * (1 - share) / totals), ceiling=1.0)


def np_chart(nonconforming: Values, sizes: Values) -> Chart:
    """Numbers of nonconforming items in samples of one size: n pbar -+ 3 sqrt(n pbar (1 - pbar))."""
    counts, totals = _items(nonconforming, sizes)
    if (totals != totals[0]).any():
        raise SpcError("sizes_differ")
    share = counts.sum() / totals.sum()
    return _chart("np", counts, totals[0] * share, np.sqrt(totals * share * (1 - share)), ceiling=float(totals[0]))


def c_chart(nonconformities: Values) -> Chart:
    """Numbers of nonconformities in equal units: cbar -+ 3 sqrt(cbar)."""
    counts = _counts(nonconformities)
    mean = counts.mean()
    return _chart("c", counts, mean, np.full(counts.size, np.sqrt(mean)))


def u_chart(nonconformities: Values, sizes: Values) -> Chart:
    """Nonconformities for each unit: ubar -+ 3 sqrt(ubar / n_i); sizes need not be whole."""
    counts, totals = _counts(nonconformities), _sizes(sizes)
    _same_length(counts, totals)
    rate = counts.sum() / totals.sum()
    return _chart("u", counts / totals, rate, np.sqrt(rate / totals))


def _chart(kind: str, points: FloatArray, centre: float, error: FloatArray, ceiling: float = np.inf) -> Chart:
    middle = np.full(points.size, float(centre))
    lower, upper = np.maximum(middle - 3 * error, 0.0), np.minimum(middle + 3 * error, ceiling)
    return Chart(kind, points, middle, lower, upper, error, np.arange(1, points.size + 1))


def _items(nonconforming: Values, sizes: Values) -> tuple[FloatArray, FloatArray]:
    counts, totals = _counts(nonconforming), _sizes(sizes)
    _same_length(counts, totals)
    _refuse_first(totals != np.floor(totals), "sample_size_not_whole")
    _refuse_first(counts > totals, "count_above_size")
    return counts, totals


def _counts(values: Values) -> FloatArray:
    counts = checked(values)
    _refuse_first((counts < 0) | (counts != np.floor(counts)), "count_not_whole")
    return counts


def _sizes(values: Values) -> FloatArray:
    totals = checked(values)
    _refuse_first(totals <= 0, "sample_size")
    return totals


def _same_length(counts: FloatArray, totals: FloatArray) -> None:
    if counts.size != totals.size:
        raise SpcError("counts_and_sizes", counts=int(counts.size), sizes=int(totals.size))


def _refuse_first(wrong: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], code: str) -> None:
    if wrong.any():
        raise SpcError(code, position=int(np.argmax(wrong)) + 1)
