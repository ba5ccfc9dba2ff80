"""Everything that can happen to a report: requested, claimed, built, failed, put back into the queue, cancelled."""

import errno
import os
import shutil
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from firms.audit import audit_record
from firms.models import Person
from reports.brand.selectors import Owner, brand_of
from reports.evidence.access import sections_open_to
from reports.issuing import issued_models
from reports.models import IssuedFile, Report
from reports.typesetting import typeset
from reports.workspace.comments_selectors import Audience, audience_of
from reports.writing import write_report
from surveys.models import Assessment

MOST_RESENT = 500
LONGEST_PAUSE = timedelta(minutes=10)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
OPEN = (Report.State.QUEUED, Report.State.BUILDING)
# What a row holds while nobody has claimed it.
WAITING: dict[str, Any] = {
    "state": Report.State.QUEUED,
    "step": Report.Step.WAITING,
    "claim": None,
    "lease_until": None,
    "next_try_at": None,
    "fault": "",
}


class Overtaken(Exception):
    """The report was cancelled, or has passed to another worker."""


def report_request(
    *,
    assessment: Assessment,
    language: str,
    person: Person,
    now: datetime,
    format: str = Report.Format.PDF,
    sections: Iterable[str] = (),
    batch: bool = False,
    audience: Audience | None = None,
) -> Report:
    """The report of this assessment that is ordered so: the one that is there, or a new one in the queue.

    The firm's people share one, each organisation that was let in has its own, and so has whoever was let in by name.
    It keeps the look that they have now: after a change of look the same order is another report.
    A report that failed, was cancelled or has expired is queued again. ``batch`` marks one of many; ``audience`` says
    for whom it is made where the person acts for several. The caller sends the id to the queue after its transaction
    has committed.
    """
    audience = audience or audience_of(person, assessment.firm)
    order = {
        "assessment": assessment,
        "language": language,
        "format": format,
        "sections": ",".join(sections_open_to(person, assessment, sections)),
        "brand": brand_of(Owner(audience.organisation, audience.reader)),
        **vars(audience),
    }
    try:
        with transaction.atomic():
            report, created = Report.objects.get_or_create(
                **order,
                defaults={"requested_by": person, "requested_at": now, "sent_at": now, "batch": batch},
            )
    except IntegrityError:
        return Report.objects.get(**order)
    if created:
        audit_record(person=person, action="report.requested", firm=assessment.firm, subject=report)
    elif report.may_be_ordered_again:
        report = report_requeue(report=report, person=person, now=now, batch=batch)
    elif report.batch and not batch:
        # Somebody waits for it now: it overtakes the rest of its batch.
        Report.objects.filter(pk=report.pk).update(batch=False)
        report.batch = False
    return report


def report_requeue(*, report: Report, person: Person, now: datetime, batch: bool = False) -> Report:
    """A report that failed, was cancelled or whose file is gone gets its attempts anew."""
    again = (Report.State.FAILED, Report.State.CANCELLED, Report.State.EXPIRED)
    Report.objects.filter(pk=report.pk, state__in=again).update(
        **WAITING, attempts=0, error="", batch=batch, requested_by=person, requested_at=now, sent_at=now
    )
    audit_record(person=person, action="report.requested", firm=report.assessment.firm, subject=report)
    report.refresh_from_db()
    return report


def reports_outdate(*, assessment: Assessment) -> None:
    """What the reports of this assessment tell has changed: finished ones lose their file, builds begin anew.

    The caller has opened a transaction; the files go when it is through.
    """
    mine = Report.objects.filter(assessment=assessment)
    # Locked, those that wait too: whoever claims one meanwhile builds it from what stands afterwards.
    list(mine.select_for_update().values_list("pk", flat=True))
    mine.filter(state=Report.State.BUILDING).update(**WAITING | {"attempts": 0, "sent_at": None})
    ready = mine.filter(state=Report.State.READY)
    names = list(ready.values_list("file", flat=True))
    ready.update(state=Report.State.EXPIRED, step=Report.Step.WAITING, file="", size=None)
    transaction.on_commit(lambda: _remove(names))


def _remove(names: Iterable[str]) -> None:
    for name in names:
        report_path(name).unlink(missing_ok=True)


def report_cancel(*, report: Report, person: Person | None) -> bool:
    """Stops a report that waits or is being built; False if there is nothing left to stop.

    A worker that is building it finds the claim gone, and leaves no file.
    """
    stopped = Report.objects.filter(pk=report.pk, state__in=OPEN).update(**WAITING | {"state": Report.State.CANCELLED})
    if stopped:
        audit_record(person=person, action="report.cancelled", firm=report.assessment.firm, subject=report)
    return bool(stopped)


