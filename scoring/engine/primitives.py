"""The rules that combine scores: each takes columns of points and gives one, shape (n,); NaN stands for no score.

docs/scoring.md gives every rule as a formula with the published example that it must equal.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveys.instruments.predicates import FALSE, INAPPLICABLE, UNKNOWN, Verdicts

Scores = NDArray[np.float64]

# What separates two scores that really differ is far larger than this; what arithmetic leaves behind is far smaller.
NOISE = 1e-11


def settled(scores: Scores) -> Scores:
    """Takes the last bits of rounding noise away: a score within ``NOISE`` of a hundredth is that hundredth.

    Without it a mean that is 60 exactly may come out as 59.99999999999999 and miss its band. Nothing else is rounded.
    """
    hundredth = scores * 100.0
    np.rint(hundredth, out=hundredth)
    hundredth /= 100.0
    np.copyto(hundredth, scores, where=~(np.abs(scores - hundredth) <= NOISE))
    return hundredth


def weighted_mean(children: Sequence[Scores], weights: Sequence[float], min_rated: int = 1) -> Scores:
    """Weighted mean over the children that have a score: the weights renormalise.

    Formula: sum(w_i x_i) / sum(w_i) over i with x_i present; no score where fewer than ``min_rated`` are.
    """
    numerator = np.zeros(len(children[0]))
    # A plain number as long as every firm has every child: the same sums, without an array for them.
    denominator: Scores | float = 0.0
    for child, weight in zip(children, weights, strict=True):
        absent = np.isnan(child)
        if absent.any():
            numerator += np.where(absent, 0.0, child) * weight
            denominator = denominator + ~absent * weight
        else:
            numerator += child * weight
            denominator = denominator + weight
    if min_rated > 1:
        denominator = np.where(rated(children) >= min_rated, denominator, np.nan)
    return settled(quotient(numerator, denominator))


def rated(children: Sequence[Scores]) -> NDArray[np.int64]:
    """How many of the children have a score."""
    return np.asarray(np.count_nonzero(~np.isnan(np.stack(children)), axis=0))


def quotient(numerator: NDArray[Any], denominator: NDArray[Any] | float) -> Scores:
    """``numerator / denominator``, no score where nothing was weighed."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.divide(numerator, denominator))


def points_total(children: Sequence[Scores], points: Sequence[float]) -> Scores:
    """Points earned, sum(P_i x_i / 100), those of children without a score shared out among the rest.

    Formula: sum(P_i x_i / 100) * sum(P) / sum(P_i with x_i present).
    """
    return settled(weighted_mean(children, points) * (sum(points) / 100.0))


def lowest(children: Sequence[Scores]) -> Scores:
    """The smallest of the children that have a score."""
    return np.asarray(np.fmin.reduce(np.stack(children)))


def capped(child: Scores, by: Scores) -> Scores:
    """``child``, but never more than ``by``; no score unless both have one."""
    return np.asarray(np.minimum(child, by))


def piecewise(numbers: Scores, anchors: Sequence[Sequence[float]]) -> Scores:
    """Linear between the anchors (x, y); constant beyond the first and the last."""
    xs, ys = zip(*anchors, strict=True)
    return np.asarray(np.interp(numbers, xs, ys))


def holds_throughout(verdicts: Sequence[Verdicts]) -> NDArray[np.bool_]:
    """Whether every predicate holds, those that do not apply standing aside; a declined one does not hold."""
    met = np.ones(len(verdicts[0]), bool)
    for verdict in verdicts:
        met &= (verdict != FALSE) & (verdict != UNKNOWN)
    return met


def undecided(steps: Sequence[Sequence[Verdicts]]) -> NDArray[np.bool_]:
    """Whether not one predicate of any step is decided: all do not apply or were declined."""
    return np.asarray(np.all([verdict >= INAPPLICABLE for step in steps for verdict in step], axis=0))


def staircase(steps: Sequence[Sequence[Verdicts]], values: Sequence[float]) -> Scores:
    """The value of the highest level with every lower level fully met, 0 below the first (ISO 9004's idea).

    ``steps`` holds each level's predicates from the lowest up.
    """
    reached = np.zeros(len(steps[0][0]))
    standing = np.ones(len(reached), bool)
    for step, value in zip(steps, values, strict=True):
        standing &= holds_throughout(step)
        reached[standing] = value
    return np.where(undecided(steps), np.nan, reached)


def level_sum(levels: Sequence[Scores], pass_at: float, require_lower: bool) -> Scores:
    """Sum over levels of 1 where the share (score / 100) is ``pass_at`` or more, else the share (CMMM's idea).

    With ``require_lower`` nothing counts above the first level that did not pass.
    """
    total = np.zeros(len(levels[0]))
    counting = np.ones(len(total), bool)
    for level in levels:
        share = level / 100.0
        passed = share >= pass_at
        total += np.where(counting, np.where(passed, 1.0, share), 0.0)
        if require_lower:
            counting &= passed
    return settled(np.where(np.isnan(np.stack(levels)).any(axis=0), np.nan, total))


def all_pass(targets: Sequence[Sequence[Verdicts]]) -> Scores:
    """The number, from 1, of the highest target all of whose requirements hold; 0 if none (ZED 2022's idea)."""
    reached = np.zeros(len(targets[0][0]))
    for number, requirements in enumerate(targets, 1):
        reached[holds_throughout(requirements)] = number
    return np.where(undecided(targets), np.nan, reached)


def band_index(scores: Scores, starts: Sequence[float]) -> NDArray[np.int64]:
    """Position of the left-closed band that holds each score, never rounded first; -1 below the first or for NaN."""
    return band_number(scores, starts).astype(np.int64) - 1


def band_number(scores: Scores, starts: Sequence[float]) -> NDArray[np.uint8]:
    """The band's number from 1, 0 for none: how many bands begin at or below the score."""
    number = np.zeros(len(scores), np.uint8)
    for start in starts:
        number += scores >= start
    return number
