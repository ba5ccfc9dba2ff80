"""Wakes a worker once the transaction has committed."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from reports.models import Report
from reports.tasks import queue_of, report_build_task

logger = logging.getLogger(__name__)


def report_send(report: Report) -> None:
    """Sends the report's id on commit. A broker that is away is no error: the sweeper sends what was not heard of."""
    transaction.on_commit(lambda: _send(str(report.pk), queue_of(batch=report.batch)))


def _send(report_id: str, queue: str) -> None:
    try:
        report_build_task.apply_async([report_id], queue=queue, retry=False)
    except OperationalError:
        logger.warning("The broker is away; report %s waits for the sweeper.", report_id)
