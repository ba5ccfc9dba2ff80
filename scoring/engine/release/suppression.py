"""Which groups may be shown, so that subtraction does not give back the small ones.

A group under the threshold is hidden; then others are hidden with it until linear programming proves that everything
shown leaves each small count an interval at least as wide as the threshold (Fischetti and Salazar 2000 call these
protection levels). Groups without firms are taken as known to be empty, which only makes the attacker stronger.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from scoring.engine.release.groups import Nesting, Places

Flags = NDArray[np.bool_]
WITNESSES = 12
"""Random directions that are tried first: each answer shows how far many counts can move at once."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Why one group was hidden, for operators: ``reason`` is a code of ``messages.SUPPRESSIONS``."""

    group: str
    reason: str
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Showing:
    """The state of a search: what is shown, and why the rest is not. ``pinned`` is public already and stays."""

    nest: Nesting
    n: Places
    shown: Flags
    pinned: Flags
    threshold: int
    log: list[Hidden]

    def hide(self, places: Places, reason: str, **detail: str | int) -> None:
        for place in places:
            self.shown[place] = False
            self.log.append(Hidden(self.nest.groups[place], reason, {"threshold": self.threshold, **detail}))


def show_safely(nest: Nesting, n: Places, small: Flags, shown: Flags, pinned: Flags, threshold: int) -> Showing:
    """The groups that stay shown. ``small`` are those whose count needs protection; none of them is in ``shown``."""
    state = Showing(nest, n, shown.copy(), pinned, threshold, [])
    families = nest.families()
    membership = membership_of(nest)
    while True:
        hide_until_still(state, families)
        open_ = exposed(membership, n, state.shown, np.flatnonzero(small & (n > 0)), threshold)
        if open_ is None or not hide_one_for(state, open_):
            return state


def hide_until_still(state: Showing, families: Sequence[Places]) -> None:
    """Applies the two rules of subtraction until neither hides anything more."""
    while hide_near_twins(state) or any(hide_in_family(state, family) for family in families):
        pass


def hide_near_twins(state: Showing) -> bool:
    """Two shown nested groups differ by no firm or by the threshold at least; else the narrower one goes."""
    wider, narrower = state.nest.pairs[:, 0], state.nest.pairs[:, 1]
    difference = state.n[wider] - state.n[narrower]
    near = (difference > 0) & (difference < state.threshold) & state.shown[wider] & state.shown[narrower]
    narrow = near & ~state.pinned[narrower]
    wide = near & state.pinned[narrower] & ~state.pinned[wider]
    for pairs, goes in ((state.nest.pairs[narrow], 1), (state.nest.pairs[wide], 0)):
        for pair in pairs:
            if state.shown[pair[goes]]:
                state.hide(pair[goes : goes + 1], "difference", other=state.nest.groups[pair[1 - goes]])
    return bool(narrow.any() or wide.any())


def hide_in_family(state: Showing, family: Places) -> bool:
    """A shown parent less its shown children is nothing, or enough firms in at least two hidden children."""
    parent, child = family[:, 0], family[:, 1]
    groups = len(state.n)
    hidden = ~state.shown[child] & (state.n[child] > 0)
    rest = np.bincount(parent, np.where(hidden, state.n[child], 0), groups)
    alone = np.bincount(parent, hidden, groups) == 1
    bad = state.shown & (rest > 0) & ((rest < state.threshold) | alone)
    can_go = bad[parent] & state.shown[child] & ~state.pinned[child]
    if not can_go.any():
        return False
    candidates = family[can_go]
    # The child that makes the fewest new lonely cells in its other families goes first, then the smallest.
    order = np.lexsort((state.n[candidates[:, 1]], loneliness(state, candidates[:, 1]), candidates[:, 0]))
    chosen = candidates[order]
    first = np.r_[True, chosen[1:, 0] != chosen[:-1, 0]]
    state.hide(chosen[first, 1], "remainder")
    return True


