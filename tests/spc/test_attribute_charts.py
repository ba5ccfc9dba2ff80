"""Charts of counts: published limits, ratios of totals, floors and refusals."""

import math

import pytest

from scoring.engine.spc.attribute_charts import c_chart, np_chart, p_chart, u_chart
from scoring.engine.spc.messages import SpcError
from tests.spc.published import CIRCUITS, ORANGE


def lines(chart, point=0):
    return float(chart.lower[point]), float(chart.centre[point]), float(chart.upper[point])


def test_orange_juice_shares():
    chart = p_chart(ORANGE, [50] * 30)
    assert lines(chart) == pytest.approx((0.05243, 0.2313, 0.4102), abs=5e-5)
    assert chart.beyond_limits()[0].points == (15, 23)


def test_orange_juice_numbers_are_fifty_times_the_shares():
    shares, numbers = lines(p_chart(ORANGE, [50] * 30)), lines(np_chart(ORANGE, [50] * 30))
    assert numbers == pytest.approx([50 * share for share in shares])


def test_circuits():
    chart = c_chart(CIRCUITS)
    assert lines(chart) == pytest.approx((6.48, 19.85, 33.21), abs=5e-3)
    assert chart.beyond_limits()[0].points == (6, 20)


def test_the_centre_of_shares_is_a_ratio_of_totals():
    chart = p_chart([1, 30], [10, 100])
    assert chart.centre.tolist() == pytest.approx([31 / 110] * 2)


def test_limits_of_shares_follow_the_sample_size():
    chart = p_chart([10, 40], [100, 400])
    assert lines(chart, 0) == pytest.approx((0.01, 0.1, 0.19))
    assert lines(chart, 1) == pytest.approx((0.055, 0.1, 0.145))


def test_the_centre_of_rates_is_a_ratio_of_totals_and_limits_follow_the_size():
    chart = u_chart([8, 18], [2.0, 4.5])
    assert lines(chart, 0) == pytest.approx((0, 4, 4 + 3 * math.sqrt(2)))
    assert lines(chart, 1) == pytest.approx((4 - 3 * math.sqrt(4 / 4.5), 4, 4 + 3 * math.sqrt(4 / 4.5)))


def test_lower_limits_are_floored_at_zero():
    assert lines(c_chart([1, 2, 3]))[0] == 0
    assert lines(p_chart([1, 2], [20, 20]))[0] == 0
    assert lines(np_chart([1, 2], [20, 20]))[0] == 0
    assert lines(u_chart([1, 2], [1, 1]))[0] == 0


def test_shares_do_not_exceed_one():
    assert lines(p_chart([4, 5], [5, 5]))[2] == 1
    assert lines(np_chart([4, 5], [5, 5]))[2] == 5


@pytest.mark.parametrize(
    ("chart", "arguments", "code"),
    [
        (p_chart, ([1, 2], [5, 5, 5]), "counts_and_sizes"),
        (p_chart, ([1, 6], [5, 5]), "count_above_size"),
        (p_chart, ([1, -1], [5, 5]), "count_not_whole"),
        (p_chart, ([1, 1.5], [5, 5]), "count_not_whole"),
        (p_chart, ([1, 1], [5, 0]), "sample_size"),
        (p_chart, ([1, 1], [5, 5.5]), "sample_size_not_whole"),
        (np_chart, ([1, 1], [5, 6]), "sizes_differ"),
        (c_chart, ([1],), "too_few"),
        (u_chart, ([1, math.nan], [1, 1]), "not_finite"),
        (u_chart, ([1, 1], [1, -1]), "sample_size"),
    ],
)
def test_counts_that_cannot_be_are_refused(chart, arguments, code):
    with pytest.raises(SpcError) as refusal:
        chart(*arguments)
    assert refusal.value.code == code
