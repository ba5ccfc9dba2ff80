"""What counts in a campaign: submitted from its link, before its end, once a firm, whatever becomes of the firm."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from firms.models import Firm, Person
from firms.refusal import RefusalError
from firms.services.firms import firm_register
from firms.services.merge import firm_merge
from surveys.models import Assessment, Campaign, Target
from surveys.selectors.campaigns import board_of, campaign_submissions, campaigns_of, in_time, targets_listed
from surveys.services.campaigns import campaign_close, campaign_extend, target_join
from tests.campaigns.conftest import CODES, NOW
from tests.cast import PROFILE

Listed = Callable[..., list[Target]]
# The last day of the campaign is 2026-12-31 in Shanghai, eight hours ahead.
IN_TIME, LATE = datetime(2026, 12, 31, 15, 59, tzinfo=UTC), datetime(2026, 12, 31, 16, 1, tzinfo=UTC)


def joined(target: Target, firm: Firm, person: Person) -> Assessment:
    return target_join(target=target, firm=firm, person=person, agrees_microdata=False, now=NOW)


def submitted_at(assessment: Assessment, moment: datetime) -> None:
    done = Assessment.Status.SUBMITTED
    Assessment.objects.filter(pk=assessment.pk).update(status=done, submitted_at=moment)


@pytest.mark.parametrize(("moment", "counted", "state"), [(IN_TIME, 1, "submitted"), (LATE, 0, "late")])
def test_the_last_day_counts_to_its_end(
    target: Target, firm: Firm, alice: Person, moment: datetime, counted: int, state: str
) -> None:
    submitted_at(joined(target, firm, alice), moment)
    campaign = target.campaign
    assert campaign_submissions(campaign).count() == counted
    assert board_of(campaign).total.submitted == counted
    assert campaigns_of(campaign.association).get().submitted == counted
    assert targets_listed(campaign).get(pk=target.pk).state == state


def test_an_extension_counts_what_was_late(target: Target, firm: Firm, alice: Person, staff: Person) -> None:
    submitted_at(joined(target, firm, alice), LATE)
    later = target.campaign.closes_on + timedelta(days=1)
    campaign_extend(campaign=target.campaign, closes_on=later, person=staff, now=NOW)
    assert campaign_submissions(Campaign.objects.get()).count() == 1


def test_a_closed_campaign_is_not_opened_for_a_day_that_has_passed(campaign: Campaign, staff: Person) -> None:
    campaign_close(campaign=campaign, person=staff, now=NOW)
    campaign.refresh_from_db()
    with pytest.raises(RefusalError):
        campaign_extend(campaign=campaign, closes_on=(NOW - timedelta(days=1)).date(), person=staff, now=NOW)


def test_the_submissions_of_a_campaign_are_one_query(
    target: Target, firm: Firm, alice: Person, django_assert_num_queries: Callable[[int], object]
) -> None:
    submitted_at(joined(target, firm, alice), IN_TIME)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert len(campaign_submissions(target.campaign)) == 1


def test_every_submission_is_in_time_or_late(target: Target, firm: Firm, alice: Person) -> None:
    submitted_at(joined(target, firm, alice), LATE)
    rows = Target.objects.filter(assessment__isnull=False)
    assert (rows.filter(in_time("assessment__")).count(), rows.exclude(in_time("assessment__")).count()) == (0, 1)


@pytest.fixture
def twice(listed: Listed, alice: Person) -> tuple[Firm, Firm]:
    """One firm registered twice, each with an invitation of its own that it has taken."""
    first, second = listed()
    keep, drop = firm_register(person=alice, profile=PROFILE), firm_register(person=alice, profile=PROFILE)
    joined(first, keep, alice)
    submitted_at(joined(second, drop, alice), IN_TIME)
    return keep, drop


def test_firms_that_took_part_twice_can_be_merged_and_what_was_submitted_stays(
    twice: tuple[Firm, Firm], alice: Person
) -> None:
    keep, drop = twice
    firm_merge(keep=keep, drop=drop, keeper=alice, giver=alice)
    assert list(Target.objects.filter(firm=keep).values_list("credit_code", flat=True)) == [max(CODES)]
    assert campaign_submissions(Campaign.objects.get()).get().firm == keep


def test_a_draft_given_over_in_a_merge_stays_in_the_campaign(target: Target, firm: Firm, alice: Person) -> None:
    drop = firm_register(person=alice, profile=PROFILE)
    joined(target, drop, alice)
    mine = Assessment.objects.create(
        firm=firm, instrument_code="bluebook", instrument_version="x", instrument_hash="x", started_at=NOW
    )
    firm_merge(keep=firm, drop=drop, keeper=alice, giver=alice)
    target.refresh_from_db()
    assert (target.firm, target.assessment) == (firm, mine)


def test_a_deleted_firm_leaves_its_place_on_the_list(target: Target, firm: Firm, alice: Person) -> None:
    joined(target, firm, alice)
    firm.delete()
    target.refresh_from_db()
    assert (target.firm, target.assessment) == (None, None)
