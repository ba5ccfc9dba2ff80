"""Everything that can happen to a report: requested, claimed, built, failed, put back into the queue."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from firms.audit import audit_record
from firms.models import Person
from reports.models import Report
from reports.selectors import report_model
from reports.typesetting import typeset
from surveys.models import Assessment

# A queued row whose message has not been heard of for so long is sent again.
RESEND_AFTER = timedelta(seconds=30)


def report_request(*, assessment: Assessment, language: str, person: Person, now: datetime) -> Report:
    """The report of this assessment in this language: the one that is there, or a new one in the queue.

    A report that failed is queued again. The caller sends the id to the queue after its transaction has committed.
    """
    try:
        with transaction.atomic():
            report, created = Report.objects.get_or_create(
                assessment=assessment,
                language=language,
                format=Report.Format.PDF,
                defaults={"requested_by": person, "requested_at": now, "sent_at": now},
            )
    except IntegrityError:
        return Report.objects.get(assessment=assessment, language=language, format=Report.Format.PDF)
    if created:
        audit_record(person=person, action="report.requested", firm=assessment.firm, subject=report)
    elif report.state == Report.State.FAILED:
        report = report_requeue(report=report, person=person, now=now)
    return report


def report_requeue(*, report: Report, person: Person, now: datetime) -> Report:
    """A failed report gets its attempts anew."""
    Report.objects.filter(pk=report.pk, state=Report.State.FAILED).update(
        state=Report.State.QUEUED, step=Report.Step.WAITING, attempts=0, error="", requested_at=now, sent_at=now
    )
    audit_record(person=person, action="report.requested", firm=report.assessment.firm, subject=report)
    report.refresh_from_db()
    return report


def report_claim(*, report_id: uuid.UUID, now: datetime) -> Report | None:
    """Takes the report for this worker; None if it is done or leased to another. The update is the lock."""
    claim = uuid.uuid4()
    free = Q(state=Report.State.QUEUED) | Q(state=Report.State.BUILDING, lease_until__lt=now)
    taken = Report.objects.filter(free, pk=report_id, attempts__lt=settings.REPORT_ATTEMPTS).update(
        state=Report.State.BUILDING,
        step=Report.Step.FIGURES,
        claim=claim,
        lease_until=now + timedelta(seconds=settings.REPORT_LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    return Report.objects.select_related("assessment__firm", "assessment__result", "assessment__snapshot").get(
        pk=report_id
    )


def report_build(*, report_id: uuid.UUID, clock: Callable[[], datetime] = timezone.now) -> None:
    """Claims the report and builds it. Running it twice is harmless: the second finds nothing to claim."""
    report = report_claim(report_id=report_id, now=clock())
    if report is None:
        return
    try:
        model = report_model(report.assessment, language=report.language, report_id=report.pk, built_at=clock())
        _step(report, Report.Step.TYPESETTING)
        pdf = typeset(model)
        _step(report, Report.Step.STORING)
        _finish(report, pdf, clock())
    except Exception as error:
        report_fail(report=report, error=error, now=clock())
        raise


def _step(report: Report, step: Report.Step) -> None:
    """Says how far the build is. Nothing is written where the lease has passed to another worker."""
    Report.objects.filter(pk=report.pk, claim=report.claim).update(step=step)


def _finish(report: Report, pdf: bytes, now: datetime) -> None:
    """Puts the file in place and marks the row, unless another worker has taken the report over."""
    name = f"{report.pk}-{report.claim}.pdf"
    store(name, pdf)
    done = Report.objects.filter(pk=report.pk, claim=report.claim, state=Report.State.BUILDING).update(
        state=Report.State.READY,
        step=Report.Step.DONE,
        file=name,
        size=len(pdf),
        sha256=sha256(pdf).hexdigest(),
        finished_at=now,
        lease_until=None,
    )
    if not done:
        report_path(name).unlink(missing_ok=True)


def report_fail(*, report: Report, error: Exception, now: datetime) -> None:
    """Back into the queue, or failed for good after the last attempt."""
    last = report.attempts >= settings.REPORT_ATTEMPTS
    Report.objects.filter(pk=report.pk, claim=report.claim).update(
        state=Report.State.FAILED if last else Report.State.QUEUED,
        step=Report.Step.WAITING,
        error=f"{type(error).__name__}: {error}"[:500],
        finished_at=now if last else None,
        lease_until=None,
    )


def reports_overdue(*, now: datetime) -> list[uuid.UUID]:
    """Reports with a stale lease, or whose message was long unheard of; marked as sent anew."""
    stale = Q(state=Report.State.BUILDING, lease_until__lt=now)
    Report.objects.filter(stale, attempts__gte=settings.REPORT_ATTEMPTS).update(
        state=Report.State.FAILED, error="The worker was lost each time.", finished_at=now
    )
    unheard = Q(state=Report.State.QUEUED) & (Q(sent_at=None) | Q(sent_at__lt=now - RESEND_AFTER))
    overdue = list(Report.objects.filter(stale | unheard).order_by("requested_at").values_list("pk", flat=True)[:500])
    Report.objects.filter(pk__in=overdue).update(sent_at=now)
    return overdue


def report_path(name: str) -> Path:
    return Path(settings.REPORTS_DIR) / name


def store(name: str, data: bytes) -> None:
    """Writes beside and renames, so that a file is whole or absent."""
    path = report_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)
