"""What a release shows, what it does not, and what stays frozen."""

import json
from dataclasses import replace

import numpy as np
import pytest

from scoring.engine.release.groups import STANDARD
from scoring.engine.release.ledger import ledger_from_dict
from scoring.engine.release.messages import SUPPRESSIONS
from scoring.engine.release.noise import NoiseRefused, NoiseTable, table_from
from scoring.engine.release.protection import Protection, ReleaseName, protect, totals_of
from scoring.engine.release.released import ReleasedShare, ShownShare, quartiles, release_from_dict, shown_share
from scoring.engine.release.tallies import merge_all
from scoring.engine.release.thresholds import NothingPublished, Thresholds, thresholds_from
from tests.release.build import LAYOUT, NOISE, TWO_WAYS, Firms, joined, random_firms, tallies_of

FIVE_AND_TEN = Thresholds(5, 10)
FIRST = ReleaseName("2026-11", 0)
SECOND = ReleaseName("2027-11", 1)


def in_groups(**sizes: int) -> Firms:
    """Firms of one industry and region, so many of each size."""
    firms = random_firms(3, sum(sizes.values()), industries=1, regions=1)
    size = np.repeat(np.array(list(sizes), object), list(sizes.values()))
    return replace(firms, codes={**firms.codes, "size": size})


def release(firms: Firms, name: ReleaseName = FIRST, thresholds: Thresholds = FIVE_AND_TEN, **more) -> Protection:
    return protect(tallies_of(firms), STANDARD, thresholds, NOISE, name, **more)


@pytest.mark.parametrize(
    ("share", "distribution", "says"),
    [
        (None, 10, "no threshold for a share is set"),
        (5, None, "no threshold for a distribution is set"),
        (4, 10, "at least 5 firms"),
        (5, 9, "at least 10 firms"),
        (12, 10, "may not need fewer firms"),
        (5.5, 10, "whole number"),
        (True, 10, "whole number"),
    ],
)
def test_a_missing_or_lowered_threshold_publishes_nothing(share, distribution, says: str) -> None:
    with pytest.raises(NothingPublished, match=f"nothing is published.*{says}"):
        thresholds_from(share, distribution)


def test_settings_may_raise_the_thresholds() -> None:
    shown = release(in_groups(small=12, large=30), thresholds=thresholds_from(20, 40)).release.groups
    assert "size=large" not in shown
    assert shown["all"].distribution("index") is not None


@pytest.mark.parametrize("table", [table_from([(1, 0, 0)]), NoiseTable(NOISE.rows[:4])], ids=["no noise", "cut short"])
def test_a_table_that_does_not_hide_publishes_nothing(table: NoiseTable) -> None:
    with pytest.raises(NoiseRefused, match="nothing is published"):
        protect(tallies_of(in_groups(small=30)), STANDARD, FIVE_AND_TEN, table, FIRST)


@pytest.mark.parametrize(
    ("firms", "share", "distribution"), [(4, False, False), (5, True, False), (9, True, False), (10, True, True)]
)
def test_a_share_needs_five_firms_and_a_distribution_ten(firms: int, share: bool, distribution: bool) -> None:
    group = release(in_groups(small=firms)).release.group("all")
    assert (group is not None) == share
    assert (group is not None and group.distribution("level") is not None) == distribution
    assert (group is not None and group.mean("index") is not None) == distribution


def test_an_indicator_needs_five_firms_that_it_applies_to() -> None:
    firms = in_groups(small=12)
    code = firms.answers["A-1"].code.copy()
    code[:8] = 201  # not applicable
    answers = replace(firms.answers, columns={**firms.answers.columns, "A-1": replace(firms.answers["A-1"], code=code)})
    made = release(replace(firms, answers=answers))
    assert made.release.groups["all"].share("I") is None
    assert "denominator" in {entry.reason for entry in made.log}


def test_firms_of_one_enterprise_count_once() -> None:
    firms = in_groups(small=30)
    owned = replace(firms, unit_keys=np.arange(30).astype(np.uint64) % 4)
    made = release(owned)
    assert made.release.groups == {}
    assert {entry.reason for entry in made.log} == {"too_few_enterprises"}


def test_a_suppressed_group_is_the_same_as_an_empty_one() -> None:
    shown = release(in_groups(small=3, large=40)).release
    assert shown.group("size=small") is shown.group("size=never seen") is None
    assert "small" not in json.dumps(shown.to_dict())


def test_the_rest_of_a_total_is_not_left_open_to_subtraction() -> None:
    made = release(in_groups(small=3, large=40, medium=12))
    assert "size=medium" not in made.release.groups
    assert ("size=medium", "remainder") in {(entry.group, entry.reason) for entry in made.log}


def test_every_reason_in_the_log_has_its_words() -> None:
    log = release(random_firms(11, 150, skew=0.5)).log
    assert log
    assert all(SUPPRESSIONS[entry.reason] % entry.detail for entry in log)


@pytest.mark.parametrize("seed", range(6))
def test_noise_never_goes_beyond_its_reach(seed: int) -> None:
    firms = random_firms(seed, 150)
    made, totals = release(firms), totals_of(tallies_of(firms), STANDARD)
    for place, name in enumerate(totals.nest.groups):
        group = made.release.group(name)
        for id_, counts in group.distributions.items() if group else ():
            true = totals.counts[place, LAYOUT.by_id[id_].columns]
            assert np.abs(np.array(counts) - true).max() <= NOISE.reach


