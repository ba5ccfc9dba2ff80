"""What the workers do for campaigns. Ids only; the rows in the database say the rest."""

import uuid

from celery import shared_task
from django.utils import timezone

from surveys.models import Campaign
from surveys.services.campaign_mails import campaigns_with_mail, mails_send, reminders_by_themselves

QUEUE = "batch"
LONGEST_SECONDS = 600


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True,
             soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 30)  # fmt: skip
def campaign_mails_task(campaign_id: str) -> None:
    mails_send(campaign=Campaign.objects.select_related("association").get(pk=uuid.UUID(campaign_id)))


@shared_task(ignore_result=True, expires=60)
def campaigns_sweep() -> None:
    for campaign in campaigns_with_mail(timezone.now()):
        campaign_mails_task.apply_async([str(campaign.pk)], queue=QUEUE)


@shared_task(ignore_result=True, expires=3600)
def campaigns_remind() -> None:
    reminders_by_themselves(now=timezone.now())
