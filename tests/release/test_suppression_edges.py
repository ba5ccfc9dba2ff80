"""The search for what may be shown, to its last decision: built again it hides the same groups."""

import hashlib
import json
from dataclasses import asdict
from itertools import combinations, product

import numpy as np
import pytest

from scoring.engine.release.groups import Hierarchy, nesting
from scoring.engine.release.suppression import (
    Showing,
    hide_in_family,
    hide_near_twins,
    hide_one_for,
    loneliness,
    show_safely,
)

WAYS = ("industry", "size", "region")
BY_TWO = Hierarchy(("industry", "size"), ((), ("size",), ("industry",), ("industry", "size")))
BY_THREE = Hierarchy(WAYS, tuple(rung for length in range(3) for rung in combinations(WAYS, length)))
ONE = Hierarchy(("size",), ((), ("size",)))
THRESHOLD = 5
# The leaves of each, the most firms in one of them, and how many populations.
CASES = {BY_TWO: (list(product("ABC", "123")), 25, 60), BY_THREE: (list(product("AB", "123", "xy")), 12, 160)}
# What is public already from an earlier release.
PINS: tuple[tuple[str, ...], ...] = ((), ("size=1",), ("industry=A", "industry=A;size=2"))
# What these populations came to. It changes only with the rules themselves, and then every release made before would
# be built differently: say so in docs/releases.md.
AS_EVER = {
    BY_TWO: "58be800f7f27e8164c71612bb079f1598dfc703d35902bbb1f18e0b951fe9cd6",
    BY_THREE: "1948fe8525a47f5cdbe1447998de8ad52dc8f13348bc281cffc0938d98f872b3",
}


def search(hierarchy: Hierarchy, leaves: list[tuple[str, ...]], counts: np.ndarray, pinned: tuple[str, ...]) -> Showing:
    present = [leaf for leaf, count in zip(leaves, counts, strict=True) if count]
    nest = nesting(hierarchy, present)
    n = nest.total(counts[counts > 0])
    stays = np.array([name in pinned for name in nest.groups])
    return show_safely(nest, n, n < THRESHOLD, n >= THRESHOLD, stays, THRESHOLD)


def told(state: Showing) -> object:
    shown = [state.nest.groups[place] for place in np.flatnonzero(state.shown)]
    return [shown, [asdict(entry) for entry in state.log]]


@pytest.mark.parametrize("case", AS_EVER, ids=["two ways", "three ways"])
def test_populations_are_protected_as_ever(case: Hierarchy) -> None:
    leaves, most, number = CASES[case]
    chance = np.random.default_rng(11)
    populations = [chance.integers(0, most, len(leaves)) for _ in range(number)]
    found = [told(search(case, leaves, one, PINS[place % 3])) for place, one in enumerate(populations)]
    assert hashlib.sha256(json.dumps(found).encode()).hexdigest() == AS_EVER[case]


def one_level(*counts: int, shown: tuple[bool, ...], pinned: tuple[bool, ...] | None = None) -> Showing:
    """All firms first, then sizes a, b, c ..."""
    nest = nesting(ONE, [(letter,) for letter, _ in zip("abcdef", counts, strict=False)])
    n = nest.total(np.array(counts))
    return Showing(nest, n, np.array(shown), np.array(pinned or [False] * len(n)), THRESHOLD, [])


@pytest.mark.parametrize(("rest", "goes"), [(1, True), (4, True), (5, False), (0, False)])
def test_two_nested_groups_are_not_shown_closer_than_the_threshold(rest: int, goes: bool) -> None:
    state = one_level(20, rest, shown=(True, True, False)) if rest else one_level(20, shown=(True, True))
    assert hide_near_twins(state) is goes
    assert state.shown.tolist()[:2] == [True, not goes]


def test_of_two_near_groups_the_wider_goes_where_the_narrower_is_public_already() -> None:
    state = one_level(20, 2, shown=(True, True, False), pinned=(False, True, False))
    assert hide_near_twins(state)
    assert (state.shown.tolist(), state.log[0].detail) == ([False, True, False], {"threshold": 5, "other": "size=a"})


def test_of_two_near_groups_that_are_public_already_both_stay() -> None:
    state = one_level(20, 2, shown=(True, True, False), pinned=(True, True, False))
    assert not hide_near_twins(state)
    assert state.shown.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("counts", "shown", "goes"),
    [
        ((3, 30, 7), (True, False, True, True), "size=c"),  # three firms alone in the rest
        ((9, 30, 7), (True, False, True, True), "size=c"),  # enough firms, and one group alone
        ((2, 2, 30, 7), (True, False, False, True, True), "size=d"),  # two groups with four firms between them
        ((3, 2, 30, 7), (True, False, False, True, True), None),  # two groups with five
        ((9, 30, 7), (True, True, True, True), None),
        ((9, 30, 7), (False, False, True, True), None),  # nothing to subtract from
    ],
)
def test_what_is_left_of_a_shown_group_is_two_groups_with_enough_firms(
    counts: tuple[int, ...], shown: tuple[bool, ...], goes: str | None
) -> None:
    state = one_level(*counts, shown=shown)
    assert hide_in_family(state, state.nest.families()[0]) is (goes is not None)
    assert [entry.group for entry in state.log] == [goes] * (goes is not None)


def test_what_is_public_already_does_not_go_for_its_family() -> None:
    state = one_level(3, 30, 7, shown=(True, False, True, True), pinned=(False, False, False, True))
    assert hide_in_family(state, state.nest.families()[0])
    assert state.log[0].group == "size=b"


def test_a_group_is_lonely_where_it_would_be_the_only_hidden_one() -> None:
    state = search(BY_TWO, CASES[BY_TWO][0], np.full(9, 9), ())
    assert state.shown.all()
    places = np.array([state.nest.groups.index("industry=A;size=1"), state.nest.groups.index("size=1")])
    assert loneliness(state, places).tolist() == [3, 1]


@pytest.mark.parametrize(
    ("counts", "shown", "pinned", "goes"),
    [
        ((3, 30, 7), (True, False, True, True), (False,) * 4, "size=c"),  # the smallest beside it
        ((3, 30, 7), (True, False, True, True), (False, False, False, True), "size=b"),
        ((3, 30, 7), (True, False, False, True), (False, False, False, True), "all"),  # else what it is part of
        ((3, 30, 7), (True, False, False, True), (True, False, False, True), None),
        ((3, 30, 7), (False, False, True, True), (False,) * 4, None),  # beside it only in what is shown
    ],
)
def test_what_helps_a_small_group_is_its_smallest_relative_that_may_go(
    counts: tuple[int, ...], shown: tuple[bool, ...], pinned: tuple[bool, ...], goes: str | None
) -> None:
    state = one_level(*counts, shown=shown, pinned=pinned)
    assert hide_one_for(state, 1) is (goes is not None)
    assert [(entry.group, entry.reason) for entry in state.log] == [(goes, "complementary")] * (goes is not None)
