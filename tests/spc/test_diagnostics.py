"""Normality and autocorrelation agree with independent implementations and certified values."""

import numpy as np
import pytest
from scipy.stats import shapiro
from statsmodels.stats.diagnostic import normal_ad

from scoring.engine.spc.diagnostics import Stability, autocorrelation, normality
from scoring.engine.spc.run_rules import Signal
from tests.spc.published import FURNACE, MICHELSON, RINGS

SAMPLES = {
    "furnace": FURNACE,
    "michelson": MICHELSON,
    "rings": RINGS,
    "skewed": np.random.default_rng(1).exponential(size=200),
    "flat": np.random.default_rng(2).uniform(size=60),
    "eight": np.arange(8.0),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_anderson_darling_agrees_with_statsmodels(name):
    statistic, p = normal_ad(SAMPLES[name])
    found = normality(SAMPLES[name])
    assert (found.anderson_darling, found.anderson_darling_p) == pytest.approx((statistic, p), rel=1e-8)


@pytest.mark.parametrize("name", SAMPLES)
def test_shapiro_wilk_agrees_with_scipy(name):
    oracle = shapiro(SAMPLES[name])
    found = normality(SAMPLES[name])
    assert (found.shapiro_wilk, found.shapiro_wilk_p) == pytest.approx((oracle.statistic, oracle.pvalue), rel=1e-6)


def test_normal_is_what_anderson_darling_does_not_reject():
    assert normality(FURNACE).normal is True
    assert normality(SAMPLES["skewed"]).normal is False


def test_too_few_values_say_nothing_about_normality():
    found = normality([1, 2, 3, 5, 4, 6, 9])
    assert (found.normal, found.anderson_darling_p) == (None, None)


def test_shapiro_wilk_ends_at_five_thousand_values():
    found = normality(np.random.default_rng(3).normal(size=5001))
    assert (found.shapiro_wilk, found.shapiro_wilk_p) == (None, None)


def test_a_value_far_out_keeps_the_statistic_finite():
    found = normality(np.append(np.random.default_rng(3).normal(size=500), 1e9))
    assert np.isfinite(found.anderson_darling)
    assert found.normal is False


def test_a_normal_sample_is_rejected_about_once_in_twenty():
    rng = np.random.default_rng(8)
    rejected = [normality(rng.normal(size=40)).normal is False for _ in range(1500)]
    assert np.mean(rejected) == pytest.approx(0.05, abs=0.015)


def test_michelson_has_its_certified_autocorrelation():
    found = autocorrelation(MICHELSON)
    assert found.r == pytest.approx(0.535199668621283, rel=1e-10)
    assert found.bound == pytest.approx(1.959963985 / 10)
    assert found.significant
    assert found.positive


def test_alternating_points_are_negatively_correlated():
    found = autocorrelation([1, -1] * 20)
    assert found.significant
    assert not found.positive


def test_a_process_without_signals_is_stable():
    assert Stability((), 25).stable
    assert not Stability((Signal("WE1", (3,)),), 25).stable
