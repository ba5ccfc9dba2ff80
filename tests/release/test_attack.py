"""No answer can be worked out: random populations over two releases, attacked with everything that is public.

``QMS_ATTACKS=200`` runs the full number of populations; the normal suite runs a few.
"""

import os

import numpy as np
import pytest

from scoring.engine.release.groups import STANDARD
from scoring.engine.release.protection import Protection, ReleaseName, protect
from scoring.engine.release.thresholds import Thresholds
from tests.release.attack import Found, World, attack, first_success, world_of
from tests.release.build import NOISE, Firms, a_year_later, random_firms, tallies_of, unguarded

POPULATIONS = range(int(os.environ.get("QMS_ATTACKS", "40")))
THRESHOLDS = Thresholds(5, 10)


def population(seed: int) -> tuple[Firms, Firms]:
    """Two releases' firms: 8 to 159 of them in groups that are even, random or mostly tiny."""
    rng = np.random.default_rng(seed)
    firms = random_firms(seed * 10, int(rng.integers(8, 160)), skew=float(rng.choice([0.5, 1, 3])))
    return firms, a_year_later(firms, seed * 10 + 1)


def releases(first: Firms, second: Firms) -> tuple[Protection, Protection]:
    before = protect(tallies_of(first), STANDARD, THRESHOLDS, NOISE, ReleaseName("r0", 0))
    return before, protect(tallies_of(second), STANDARD, THRESHOLDS, NOISE, ReleaseName("r1", 1), before.ledger)


def guarded_world(seed: int) -> World:
    first, second = population(seed)
    before, after = releases(first, second)
    return world_of([(first, before.release), (second, after.release)], NOISE.reach)


def unguarded_world(seed: int, *, thresholds: bool) -> World:
    first, second = population(seed)
    shown = [
        (firms, unguarded(firms, made.release, thresholds=thresholds))
        for firms, made in zip((first, second), releases(first, second), strict=True)
    ]
    return world_of(shown, 0)


@pytest.mark.parametrize("seed", POPULATIONS)
def test_no_answer_no_small_count_and_no_score_can_be_worked_out(seed: int) -> None:
    found = attack(guarded_world(seed))
    assert (found.answers, found.counts, found.scores) == (0, 0, 0)
    assert found.tried > 0


@pytest.mark.parametrize("thresholds", [False, True], ids=["nothing guarded", "thresholds alone"])
def test_the_same_attack_works_where_the_guard_is_off(thresholds: bool) -> None:
    assert first_success(unguarded_world(3, thresholds=thresholds)) > 0


def test_without_a_guard_small_counts_and_scores_fall_too() -> None:
    first = random_firms(5, 24, industries=2, sizes=2, regions=1)
    made = protect(tallies_of(first), STANDARD, THRESHOLDS, NOISE, ReleaseName("r0", 0))
    found: Found = attack(world_of([(first, unguarded(first, made.release, thresholds=False))], 0))
    assert min(found.answers, found.counts, found.scores) > 0
