"""A release is counted in parts by whoever is free; how it was cut and by whom changes no digit."""

import uuid

import pytest
from pytest_django import Settings

from firms.models import Firm, PoolConsent
from scoring.engine.release.groups import STANDARD
from scoring.engine.release.tallies import merge_all
from scoring.models import CountedAssessment, Release, ReleasePart
from scoring.releases.packing import packed, unpacked
from scoring.releases.selectors import figures_of
from scoring.releases.services import (
    ReleaseInWork,
    made_with,
    part_claim,
    part_count,
    parts_overdue,
    release_finish,
    releases_overdue,
    tallies_of,
)
from surveys.models import Assessment
from tests.releases.country import later, made, ordered, peopled

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> None:
    peopled(campaign_share=0)


def forgotten(release: Release) -> None:
    """As if it had never been made."""
    CountedAssessment.objects.all().delete()
    release.delete()


@pytest.mark.parametrize("firms_a_part", [1000, 40, 7])
def test_however_it_is_cut_the_release_is_the_same(country: None, settings: Settings, firms_a_part: int) -> None:
    whole = made()
    forgotten(whole)
    settings.RELEASE_PART_FIRMS = firms_a_part
    assert made().content_hash == whole.content_hash


def test_the_order_of_the_parts_does_not_matter(country: None, settings: Settings) -> None:
    whole = made()
    forgotten(whole)
    settings.RELEASE_PART_FIRMS = 20
    release = ordered()
    for part_id in release.parts.order_by("-number").values_list("pk", flat=True):
        part_count(part_id=part_id)
    release.refresh_from_db()
    assert release.content_hash == whole.content_hash


def test_tallies_come_back_from_their_bytes_as_they_were(country: None) -> None:
    part = ordered().parts.select_related("release").get()
    tallies = tallies_of(part)
    again = unpacked(packed(tallies), made_with(part.release).layout, STANDARD.dimensions)
    assert again.content_hash() == tallies.content_hash()


def test_the_tallies_of_the_parts_add_up_to_those_of_the_whole(country: None, settings: Settings) -> None:
    whole = tallies_of(ordered().parts.select_related("release").get())
    Release.objects.all().delete()
    settings.RELEASE_PART_FIRMS = 31
    parts = [tallies_of(part) for part in ordered().parts.select_related("release")]
    assert merge_all(parts).content_hash() == whole.content_hash()


def test_nothing_is_published_before_the_last_part_is_counted(country: None, settings: Settings) -> None:
    settings.RELEASE_PART_FIRMS = 60
    release = ordered()
    first = release.parts.order_by("number").first()
    part_count(part_id=first.pk)
    release.refresh_from_db()
    assert (release.state, release.figures) == (Release.State.TALLYING, None)


def test_counting_a_part_twice_changes_nothing(country: None) -> None:
    release = made()
    part_count(part_id=release.parts.get().pk)
    again = Release.objects.get(pk=release.pk)
    assert (again.content_hash, again.published_at) == (release.content_hash, release.published_at)


def test_a_part_whose_worker_is_gone_is_counted_by_another(country: None) -> None:
    release = ordered()
    part = release.parts.get()
    assert part_claim(part_id=part.pk, now=later(0)) is not None
    assert part_claim(part_id=part.pk, now=later(1)) is None
    assert parts_overdue(now=later(11)) == [part.pk]
    part_count(part_id=part.pk, clock=lambda: later(11))
    release.refresh_from_db()
    assert release.state == Release.State.READY


def test_a_message_that_comes_again_was_lost_with_its_worker_and_goes_on_at_once(country: None) -> None:
    part, message = ordered().parts.get(), uuid.uuid4()
    assert part_claim(part_id=part.pk, now=later(0), claim=message) is not None
    assert part_claim(part_id=part.pk, now=later(0), claim=uuid.uuid4()) is None
    assert part_claim(part_id=part.pk, now=later(0), claim=message) is not None


