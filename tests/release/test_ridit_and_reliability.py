"""Mean ridits against a published distribution; Cronbach's alpha and the items behind it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import f as f_distribution

from scoring.engine.release.reliability import Moments, item_statistics, reliability
from scoring.engine.release.ridit import mean_ridit, ridits

REFERENCE = (36, 52, 35, 18)


def test_the_printed_example_of_a_mean_ridit() -> None:
    found = mean_ridit([count / 141 for count in REFERENCE], (10, 25, 20, 5))
    assert found is not None
    assert (round(found.mean, 6), round(found.standard_error, 6)) == (0.531915, 0.035665)


def test_counts_serve_as_well_as_shares() -> None:
    assert mean_ridit(REFERENCE, (10, 25, 20, 5)) == mean_ridit([c / 141 for c in REFERENCE], (10, 25, 20, 5))


@given(st.lists(st.integers(1, 50), min_size=2, max_size=8))
def test_the_reference_itself_has_the_mean_one_half(counts: list[int]) -> None:
    found = mean_ridit(counts, counts)
    assert found is not None
    assert found.mean == pytest.approx(0.5)


def test_a_ridit_is_the_chance_of_standing_above_with_ties_for_half() -> None:
    assert ridits([0.5459, 0.4038, 0.0503]) == pytest.approx([0.27295, 0.74780, 0.97485])


def test_an_empty_group_has_no_mean_ridit() -> None:
    assert mean_ridit(REFERENCE, (0, 0, 0, 0)) is None


def test_unlike_scales_are_refused() -> None:
    with pytest.raises(ValueError, match="must match"):
        mean_ridit(REFERENCE, (1, 2))


def moments(scores) -> Moments:
    total = scores.sum(axis=1)
    return Moments(
        len(scores),
        tuple(int(s) for s in scores.sum(axis=0)),
        tuple(int(s) for s in (scores**2).sum(axis=0)),
        tuple(int(s) for s in (scores * total[:, None]).sum(axis=0)),
        int(total.sum()),
        int((total**2).sum()),
    )


def sample(seed: int, n: int = 40, items: int = 4):
    rng = np.random.default_rng(seed)
    return np.clip(rng.integers(0, 4, (n, 1)) + rng.integers(0, 3, (n, items)), 0, 4) * 2500


@pytest.mark.parametrize("seed", range(5))
def test_alpha_and_item_rest_correlations_equal_those_from_the_rows(seed: int) -> None:
    scores = sample(seed)
    found = reliability(moments(scores))
    assert found is not None
    variances, total = scores.var(axis=0, ddof=1), scores.sum(axis=1)
    assert found.alpha == pytest.approx(4 / 3 * (1 - variances.sum() / total.var(ddof=1)))
    rest = [np.corrcoef(scores[:, item], total - scores[:, item])[0, 1] for item in range(4)]
    assert found.item_rest == pytest.approx(tuple(rest))


def test_alpha_of_parallel_items_is_that_of_spearman_and_brown() -> None:
    first = np.repeat([0, 1, 2, 3], 4) * 100
    second = np.tile([0, 1, 2, 3], 4) * 100
    scores = np.stack([first, first, second], axis=1)
    found = reliability(moments(scores))
    assert found is not None
    assert found.alpha == pytest.approx(3 / 2 * (1 - 3 / 5))


def test_feldts_interval_uses_f_with_n_minus_1_and_n_minus_1_times_k_minus_1() -> None:
    found = reliability(moments(sample(1)))
    assert found is not None
    low, high = f_distribution.ppf([0.975, 0.025], 39, 39 * 3)
    expected = (1 - (1 - found.alpha) * low, 1 - (1 - found.alpha) * high)
    assert (found.interval.low, found.interval.high) == pytest.approx(expected)


@pytest.mark.parametrize("scores", [np.ones((10, 3), int), np.arange(10)[:, None], np.eye(2, dtype=int)])
def test_without_spread_items_or_firms_there_is_no_alpha(scores) -> None:
    assert reliability(moments(scores)) is None


def test_an_item_that_all_answer_alike_has_no_correlation() -> None:
    scores = sample(2)
    scores[:, 0] = 2500
    found = reliability(moments(scores))
    assert found is not None
    assert found.item_rest[0] is None


def test_dont_know_is_a_share_of_those_asked_and_not_in_the_mean() -> None:
    found = item_statistics([1, 2, 3], [2, 1, 1], dont_know=1)
    assert (found.answered, found.mean, found.dont_know) == (4, 1.75, 0.2)
    assert found.spread == pytest.approx(np.std([1, 1, 2, 3], ddof=1))


def test_an_item_that_nobody_was_asked_has_no_statistics() -> None:
    found = item_statistics([1, 2], [0, 0], dont_know=0)
    assert (found.mean, found.spread, found.dont_know) == (None, None, None)
