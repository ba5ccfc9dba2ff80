"""What the worker does. Ids only; the row in the database says the rest."""

import logging
import uuid

from celery import Celery, Task, shared_task
from django.conf import settings
from django.utils import timezone

from reports.bluebook.services import book_build, books_overdue
from reports.brand.services import brands_forget
from reports.expiry import files_tidy, receipts_purge, reports_expire
from reports.limits import memory_limited
from reports.services import report_build, reports_overdue
from reports.workspace.bulk import bulk_build, bulk_expire, bulk_overdue
from reports.workspace.standing import standing_follow, standing_mails
from reports.workspace.standing_selectors import mails_due

logger = logging.getLogger(__name__)
# A worker that takes from the first queue only is never kept waiting by work on many firms.
FIRST, BATCH = "celery", "batch"


def messages_in(app: Celery, queue: str) -> int:
    """How many messages wait there."""
    with app.connection_for_read() as connection:
        return int(connection.default_channel.queue_declare(queue).message_count)


def queue_of(*, batch: bool) -> str:
    return BATCH if batch else FIRST


@shared_task(
    bind=True,
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
    soft_time_limit=settings.REPORT_SECONDS,
    time_limit=settings.REPORT_SECONDS + 15,
)
def report_build_task(self: Task, report_id: str) -> None:
    """The claim is the message's own id: a message handed out a second time was lost with its worker."""
    with memory_limited(settings.REPORT_MEMORY_MB):
        report_build(report_id=uuid.UUID(report_id), claim=uuid.UUID(self.request.id))


@shared_task(bind=True, ignore_result=True, expires=60)
def reports_sweep(self: Task) -> None:
    now = timezone.now()
    for batch in (False, True):
        queue = queue_of(batch=batch)
        for report_id in reports_overdue(now=now, batch=batch, messages=messages_in(self.app, queue)):
            report_build_task.apply_async([str(report_id)], queue=queue)


@shared_task(ignore_result=True, expires=3600)
def reports_tidy() -> None:
    """Once a day: old files, files that belong to nothing, receipts of saves."""
    now = timezone.now()
    bulk_expire(now=now)
    brands_forget(now=now)
    removed = reports_expire(now=now), files_tidy(now=now), receipts_purge(now=now)
    logger.info("Removed %d old reports, %d stray files, %d receipts.", *removed)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True, soft_time_limit=540, time_limit=570)
def book_build_task(book_id: str) -> None:
    book_build(book_id=uuid.UUID(book_id))


@shared_task(ignore_result=True, expires=60)
def books_sweep() -> None:
    for book_id in books_overdue(now=timezone.now()):
        book_build_task.apply_async([str(book_id)], queue=BATCH)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True, soft_time_limit=540, time_limit=570)
def bulk_build_task(job_id: str) -> None:
    bulk_build(job_id=uuid.UUID(job_id))


@shared_task(ignore_result=True, expires=60)
def bulk_sweep() -> None:
    for job_id in bulk_overdue(now=timezone.now()):
        bulk_build_task.apply_async([str(job_id)], queue=BATCH, expires=60)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True, soft_time_limit=540, time_limit=570)
def standing_mails_task() -> None:
    standing_mails()


@shared_task(ignore_result=True, expires=60)
def standing_sweep() -> None:
    """What clients submitted, for those who keep a standing order; then the mails about what is ready."""
    for report in standing_follow(now=timezone.now()):
        report_build_task.apply_async([str(report.pk)], queue=queue_of(batch=report.batch))
    if mails_due(timezone.now()).exists():
        standing_mails_task.apply_async(queue=BATCH, expires=60)
