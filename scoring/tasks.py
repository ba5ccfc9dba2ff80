"""What the workers do for releases. Ids only; the rows in the database say the rest."""

import uuid

from celery import Task, shared_task
from django.utils import timezone

from scoring.releases.services import part_count, parts_overdue, release_finish, releases_overdue

QUEUE = "batch"
# Shorter than the lease: what is still at work is never given to another.
LONGEST_SECONDS = 540


@shared_task(bind=True, acks_late=True, reject_on_worker_lost=True, ignore_result=True,
             soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 30)  # fmt: skip
def release_part_task(self: Task, part_id: int) -> None:
    """The claim is the message's own id: a message handed out a second time was lost with its worker."""
    part_count(part_id=part_id, claim=uuid.UUID(self.request.id))


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True,
             soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 30)  # fmt: skip
def release_finish_task(release_id: str) -> None:
    release_finish(release_id=uuid.UUID(release_id))


@shared_task(ignore_result=True, expires=60)
def releases_sweep() -> None:
    now = timezone.now()
    for part_id in parts_overdue(now=now):
        release_part_task.apply_async([part_id], queue=QUEUE)
    for release_id in releases_overdue(now=now):
        release_finish_task.apply_async([str(release_id)], queue=QUEUE)
