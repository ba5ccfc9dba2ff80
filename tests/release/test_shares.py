"""A group against a published share: the printed example, the libraries as oracles, and what may be said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from scoring.engine.release.messages import CONCLUSIONS
from scoring.engine.release.shares import (
    clopper_pearson,
    compare,
    compare_weighted,
    exact_test,
    newcombe,
    size_with_noise,
    wilson,
)
from tests.release.build import published

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_printed_example_of_33_of_120_against_19_6_percent() -> None:
    found = compare(33, 120, published(0.196))
    assert found.share == 0.275
    assert (round(found.wilson.low, 6), round(found.wilson.high, 6)) == (0.203029, 0.360930)
    assert (round(found.exact.low, 6), round(found.exact.high, 6)) == (0.197455, 0.363984)
    assert round(found.p_value, 6) == 0.037604


@given(COUNTS)
def test_wilson_and_clopper_pearson_agree_with_statsmodels(counts: tuple[int, int]) -> None:
    reached, n = counts
    ours, exact = wilson(reached / n, n), clopper_pearson(reached, n)
    assert (ours.low, ours.high) == pytest.approx(proportion_confint(reached, n, method="wilson"), abs=1e-12)
    assert (exact.low, exact.high) == pytest.approx(proportion_confint(reached, n, method="beta"), abs=1e-9)


@given(COUNTS, st.floats(0.01, 0.99))
def test_the_exact_test_sums_all_outcomes_no_more_likely(counts: tuple[int, int], share: float) -> None:
    reached, n = counts
    chances = binom.pmf(range(n + 1), n, share)
    by_hand = chances[chances <= chances[reached] * (1 + 1e-7)].sum()
    assert exact_test(reached, n, share) == pytest.approx(min(1, by_hand), rel=1e-6, abs=1e-12)


@given(COUNTS, COUNTS)
def test_newcombe_agrees_with_statsmodels(first: tuple[int, int], second: tuple[int, int]) -> None:
    found = newcombe(first[0] / first[1], first[1], second[0] / second[1], second[1])
    oracle = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx(oracle, abs=1e-9)


@pytest.mark.parametrize(
    ("reached", "n", "figure", "survey_n", "code"),
    [
        (33, 120, published(0.196), None, "higher"),
        (33, 120, published(0.196, rounding=0.0005), None, "higher"),
        (33, 120, published(0.20, rounding=0.005), None, "no_difference"),
        (33, 120, published(0.19, rounding=0.02), None, "print_too_coarse"),
        (33, 120, published(0.275), None, "no_difference"),
        (2, 120, published(0.16), None, "lower"),
        (33, 120, published(0.196), 60, "survey_too_small"),
        (33, 120, published(0.196), 5000, "higher"),
        (0, 0, published(0.196), None, "nobody"),
        (90, 120, published(0.5, "<"), None, "beyond_bound"),
        (10, 120, published(0.5, "<"), None, "within_bound"),
        (60, 120, published(0.5, "<"), None, "bound_undecided"),
        (10, 120, published(0.5, ">"), None, "beyond_bound"),
        (90, 120, published(0.5, ">="), None, "within_bound"),
    ],
)
def test_what_may_be_said(reached: int, n: int, figure, survey_n: int | None, code: str) -> None:
    said = compare(reached, n, figure, survey_n).said
    assert said.code == code
    assert said.allowed == (code in ("higher", "lower", "beyond_bound"))


def test_weighting_can_take_a_claim_back() -> None:
    assert compare(52, 200, published(0.16)).said.code == "higher"
    assert compare_weighted(0.12, 79.915, published(0.16)).said.code == "no_difference"


@pytest.mark.parametrize(("operator", "difference"), [("=", True), ("<", False)])
def test_a_difference_needs_a_value_and_a_known_survey_size(operator: str, difference: bool) -> None:
    assert (compare(33, 120, published(0.3, operator), 500).difference is not None) == difference
    assert compare(33, 120, published(0.3, operator)).difference is None


def test_every_sentence_is_filled_by_its_own_detail() -> None:
    detail = {"share": "27.5%", "published": "19.6%", "low": "19%", "high": "36%", "survey_n": 60}
    assert all("%(" not in sentence % detail for sentence in CONCLUSIONS.values())


@pytest.mark.parametrize(("n", "kept"), [(10, 0.53), (100, 0.92), (10_000, 0.999)])
def test_noise_costs_a_small_group_much_of_its_size_and_a_large_one_nothing(n: int, kept: float) -> None:
    assert size_with_noise(n // 2, n, 2.16) / n == pytest.approx(kept, abs=0.01)
    assert size_with_noise(n // 2, n, 0) == n
