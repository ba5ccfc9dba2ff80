"""What the worker does. Ids only; the row in the database says the rest."""

import uuid

from celery import shared_task
from django.utils import timezone

from reports.services import report_build, reports_overdue


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def report_build_task(report_id: str) -> None:
    report_build(report_id=uuid.UUID(report_id))


@shared_task(ignore_result=True, expires=60)
def reports_sweep() -> None:
    for report_id in reports_overdue(now=timezone.now()):
        report_build_task.delay(str(report_id))