def report_claim(*, report_id: uuid.UUID, now: datetime, claim: uuid.UUID | None = None) -> Report | None:
    """Takes the report for this worker; None if it is done or leased to another. The update is the lock.

    ``claim`` names the message that asks for it. A message that comes a second time was lost with its worker, so that
    what was claimed for it is free again, lease or not.
    """
    claim = claim or uuid.uuid4()
    lost = Q(state=Report.State.BUILDING) & (_lease_over(now) | Q(claim=claim))
    taken = Report.objects.filter(_due(now) | lost, pk=report_id, attempts__lt=settings.REPORT_ATTEMPTS).update(
        state=Report.State.BUILDING,
        step=Report.Step.FIGURES,
        claim=claim,
        lease_until=now + timedelta(seconds=settings.REPORT_LEASE_SECONDS),
        next_try_at=None,
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    return Report.objects.select_related("assessment__firm", "assessment__result", "assessment__snapshot").get(
        pk=report_id
    )


def report_build(
    *, report_id: uuid.UUID, claim: uuid.UUID | None = None, clock: Callable[[], datetime] = timezone.now
) -> None:
    """Claims the report and builds it. Running it twice is harmless: the second finds nothing to claim."""
    report = report_claim(report_id=report_id, now=clock(), claim=claim)
    if report is None:
        return
    try:
        require_room()
        models = issued_models(report, built_at=clock())
        _step(report, Report.Step.TYPESETTING)
        data = write_report(models, report.format, set_pages=typeset)
        _step(report, Report.Step.STORING)
        _finish(report, data, models[0].provenance.figures_hash, clock())
    except Overtaken:
        return
    except Exception as error:
        _mend_connection()
        report_fail(report=report, error=error, now=clock())
        raise


def _mend_connection() -> None:
    """A connection that broke under the build would refuse to say so."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _step(report: Report, step: Report.Step) -> None:
    """Says how far the build is. Overtaken where the row has passed to another, or to nobody."""
    if not Report.objects.filter(pk=report.pk, claim=report.claim).update(step=step):
        raise Overtaken


def _finish(report: Report, data: bytes, figures_hash: str, now: datetime) -> None:
    """Puts the file in place and marks the row, unless another worker has taken the report over."""
    name = f"{report.pk}-{report.claim}.{report.format}"
    store(name, data)
    digest = sha256(data).hexdigest()
    with transaction.atomic():
        done = Report.objects.filter(pk=report.pk, claim=report.claim, state=Report.State.BUILDING).update(
            state=Report.State.READY,
            step=Report.Step.DONE,
            file=name,
            size=len(data),
            sha256=digest,
            figures_hash=figures_hash,
            finished_at=now,
            lease_until=None,
            fault="",
            error="",
        )
        if done:
            IssuedFile.objects.get_or_create(
                report=report, sha256=digest, defaults={"figures_hash": figures_hash, "issued_at": now}
            )
    if not done:
        report_path(name).unlink(missing_ok=True)


def report_fail(*, report: Report, error: Exception, now: datetime) -> None:
    """Back into the queue after a pause, or failed for good after the last attempt. A full disk costs no attempt."""
    fault = fault_of(error)
    full = fault == Report.Fault.DISK
    last = report.attempts >= settings.REPORT_ATTEMPTS and not full
    Report.objects.filter(pk=report.pk, claim=report.claim).update(
        **WAITING
        | {
            "state": Report.State.FAILED if last else Report.State.QUEUED,
            "fault": fault,
            "error": f"{type(error).__name__}: {error}"[:500],
            "attempts": F("attempts") - int(full),
            "sent_at": None,
            "next_try_at": None if last else now + _pause(report, fault, now),
            "finished_at": now if last else None,
        }
    )


def fault_of(error: Exception) -> Report.Fault:
    if isinstance(error, SoftTimeLimitExceeded):
        return Report.Fault.TIME
    if isinstance(error, MemoryError):
        return Report.Fault.MEMORY
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return Report.Fault.DISK
    return Report.Fault.OTHER


def _pause(report: Report, fault: Report.Fault, now: datetime) -> timedelta:
    """Four times as long after each attempt; while the disk is full, as long again as was waited already."""
    first = timedelta(seconds=settings.REPORT_PAUSE_SECONDS)
    pause = now - report.requested_at if fault == Report.Fault.DISK else first * 4 ** (report.attempts - 1)
    return min(max(pause, first), LONGEST_PAUSE)


def reports_overdue(*, now: datetime, batch: bool = False, messages: int = 0) -> list[uuid.UUID]:
    """Reports with a stale lease, or whose message was long unheard of; marked as sent anew.

    ``messages`` wait in the queue already. Only as many reports as have no message are sent again, so that a long
    queue is not filled with the same reports over and over.
    """
    stale = Q(state=Report.State.BUILDING) & _lease_over(now)
    Report.objects.filter(stale, attempts__gte=settings.REPORT_ATTEMPTS).update(
        **WAITING | {"state": Report.State.FAILED, "fault": Report.Fault.LOST, "finished_at": now}
    )
    resend = timedelta(seconds=settings.REPORT_RESEND_SECONDS)
    long_ago = Q(sent_at=None) | Q(sent_at__lt=now - resend) | Q(sent_at__gt=now + resend)
    unheard = Report.objects.filter(long_ago, batch=batch)
    without = max(0, Report.objects.filter(_due(now), batch=batch).count() - messages)
    overdue = [
        *unheard.filter(stale).values_list("pk", flat=True)[:MOST_RESENT],
        *unheard.filter(_due(now)).order_by("requested_at").values_list("pk", flat=True)[: min(without, MOST_RESENT)],
    ]
    Report.objects.filter(pk__in=overdue).update(sent_at=now)
    return overdue


def _due(now: datetime) -> Q:
    """Waits, and not for the end of a pause; one longer than any was begun before the clock was set back."""
    over = Q(next_try_at=None) | Q(next_try_at__lte=now) | Q(next_try_at__gt=now + LONGEST_PAUSE)
    return Q(state=Report.State.QUEUED) & over


def _lease_over(now: datetime) -> Q:
    """Also a lease far longer than any: the clock was set back since, and nobody would wait for its end."""
    longest = timedelta(seconds=2 * settings.REPORT_LEASE_SECONDS)
    return Q(lease_until__lt=now) | Q(lease_until__gt=now + longest)


def report_path(name: str) -> Path:
    return Path(settings.REPORTS_DIR) / name


def require_room() -> None:
    """OSError where the disk is as good as full: found out before the work, not after it."""
    directory = Path(settings.REPORTS_DIR)
    directory.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(directory).free < settings.REPORT_LEAST_FREE_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(directory))


def store(name: str, data: bytes) -> None:
    """Writes beside, to the disk itself, and renames, so that a file is whole or absent, even after a power cut."""
    path = report_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
