"""Which groups a release shows anew, which keep the figures of an earlier release, and which it does not show.

Between any two public groups, of this release or an earlier one, either no firm differs or at least as many as the
threshold: a group in which too few firms have changed is frozen until enough have.
"""

from dataclasses import dataclass

import numpy as np

from scoring.engine.release.groups import Nesting, Places
from scoring.engine.release.ledger import History
from scoring.engine.release.suppression import Flags, Hidden, show_safely


@dataclass(frozen=True, slots=True)
class Plan:
    """Flags over the groups; neither fresh nor frozen is not shown."""

    fresh: Flags
    frozen: Flags
    log: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True)
class Census:
    """How many firms and separate enterprises each group has; ``since`` counts firms by their first release."""

    nest: Nesting
    n: Places
    enterprises: Places
    since: Places


def plan_groups(census: Census, history: History, allowed: Flags, threshold: int) -> Plan:
    """The plan for figures that need ``threshold`` firms; groups that are not ``allowed`` are left out."""
    small = (census.n < threshold) | (census.enterprises < threshold)
    log = small_groups(census, threshold)
    candidate = ~small & allowed
    frozen = candidate & history.known & (changed_firms(census, history) < threshold)
    fresh = candidate & ~frozen
    held, by = near_public(census, history, fresh, threshold)
    frozen |= held & history.known
    fresh &= ~held
    log += [
        Hidden(census.nest.groups[place], "changed_too_little", {"threshold": threshold, "as_of": str(by[place])})
        for place in np.flatnonzero(held & ~history.known)
    ]
    log += [
        Hidden(census.nest.groups[place], "frozen", {"as_of": str(history.number[place])})
        for place in np.flatnonzero(frozen)
    ]
    showing = show_safely(census.nest, census.n, small, fresh | frozen, frozen, threshold)
    return Plan(showing.shown & fresh, frozen, (*log, *showing.log))


def small_groups(census: Census, threshold: int) -> list[Hidden]:
    """What the log says of groups that have firms, but too few."""
    names = census.nest.groups
    few = [
        Hidden(names[place], "too_few_firms", {"threshold": threshold})
        for place in np.flatnonzero((census.n > 0) & (census.n < threshold))
    ]
    alike = np.flatnonzero((census.n >= threshold) & (census.enterprises < threshold))
    return few + [Hidden(names[place], "too_few_enterprises", {"threshold": threshold}) for place in alike]


def changed_firms(census: Census, history: History) -> Places:
    """How many firms have joined, left or answered anew since each group's public figures.

    A firm that answered anew counts once: the larger of old and new size less those that are unchanged.
    """
    groups = np.arange(len(census.n))
    return np.maximum(census.n, history.n) - history.unchanged(census.since, groups, groups)


def near_public(census: Census, history: History, fresh: Flags, threshold: int) -> tuple[Flags, Places]:
    """Fresh groups that differ by some firms, but too few, from another group's public figures; and their release."""
    held = np.zeros(len(census.n), bool)
    by = np.full(len(census.n), -1, np.int64)
    wider, narrower = census.nest.pairs[:, 0], census.nest.pairs[:, 1]
    for new, old in ((wider, narrower), (narrower, wider)):
        apart = np.maximum(census.n[new], history.n[old]) - history.unchanged(census.since, narrower, old)
        near = fresh[new] & history.known[old] & (apart > 0) & (apart < threshold)
        held[new[near]] = True
        by[new[near]] = history.number[old[near]]
    return held, by
