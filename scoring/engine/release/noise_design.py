"""How the noise table that comes with the product was made, so that anyone can make it again.

For each count the noise has mean zero, a chosen variance, and as much entropy as these allow (Marley and Leaver 2011):
p(e) is proportional to exp(a e + b e^2). Every value within reach keeps at least one key, so no published count ever
rules a neighbour out.
"""

import math
from collections.abc import Sequence

from firms.later import later
from scoring.engine.release.noise import KEYS, NoiseTable

optimize = later("scipy.optimize")


def designed(reach: int, variance: float = 2.0, keys: int = KEYS) -> NoiseTable:
    """Noise from -reach to reach that never makes a count negative. ValueError if the variance cannot be had."""
    rows = [empty_row(reach, keys)] + [row(count, reach, variance, keys) for count in range(1, reach + 1)]
    return NoiseTable(tuple(rows))


def empty_row(reach: int, keys: int) -> tuple[int, ...]:
    """An empty cell seldom becomes a small count; it cannot have mean zero, so it has as little noise as will do."""
    return (0,) * (keys - reach) + tuple(range(1, reach + 1))


def row(count: int, reach: int, variance: float, keys: int) -> tuple[int, ...]:
    support = range(-min(count, reach), reach + 1)
    many = whole_keys(support, probabilities(support, variance), keys)
    return tuple(value for value, times in zip(support, many, strict=True) for _ in range(times))


def probabilities(support: range, variance: float) -> list[float]:
    """The distribution of most entropy with mean zero and this variance."""

    def moments(parameters: Sequence[float]) -> list[float]:
        found = shape(support, *parameters)
        mean = math.fsum(p * value for p, value in zip(found, support, strict=True))
        square = math.fsum(p * value * value for p, value in zip(found, support, strict=True))
        return [mean, square - variance]

    solution = optimize.root(moments, [0.0, -1 / (2 * variance)], tol=1e-12)
    if max(map(abs, moments(solution.x))) > 1e-6:
        raise ValueError(f"no noise from {support[0]} to {support[-1]} has variance {variance}")
    return shape(support, *solution.x)


def shape(support: range, linear: float, square: float) -> list[float]:
    weights = [math.exp(linear * value + square * value * value) for value in support]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def whole_keys(support: range, shares: Sequence[float], keys: int) -> list[int]:
    """How many of the keys give each value: at least one, near the shares, with mean exactly zero."""
    many = [max(1, round(share * keys)) for share in shares]
    centre = -support[0]
    many[centre] += keys - sum(many)
    # Moving a key from 0 to 1 (or -1) changes the sum by one and hardly changes the spread.
    lean = sum(times * value for times, value in zip(many, support, strict=True))
    towards = centre + (1 if lean < 0 else -1)
    many[towards] += abs(lean)
    many[centre] -= abs(lean)
    if min(many) < 1:
        raise ValueError(f"{keys} keys are too few for noise from {support[0]} to {support[-1]}")
    return many
