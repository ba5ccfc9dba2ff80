"""A firm among its peers: the ladder, and the mid-rank among the others."""

import pytest

from scoring.engine.release.groups import STANDARD
from scoring.engine.release.messages import RUNGS
from scoring.engine.release.peers import mid_rank, percentile_in_bins, place_among_peers
from scoring.engine.release.protection import ReleaseName, protect
from scoring.engine.release.thresholds import Thresholds
from tests.release.build import NOISE, random_firms, tallies_of

RELEASE = protect(
    tallies_of(random_firms(4, 300)), STANDARD, Thresholds(5, 10), NOISE, ReleaseName("2026-11", 0)
).release
NARROWEST = next(name for name, group in RELEASE.groups.items() if name.count("=") == 3 and group.distribution("index"))


def profile_of(group: str) -> dict[str, str]:
    return dict(part.split("=") for part in group.split(";"))


def reasons(profile: dict[str, str | None]) -> list[str]:
    return [rung.reason for rung in place_among_peers(RELEASE, profile, "index", 8, counted=True).rungs]


def test_the_mid_rank_counts_ties_for_half() -> None:
    assert mid_rank(below=6, equal=2, n=10) == 0.7


@pytest.mark.parametrize(
    ("counts", "own_bin", "counted", "percentile"),
    [
        ((5, 5, 0), 1, True, (5 + 0.5 * 4) / 9),
        ((5, 5, 0), 1, False, (5 + 0.5 * 5) / 10),
        ((5, 5, 0), 2, True, 1.0),
        ((0, 1, 0), 1, True, None),
    ],
)
def test_the_viewers_own_firm_is_not_among_its_peers(counts, own_bin: int, counted: bool, percentile) -> None:
    assert percentile_in_bins(counts, own_bin, counted=counted) == percentile


def test_the_first_rung_with_enough_firms_is_taken_and_wider_ones_are_not_needed() -> None:
    found = place_among_peers(RELEASE, profile_of(NARROWEST), "index", 8, counted=True)
    assert (found.group, found.n, found.release) == (NARROWEST, RELEASE.groups[NARROWEST].firms, "2026-11")
    assert [rung.reason for rung in found.rungs] == ["chosen", *["not_needed"] * 4]


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ({"region": "99"}, ["too_few", "chosen"]),
        ({"region": None}, ["unknown", "chosen"]),
        ({"region": ""}, ["unknown"]),
    ],
)
def test_a_narrower_rung_says_why_it_was_refused(change: dict[str, str | None], first: list[str]) -> None:
    assert reasons({**profile_of(NARROWEST), **change})[: len(first)] == first


def test_a_firm_that_says_nothing_of_itself_is_compared_with_all() -> None:
    found = place_among_peers(RELEASE, {}, "index", 8, counted=True)
    assert found.group == "all"
    assert found.percentile is not None
    assert 0 <= found.percentile <= 1


def test_without_a_rung_there_is_no_place_and_every_rung_says_why() -> None:
    found = place_among_peers(RELEASE, {"size": "small"}, "never counted", 8, counted=True)
    assert (found.percentile, found.group) == (None, None)
    assert {rung.reason for rung in found.rungs} <= set(RUNGS)
