"""Every rule flags exactly the points it should."""

import numpy as np
import pytest

from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.run_rules import flagged_points, nelson, western_electric

VECTORS = [
    ("WE1", [0, 3.2, -3.5, 2.9], [2, 3]),
    ("WE2", [0, 2.5, 1.0, 2.6, 0], [4]),
    ("WE3", [0, 1.2, 1.3, 0.2, 1.4, 1.5], [6]),
    ("WE4", [-1] * 8 + [1], [8]),
    ("WE1", [2.5] * 7 + [3.2], [8]),
    ("WE2", [2.5] * 7 + [3.2], [3, 4, 5, 6, 7, 8]),
    ("WE3", [2.5] * 7 + [3.2], [5, 6, 7, 8]),
    ("WE4", [2.5] * 7 + [3.2], [8]),
    ("N1", [0, 3.2, -3.4, 3], [2, 3]),
    ("N2", [0.5] * 10 + [-0.5] * 10, [9, 10, 19, 20]),
    ("N3", [1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1], [6, 7, 13, 14]),
    ("N4", [1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 7, 9, 8], [14, 15]),
    ("N5", [0, 2.3, 0.4, 2.2, -2.4, -0.2, -2.5], [4, 7]),
    ("N6", [1.2, 1.3, 0.2, 1.4, 1.5, -1.2, -1.3, -0.1, -1.4, -1.5], [5, 10]),
    ("N7", [0.3] * 16 + [1.2], [15, 16]),
    ("N8", [1.2, -1.3, 1.1, -1.4, 1.5, -1.2, 1.3, -1.1, 0.2], [8]),
    ("N8", [1.2] * 8, []),
    # A point on the centre line breaks a run, one on a zone line belongs to the inner zone.
    ("N2", [0.5] * 8 + [0] + [0.5] * 8, []),
    ("WE4", [1] * 7 + [0] + [1] * 7, []),
    ("WE2", [2, 2, 2], []),
    ("WE3", [1, 1, 1, 1, 1], []),
    ("N7", [1] * 15, [15]),
    ("N8", [1, -1.5] * 4, []),
    # The point that is flagged is itself beyond, and both sides do not add up.
    ("WE2", [2.5, 2.6, 0], []),
    ("N5", [2.5, -2.6, 0, 2.5], []),
    # Equal neighbours are no step.
    ("N3", [1, 2, 3, 3, 4, 5, 6], []),
    ("N4", [1, 2] * 6 + [2, 1], []),
    # Too few points for the pattern.
    ("WE2", [2.5, 2.5], []),
    ("N2", [1] * 8, []),
    ("N4", [1, 2] * 6 + [1], []),
]


def flagged(rule, series, centre=0.0, sigma=1.0):
    found = (*western_electric(series, centre, sigma), *nelson(series, centre, sigma))
    return [point for signal in found if signal.rule == rule for point in signal.points]


@pytest.mark.parametrize(("rule", "series", "points"), VECTORS)
def test_a_rule_flags_exactly_these_points(rule, series, points):
    assert flagged(rule, series) == points


@pytest.mark.parametrize(("rule", "series", "points"), VECTORS)
def test_rules_do_not_depend_on_centre_and_unit(rule, series, points):
    assert flagged(rule, np.array(series) * 0.013 + 74.001, 74.001, 0.013) == points


@pytest.mark.parametrize(("rule", "series", "points"), VECTORS)
def test_rules_treat_both_sides_alike(rule, series, points):
    assert flagged(rule, -np.array(series)) == points


def test_each_point_may_have_its_own_standard_error():
    assert flagged("WE1", [3.5, 3.5, 3.5], sigma=np.array([1.0, 1.2, 1.0])) == [1, 3]


def test_flagged_points_are_counted_once():
    assert flagged_points(western_electric([2.5] * 7 + [3.2], 0, 1)) == (3, 4, 5, 6, 7, 8)


def test_false_signals_are_as_rare_as_published():
    points = np.random.default_rng(6).standard_normal(400_000)
    shares = {signal.rule: len(signal.points) / points.size for signal in nelson(points, 0, 1)}
    assert len(shares) == 8
    assert max(shares.values()) < 0.005


def test_western_electric_flags_about_sixteen_of_a_thousand_undisturbed_points():
    points = np.random.default_rng(6).standard_normal(400_000)
    assert len(flagged_points(western_electric(points, 0, 1))) / points.size == pytest.approx(0.0164, abs=0.001)


@pytest.mark.parametrize("sigma", [0, -1, float("nan")])
def test_a_standard_error_must_be_positive(sigma):
    with pytest.raises(SpcError) as refusal:
        nelson([1, 2], 0, sigma)
    assert refusal.value.code == "not_positive_sigma"
