"""Wakes a worker for a book once the transaction has committed."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from reports.models import BlueBook
from reports.tasks import BATCH, book_build_task

logger = logging.getLogger(__name__)


def book_send(book: BlueBook) -> None:
    """A broker that is away is no error: the sweeper sends what was not heard of."""
    transaction.on_commit(lambda: _send(str(book.pk)))


def _send(book_id: str) -> None:
    try:
        book_build_task.apply_async([book_id], queue=BATCH, retry=False)
    except OperationalError:
        logger.warning("The broker is away; blue book %s waits for the sweeper.", book_id)
