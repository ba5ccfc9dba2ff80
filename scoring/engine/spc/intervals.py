"""Confidence intervals of capability indices for normal values. Each returns the two-sided (low, high)."""

from __future__ import annotations

import math
from typing import TypeAlias

from firms.later import later
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.noncentral import noncentrality

stats = later("scipy.stats")

Interval: TypeAlias = tuple[float, float]


def checked_confidence(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise SpcError("confidence", confidence=confidence)
    return confidence


def checked_df(df: float) -> float:
    if not (math.isfinite(df) and df > 0):
        raise SpcError("not_positive_df", df=df)
    return df


def chi_square(value: float, df: float, confidence: float) -> Interval:
    """Cp and Pp: value * sqrt(chi2_q / df) at both tails; exact for overall s (Chou, Owen and Borrego 1990)."""
    tail = (1 - checked_confidence(confidence)) / 2
    return (
        value * math.sqrt(float(stats.chi2.ppf(tail, checked_df(df))) / df),
        value * math.sqrt(float(stats.chi2.isf(tail, df)) / df),
    )


def bissell(value: float, n: int, df: float, confidence: float, spread: float = 6.0) -> Interval:
    """Cpk and Ppk: value -+ z sqrt(1 / (n (K/2)^2) + value^2 / (2 df)) with K = 6 (Bissell 1990).

    ``spread`` is K, the number of standard deviations in the denominator of the two-sided index.
    """
    z = float(stats.norm.isf((1 - checked_confidence(confidence)) / 2))
    half = z * math.sqrt(1 / (n * (spread / 2) ** 2) + value**2 / (2 * checked_df(df)))
    return value - half, value + half


def noncentral_t(value: float, n: int, df: float, confidence: float, spread: float = 6.0) -> Interval:
    """CPU and CPL: (K/2) sqrt(n) * estimate follows the noncentral t with df and (K/2) sqrt(n) * index.

    Exact for overall s, where df is n - 1. The limits are the noncentralities that put the observed value on either
    tail.
    """
    tail = (1 - checked_confidence(confidence)) / 2
    scale = spread / 2 * math.sqrt(n)
    observed = scale * value
    return (
        noncentrality(observed, checked_df(df), 1 - tail) / scale,
        noncentrality(observed, df, tail) / scale,
    )


def boyles(mean: float, s: float, n: int, width: float, target: float, confidence: float) -> tuple[float, Interval]:
    """Cpm: degrees of freedom nu and the interval C sqrt(chi2_q / nu) (Boyles 1991).

    nu = n (1 + a^2)^2 / (1 + 2 a^2) with a = (mean - target) / s. C is the index with the divisor n under the root,
    width / (6 sqrt(mean of (x - target)^2)), so the interval is not centred on the published point estimate.
    """
    a_square = ((mean - target) / s) ** 2
    nu = n * (1 + a_square) ** 2 / (1 + 2 * a_square)
    about_target = (n - 1) / n * s * s + (mean - target) ** 2
    return nu, chi_square(width / (6 * math.sqrt(about_target)), nu, confidence)
