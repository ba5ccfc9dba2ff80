"""Limits of the charts of measured values equal the published ones."""

import numpy as np
import pytest

from scoring.engine.spc.control_charts import i_mr, xbar_r, xbar_s
from scoring.engine.spc.samples import subgroups_of_size, subgroups_of_sizes
from tests.spc.published import FLOW, RINGS

ACCEPTED = 5e-5
FIVES = subgroups_of_size(RINGS, 5)


def lines(chart):
    return float(chart.lower[0]), float(chart.centre[0]), float(chart.upper[0])


def test_piston_rings_means_with_ranges():
    assert lines(xbar_r(FIVES).location) == pytest.approx((73.98805, 74.001176, 74.0143), rel=1e-7)


def test_piston_rings_ranges():
    assert lines(xbar_r(FIVES).spread) == pytest.approx((0, 0.02276, 0.04812533), rel=ACCEPTED)


def test_piston_rings_means_with_standard_deviations():
    factor = 1.42729909 * 0.0092400366
    assert lines(xbar_s(FIVES).location) == pytest.approx((74.001176 - factor, 74.001176, 74.001176 + factor), rel=1e-8)


def test_piston_rings_standard_deviations():
    assert lines(xbar_s(FIVES).spread) == pytest.approx((0, 0.009240037, 0.01930242), rel=1e-6)


def test_nist_flow_rate_individuals():
    # The handbook rounds d2 to 1.128 and D4 to 3.267.
    assert lines(i_mr(FLOW).location) == pytest.approx((45.8159, 50.81, 55.8041), rel=1e-4)
    assert lines(i_mr(FLOW).spread) == pytest.approx((0, 1.8778, 6.1349), rel=2e-4)


def test_individuals_lie_2_66_mean_moving_ranges_from_the_mean():
    _, centre, upper = lines(i_mr(FLOW).location)
    assert upper - centre == pytest.approx(2.6587 * np.abs(np.diff(FLOW)).mean(), rel=2e-5)


def test_a_moving_range_belongs_to_the_later_point():
    spread = i_mr([1, 2, 1, 2, 1, 2, 1, 9]).spread
    assert spread.numbers.tolist() == [2, 3, 4, 5, 6, 7, 8]
    assert spread.beyond_limits()[0].points == (8,)


@pytest.mark.parametrize("chart", [xbar_r, xbar_s])
def test_unequal_subgroups_have_limits_of_their_own(chart):
    pair = chart(subgroups_of_sizes([1, 3, 2, 2, 5, 8, 4, 4, 6], [2, 4, 1, 2]))
    half = (pair.location.upper - pair.location.lower) / 2
    assert half == pytest.approx(3 * pair.sigma.value / np.sqrt([2, 4, 1, 2]))
    assert pair.location.centre == pytest.approx(np.full(4, 35 / 9))


def test_a_single_value_has_no_range():
    spread = xbar_r(subgroups_of_sizes([1, 3, 2, 2, 5, 8, 4, 4, 6], [2, 4, 1, 2])).spread
    assert spread.numbers.tolist() == [1, 2, 4]
    assert spread.points.tolist() == [2, 6, 2]


def test_lower_limits_of_spread_rise_from_zero_with_large_subgroups():
    values = np.random.default_rng(1).normal(size=400)
    assert lines(xbar_r(subgroups_of_size(values, 5)).spread)[0] == 0
    assert lines(xbar_r(subgroups_of_size(values, 10)).spread)[0] > 0
