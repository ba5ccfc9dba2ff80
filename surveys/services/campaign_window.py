"""Within a campaign's window what a firm submits counts, and what it submits anew takes the first one's place."""

from datetime import datetime

from django.utils import timezone

from surveys.models import Assessment, Campaign, Target


def is_open(campaign: Campaign, now: datetime) -> bool:
    """Whether firms may join and what they submit counts."""
    return campaign.closed_at is None and campaign.opens_on <= timezone.localdate(now) <= campaign.closes_on


def target_follow(*, assessment: Assessment, now: datetime) -> None:
    """Answers that were corrected and submitted anew while the campaign was open take the place of the first ones."""
    if assessment.previous_id is None:
        return
    target = Target.objects.select_related("campaign").filter(assessment=assessment.previous_id).first()
    same = target is not None and target.campaign.instrument_version == assessment.instrument_version
    if target is not None and same and is_open(target.campaign, now):
        Target.objects.filter(pk=target.pk).update(assessment=assessment)