def test_a_part_that_cannot_be_counted_fails_the_release_after_three_attempts(country: None) -> None:
    release = ordered()
    Release.objects.filter(pk=release.pk).update(benchmark_version="0.0.0")
    for _ in range(3):
        with pytest.raises(Exception, match=r"0\.0\.0"):
            part_count(part_id=release.parts.get().pk)
    release.refresh_from_db()
    assert (release.state, "0.0.0" in release.error) == (Release.State.FAILED, True)


def test_a_worker_that_lost_its_lease_writes_nothing(country: None) -> None:
    part = ordered().parts.get()
    part_claim(part_id=part.pk, now=later(0))
    ReleasePart.objects.filter(pk=part.pk).update(claim=uuid.uuid4(), attempts=3)
    part_count(part_id=part.pk)
    part.refresh_from_db()
    assert (part.state, part.tallies) == (ReleasePart.State.BUILDING, None)


def test_a_part_that_loses_its_worker_each_time_fails_the_release(country: None) -> None:
    release = ordered()
    release.parts.update(state=ReleasePart.State.BUILDING, attempts=3, lease_until=later(-1))
    assert parts_overdue(now=later(0)) == []
    release.refresh_from_db()
    assert release.state == Release.State.FAILED


def test_a_release_left_in_the_last_step_is_finished_by_another(country: None) -> None:
    release = made()
    Release.objects.filter(pk=release.pk).update(state=Release.State.PROTECTING, lease_until=later(-1))
    assert releases_overdue(now=later(0)) == [release.pk]


def test_an_empty_pool_gives_a_release_without_groups() -> None:
    assert figures_of(made()).groups == {}


def test_a_series_has_one_release_in_work_at_a_time(country: None) -> None:
    ordered()
    with pytest.raises(ReleaseInWork):
        ordered(label="2026-12")


def test_a_failed_release_does_not_stop_the_next(country: None) -> None:
    Release.objects.filter(pk=ordered().pk).update(state=Release.State.FAILED)
    assert made(label="2026-12").number == 1


def test_exact_numbers_are_dropped_once_the_release_is_ready(country: None) -> None:
    assert list(made().parts.values_list("tallies", flat=True)) == [None]


def test_finishing_is_done_once(country: None) -> None:
    release = made()
    release_finish(release_id=release.pk)
    assert CountedAssessment.objects.count() == Assessment.objects.count()


@pytest.mark.parametrize("name", ["RELEASE_SHARE_THRESHOLD", "RELEASE_DISTRIBUTION_THRESHOLD"])
@pytest.mark.parametrize("value", [None, 4])
def test_a_missing_or_lowered_threshold_publishes_nothing_and_says_so(
    country: None, settings: Settings, name: str, value: int | None
) -> None:
    release = ordered()
    setattr(settings, name, value)
    part_count(part_id=release.parts.get().pk)
    release.refresh_from_db()
    assert (release.state, release.figures) == (Release.State.FAILED, None)
    assert "nothing is published" in release.error


def test_a_raised_threshold_shows_fewer_groups(country: None, settings: Settings) -> None:
    usual = made()
    forgotten(usual)
    settings.RELEASE_SHARE_THRESHOLD = settings.RELEASE_DISTRIBUTION_THRESHOLD = 60
    assert len(figures_of(made()).groups) < len(figures_of(usual).groups)


def test_the_number_of_queries_of_a_part_does_not_grow_with_its_firms(
    country: None, django_assert_max_num_queries: object
) -> None:
    part = ordered().parts.select_related("release").get()
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        tallies_of(part)


def test_a_firm_that_is_deleted_leaves_the_next_release() -> None:
    peopled(campaign_share=0)
    made()
    Firm.objects.filter(pk__in=list(Firm.objects.values_list("pk", flat=True)[:30])).delete()
    made(label="2026-12")
    assert CountedAssessment.objects.count() == 120


def test_whoever_withdraws_is_not_counted_in_the_next_release(country: None) -> None:
    made()
    withdrawn = PoolConsent.objects.order_by("pk")[:20]
    PoolConsent.objects.filter(pk__in=list(withdrawn.values_list("pk", flat=True))).update(withdrawn_at=later(0))
    made(label="2026-12")
    assert CountedAssessment.objects.count() == 130
