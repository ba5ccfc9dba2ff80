"""Wakes a worker once the transaction has committed."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from surveys.models import Campaign
from surveys.tasks import QUEUE, campaign_mails_task

logger = logging.getLogger(__name__)


def mails_wake(campaign: Campaign) -> None:
    """A broker that is away is no error: the sweeper sends what was not sent."""
    transaction.on_commit(lambda: _send(str(campaign.pk)))


def _send(campaign_id: str) -> None:
    try:
        campaign_mails_task.apply_async([campaign_id], queue=QUEUE, retry=False)
    except OperationalError:
        logger.warning("The broker is away; the mails of campaign %s wait for the sweeper.", campaign_id)
