"""The rules that combine scores: each takes columns of points and gives one, shape (n,)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def weighted_mean(children: Sequence[Scores], weights: Sequence[float]) -> Scores:
    """Weighted mean over the children that apply: the weights renormalise; NaN where none does.

    Formula: sum(w_i x_i) / sum(w_i) over i with x_i present (docs/scoring.md, wmean).
    """
    numerator = np.zeros(len(children[0]))
    denominator = np.zeros(len(children[0]))
    for child, weight in zip(children, weights, strict=True):
        present = ~np.isnan(child)
        numerator += np.where(present, child, 0.0) * weight
        denominator += present * weight
    with np.errstate(invalid="ignore"):
        return numerator / denominator


def band_index(scores: Scores, starts: Sequence[float]) -> NDArray[np.int64]:
    """Position of the left-closed band that holds each score, never rounded first; -1 below the first or for NaN."""
    found = np.searchsorted(np.asarray(starts), scores, side="right") - 1
    return np.where(np.isnan(scores), -1, found)
