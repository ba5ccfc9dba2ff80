"""Verdicts of measured data are counted like answers and are as well protected."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from scoring.engine.release.groups import STANDARD, codes_of
from scoring.engine.release.layout import VERDICTS, layout_for
from scoring.engine.release.ledger import Ledger
from scoring.engine.release.protection import Protection, ReleaseName, protect, totals_of
from scoring.engine.release.thresholds import Thresholds
from tests.release.attack import World, first_success, tables_seen
from tests.release.build import INDICATORS, LAYOUT, NOISE, TINY, Firms, random_firms, tallies_of, with_since
from tests.release.test_attack import guarded_world, unguarded_world

TABLE = "evidence.A-1"
FIRMS = random_firms(7, 120)


def verdicts_alone(world: World) -> World:
    return replace(world, tables={TABLE: world.tables[TABLE]})


def released(firms: Firms, number: int = 0, previous: Ledger | None = None) -> Protection:
    return protect(tallies_of(firms), STANDARD, Thresholds(5, 10), NOISE, ReleaseName(f"r{number}", number), previous)


def test_every_firm_of_every_group_is_counted_under_one_verdict() -> None:
    totals = totals_of(tallies_of(FIRMS), STANDARD)
    for place, name in enumerate(totals.nest.groups):
        codes = codes_of(name).items()
        here = np.logical_and.reduce(
            [FIRMS.codes[dimension] == code for dimension, code in codes] or [FIRMS.since == 0]
        )
        found = Counter(VERDICTS[verdict] for verdict in FIRMS.evidence["A-1"][here])
        assert totals.counts[place, LAYOUT.by_id[TABLE].columns].tolist() == [found[verdict] for verdict in VERDICTS]


def test_a_group_too_small_for_a_distribution_shows_no_verdicts() -> None:
    shown = released(random_firms(1, 40)).release.groups.values()
    assert {TABLE in group.distributions for group in shown} == {True, False}
    assert all(group.distributions_as_of is not None for group in shown if TABLE in group.distributions)


def test_the_attacker_learns_no_verdict() -> None:
    seen = [table for seed in range(3) for table in tables_seen(verdicts_alone(guarded_world(seed)))]
    assert [sum(map(table.firms_determined, table.world.sets)) for table in seen] == [0, 0, 0]


@pytest.mark.parametrize("thresholds", [False, True], ids=["nothing guarded", "thresholds alone"])
def test_the_attacker_learns_verdicts_where_the_guard_is_off(thresholds: bool) -> None:
    assert first_success(verdicts_alone(unguarded_world(3, thresholds=thresholds))) > 0


def test_the_release_after_one_without_verdicts_shows_them_only_where_all_is_counted_anew() -> None:
    before = released(FIRMS).ledger
    groups = {name: replace(one, distributions=without(one.distributions)) for name, one in before.groups.items()}
    frozen = released(FIRMS, 1, replace(before, tables=without(before.tables), groups=groups)).release
    assert not any(TABLE in group.distributions for group in frozen.groups.values())
    assert released(with_since(FIRMS, 1), 1, before).release.group("all").distribution(TABLE) is not None


def without(tables):  # type: ignore[no-untyped-def]
    return {name: found for name, found in tables.items() if name != TABLE}


def test_tallies_of_other_columns_have_another_fingerprint() -> None:
    assert layout_for(TINY, INDICATORS, ("A-1",)).fingerprint == LAYOUT.fingerprint
    assert layout_for(TINY, INDICATORS).fingerprint != LAYOUT.fingerprint
