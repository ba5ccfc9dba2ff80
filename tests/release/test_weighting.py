"""Weights for a sample that chose itself."""

import numpy as np
import pytest

from scoring.engine.release.shares import wilson
from scoring.engine.release.weighting import (
    Collapse,
    effective_size,
    post_stratify,
    rake,
    trim,
    weighted_share,
)

SAMPLE = {"large": 60, "medium": 80, "small": 60}
POPULATION = {"large": 0.02, "medium": 0.12, "small": 0.86}
COUNTS = np.array([60.0, 80.0, 60.0])
REACHED = np.array([30.0, 16.0, 6.0])


def test_the_printed_example_of_weighting() -> None:
    weights = np.array(list(post_stratify(POPULATION, SAMPLE).weights.values()))
    found = weighted_share(weights, COUNTS, REACHED)
    assert found is not None
    assert REACHED.sum() / COUNTS.sum() == 0.26
    assert round(found.share, 12) == 0.12
    assert round(found.n_effective, 3) == 79.915
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.0657, 0.2092)
    assert not wilson(0.26, 200).holds(0.16)
    assert found.interval.holds(0.16)


def test_an_empty_stratum_joins_its_first_neighbour_with_firms_and_is_reported() -> None:
    found = post_stratify(
        {"a": 0.2, "b": 0.3, "c": 0.5}, {"a": 10, "b": 0, "c": 10}, neighbours={"b": ["missing", "c", "a"]}
    )
    assert found.collapsed == (Collapse("b", "c"),)
    assert found.weights == pytest.approx({"a": 0.4, "c": 1.6})
    assert found.uncovered == 0


def test_a_stratum_that_nobody_stands_for_is_told_apart() -> None:
    found = post_stratify({"a": 0.2, "b": 0.8}, {"a": 10, "z": 3})
    assert (found.uncovered, found.outside) == (pytest.approx(0.8), ("z",))
    assert found.weights == pytest.approx({"a": 1.0})


def test_weights_keep_the_size_of_the_sample() -> None:
    weights = post_stratify(POPULATION, SAMPLE).weights
    assert sum(weights[stratum] * SAMPLE[stratum] for stratum in SAMPLE) == pytest.approx(200)


def test_raking_meets_every_margin() -> None:
    cells = np.array([[10.0, 20, 5], [4, 8, 30]])
    margins = [np.array([0.7, 0.3]), np.array([0.2, 0.5, 0.3])]
    weighted = rake(cells, margins) * cells / cells.sum()
    assert weighted.sum(axis=1) == pytest.approx(margins[0], abs=1e-9)
    assert weighted.sum(axis=0) == pytest.approx(margins[1], abs=1e-9)


def test_raking_keeps_the_odds_ratios_of_the_sample() -> None:
    cells = np.array([[10.0, 20], [4, 30]])
    weighted = rake(cells, [np.array([0.7, 0.3]), np.array([0.2, 0.8])]) * cells
    assert weighted[0, 0] * weighted[1, 1] / weighted[0, 1] / weighted[1, 0] == pytest.approx(10 * 30 / 20 / 4)


@pytest.mark.parametrize(
    ("cells", "says"),
    [(np.array([[1.0, 2], [0, 0]]), "has no firms"), (np.array([[1.0, 0], [0, 1]]), "does not settle")],
)
def test_raking_says_why_it_cannot(cells, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        rake(cells, [np.array([0.5, 0.5]), np.array([0.2, 0.8])])


def test_trimming_caps_the_weights_and_keeps_their_sum() -> None:
    weights, counts = np.array([10.0, 1, 0.5]), np.array([2.0, 10, 10])
    trimmed = trim(weights, counts, most=3)
    assert trimmed.max() == pytest.approx(3 * (weights * counts).sum() / counts.sum())
    assert (trimmed * counts).sum() == pytest.approx((weights * counts).sum())
    assert effective_size(trimmed, counts) > effective_size(weights, counts)


def test_equal_weights_lose_no_firm() -> None:
    assert effective_size(np.array([0.7, 0.7]), np.array([3.0, 9.0])) == pytest.approx(12)


def test_trimming_below_the_mean_is_refused() -> None:
    with pytest.raises(ValueError, match="trim at 1 or more"):
        trim(np.ones(2), np.ones(2), most=0.5)


def test_no_firms_no_share() -> None:
    assert weighted_share(np.array([1.0]), np.array([0.0]), np.array([0.0])) is None
