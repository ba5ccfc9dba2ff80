"""Complementary suppression: subtraction gives no small count back, proved by linear programming."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine.release.groups import Hierarchy, nesting
from scoring.engine.release.proving import interval_of, membership_of
from scoring.engine.release.suppression import show_safely

BY_TWO = Hierarchy(("industry", "size"), ((), ("size",), ("industry",), ("industry", "size")))
EXAMPLE = {"Auto": (2, 9, 14), "Electronics": (8, 3, 16), "Textile": (6, 11, 20)}
LEAVES = [(industry, size) for industry in EXAMPLE for size in "123"]
FIRMS = np.array([count for counts in EXAMPLE.values() for count in counts])
NEST = nesting(BY_TWO, LEAVES)
N = NEST.total(FIRMS)
PLACE = {name: place for place, name in enumerate(NEST.groups)}


def cell(industry: str, size: str) -> int:
    return PLACE[f"industry={industry};size={size}"]


AUTO_1, AUTO_2 = cell("Auto", "1"), cell("Auto", "2")
ELECTRONICS_1, ELECTRONICS_2 = cell("Electronics", "1"), cell("Electronics", "2")


def hiding(*places: int):
    shown = np.ones(len(N), bool)
    shown[list(places)] = False
    return shown


@pytest.mark.parametrize(("place", "count"), [(AUTO_1, 2), (ELECTRONICS_2, 3)])
def test_hiding_only_the_two_small_cells_gives_both_back(place: int, count: int) -> None:
    shown = hiding(AUTO_1, ELECTRONICS_2)
    assert interval_of(membership_of(NEST), N, shown, place) == pytest.approx((count, count))


@pytest.mark.parametrize(
    ("place", "interval"),
    [(AUTO_1, (0, 10)), (AUTO_2, (1, 11)), (ELECTRONICS_1, (0, 10)), (ELECTRONICS_2, (1, 11))],
)
def test_hiding_two_more_leaves_ten_firms_of_doubt(place: int, interval: tuple[int, int]) -> None:
    shown = hiding(AUTO_1, AUTO_2, ELECTRONICS_1, ELECTRONICS_2)
    assert interval_of(membership_of(NEST), N, shown, place) == pytest.approx(interval)


def test_the_search_finds_these_two_and_hides_no_more() -> None:
    state = show_safely(NEST, N, N < 5, N >= 5, np.zeros(len(N), bool), 5)
    hidden = {NEST.groups[place] for place in np.flatnonzero(~state.shown)}
    assert hidden == {NEST.groups[place] for place in (AUTO_1, AUTO_2, ELECTRONICS_1, ELECTRONICS_2)}
    assert {entry.reason for entry in state.log} == {"remainder"}


def test_a_lone_small_group_takes_a_sibling_with_it() -> None:
    nest = nesting(Hierarchy(("size",), ((), ("size",))), [("a",), ("b",), ("c",)])
    n = nest.total(np.array([3, 30, 7]))
    state = show_safely(nest, n, n < 5, n >= 5, np.zeros(4, bool), 5)
    assert [nest.groups[place] for place in np.flatnonzero(state.shown)] == ["all", "size=b"]


def test_what_is_public_already_is_never_hidden() -> None:
    nest = nesting(Hierarchy(("size",), ((), ("size",))), [("a",), ("b",), ("c",)])
    n = nest.total(np.array([3, 30, 7]))
    pinned = np.array([name == "size=c" for name in nest.groups])
    state = show_safely(nest, n, n < 5, n >= 5, pinned, 5)
    assert state.shown[nest.groups.index("size=c")]
    assert not state.shown[nest.groups.index("size=b")]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 25), min_size=9, max_size=9))
def test_no_small_count_is_narrowed_below_the_threshold(counts: list[int]) -> None:
    firms = np.array(counts)
    present = [leaf for leaf, count in zip(LEAVES, counts, strict=True) if count]
    nest = nesting(BY_TWO, present)
    n = nest.total(firms[firms > 0])
    shown = show_safely(nest, n, n < 5, n >= 5, np.zeros(len(n), bool), 5).shown
    ends = [interval_of(membership_of(nest), n, shown, place) for place in np.flatnonzero(n < 5)]
    assert all(high - low >= 5 - 1e-6 for low, high in ends) or not shown.any()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 25), min_size=9, max_size=9))
def test_two_shown_groups_differ_by_no_firm_or_by_the_threshold(counts: list[int]) -> None:
    firms = np.array(counts)
    present = [leaf for leaf, count in zip(LEAVES, counts, strict=True) if count]
    nest = nesting(BY_TWO, present)
    n = nest.total(firms[firms > 0])
    shown = show_safely(nest, n, n < 5, n >= 5, np.zeros(len(n), bool), 5).shown
    both = nest.pairs[shown[nest.pairs].all(axis=1)] if len(nest.pairs) else nest.pairs
    apart = n[both[:, 0]] - n[both[:, 1]]
    assert ((apart == 0) | (apart >= 5)).all()