def test_the_release_does_not_depend_on_how_the_firms_were_cut() -> None:
    firms = random_firms(2, 400)
    parts = [tallies_of(firms.taken(np.arange(start, firms.size, 3))) for start in (2, 0, 1)]
    cut = protect(merge_all(parts), STANDARD, FIVE_AND_TEN, NOISE, FIRST)
    assert cut.release.content_hash == release(firms).release.content_hash


def test_a_release_and_its_ledger_survive_json() -> None:
    made = release(random_firms(2, 400))
    again = release_from_dict(json.loads(json.dumps(made.release.to_dict())))
    assert again == made.release
    assert again.content_hash == made.release.content_hash
    assert ledger_from_dict(json.loads(json.dumps(made.ledger.to_dict()))) == made.ledger


def test_a_release_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format 99"):
        release_from_dict({"format": 99})


def test_tallies_by_other_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match="cut by"):
        protect(tallies_of(in_groups(small=30)), TWO_WAYS, FIVE_AND_TEN, NOISE, FIRST)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 30, ShownShare("at_most", 0.05)),
        (30, 30, ShownShare("at_least", 0.95)),
        (1, 30, ShownShare("at_most", 0.05)),
        (15, 30, ShownShare("about", 0.5)),
        (0, 0, None),
    ],
)
def test_nought_and_a_hundred_percent_are_never_said(part: int, whole: int, shown: ShownShare | None) -> None:
    assert shown_share(part, whole) == ReleasedShare(whole, part).shown == shown


def test_a_mean_is_not_shown_where_nearly_all_stand_at_one_end() -> None:
    firms = in_groups(small=30)
    columns = {
        name: one if name == "B-3" else replace(one, code=np.zeros(30, np.uint8) + np.uint8(name == "B-2"))
        for name, one in firms.answers.columns.items()
    }
    made = release(replace(firms, answers=replace(firms.answers, columns=columns)))
    assert made.release.groups["all"].mean("index") is None
    assert "uniform" in {entry.reason for entry in made.log}


def test_reliability_is_shown_of_large_groups_only() -> None:
    shown = release(random_firms(2, 400)).release.groups
    assert shown["all"].reliability["A"].firms >= 50
    assert not release(in_groups(small=40)).release.groups["all"].reliability


def test_quartiles_lie_inside_the_bins_that_hold_them() -> None:
    assert quartiles((10, 10, 10, 10)) == (25, 50, 75)
    assert quartiles((0, 0, 8, 0)) == (56.25, 62.5, 68.75)
    assert quartiles((0, 0, 0, 0)) is None


# Between releases


def next_year(firms: Firms, joining: int, leaving: int = 0) -> Firms:
    """The same firms less some, and others of the group "small" that join."""
    kept = firms.taken(np.arange(leaving, firms.size))
    fresh = random_firms(99, joining, industries=1, regions=1, since=1)
    return joined(kept, replace(fresh, codes={**fresh.codes, "size": np.full(joining, "small", object)}))


@pytest.mark.parametrize(
    ("joining", "leaving", "shares_as_of", "distributions_as_of"),
    [
        (0, 0, "2026-11", "2026-11"),
        (1, 0, "2026-11", "2026-11"),
        (4, 4, "2026-11", "2026-11"),
        (5, 0, "2027-11", "2026-11"),
        (0, 5, "2027-11", "2026-11"),
        (10, 0, "2027-11", "2027-11"),
    ],
)
def test_a_group_is_frozen_until_enough_firms_have_changed(
    joining: int, leaving: int, shares_as_of: str, distributions_as_of: str
) -> None:
    firms = in_groups(small=60)
    before = release(firms)
    after = release(next_year(firms, joining, leaving), SECOND, previous=before.ledger).release.groups["all"]
    assert (after.as_of, after.distributions_as_of) == (shares_as_of, distributions_as_of)


def test_a_frozen_group_shows_the_very_figures_of_before() -> None:
    firms = in_groups(small=60)
    before = release(firms)
    after = release(next_year(firms, 3), SECOND, previous=before.ledger)
    assert after.release.groups["all"] == before.release.groups["all"]


def test_small_changes_add_up_until_the_group_thaws() -> None:
    firms = in_groups(small=60)
    before = release(firms)
    second = next_year(firms, 3)
    between = release(second, SECOND, previous=before.ledger)
    fresh = random_firms(98, 3, industries=1, regions=1, since=2)
    third = joined(second, replace(fresh, codes={**fresh.codes, "size": np.full(3, "small", object)}))
    after = release(third, ReleaseName("2028-11", 2), previous=between.ledger)
    assert after.release.groups["all"].as_of == "2028-11"


def test_a_group_is_not_shown_anew_beside_an_older_one_that_nearly_equals_it() -> None:
    firms = in_groups(large=40, small=12)
    before = release(firms)
    # "All" loses most of "small", so that what is left nearly equals last year's "large".
    after = release(firms.taken(np.arange(42)), SECOND, previous=before.ledger)
    assert before.release.groups["size=large"].as_of == "2026-11"
    assert after.release.groups["all"].as_of == "2026-11"


def test_the_ledger_remembers_groups_that_a_release_does_not_show() -> None:
    firms = in_groups(large=40, small=12)
    before = release(firms)
    after = release(firms.taken(np.arange(43)), SECOND, previous=before.ledger)
    assert "size=small" not in after.release.groups
    assert after.ledger.groups["size=small"] == before.release.groups["size=small"]


def test_an_instrument_with_other_cells_starts_anew() -> None:
    firms = in_groups(small=60)
    before = release(firms)
    tables = {**before.ledger.tables, "index": ("other",)}
    after = release(next_year(firms, 12), SECOND, previous=replace(before.ledger, tables=tables))
    assert after.release.groups["all"].distribution("index") is not None