def loneliness(state: Showing, places: Places) -> Places:
    """In how many other families each of these groups would be the only hidden one."""
    wider, narrower = state.nest.pairs[:, 0], state.nest.pairs[:, 1]
    rung = state.nest.rung
    kinds = len(state.nest.hierarchy.rungs)
    key = wider * kinds + rung[narrower]
    hidden = (~state.shown[narrower] & (state.n[narrower] > 0)).astype(float)
    count = np.bincount(key, hidden, len(state.n) * kinds)
    lonely = (count[key] == 0) & state.shown[wider]
    return np.bincount(narrower, lonely, len(state.n)).astype(np.int64)[places]


def hide_one_for(state: Showing, place: int) -> bool:
    """Hides the smallest relative that helps a count which is still too narrow. False when there is none left."""
    pairs = state.nest.pairs
    above = pairs[pairs[:, 1] == place, 0]
    beside = pairs[np.isin(pairs[:, 0], above[state.shown[above]]), 1]
    below = pairs[pairs[:, 0] == place, 1]
    for relatives in (np.concatenate([beside, below]), above):
        can_go = np.unique(relatives[state.shown[relatives] & ~state.pinned[relatives]])
        if len(can_go):
            state.hide(can_go[np.argmin(state.n[can_go])][None], "complementary")
            return True
    return False


def membership_of(nest: Nesting) -> "csr_array":
    """Which leaves make up each group: a matrix of groups by leaves."""
    leaves = nest.member.shape[1]
    rows = nest.member.ravel()
    columns = np.tile(np.arange(leaves), len(nest.member))
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(nest.groups), leaves))


def exposed(membership: "csr_array", n: Places, shown: Flags, small: Places, threshold: int) -> int | None:
    """The first small group whose count everything shown confines to less than ``threshold`` wide, or None."""
    low, high = n.astype(float), n.astype(float)
    for solution in witnesses(membership, n, shown, small):
        values = membership @ solution
        low, high = np.minimum(low, values), np.maximum(high, values)
    for place in small:
        if high[place] - low[place] < threshold and not wide_enough(membership, n, shown, place, threshold, low, high):
            return int(place)
    return None


def witnesses(membership: "csr_array", n: Places, shown: Flags, small: Places) -> "Iterator[NDArray[np.float64]]":
    """Counts of leaves that agree with everything shown, far apart from one another."""
    generator = np.random.default_rng(0)
    for _ in range(WITNESSES if len(small) else 0):
        direction = membership[small].T @ generator.choice((-1.0, 1.0), len(small))
        yield extreme(membership, n, shown, direction)


def wide_enough(
    membership: "csr_array",
    n: Places,
    shown: Flags,
    place: int,
    threshold: int,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> bool:
    """Solves both ends of one group's interval, keeping what the solutions tell of others."""
    for sign in (1.0, -1.0):
        values = membership @ extreme(membership, n, shown, sign * membership[[place]].toarray()[0])
        np.minimum(low, values, out=low)
        np.maximum(high, values, out=high)
    return bool(high[place] - low[place] >= threshold - 1e-6)


def extreme(membership: "csr_array", n: Places, shown: Flags, direction: NDArray[np.float64]) -> NDArray[np.float64]:
    """The counts of leaves, none negative, that agree with the shown groups and lie farthest in ``direction``."""
    found = linprog(-direction, A_eq=membership[shown], b_eq=n[shown], bounds=(0, n.sum()), method="highs")
    if found.x is None:
        raise ArithmeticError(f"the counts of the groups contradict one another: {found.message}")
    return np.asarray(found.x)


def interval_of(membership: "csr_array", n: Places, shown: Flags, place: int) -> tuple[float, float]:
    """What everything shown says of one group's count: the smallest and the largest that agree with it."""
    direction = membership[[place]].toarray()[0]
    ends = [float(direction @ extreme(membership, n, shown, sign * direction)) for sign in (-1.0, 1.0)]
    return ends[0], ends[1]
