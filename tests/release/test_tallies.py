"""Tallies add up: to the last bit, whatever the order of the firms and however they were cut."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine.release.groups import STANDARD, codes_of, group_of, nesting
from scoring.engine.release.layout import layout_for
from scoring.engine.release.protection import moments_from, totals_of
from scoring.engine.release.reliability import reliability
from scoring.engine.release.tallies import TalliesDiffer, empty, merge, merge_all
from scoring.engine.release.units import LIMIT, distinct, moved
from scoring.engine.release.units import joined as units_joined
from surveys.instruments.answers import Column, State, code_of
from tests.release.build import INDICATORS, LAYOUT, TINY, Firms, random_firms, rows_of, tallies_of

FIRMS = random_firms(7, 120)
WHOLE = tallies_of(FIRMS)


def column(variable: str, label: str) -> int:
    found = LAYOUT.by_id[variable]
    return found.start + found.labels.index(label)


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(FIRMS.size)), st.lists(st.integers(0, FIRMS.size), max_size=5))
def test_any_order_and_any_cut_give_the_same_tallies(order: list[int], cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), FIRMS.size]
    pieces = [np.array(order[start:stop], int) for start, stop in pairwise(edges)]
    parts = [tallies_of(FIRMS.taken(piece)) for piece in pieces]
    assert merge_all(parts).content_hash() == WHOLE.content_hash()


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(0, 2), min_size=FIRMS.size, max_size=FIRMS.size))
def test_merging_is_associative_and_commutative(where: list[int]) -> None:
    a, b, c = (tallies_of(FIRMS.taken(np.flatnonzero(np.array(where) == part))) for part in range(3))
    merged = (merge(merge(a, b), c), merge(a, merge(b, c)), merge_all([c, b, a]))
    hashes = {one.content_hash() for one in merged}
    assert hashes == {WHOLE.content_hash()}


def test_nothing_added_changes_nothing() -> None:
    assert merge(empty(LAYOUT, STANDARD.dimensions), WHOLE).content_hash() == WHOLE.content_hash()


def test_unlike_instruments_are_not_added() -> None:
    other = layout_for(replace(TINY, version="2"), INDICATORS)
    with pytest.raises(TalliesDiffer, match="cannot be added"):
        merge(WHOLE, empty(other, STANDARD.dimensions))


def test_counts_equal_those_taken_firm_by_firm() -> None:
    rows, totals = rows_of(FIRMS), totals_of(WHOLE, STANDARD)
    for place, name in enumerate(totals.nest.groups):
        here = np.ones(FIRMS.size, bool)
        for dimension, code in codes_of(name).items():
            here &= FIRMS.codes[dimension] == code
        assert totals.counts[place, column("firms", "firms")] == here.sum()
        assert totals.counts[place, column("indicator.I", "reached")] == (rows.placements["I"].reached[here] == 1).sum()
        assert totals.counts[place, column("level", "none")] == (rows.scores.level[here] == 0).sum()
        assert totals.keys[place, column("firms", "firms")] == FIRMS.record_keys[here].sum()


@pytest.mark.parametrize("state", [State.NA, State.DK, State.DECLINE])
def test_the_kinds_of_no_answer_are_counted_apart(state: State) -> None:
    found = WHOLE.counts[:, column("item.A-1", state.name)].sum()
    assert found == (FIRMS.answers["A-1"].code == code_of(state)).sum() > 0


def test_every_distribution_adds_up_to_the_firms() -> None:
    firms = WHOLE.counts[:, column("firms", "firms")]
    tables = [one for one in LAYOUT.variables if one.kind == "distribution"]
    assert all((WHOLE.counts[:, one.columns].sum(axis=1) == firms).all() for one in tables)


def test_ticks_are_counted_option_by_option() -> None:
    ticked = FIRMS.answers["B-3"]
    both = ticked.answered & (ticked.number.astype(int) & 2 > 0)
    assert WHOLE.counts[:, column("item.B-3", "y")].sum() == both.sum()


def test_a_score_on_a_bin_edge_belongs_to_the_bin_that_begins_there() -> None:
    rows = rows_of(FIRMS)
    on_edge = (rows.scores.nodes["B"] == 50).sum()
    between = ((rows.scores.nodes["B"] >= 50) & (rows.scores.nodes["B"] < 55)).sum()
    assert WHOLE.counts[:, column("dimension.B", "50")].sum() == between >= on_edge > 0


def test_100_points_belong_to_the_last_bin() -> None:
    best = {
        name: Column(np.full(2, 4, np.uint8) if name != "B-2" else np.zeros(2, np.uint8), one.number and None)
        for name, one in FIRMS.taken(np.arange(2)).answers.columns.items()
        if name != "B-3"
    }
    firms = FIRMS.taken(np.arange(2))
    best["B-3"] = firms.answers["B-3"]
    tallies = tallies_of(replace(firms, answers=replace(firms.answers, columns=best)))
    assert tallies.counts[:, column("index", "95")].sum() == 2


def test_a_firm_that_has_not_finished_counts_nowhere() -> None:
    code = FIRMS.answers["A-1"].code.copy()
    code[0] = code_of(State.NOT_YET)
    answers = replace(FIRMS.answers, columns={**FIRMS.answers.columns, "A-1": Column(code)})
    assert tallies_of(replace(FIRMS, answers=answers)).firms == FIRMS.size - 1


def test_moments_give_the_alpha_of_the_rows() -> None:
    totals = totals_of(WHOLE, STANDARD)
    rows = rows_of(FIRMS)
    scores = np.stack([rows.scores.items[item] for item in ("A-1", "A-2", "A-3")], axis=1)
    scores = scores[~np.isnan(scores).any(axis=1)]
    alpha = 3 / 2 * (1 - scores.var(axis=0).sum() / scores.sum(axis=1).var())
    found = reliability(moments_from([int(cell) for cell in totals.moments[0][:12]]))
    assert found is not None
    assert found.alpha == pytest.approx(alpha)
    assert found.n == len(scores)


def test_firms_are_counted_by_the_release_that_first_held_them() -> None:
    since = np.arange(FIRMS.size) % 3
    assert tallies_of(replace(FIRMS, since=since)).since.sum(axis=0).tolist() == [40, 40, 40]


def test_not_specified_is_a_code_like_any_other() -> None:
    codes = {**FIRMS.codes, "region": np.full(FIRMS.size, "", object)}
    totals = totals_of(tallies_of(replace(FIRMS, codes=codes)), STANDARD)
    assert totals.census.n[totals.nest.groups.index("region=")] == FIRMS.size


@pytest.mark.parametrize("codes", [{}, {"industry": "C36"}, {"industry": "C36", "size": "", "region": "31"}])
def test_a_group_name_says_its_codes(codes: dict[str, str]) -> None:
    assert codes_of(group_of(codes)) == codes


def test_nested_groups_are_listed_once() -> None:
    nest = nesting(STANDARD, [("C13", "small", "31"), ("C13", "large", "31")])
    pairs = [(nest.groups[a], nest.groups[b]) for a, b in nest.pairs]
    assert len(pairs) == len(set(pairs))
    assert ("industry=C13", "industry=C13;size=large") in pairs
    assert ("size=small", "industry=C13") not in pairs


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 200)), max_size=400), st.integers(0, 400))
def test_separate_enterprises_are_counted_exactly_up_to_the_limit(pairs: list[tuple[int, int]], cut: int) -> None:
    place = np.array([one for one, _ in pairs], np.int64)
    keys = np.array([key for _, key in pairs], np.uint64)
    units = units_joined(distinct(place[:cut], keys[:cut]), distinct(place[cut:], keys[cut:]))
    expected = [min(LIMIT, len({key for at, key in pairs if at == one})) for one in range(4)]
    assert units.counts(4).tolist() == expected
    assert moved(units, np.zeros(4, np.int64)).counts(1)[0] == min(LIMIT, len({key for _, key in pairs}))


def test_an_enterprise_in_two_partitions_counts_once() -> None:
    same = replace(FIRMS, unit_keys=np.full(FIRMS.size, 9, np.uint64))
    halves: list[Firms] = [same.taken(np.arange(60)), same.taken(np.arange(60, 120))]
    totals = totals_of(merge_all([tallies_of(half) for half in halves]), STANDARD)
    assert set(totals.census.enterprises.tolist()) == {1}
