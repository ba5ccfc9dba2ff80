"""Wakes workers once the transaction has committed."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from scoring.models import Release
from scoring.tasks import QUEUE, release_part_task

logger = logging.getLogger(__name__)


def release_send(release: Release) -> None:
    """Sends the release's parts on commit. A broker that is away is no error: the sweeper sends them later."""
    ids = list(release.parts.order_by("number").values_list("pk", flat=True))
    transaction.on_commit(lambda: _send(ids))


def _send(ids: list[int]) -> None:
    try:
        for part_id in ids:
            release_part_task.apply_async([part_id], queue=QUEUE, retry=False)
    except OperationalError:
        logger.warning("The broker is away; the release waits for the sweeper.")
