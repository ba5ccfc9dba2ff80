"""Indices and their intervals equal the published examples; what does not exist is None or refused."""

import math

import numpy as np
import pytest
from scipy.stats import nct

from scoring.engine.spc import noncentral
from scoring.engine.spc.capability import Limits, cpm, indices, off_centre
from scoring.engine.spc.intervals import bissell, chi_square, noncentral_t
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.samples import subgroups_of_size
from scoring.engine.spc.sigma import Sigma, mean_of, overall, within
from tests.spc.published import FURNACE, RINGS

ACCEPTED = 5e-5
FURNACE_LIMITS = Limits(460, 660, 560)
RING_LIMITS = Limits(73.95, 74.05, 74)


def near(value):
    return pytest.approx(value, rel=ACCEPTED)


def furnace():
    return indices(mean_of(FURNACE), overall(FURNACE), FURNACE.size, FURNACE_LIMITS)


def test_nist_furnace_pp_with_interval():
    pp = furnace().two_sided
    assert (pp.value, pp.low, pp.high) == (near(1.31313), near(1.17234), near(1.45372))


def test_nist_furnace_ppk_with_interval():
    ppk = furnace().minimum
    assert (ppk.value, ppk.low, ppk.high) == (near(1.27327), near(1.12771), near(1.41882))


def test_nist_furnace_cpm_rests_on_overall_s():
    found = cpm(mean_of(FURNACE), overall(FURNACE), FURNACE.size, FURNACE_LIMITS)
    assert found.value == near(1.30384)


def test_boyles_interval_is_centred_on_the_index_with_divisor_n():
    found = cpm(mean_of(FURNACE), overall(FURNACE), FURNACE.size, FURNACE_LIMITS)
    a = (FURNACE.mean() - 560) / FURNACE.std(ddof=1)
    nu = 168 * (1 + a**2) ** 2 / (1 + 2 * a**2)
    centre = 200 / (6 * math.sqrt(np.mean((FURNACE - 560) ** 2)))
    assert found.method.df == pytest.approx(nu)
    assert (found.low, found.high) == pytest.approx(chi_square(centre, nu, 0.95))


def test_summary_statistics_suffice():
    from_summary = indices(563.03571, Sigma(25.38468, "overall", 167), 168, FURNACE_LIMITS)
    assert from_summary.two_sided.low == near(1.17234)
    assert from_summary.minimum.high == near(1.41882)


def test_nist_pmc16():
    found = indices(16, Sigma(2, "overall", 49), 50, Limits(8, 20))
    assert (found.two_sided.value, found.minimum.value) == (pytest.approx(1.0), pytest.approx(2 / 3))
    assert (found.upper.value, found.lower.value) == (pytest.approx(2 / 3), pytest.approx(4 / 3))
    assert off_centre(16, Limits(8, 20)) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("estimator", "cpk"), [("rbar", 1.66317), ("sbar", 1.65562), ("pooled", 1.65010), ("pooled_unbiased", 1.64598)]
)
def test_piston_rings_give_another_cpk_with_each_estimator(estimator, cpk):
    sigma = within(RINGS, subgroups_of_size(RINGS, 5), estimator)
    assert indices(mean_of(RINGS), sigma, RINGS.size, RING_LIMITS).minimum.value == near(cpk)


def test_piston_rings_cp_and_cpk_as_printed():
    sigma = within(RINGS, subgroups_of_size(RINGS, 5), "rbar")
    found = indices(mean_of(RINGS), sigma, RINGS.size, RING_LIMITS)
    assert (found.two_sided.value, found.minimum.value) == (
        pytest.approx(1.703, abs=5e-4),
        pytest.approx(1.663, abs=5e-4),
    )


def test_piston_rings_cpk_interval_uses_the_degrees_of_freedom_of_the_range():
    sigma = within(RINGS, subgroups_of_size(RINGS, 5), "rbar")
    cpk = indices(mean_of(RINGS), sigma, RINGS.size, RING_LIMITS).minimum
    half = 1.959963985 * math.sqrt(1 / (9 * 125) + cpk.value**2 / (2 * 90))
    assert (cpk.low, cpk.high) == (near(cpk.value - half), near(cpk.value + half))


def test_every_figure_says_how_it_came_about():
    cpk = indices(mean_of(RINGS), within(RINGS, subgroups_of_size(RINGS, 5)), 125, RING_LIMITS).minimum
    assert str(cpk.method) == (
        "mean subgroup range / d2; 90 degrees of freedom; normal approximation of Bissell (1990)"
    )
    assert cpk.confidence == 0.95


