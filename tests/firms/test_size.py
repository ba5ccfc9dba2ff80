"""The 2017 statistical rule for industry, at every border."""

from decimal import Decimal

import pytest

from firms.size import size_of


@pytest.mark.parametrize(
    ("employees", "revenue", "size"),
    [
        (1000, 40_000, "large"),
        (999, 40_000, "medium"),
        (1000, 39_999, "medium"),
        (300, 2_000, "medium"),
        (299, 2_000, "small"),
        (300, 1_999, "small"),
        (20, 300, "small"),
        (19, 300, "micro"),
        (20, 299, "micro"),
        (0, 0, "micro"),
    ],
)
def test_both_lower_limits_are_needed(employees, revenue, size):
    assert size_of(employees, revenue) == size


@pytest.mark.parametrize(
    ("employees", "revenue", "size"),
    [(5000, 1_500, "small"), (5000, 100, "micro"), (50, 90_000, "small"), (5, 90_000, "micro")],
)
def test_the_weaker_of_the_two_decides_however_large_the_other(employees, revenue, size):
    assert size_of(employees, revenue) == size


def test_a_limit_is_not_reached_by_rounding():
    assert size_of(1000, Decimal("39999.99")) == "medium"
