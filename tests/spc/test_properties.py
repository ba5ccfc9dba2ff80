"""What must hold for any values: units do not matter, order matters only within, Cpk never beats Cp."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.engine.spc.capability import Limits, indices
from scoring.engine.spc.run_rules import nelson, western_electric
from scoring.engine.spc.samples import subgroups_by_label, subgroups_of_size
from scoring.engine.spc.sigma import OF_INDIVIDUALS, OF_SUBGROUPS, mean_of, overall

VALUES = st.lists(st.integers(-1000, 1000).map(lambda n: n / 8), min_size=4, max_size=60).map(np.array)
SCALES = st.sampled_from([1e-4, 0.5, 25.4, 1e5])
SHIFTS = st.sampled_from([-1e4, 0.0, 74.0, 3e5])
quickly = settings(max_examples=60, deadline=None)


def spread(values):
    assume(np.ptp(values) > 0)
    return values


def family(values, lsl=-200.0, usl=210.0):
    return indices(mean_of(values), overall(values), values.size, Limits(lsl, usl))


@quickly
@given(VALUES, SCALES, SHIFTS)
def test_indices_do_not_depend_on_the_unit(values, scale, shift):
    here = family(spread(values))
    there = family(values * scale + shift, -200 * scale + shift, 210 * scale + shift)
    assert there.minimum.value == pytest.approx(here.minimum.value, rel=1e-6, abs=1e-6)
    assert there.two_sided.low == pytest.approx(here.two_sided.low, rel=1e-6)


@quickly
@given(VALUES)
def test_the_minimum_never_exceeds_the_two_sided_index(values):
    found = family(spread(values))
    assert found.minimum.value <= found.two_sided.value + 1e-12
    assert found.minimum.value == pytest.approx(min(found.upper.value, found.lower.value))


@quickly
@given(VALUES)
def test_the_two_sided_index_is_the_mean_of_its_sides(values):
    found = family(spread(values))
    assert found.two_sided.value == pytest.approx((found.upper.value + found.lower.value) / 2)


@quickly
@given(VALUES)
def test_dropping_a_limit_leaves_the_other_side_as_it_was(values):
    both = family(spread(values))
    alone = indices(mean_of(values), overall(values), values.size, Limits(usl=210.0))
    assert alone.minimum == both.upper


@quickly
@given(VALUES)
def test_mirroring_the_values_exchanges_the_sides(values):
    here, there = family(spread(values)), family(-values, -210.0, 200.0)
    assert there.upper.value == pytest.approx(here.lower.value)
    assert there.upper.low == pytest.approx(here.lower.low)


@quickly
@given(VALUES, st.randoms(use_true_random=False))
def test_overall_indices_do_not_depend_on_the_order(values, random):
    shuffled = np.array(random.sample(spread(values).tolist(), values.size))
    assert family(shuffled).minimum.value == pytest.approx(family(values).minimum.value)


@quickly
@given(VALUES)
def test_intervals_hold_their_value_and_widen_with_confidence(values):
    narrow = family(spread(values)).minimum
    wide = indices(mean_of(values), overall(values), values.size, Limits(-200, 210), 0.99).minimum
    assert wide.low < narrow.low <= narrow.value <= narrow.high < wide.high


@quickly
@given(VALUES, SCALES, st.sampled_from(sorted(OF_SUBGROUPS)))
def test_within_estimates_scale_with_the_unit(values, scale, name):
    groups = subgroups_of_size(values, 2)
    assume(groups.ranges.any())
    scaled = subgroups_of_size(values * scale, 2)
    assert OF_SUBGROUPS[name](scaled).value == pytest.approx(scale * OF_SUBGROUPS[name](groups).value)


@quickly
@given(VALUES, SHIFTS, st.sampled_from(sorted(OF_INDIVIDUALS)))
def test_individual_estimates_do_not_shift(values, shift, name):
    estimate = OF_INDIVIDUALS[name]
    assert estimate(spread(values) + shift).value == pytest.approx(estimate(values).value, rel=1e-6)


@quickly
@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_within_subgroups_does_not_matter(values, random):
    labels = [position // 2 for position in range(values.size)]
    order = random.sample(range(values.size), values.size)
    groups = subgroups_by_label(values, labels)
    assume(groups.ranges.any())
    mixed = subgroups_by_label(values[order], [labels[position] for position in order])
    assert OF_SUBGROUPS["pooled"](mixed).value == pytest.approx(OF_SUBGROUPS["pooled"](groups).value)


@quickly
@given(st.lists(st.integers(-40, 40).map(lambda n: n / 10), min_size=1, max_size=60))
def test_signals_are_rising_points_of_the_series(series):
    found = (*western_electric(series, 0, 1), *nelson(series, 0, 1))
    assert all(list(signal.points) == sorted(set(signal.points)) for signal in found)
    assert all(1 <= point <= len(series) for signal in found for point in signal.points)


@quickly
@given(st.lists(st.integers(-40, 40).map(lambda n: n / 10), min_size=2, max_size=60), st.floats(0, 1))
def test_later_points_do_not_change_earlier_signals(series, share):
    cut = max(1, int(share * len(series)))
    whole = {(s.rule, point) for s in nelson(series, 0, 1) for point in s.points if point <= cut}
    assert whole == {(s.rule, point) for s in nelson(series[:cut], 0, 1) for point in s.points}
