"""Estimators of the standard deviation: value, name and degrees of freedom."""

import math

import numpy as np
import pytest

from scoring.engine.spc import sigma
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.samples import (
    Subgroups,
    labels_that_return,
    subgroups_by_label,
    subgroups_of_size,
    subgroups_of_sizes,
)
from tests.spc.published import FURNACE, MICHELSON, RINGS

FIVES = subgroups_of_size(RINGS, 5)
MIXED = subgroups_of_sizes([1, 3, 2, 2, 5, 8, 4], [2, 3, 1, 1])


@pytest.mark.parametrize(
    ("estimator", "value", "df"),
    [
        ("rbar", 0.02276 / 2.32592895, 90),
        ("sbar", 0.0092400366 / 0.93998560, 95),
        ("pooled", 0.00986286, 100),
        ("pooled_unbiased", 0.00986286 / 0.99750314, 100),
    ],
)
def test_piston_rings_by_every_estimator_of_subgroups(estimator, value, df):
    found = sigma.within(RINGS, FIVES, estimator)
    assert (found.value, found.df) == (pytest.approx(value, rel=1e-6), pytest.approx(df))
    assert found.estimator == estimator


def test_moving_range_divides_by_d2_of_two():
    found = sigma.by_moving_range([1, 4, 2, 2])
    assert found.value == pytest.approx((3 + 2 + 0) / 3 * math.sqrt(math.pi) / 2)
    assert found.df == 3


def test_successive_differences_are_halved_and_averaged():
    found = sigma.by_successive_differences([1, 4, 2, 2])
    assert found.value == pytest.approx(math.sqrt((9 + 4 + 0) / 6))
    assert found.df == 3


def test_overall_agrees_with_the_certified_value_of_michelson():
    found = sigma.overall(MICHELSON)
    assert found.value == pytest.approx(0.0790105478190518, rel=1e-12)
    assert sigma.mean_of(MICHELSON) == pytest.approx(299.852400000000, rel=1e-14)
    assert found.df == 99


def test_overall_agrees_with_the_published_value_of_the_furnace():
    assert sigma.overall(FURNACE).value == pytest.approx(25.38468, abs=5e-6)
    assert sigma.mean_of(FURNACE) == pytest.approx(563.03571, abs=5e-6)


def test_close_values_keep_their_digits():
    # NIST StRD NumAcc4: the certified standard deviation is 0.1.
    values = [10000000.2] + [10000000.1, 10000000.3] * 500
    assert sigma.overall(values).value == pytest.approx(0.1, rel=2e-8)


def test_subgroups_of_one_count_for_no_spread_within():
    assert sigma.by_pooling(MIXED).df == 3
    assert sigma.by_pooling(MIXED).value == pytest.approx(math.sqrt((2 + 6) / 3))


def test_unequal_subgroups_each_have_their_own_constant():
    by_range = (2 / 1.128379167 + 3 / 1.692568751) / 2
    assert sigma.by_mean_range(MIXED).value == pytest.approx(by_range)
    assert sigma.by_mean_range(MIXED).df == pytest.approx(0.9 * 3)


@pytest.mark.parametrize(
    ("sizes", "share"),
    [
        ([2], 0.88),
        ([3], 0.92),
        ([4], 0.94),
        ([5], 0.95),
        ([6, 7], 0.96),
        ([8, 9], 0.97),
        ([10, 17], 0.98),
        ([18, 64], 0.99),
        ([65, 500], 1.0),
    ],
)
def test_efficiency_of_the_mean_standard_deviation(sizes, share):
    assert {sigma.s_efficiency(n) for n in sizes} == {share}


@pytest.mark.parametrize(
    ("sizes", "estimator"),
    [(None, "moving_range"), ([2, 2], "rbar"), ([8, 8], "rbar"), ([9, 9], "sbar"), ([3, 2], "pooled_unbiased")],
)
def test_the_default_estimator_follows_the_subgroups(sizes, estimator):
    groups = sizes and subgroups_of_sizes(list(range(sum(sizes))), sizes)
    assert sigma.default_estimator(groups) == estimator


@pytest.mark.parametrize("estimate", [*sigma.OF_SUBGROUPS.values()])
def test_estimators_are_unbiased_on_normal_samples(estimate):
    values = np.random.default_rng(5).normal(10, 2, 400_000)
    assert estimate(subgroups_of_size(values, 4)).value == pytest.approx(2, rel=5e-3)


@pytest.mark.parametrize(
    ("name", "groups", "code"),
    [
        ("rbar", None, "estimator_needs_subgroups"),
        ("moving_range", FIVES, "estimator_needs_individuals"),
        ("median", FIVES, "estimator_unknown"),
    ],
)
def test_an_estimator_that_does_not_fit_is_refused(name, groups, code):
    with pytest.raises(SpcError) as refusal:
        sigma.within(RINGS, groups, name)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([], "too_few"),
        ([5.0], "too_few"),
        ([1, math.nan], "not_finite"),
        ([1, math.inf], "not_finite"),
        ([2, 2, 2], "zero_spread"),
        ([0.1] * 10, "zero_spread"),
        ([1e200, -1e200], "extreme_spread"),
    ],
)
def test_values_without_a_spread_are_refused(values, code):
    with pytest.raises(SpcError) as refusal:
        sigma.overall(values)
    assert refusal.value.code == code


def test_constant_subgroups_have_no_spread_within():
    with pytest.raises(SpcError, match="within the subgroups is zero"):
        sigma.by_pooling(subgroups_of_sizes([1, 1, 2, 2], [2, 2]))


def test_labels_put_subgroups_together_in_order_of_appearance():
    groups = subgroups_by_label([1, 2, 3, 4, 5], ["b", "a", "b", "c", "a"])
    assert groups.values.tolist() == [1, 3, 2, 5, 4]
    assert groups.sizes.tolist() == [2, 2, 1]
    assert labels_that_return(["b", "a", "b", "c", "a"]) == 2


def test_what_is_left_forms_a_shorter_last_subgroup():
    assert subgroups_of_size(list(range(11)), 4).sizes.tolist() == [4, 4, 3]


@pytest.mark.parametrize("size", [-1, 0, 1, 6])
def test_impossible_subgroup_sizes_are_refused(size):
    with pytest.raises(SpcError) as refusal:
        subgroups_of_size(list(range(11)), size)
    assert refusal.value.code == "subgroup_size"


def test_means_ranges_and_deviations_are_those_of_each_subgroup():
    groups = Subgroups(np.array([1.0, 3, 2, 2, 5]), np.array([2, 3]))
    assert groups.means.tolist() == [2, 3]
    assert groups.ranges.tolist() == [2, 3]
    assert groups.deviations == pytest.approx([math.sqrt(2), math.sqrt(3)])
