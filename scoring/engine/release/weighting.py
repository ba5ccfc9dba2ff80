"""The sample chose itself: weights that give it the population's make-up, and what they cost in effective size.

Strata are named by any hashable code, such as ("small", "C36"). Post-stratification (Holt and Smith 1979), raking
(Deming and Stephan 1940), effective size (Kish 1965).
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.engine.release.shares import Interval, wilson

Weights = NDArray[np.float64]
Stratum = TypeVar("Stratum", bound=Hashable)
RAKING_ROUNDS = 1000
RAKING_CLOSE = 1e-10


@dataclass(frozen=True, slots=True)
class Collapse:
    """A stratum of the population without firms in the sample, and the one whose firms now stand for it as well."""

    stratum: Hashable
    into: Hashable


@dataclass(frozen=True, slots=True)
class PostStratified:
    """``weights`` is each stratum's weight a firm, mean 1 over the sample; ``uncovered`` is the population share that
    nobody stands for; ``outside`` are sampled strata that the population file does not know: their firms weigh 0."""

    weights: Mapping[Hashable, float]
    collapsed: tuple[Collapse, ...]
    uncovered: float
    outside: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """``n_effective`` is (sum w)^2 / sum w^2; Wilson's interval is taken on it."""

    share: float
    n: int
    n_effective: float
    interval: Interval


def post_stratify(
    population: Mapping[Stratum, float],
    sample: Mapping[Stratum, int],
    neighbours: Mapping[Stratum, Sequence[Stratum]] | None = None,
) -> PostStratified:
    """Weights W_h n / n_h. A population stratum without firms joins the first of its ``neighbours`` that has some.

    ``population`` holds shares or counts, ``sample`` firms. Where no neighbour has firms the stratum stays uncovered
    and the rest is scaled up: the caller must say so.
    """
    total = sum(population.values())
    standing = {stratum: share / total for stratum, share in population.items() if sample.get(stratum, 0) > 0}
    collapsed, uncovered = [], 0.0
    for stratum, share in population.items():
        if stratum in standing or share == 0:
            continue
        into = next((one for one in (neighbours or {}).get(stratum, ()) if sample.get(one, 0) > 0), None)
        if into is None or into not in standing:
            uncovered += share / total
        else:
            standing[into] += share / total
            collapsed.append(Collapse(stratum, into))
    return PostStratified(
        weights_of(standing, sample),
        tuple(collapsed),
        uncovered,
        tuple(stratum for stratum, count in sample.items() if count > 0 and stratum not in standing),
    )


def weights_of(standing: Mapping[Stratum, float], sample: Mapping[Stratum, int]) -> dict[Hashable, float]:
    """A firm's weight in each stratum, so that the weighted sample has the population's shares and its own size."""
    covered = sum(standing.values())
    n = sum(sample[stratum] for stratum in standing)
    return {stratum: share / covered * n / sample[stratum] for stratum, share in standing.items()}


def rake(
    cells: NDArray[np.float64], margins: Sequence[NDArray[np.float64]], rounds: int = RAKING_ROUNDS
) -> NDArray[np.float64]:
    """Weight a firm in each cell of a table of firm counts, so that every margin has the population's shares.

    ``cells`` has one axis a variable, ``margins`` the shares along each axis. Iterative proportional fitting;
    ValueError where a margin has no firms or the fitting does not settle.
    """
    fitted = cells / cells.sum()
    for _ in range(rounds):
        for axis, margin in enumerate(margins):
            fitted = fitted * along(factors(fitted, axis, margin), axis, cells.ndim)
        if all(
            np.abs(margin_of(fitted, axis) - margin / margin.sum()).max() < RAKING_CLOSE
            for axis, margin in enumerate(margins)
        ):
            with np.errstate(invalid="ignore", divide="ignore"):
                return np.where(cells > 0, fitted * cells.sum() / cells, 0.0)
    raise ValueError(
        "raking does not settle: some cells are empty in a way that contradicts the margins; collapse them"
    )


def factors(fitted: NDArray[np.float64], axis: int, margin: NDArray[np.float64]) -> NDArray[np.float64]:
    have = margin_of(fitted, axis)
    bare = (have == 0) & (margin > 0)
    if bare.any():
        raise ValueError(f"class {int(np.argmax(bare))} of margin {axis} has no firms; collapse it")
    return np.asarray(np.divide(margin / margin.sum(), have, out=np.zeros_like(have), where=have > 0))


def margin_of(table: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    return np.asarray(table.sum(axis=tuple(other for other in range(table.ndim) if other != axis)))


def along(values: NDArray[np.float64], axis: int, dimensions: int) -> NDArray[np.float64]:
    return values.reshape([-1 if one == axis else 1 for one in range(dimensions)])


def trim(weights: Weights, counts: NDArray[np.float64], most: float = 5.0) -> Weights:
    """No weight above ``most`` times the mean; what is cut off is spread over the others in proportion.

    ``counts`` firms have each weight. ValueError where ``most`` is below 1, which nothing can satisfy.
    """
    if most < 1:
        raise ValueError(f"weights cannot all be below their mean: trim at 1 or more, not {most}")
    total = float((weights * counts).sum())
    limit = most * total / float(counts.sum())
    trimmed = weights.astype(np.float64)
    for _ in range(len(trimmed)):
        over = trimmed > limit * (1 + 1e-12)
        if not over.any():
            break
        trimmed[over] = limit
        free = trimmed < limit
        spare = total - float((trimmed * counts)[~free].sum())
        trimmed[free] *= spare / float((trimmed * counts)[free].sum())
    return trimmed


def effective_size(weights: Weights, counts: NDArray[np.float64]) -> float:
    """(sum w)^2 / sum w^2 over all firms, ``counts`` of which have each weight (Kish 1965)."""
    return float((weights * counts).sum() ** 2 / (weights**2 * counts).sum())


def weighted_share(weights: Weights, counts: NDArray[np.float64], reached: NDArray[np.float64]) -> WeightedShare | None:
    """The share over strata (or cells) with their weight a firm, firms and firms that reach it. None without firms."""
    mass = float((weights * counts).sum())
    if mass <= 0:
        return None
    share = float((weights * reached).sum()) / mass
    size = effective_size(weights, counts)
    return WeightedShare(share, int(counts[weights > 0].sum()), size, wilson(share, size))
