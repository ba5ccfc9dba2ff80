"""How far noise moves the quartiles of small groups: what the dashboard says of it is so."""

import re

import numpy as np
import pytest

from reports.builders.language import LANGUAGES
from reports.builders.wording import say
from scoring.engine.release.layout import SCORE_BINS
from scoring.engine.release.noise import noise
from scoring.engine.release.released import quartiles
from tests.release.build import NOISE

TOLD = {10: 22, 20: 13, 50: 6, 100: 3}


def moved(firms: int, draws: int = 400) -> float:
    """The median's shift that 19 of 20 draws stay within; scores as of a middling group, mean 40 and spread 16."""
    chance = np.random.default_rng(firms)
    shifts = []
    for _ in range(draws):
        scores = np.clip(chance.normal(40, 16, firms), 0, 99.9)
        counts = np.histogram(scores, len(SCORE_BINS), (0, 100))[0]
        # Empty cells draw with the key of their group.
        keys = np.where(counts == 0, chance.integers(0, 256), chance.integers(0, 256, len(SCORE_BINS)))
        before, after = (quartiles(tuple(map(int, one))) for one in (counts, counts + noise(NOISE, counts, keys)))
        assert before
        shifts.append(100.0 if after is None else abs(after[1] - before[1]))
    return float(np.quantile(shifts, 0.95))


@pytest.mark.parametrize(("firms", "points"), TOLD.items())
def test_the_median_moves_by_no_more_than_is_told(firms, points):
    assert 0.6 * points < moved(firms) <= points


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_says_these_figures(language):
    numbers = {int(one) for one in re.findall(r"\d+", say(language, "rel_note_small"))}
    assert set(TOLD) | set(TOLD.values()) <= numbers
