"""Which groups may be shown, so that subtraction does not give back the small ones.

A group under the threshold is hidden; then others are hidden with it until linear programming proves that everything
shown leaves each small count an interval at least as wide as the threshold (Fischetti and Salazar 2000 call these
protection levels). Groups without firms are taken as known to be empty, which only makes the attacker stronger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scoring.engine.release.groups import Nesting, Places
from scoring.engine.release.proving import Proof, membership_of

Flags = NDArray[np.bool_]


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
    proof = Proof(membership_of(nest), n, threshold)
    while True:
        hide_until_still(state, families)
        exposed = proof.exposed(state.shown, np.flatnonzero(small & (n > 0)))
        # One for each at a time: what is hidden for one often helps the others.
        if not sum(hide_one_for(state, place) for place in exposed):
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
