"""Which assessments a release counts: one a firm, of one series, with consent, up to its date."""

from datetime import timedelta

import pytest
from django.utils import timezone

from firms.models import Firm, Person, PoolConsent
from scoring.models import CountedAssessment
from scoring.releases.selectors import figures_of, latest_release_for, peer_place
from scoring.releases.series import assessments_of, earlier_releases
from scoring.releases.services import ReleaseRefused
from surveys.models import Assessment, Campaign
from tests.filling import submitted
from tests.releases.country import made, ordered, peopled

pytestmark = pytest.mark.django_db


def counted() -> set[object]:
    return set(assessments_of(ordered()).values_list("pk", flat=True))


@pytest.fixture
def pooled(firm: Firm) -> Firm:
    PoolConsent.objects.create(firm=firm, given_at=timezone.now() - timedelta(days=400))
    return firm


def test_a_firm_that_has_not_agreed_is_not_counted(firm: Firm, alice: Person) -> None:
    submitted(firm, alice)
    assert counted() == set()


def test_a_firm_that_has_agreed_is_counted(pooled: Firm, alice: Person) -> None:
    mine = submitted(pooled, alice)
    assert counted() == {mine.pk}


def test_consent_given_after_the_date_does_not_count(firm: Firm, alice: Person) -> None:
    submitted(firm, alice)
    PoolConsent.objects.create(firm=firm, given_at=timezone.now() + timedelta(hours=1))
    assert counted() == set()


def test_a_firm_has_one_vote_its_latest(pooled: Firm, alice: Person) -> None:
    old = submitted(pooled, alice)
    Assessment.objects.filter(pk=old.pk).update(submitted_at=old.submitted_at - timedelta(days=300))
    new = submitted(pooled, alice, RD_01="5")
    assert counted() == {new.pk}


def test_what_is_submitted_after_the_date_waits_for_the_next_release(pooled: Firm, alice: Person) -> None:
    late = submitted(pooled, alice)
    Assessment.objects.filter(pk=late.pk).update(submitted_at=timezone.now() + timedelta(hours=1))
    assert counted() == set()


def test_a_campaign_counts_its_own_and_the_pool_the_others() -> None:
    written = peopled(campaign_share=0.5)
    listed = set(Assessment.objects.filter(target__isnull=False).values_list("pk", flat=True))
    of_pool, of_association = ordered(), ordered(written.association)
    assert set(assessments_of(of_association).values_list("pk", flat=True)) == listed
    assert set(assessments_of(of_pool).values_list("pk", flat=True)) == set(
        Assessment.objects.exclude(pk__in=listed).values_list("pk", flat=True)
    )


def test_who_is_counted_again_keeps_its_first_number() -> None:
    peopled(campaign_share=0)
    made()
    made(label="2026-12")
    assert set(CountedAssessment.objects.values_list("since", flat=True)) == {0}


def test_who_comes_back_after_a_break_begins_anew() -> None:
    peopled(campaign_share=0)
    made()
    consent = PoolConsent.objects.first()
    PoolConsent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
    made(label="2026-12")
    PoolConsent.objects.create(firm=consent.firm, given_at=timezone.now())
    made(label="2027-01")
    assert CountedAssessment.objects.get(assessment__firm=consent.firm).since == 2


def test_with_nobody_new_the_figures_stand() -> None:
    """Few changes must not show as a difference between two releases."""
    peopled(campaign_share=0)
    first = figures_of(made()).group("all")
    second = figures_of(made(label="2026-12")).group("all")
    assert (second.firms, second.as_of, dict(second.shares)) == (first.firms, first.as_of, dict(first.shares))


def test_a_firm_finds_its_place_among_the_others_of_the_latest_release(pooled: Firm, alice: Person) -> None:
    peopled(campaign_share=0)
    mine = submitted(pooled, alice)
    release = made()
    place = peer_place(mine)
    assert latest_release_for(mine) == release
    assert place is not None
    assert (place.release, place.group is not None, 0 <= (place.percentile or -1) <= 1) == ("2026-11", True, True)


def test_without_a_release_there_is_no_place(pooled: Firm, alice: Person) -> None:
    assert peer_place(submitted(pooled, alice)) is None


def test_an_association_sees_no_release_of_the_open_pool() -> None:
    written = peopled(campaign_share=0.5)
    made()
    target = Assessment.objects.filter(target__campaign=written.campaign).select_related("target").first()
    assert latest_release_for(target) is None


def test_campaigns_released_one_by_one_are_never_released_together() -> None:
    """A campaign's groups are parts of the whole's: the difference might be one firm."""
    written = peopled(campaign_share=0.5)
    made(written.association, campaign=written.campaign)
    with pytest.raises(ReleaseRefused):
        ordered(written.association, label="2026-12")


def test_all_campaigns_released_together_are_never_released_one_by_one() -> None:
    written = peopled(campaign_share=0.5)
    made(written.association)
    with pytest.raises(ReleaseRefused):
        ordered(written.association, label="2026-12", campaign=written.campaign)


def test_a_campaign_is_compared_with_its_own_earlier_releases_only() -> None:
    written = peopled(campaign_share=0.5)
    first = made(written.association, campaign=written.campaign)
    other = Campaign.objects.get(pk=written.campaign.pk)
    other.pk = None
    other._state.adding = True
    other.save()
    made(written.association, label="other", campaign=other)
    again = made(written.association, label="2026-12", campaign=written.campaign)
    assert list(earlier_releases(again)) == [first]
    assert figures_of(again).group("all").as_of == "2026-11"
