"""The Anderson-Darling statistic, and its p value for a normal distribution with estimated mean and sigma.

A^2 = -n - mean of (2i - 1) (log F(x_i) + log(1 - F(x_(n+1-i)))) over the sorted values.
"""

from __future__ import annotations

import math

import numpy as np

from firms.later import later
from scoring.engine.spc.samples import FloatArray

special = later("scipy.special")


def statistic(log_below: FloatArray, log_above: FloatArray) -> float:
    """A^2 from log F and log(1 - F) at the values in rising order."""
    n = log_below.size
    odd = 2 * np.arange(1, n + 1) - 1
    return float(-n - np.mean(odd * (log_below + log_above[::-1])))


def normal_statistic(values: FloatArray) -> float:
    """A^2 against the normal distribution with the mean and the standard deviation (n - 1) of the values."""
    ordered = np.sort(values - values[0])
    z = (ordered - ordered.mean()) / np.std(ordered, ddof=1)
    return statistic(np.asarray(special.log_ndtr(z)), np.asarray(special.log_ndtr(-z)))


def normal_p(a_square: float, n: int) -> float:
    """p value of A^2 (1 + 0.75 / n + 2.25 / n^2), by the formulas of D'Agostino and Stephens (1986, table 4.9)."""
    a = a_square * (1 + 0.75 / n + 2.25 / n**2)
    if a < 0.2:
        return 1 - math.exp(-13.436 + 101.14 * a - 223.73 * a * a)
    if a < 0.34:
        return 1 - math.exp(-8.318 + 42.796 * a - 59.938 * a * a)
    if a < 0.6:
        return math.exp(0.9177 - 4.279 * a - 1.38 * a * a)
    # The last formula turns upwards when it is used beyond its range; p is below 1e-30 there.
    return math.exp(1.2937 - 5.709 * a + 0.0186 * a * a) if a <= 13 else 0.0
