"""Noise on every count of a release, kept consistent between nested groups so that no difference gives a firm away.

Every noisy count stays within the table's reach D of the true one. Where a group lies inside another, its count is also
kept at most D above the other's and at most D plus the firms between them below it; the same against figures that are
public from earlier releases. All these bounds hold for the true count, so keeping to them never adds noise, and an
attacker who subtracts is always left with at least D answers that may be either way.
"""

from dataclasses import dataclass

import numpy as np

from scoring.engine.release.groups import Nesting, Places
from scoring.engine.release.ledger import UNKNOWN, History
from scoring.engine.release.noise import NoiseTable, noise
from scoring.engine.release.planning import Census
from scoring.engine.release.suppression import Flags

NO_BOUND = 1 << 40
COLUMN_STEP = 101  # spreads the empty cells of one group over the table's keys


@dataclass(frozen=True, slots=True)
class Counted:
    """True counts of some columns over the groups. ``whole`` is how many firms a count could at most be."""

    counts: Places
    keys: Places
    whole: Places
    least: Places


def noisy_counts(
    census: Census, counted: Counted, table: NoiseTable, shown: Flags, frozen: Flags, history: History
) -> Places:
    """The counts to publish; those of frozen groups are the public ones. Only ``shown`` groups bound others."""
    nest = census.nest
    drawn = counted.counts + noise(table, counted.counts, cell_keys(counted))
    low, high = public_bounds(census, counted, table.reach, history)
    np.maximum(low, counted.least, out=low)
    np.minimum(high, counted.whole, out=high)
    found = drawn
    for rung in range(len(nest.hierarchy.rungs)):
        here = nest.rung == rung
        bound_by_wider(nest, counted, table.reach, shown, here, found, low, high)
        found[here] = np.clip(drawn[here], low[here], high[here])
        kept = here & frozen
        found[kept] = np.where(history.counts[kept] == UNKNOWN, found[kept], history.counts[kept])
    return found


def cell_keys(counted: Counted) -> Places:
    """The summed record keys; an empty cell, which has none, draws with the key of its group."""
    groups, columns = counted.counts.shape
    own = counted.keys.max(axis=1, initial=0)[:, None] + COLUMN_STEP * (1 + np.arange(columns))
    return np.where(counted.counts > 0, counted.keys, np.broadcast_to(own, (groups, columns)))


def bound_by_wider(
    nest: Nesting,
    counted: Counted,
    reach: int,
    shown: Flags,
    here: Flags,
    found: Places,
    low: Places,
    high: Places,
) -> None:
    """Tightens the bounds of the groups ``here`` by what is shown of the groups around them."""
    pairs = nest.pairs[here[nest.pairs[:, 1]] & shown[nest.pairs[:, 0]]]
    wider, narrower = pairs[:, 0], pairs[:, 1]
    between = counted.whole[wider] - counted.whole[narrower]
    np.minimum.at(high, narrower, found[wider] + reach)
    np.maximum.at(low, narrower, found[wider] - between - reach)


def public_bounds(census: Census, counted: Counted, reach: int, history: History) -> tuple[Places, Places]:
    """What earlier releases' figures of nested groups, and of the group itself, leave room for."""
    low = np.full(counted.counts.shape, -NO_BOUND, np.int64)
    high = np.full(counted.counts.shape, NO_BOUND, np.int64)
    groups = np.flatnonzero(history.known)
    own = np.stack([groups, groups], axis=1)
    for pairs in (census.nest.pairs, own):
        wider, narrower = pairs[:, 0], pairs[:, 1]
        tighten(census, history, reach, pairs, (narrower, wider), low, high)
        tighten(census, history, reach, pairs, (wider, narrower), low, high)
    return low, high


def tighten(
    census: Census,
    history: History,
    reach: int,
    pairs: Places,
    new_and_old: tuple[Places, Places],
    low: Places,
    high: Places,
) -> None:
    """Bounds on today's count of one group by the public count of another; pairs share their unchanged firms."""
    known = history.known[new_and_old[1]]
    new, old = new_and_old[0][known], new_and_old[1][known]
    unchanged = history.unchanged(census.since, pairs[known, 1], old)
    public = history.counts[old]
    above = public + reach + (census.n[new] - unchanged)[:, None]
    below = public - reach - (history.n[old] - unchanged)[:, None]
    np.minimum.at(high, new, np.where(public == UNKNOWN, NO_BOUND, above))
    np.maximum.at(low, new, np.where(public == UNKNOWN, -NO_BOUND, below))


def crowded(nest: Nesting, n: Places, counts: Places, shown: Flags, reach: int) -> Places:
    """Groups whose figures for one variable are hidden, because those of several parts would close in on the rest.

    ``counts`` are the noisy counts of the variable's cells, ``shown`` where they are to be shown. With the parts' least
    counts taken from the whole, at least ``reach`` firms of every cell must be left for the firms that remain.
    """
    gone: list[int] = []
    shown = shown.copy()
    least = np.maximum(counts - reach, 0)
    for family in nest.families():
        while True:
            kept = family[shown[family[:, 0]] & shown[family[:, 1]]]
            worst = crowded_parents(n, counts, least, kept)
            if not len(worst):
                break
            for parent in worst:
                children = kept[kept[:, 0] == parent, 1]
                smallest = children[np.argmin(n[children])]
                shown[smallest] = False
                gone.append(int(smallest))
    return np.array(gone, np.int64)


def crowded_parents(n: Places, counts: Places, least: Places, family: Places) -> Places:
    """The parents whose parts claim too much of some cell."""
    parent, child = family[:, 0], family[:, 1]
    claimed = np.zeros_like(counts)
    np.add.at(claimed, parent, least[child])
    smallest = np.full_like(counts, NO_BOUND)
    np.minimum.at(smallest, parent, least[child])
    rest = n - np.bincount(parent, n[child], len(n)).astype(np.int64)
    # Where nothing is left over, the part that claims least is the one that the others close in on.
    claimed -= np.where((rest == 0)[:, None], smallest, 0)
    several = np.bincount(parent, minlength=len(n)) > 1
    return np.flatnonzero(several & (claimed > counts).any(axis=1))
