"""A verdict rests on Ppk with its confidence limits; everything else is a caveat."""

import numpy as np
import pytest

from scoring.engine.spc.capability import Limits
from scoring.engine.spc.diagnostics import Autocorrelation, Stability, normality
from scoring.engine.spc.figures import Figure, Method
from scoring.engine.spc.run_rules import Signal
from scoring.engine.spc.study import study
from scoring.engine.spc.verdict import Outcome, judge, judge_declared, remarks
from tests.spc.published import MICHELSON

METHOD = Method("overall", "bissell", 99)
STABLE, UNSTABLE = Stability((), 25), Stability((Signal("WE1", (3,)), Signal("WE2", (3, 4))), 25)
NORMAL = normality(np.random.default_rng(1).normal(size=200))
SKEWED = normality(np.random.default_rng(1).exponential(size=200))


def ppk(value, low, high):
    return Figure(value, low, high, 0.95, METHOD)


@pytest.mark.parametrize(
    ("required", "n", "figure", "outcome", "reason"),
    [
        (1.33, 100, ppk(1.6, 1.4, 1.8), Outcome.SUPPORTED, "lower_limit_reaches"),
        (1.33, 100, ppk(1.6, 1.33, 1.9), Outcome.SUPPORTED, "lower_limit_reaches"),
        (1.33, 100, ppk(1.0, 0.9, 1.1), Outcome.CONTRADICTED, "upper_limit_misses"),
        (1.33, 100, ppk(1.4, 1.2, 1.6), Outcome.NOT_DECIDABLE, "interval_straddles"),
        (1.33, 100, ppk(1.2, 1.0, 1.4), Outcome.NOT_DECIDABLE, "interval_straddles"),
        (1.33, 100, ppk(1.2, 1.0, 1.33), Outcome.NOT_DECIDABLE, "interval_straddles"),
        (1.33, 29, ppk(2.5, 1.9, 3.1), Outcome.NOT_DECIDABLE, "too_few_for_verdict"),
        (1.33, 100, None, Outcome.NOT_DECIDABLE, "no_distribution"),
        (1.33, 100, ppk(1.6, None, None), Outcome.NOT_DECIDABLE, "interval_missing"),
    ],
)
def test_the_outcome_follows_the_confidence_limits(required, n, figure, outcome, reason):
    verdict = judge(required, n, figure)
    assert (verdict.outcome, [each.code for each in verdict.reasons]) == (outcome, [reason])


@pytest.mark.parametrize(
    ("declared", "outcome", "reason"),
    [
        (1.2, Outcome.SUPPORTED, "declared_reached"),
        (1.3, Outcome.SUPPORTED, "declared_reached"),
        (1.4, Outcome.NOT_DECIDABLE, "declared_within_interval"),
        (1.6, Outcome.CONTRADICTED, "declared_above_interval"),
    ],
)
def test_a_declared_index_is_held_against_the_interval(declared, outcome, reason):
    found, remark = judge_declared("Cpk", declared, ppk(1.3, 1.1, 1.5))
    assert (found, remark.code) == (outcome, reason)
    assert "Cpk" in remark.message


@pytest.mark.parametrize(
    ("n", "shape", "stability", "correlation", "estimator", "codes"),
    [
        (100, NORMAL, STABLE, None, "rbar", []),
        (99, NORMAL, STABLE, None, "rbar", ["few_values"]),
        (100, SKEWED, STABLE, None, "rbar", ["not_normal"]),
        (100, normality([1, 2, 3]), STABLE, None, "rbar", ["normality_unknown"]),
        (100, NORMAL, UNSTABLE, None, "rbar", ["not_stable"]),
        (100, NORMAL, STABLE, Autocorrelation(0.5, 0.2, 100), "rbar", ["autocorrelated"]),
        (100, NORMAL, STABLE, Autocorrelation(0.5, 0.2, 100), "moving_range", ["moving_range_autocorrelated"]),
        (100, NORMAL, STABLE, Autocorrelation(0.5, 0.2, 100), "sqrt_mssd", ["moving_range_autocorrelated"]),
        (100, NORMAL, STABLE, Autocorrelation(-0.5, 0.2, 100), "moving_range", ["autocorrelated"]),
        (100, NORMAL, STABLE, Autocorrelation(0.1, 0.2, 100), "moving_range", []),
    ],
)
def test_remarks_name_every_assumption_that_fails(n, shape, stability, correlation, estimator, codes):
    assert [each.code for each in remarks(n, shape, stability, correlation, estimator)] == codes


def test_a_moving_range_flatters_correlated_values():
    found = study(MICHELSON, Limits(299.5, 300.2))
    assert found.capability.minimum.value > 1.3 * found.performance.minimum.value
    assert "moving_range_autocorrelated" in [each.code for each in found.remarks]


def test_values_that_are_not_normal_are_judged_by_their_own_distribution():
    found = study(np.random.default_rng(2).lognormal(2.3, 0.25, 500), Limits(4, 40))
    verdict = found.verdict(1.0)
    assert verdict.ppk.method.estimator == "lognormal"
    assert verdict.ppk == found.decisive_ppk
    assert "percentile_lognormal" in [each.code for each in verdict.caveats]


def test_values_of_no_known_distribution_decide_nothing():
    rng = np.random.default_rng(2)
    verdict = study(np.r_[rng.normal(10, 1, 200), rng.normal(30, 1, 200)], Limits(0, 50)).verdict(1.0)
    assert verdict.outcome is Outcome.NOT_DECIDABLE
    assert verdict.reasons[0].code == "no_distribution"
