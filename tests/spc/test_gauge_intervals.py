"""Intervals of a gauge study: exact where exact ones are known, and covering the truth as often as they say."""

import numpy as np
import pytest
from scipy.stats import chi2, f

from scoring.engine.spc.gauge_intervals import MeanSquare, of_difference, of_sum
from scoring.engine.spc.gauge_rr import gauge_rr_of_cube
from tests.spc.published import GAUGE, THERMAL

TAIL = 0.025
STUDIES = 400
EXACT = np.broadcast_to(np.arange(5.0)[:, None, None], (5, 2, 2))


def drawn(rng, *, parts=3.0, appraisers=1.0, interaction=0.7, error=1.0, shape=(10, 3, 3)):
    """A study of which all standard deviations are known."""
    p, o, r = shape
    by_part = rng.normal(0, parts, (p, 1, 1)) + rng.normal(0, interaction, (p, o, 1))
    return by_part + rng.normal(0, appraisers, (1, o, 1)) + rng.normal(0, error, (p, o, r))


def covered(truth, limits):
    """The share of the intervals that hold the truth, in percent."""
    return 100 * float(np.mean([low <= truth <= high for low, high in limits]))


def generalized(table, draws=200_000, seed=1):
    """GRR and its share by generalized pivotal quantities: simulation, nothing of the formulas tested here."""
    rng = np.random.default_rng(seed)
    part, appraiser, below, error = (row.sum_of_squares / rng.chisquare(row.df, draws) for row in table)
    grr = (appraiser + 9 * below + 20 * error) / 30
    of_parts = np.maximum(0, (part - below) / 9)
    return np.quantile(grr, [TAIL, 1 - TAIL]), np.quantile(100 * np.sqrt(grr / (grr + of_parts)), [TAIL, 1 - TAIL])


def test_the_published_table_of_the_thermal_study():
    part, appraiser, _, _ = gauge_rr_of_cube(THERMAL).anova
    assert (part.mean_square, appraiser.mean_square) == pytest.approx((437.328395, 19.633333), abs=1e-6)
    assert part.sum_of_squares == pytest.approx(3935.955556, abs=1e-6)


def test_one_mean_square_has_its_exact_chi_square_interval():
    low, high = of_sum([(0.5, MeanSquare(3.0, 7))], TAIL)
    assert (low, high) == pytest.approx((1.5 * 7 / chi2.isf(TAIL, 7), 1.5 * 7 / chi2.ppf(TAIL, 7)))


@pytest.mark.parametrize(("upper", "lower"), [(9, 18), (2, 18), (18, 60)])
def test_a_difference_touches_zero_exactly_where_the_f_test_turns(upper, lower):
    low, high = (float(f.ppf(tail, upper, lower)) for tail in (TAIL, 1 - TAIL))
    assert of_difference(MeanSquare(high * 1.001, upper), MeanSquare(1.0, lower), 3, TAIL)[0] > 0
    assert of_difference(MeanSquare(high * 0.999, upper), MeanSquare(1.0, lower), 3, TAIL)[0] == 0
    assert of_difference(MeanSquare(low * 1.001, upper), MeanSquare(1.0, lower), 3, TAIL)[1] > 0
    assert of_difference(MeanSquare(low * 0.999, upper), MeanSquare(1.0, lower), 3, TAIL)[1] == 0


def test_generalized_intervals_of_the_thermal_study_lie_close():
    found = gauge_rr_of_cube(THERMAL)
    variance, share = generalized(found.anova)
    assert np.square(found.grr.sigma_limits) == pytest.approx(variance, rel=0.08)
    assert found.grr.study_variation_limits == pytest.approx(share, rel=0.12)


@pytest.mark.parametrize(("shape", "interaction"), [((10, 3, 3), 0.7), ((10, 3, 3), 0.0), ((5, 2, 2), 0.7)])
def test_nineteen_of_twenty_intervals_hold_the_truth(shape, interaction):
    rng = np.random.default_rng(5)
    studies = [gauge_rr_of_cube(drawn(rng, shape=shape, interaction=interaction)) for _ in range(STUDIES)]
    grr = 1 + 1 + interaction**2
    assert 93 <= covered(np.sqrt(grr), [study.grr.sigma_limits for study in studies]) <= 98
    share = 100 * np.sqrt(grr / (grr + 9))
    assert 94 <= covered(share, [study.grr.study_variation_limits for study in studies]) <= 100
    assert 93 <= covered(1.0, [study.repeatability.sigma_limits for study in studies]) <= 98
    assert 93 <= covered(3.0, [study.part_to_part.sigma_limits for study in studies]) <= 98


def test_the_manuals_example_cannot_tell_a_good_gauge_from_a_bad_one():
    low, high = gauge_rr_of_cube(GAUGE).grr.study_variation_limits
    assert low < 27.9 < 30 < high


def test_many_appraisers_and_parts_make_the_interval_narrow():
    low, high = gauge_rr_of_cube(drawn(np.random.default_rng(2), shape=(200, 40, 2))).grr.study_variation_limits
    assert high - low < 12


def test_limits_of_the_tolerance_are_those_of_sigma_in_other_units():
    grr = gauge_rr_of_cube(THERMAL, tolerance=40).grr
    assert grr.tolerance_limits == pytest.approx([100 * 6 * sigma / 40 for sigma in grr.sigma_limits])
    assert grr.decisive == (grr.tolerance, grr.tolerance_limits)
    assert gauge_rr_of_cube(THERMAL).grr.tolerance_limits is None


def test_parts_and_gauge_share_the_study_variation():
    found = gauge_rr_of_cube(THERMAL)
    grr, parts = (np.square(one.study_variation_limits) for one in (found.grr, found.part_to_part))
    assert grr[::-1] + parts == pytest.approx([1e4, 1e4])


def test_a_pooled_interaction_has_no_limits_and_others_have():
    assert gauge_rr_of_cube(GAUGE).interaction.sigma_limits is None
    assert gauge_rr_of_cube(THERMAL).interaction.sigma_limits is not None


def test_a_gauge_without_any_variation_has_a_share_of_nothing():
    assert gauge_rr_of_cube(EXACT, tolerance=1).grr.decisive == (0.0, (0.0, 0.0))
    assert gauge_rr_of_cube(EXACT).grr.decisive == (0.0, (0.0, 0.0))