def test_one_limit_leaves_only_its_own_side():
    found = indices(10, Sigma(1, "overall", 29), 30, Limits(usl=13))
    assert found.two_sided is None
    assert found.lower is None
    assert found.minimum == found.upper
    assert cpm(10, Sigma(1, "overall", 29), 30, Limits(usl=13, target=10)) is None
    assert off_centre(10, Limits(usl=13)) is None


def test_cpm_needs_a_target():
    assert cpm(10, Sigma(1, "overall", 29), 30, Limits(7, 13)) is None


def test_a_mean_outside_the_limits_makes_cpk_negative():
    found = indices(14, Sigma(1, "overall", 29), 30, Limits(7, 13))
    assert found.minimum.value == pytest.approx(-1 / 3)
    assert found.minimum.low < found.minimum.value < found.minimum.high


@pytest.mark.parametrize(("n", "cpu"), [(2, 0.5), (10, 1.0), (30, -0.4), (50, 1.2), (125, 1.7), (1000, 1.5)])
def test_one_sided_limits_put_the_observed_value_on_either_tail(n, cpu):
    low, high = noncentral_t(cpu, n, n - 1, 0.95)
    scale = 3 * math.sqrt(n)
    assert nct.cdf(scale * cpu, n - 1, scale * low) == pytest.approx(0.975, abs=1e-10)
    assert nct.cdf(scale * cpu, n - 1, scale * high) == pytest.approx(0.025, abs=1e-10)


@pytest.mark.parametrize("n", [2, 3, 30, 100_000, 2_000_000])
@pytest.mark.parametrize("cpu", [-50.0, 0.0, 500.0])
def test_one_sided_limits_exist_for_extreme_parts(n, cpu):
    low, high = noncentral_t(cpu, n, n - 1, 0.95)
    assert low < cpu < high


def test_the_one_sided_interval_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(7)
    samples = rng.normal(0, 1, (600, 12))
    estimates = (4 - samples.mean(axis=1)) / (3 * samples.std(axis=1, ddof=1))
    limits = [noncentral_t(float(each), 12, 11, 0.9) for each in estimates]
    assert np.mean([low <= 4 / 3 <= high for low, high in limits]) == pytest.approx(0.9, abs=0.03)


def test_noncentral_probabilities_agree_with_simulation():
    rng = np.random.default_rng(11)
    t = (rng.standard_normal(400_000) + 5) / np.sqrt(rng.chisquare(9, 400_000) / 9)
    assert noncentral.probability(6.0, 9, 5.0) == pytest.approx((t <= 6).mean(), abs=3e-3)


def test_the_tolerance_multiplier_of_bissell_need_not_be_six():
    low, high = bissell(1.2, 50, 49, 0.95, spread=5.15)
    half = 1.959963985 * math.sqrt(1 / (50 * 2.575**2) + 1.44 / 98)
    assert (low, high) == (pytest.approx(1.2 - half), pytest.approx(1.2 + half))


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({}, "no_limits"),
        ({"target": 1.0}, "no_limits"),
        ({"lsl": 2, "usl": 1}, "limits_reversed"),
        ({"lsl": 2, "usl": 2}, "limits_reversed"),
        ({"lsl": math.nan}, "limits_not_finite"),
        ({"usl": math.inf}, "limits_not_finite"),
        ({"lsl": 1, "usl": 2, "target": 3}, "target_outside"),
        ({"lsl": 1, "target": 0}, "target_outside"),
    ],
)
def test_impossible_limits_are_refused(limits, code):
    with pytest.raises(SpcError) as refusal:
        Limits(**limits)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("sigma", "n", "confidence", "code"),
    [
        (Sigma(0, "overall", 9), 10, 0.95, "not_positive_sigma"),
        (Sigma(math.nan, "overall", 9), 10, 0.95, "not_positive_sigma"),
        (Sigma(1, "overall", 0), 1, 0.95, "too_few"),
        (Sigma(1, "overall", 0), 2, 0.95, "not_positive_df"),
        (Sigma(1, "overall", 9), 10, 1.0, "confidence"),
        (Sigma(1, "overall", 9), 10, 95, "confidence"),
    ],
)
def test_figures_that_cannot_be_are_refused(sigma, n, confidence, code):
    with pytest.raises(SpcError) as refusal:
        indices(1, sigma, n, Limits(0, 2), confidence)
    assert refusal.value.code == code
