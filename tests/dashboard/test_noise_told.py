"""How far noise moves the quartiles of small groups: what the dashboard says of it is so."""

import re

import numpy as np
import pytest

from reports.builders.language import LANGUAGES
from reports.builders.peers import noise_range
from reports.builders.wording import say
from scoring.engine.release.layout import SCORE_BINS
from scoring.engine.release.noise import noise
from scoring.engine.release.peers import percentile_in_bins
from scoring.engine.release.released import quartiles
from tests.release.build import NOISE

TOLD = {10: 22, 20: 13, 50: 6, 100: 3}


def drawn(firms: int, chance: np.random.Generator) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Firms by score as counted and as released; scores as of a middling group, mean 40 and spread 16."""
    scores = np.clip(chance.normal(40, 16, firms), 0, 99.9)
    counts = np.histogram(scores, len(SCORE_BINS), (0, 100))[0]
    # Empty cells draw with the key of their group.
    keys = np.where(counts == 0, chance.integers(0, 256), chance.integers(0, 256, len(SCORE_BINS)))
    return tuple(map(int, counts)), tuple(map(int, counts + noise(NOISE, counts, keys)))


def moved(firms: int, draws: int = 400) -> float:
    """The median's shift that 19 of 20 draws stay within."""
    chance = np.random.default_rng(firms)
    shifts = []
    for _ in range(draws):
        before, after = (quartiles(one) for one in drawn(firms, chance))
        shifts.append(abs(after[1] - before[1]))
    return float(np.quantile(shifts, 0.95))


def covered(firms: int, own_bin: int, draws: int = 400) -> float:
    """How often the range that is told holds the place among the firms as counted."""
    chance = np.random.default_rng(firms)
    held = []
    for _ in range(draws):
        counted, released = drawn(firms, chance)
        true, told = (percentile_in_bins(one, own_bin, counted=False) for one in (counted, released))
        held.append(noise_range(told, released, NOISE.variance).holds(true))
    return float(np.mean(held))


@pytest.mark.parametrize(("firms", "points"), TOLD.items())
def test_the_median_moves_by_no_more_than_is_told(firms, points):
    assert 0.6 * points < moved(firms) <= points


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_says_these_figures(language):
    numbers = {int(one) for one in re.findall(r"\d+", say(language, "rel_note_small"))}
    assert set(TOLD) | set(TOLD.values()) <= numbers


@pytest.mark.parametrize("own_bin", [3, 8, 12])
@pytest.mark.parametrize("firms", [15, 40, 150, 1000])
def test_the_range_of_a_place_holds_the_true_one_19_times_in_20(firms, own_bin):
    assert covered(firms, own_bin) > 0.92
