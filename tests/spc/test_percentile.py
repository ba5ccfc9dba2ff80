"""The percentile method, the fits behind it and the rule that chooses among them."""

import math

import numpy as np
import pytest
from scipy import stats

from scoring.engine.spc.capability import Limits, indices
from scoring.engine.spc.distributions import choose, fit
from scoring.engine.spc.fallout import expected, expected_of_fit, observed
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.percentile import Quantiles, from_fit, from_quantiles, quantiles_of
from scoring.engine.spc.sigma import mean_of, overall

LIMITS = Limits(4, 25)
LOGNORMAL = ("lognormal", (math.log(10), 0.25))


def draw(name, n=400):
    rng = np.random.default_rng(3)
    makers = {
        "normal": lambda: rng.normal(10, 1, n),
        "lognormal": lambda: rng.lognormal(2.3, 0.5, n),
        "weibull": lambda: 5 * rng.weibull(1.3, n),
        "gamma": lambda: rng.gamma(2, 3, n),
    }
    return makers[name]()


def test_the_published_lognormal_example():
    found = from_quantiles(quantiles_of(*LOGNORMAL), LIMITS)
    values = (found.pp.value, found.ppk.value, found.ppu.value, found.ppl.value)
    assert values == pytest.approx((1.276892, 1.137159, 1.342897, 1.137159), rel=1e-6)


def test_the_published_lognormal_quantiles():
    found = quantiles_of(*LOGNORMAL)
    assert (found.low, found.median, found.high) == pytest.approx((4.723693, 10, 21.169878), rel=1e-6)


def test_the_normal_formula_would_mislead_on_that_example():
    mean, sigma = 10 * math.exp(0.25**2 / 2), 10 * math.exp(0.25**2 / 2) * math.sqrt(math.exp(0.25**2) - 1)
    assert (mean - 4) / (3 * sigma) == pytest.approx(0.804, abs=5e-4)
    assert 21 / (6 * sigma) == pytest.approx(1.336, abs=5e-4)


def test_the_fallout_of_that_example():
    values = np.exp(stats.norm.ppf((np.arange(2000) + 0.5) / 2000) * 0.25 + math.log(10))
    found = expected_of_fit(fit(values, "lognormal"), LIMITS)
    assert (found.below, found.above) == (pytest.approx(123.6, rel=0.02), pytest.approx(123.6, rel=0.02))


def test_one_limit_leaves_one_side():
    found = from_quantiles(Quantiles(1, 2, 4), Limits(usl=6))
    assert (found.pp, found.ppl) == (None, None)
    assert found.ppk.value == found.ppu.value == 2


def test_given_quantiles_have_no_interval():
    found = from_quantiles(Quantiles(1, 2, 4), Limits(0, 6)).ppk
    assert (found.low, found.high, found.method.interval) == (None, None, "none")


@pytest.mark.parametrize("points", [(1, 1, 2), (1, 3, 2), (1, math.nan, 2)])
def test_quantiles_must_rise(points):
    with pytest.raises(SpcError) as refusal:
        Quantiles(*points)
    assert refusal.value.code == "quantiles_order"


def test_the_normal_fit_gives_back_the_ordinary_indices():
    values = draw("normal")
    ordinary = indices(mean_of(values), overall(values), values.size, Limits(5, 15)).minimum
    fitted = from_fit(values, fit(values, "normal"), Limits(5, 15)).ppk
    assert fitted.value == pytest.approx(ordinary.value, rel=2e-5)
    assert (fitted.low, fitted.high) == pytest.approx((ordinary.low, ordinary.high), rel=2e-3)


@pytest.mark.parametrize(
    ("name", "oracle"), [("weibull", stats.weibull_min), ("gamma", stats.gamma)], ids=["weibull", "gamma"]
)
def test_fits_are_those_of_maximum_likelihood(name, oracle):
    values = draw(name)
    shape, _, scale = oracle.fit(values, floc=0)
    assert fit(values, name).parameters == pytest.approx((shape, scale), rel=1e-3)
    assert fit(values, name).log_likelihood >= oracle.logpdf(values, shape, 0, scale).sum() - 1e-6


@pytest.mark.parametrize("name", ["normal", "lognormal", "weibull", "gamma"])
def test_the_distribution_is_recognised(name):
    assert choose(draw(name)).name == name


def test_no_distribution_fits_two_humps():
    assert choose(np.r_[draw("normal"), draw("normal") + 30]) is None


def test_values_below_zero_are_only_tried_as_normal():
    assert choose(draw("gamma") - 3) is None
    with pytest.raises(SpcError, match="above zero"):
        fit(draw("gamma") - 3, "gamma")


@pytest.mark.parametrize("name", ["lognormal", "weibull", "gamma"])
def test_a_true_distribution_is_rejected_about_once_in_twenty(name):
    rng = np.random.default_rng(12)
    shape = {"lognormal": lambda: rng.lognormal(1, 0.4, 60), "weibull": lambda: rng.weibull(2, 60)}
    sample = shape.get(name, lambda: rng.gamma(3, 1, 60))
    assert np.mean([not fit(sample(), name).accepted for _ in range(800)]) == pytest.approx(0.05, abs=0.025)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(4)
    truth = from_quantiles(quantiles_of(*LOGNORMAL), LIMITS).pp.value
    samples = [rng.lognormal(math.log(10), 0.25, 80) for _ in range(200)]
    found = [from_fit(sample, fit(sample, "lognormal"), LIMITS).pp for sample in samples]
    assert np.mean([each.low <= truth <= each.high for each in found]) == pytest.approx(0.95, abs=0.04)


def test_expected_fallout_of_the_normal_distribution():
    found = expected(0, 1, Limits(-3, 4.5))
    assert (found.below, found.above) == (pytest.approx(1349.898, rel=1e-6), pytest.approx(3.397673, rel=1e-6))
    assert expected(0, 1, Limits(usl=4.5)).below is None


def test_a_value_on_the_limit_is_not_beyond_it():
    found = observed([1, 2, 3, 4], Limits(1, 3.5))
    assert (found.below, found.above, found.total) == (0, 250_000, 250_000)


def test_unknown_distributions_are_refused():
    with pytest.raises(SpcError) as refusal:
        fit(draw("normal"), "cauchy")
    assert refusal.value.code == "distribution_unknown"
