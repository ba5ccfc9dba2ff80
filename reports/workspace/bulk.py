"""Everything that can happen to a download of many reports: ordered, claimed, built, withdrawn, removed.

Consent is looked up when the file is built and again when it is downloaded.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from firms.audit import audit_record
from firms.gate import Right, fetch_many, firms_visible
from firms.models import Firm, Person
from reports.models import BulkItem, BulkJob, Report
from reports.services import OPEN, report_path, report_request, report_requeue, require_room
from reports.workspace.acting import ANYBODY, Acting, audience_acting
from reports.workspace.bundling import Part, placed, write_pdf, write_zip
from reports.workspace.comments_selectors import reports_readable
from reports.workspace.selectors import latest_assessments

LEASE = timedelta(minutes=10)
KEPT = timedelta(days=7)
MOST = 200
State, LeftOut = BulkJob.State, BulkItem.LeftOut
WRITERS = {BulkJob.Form.ZIP: write_zip, BulkJob.Form.PDF: write_pdf}


@transaction.atomic
def bulk_request(
    *, person: Person, firms: QuerySet[Firm], language: str, form: str, now: datetime, acting: Acting = ANYBODY
) -> BulkJob:
    """Orders the report of each firm's latest submitted assessment, and the file that will hold them.

    ``firms`` come from ``clients_of``. The caller sends what is open of the reports to the queue.
    """
    job = BulkJob.objects.create(person=person, language=language, form=form, requested_at=now, expires_at=now + KEPT)
    latest = [firm.latest for firm in firms[:MOST]]  # type: ignore[attr-defined]  # annotated
    for assessment in latest_assessments(person, latest).values():
        audience = audience_acting(person, assessment.firm, acting)
        report = report_request(
            assessment=assessment, language=language, person=person, now=now, batch=True, audience=audience
        )
        firm_name = named(assessment.firm, language)
        BulkItem.objects.create(job=job, assessment=assessment, report=report, firm_name=firm_name)
    return job


def named(firm: Firm, language: str) -> str:
    return firm.name_en if language == Report.Language.ENGLISH and firm.name_en else firm.name


def open_reports(job: BulkJob) -> list[Report]:
    """What is still to be built before the file can be."""
    return list(Report.objects.filter(pk__in=job.items.values("report"), state__in=OPEN))


def _free(now: datetime) -> Q:
    """Waits with no report open, or was lost with its worker."""
    unfinished = BulkItem.objects.filter(job=OuterRef("pk"), report__state__in=OPEN)
    return Q(state=State.WAITING) & ~Exists(unfinished) | Q(state=State.BUILDING, lease_until__lt=now)


def bulk_claim(*, job_id: uuid.UUID, now: datetime) -> BulkJob | None:
    """Takes the job for this worker; None if it is not due. The update is the lock."""
    claim = uuid.uuid4()
    due = BulkJob.objects.filter(_free(now), pk=job_id, attempts__lt=settings.REPORT_ATTEMPTS, expires_at__gt=now)
    taken = due.update(state=State.BUILDING, claim=claim, lease_until=now + LEASE, attempts=F("attempts") + 1)
    return BulkJob.objects.select_related("person").get(pk=job_id, claim=claim) if taken else None


def bulk_build(*, job_id: uuid.UUID, clock: Callable[[], datetime] = timezone.now) -> None:
    """Claims the job and builds it. Running it twice is harmless: the second finds nothing to claim."""
    job = bulk_claim(job_id=job_id, now=clock())
    if job is None:
        return
    try:
        if _renewed(job, clock()):
            return
        require_room()
        parts = settle(job)
        name = f"bulk-{job.pk}-{job.claim}.{job.form}" if parts else ""
        if parts:
            with placed(report_path(name)) as target:
                WRITERS[BulkJob.Form(job.form)](target, parts)
    except Exception as error:
        bulk_fail(job=job, error=error)
        raise
    _finish(job, name, clock())


def _renewed(job: BulkJob, now: datetime) -> bool:
    """Reports whose file went since they were ordered are ordered anew, and the job waits for them once more.

    Their messages are sent by the sweeper of the reports.
    """
    gone = Report.objects.filter(pk__in=job.items.values("report"), state=Report.State.EXPIRED)
    gone = gone.filter(assessment__firm__in=firms_visible(job.person, Right.REPORT))
    again = [
        report_requeue(report=report, person=job.person, now=now, batch=True)
        for report in gone.select_related("assessment__firm")
    ]
    if again:
        BulkJob.objects.filter(pk=job.pk, claim=job.claim).update(
            state=State.WAITING, lease_until=None, attempts=F("attempts") - 1
        )
    return bool(again)


def settle(job: BulkJob) -> list[Part]:
    """Writes to each item whether it is left out and why; gives the files of the others in their order."""
    items = list(job.items.select_related("assessment__firm", "report"))
    visible = _visible(job.person, items)
    for item in items:
        item.left_out = _left_out(item, visible)
    BulkItem.objects.bulk_update(items, ["left_out"])
    return [_part(job, item) for item in items if not item.left_out]


def _visible(person: Person, items: Iterable[BulkItem]) -> set[uuid.UUID]:
    """The firms that are open to the person, by their consent and by whom the report in the file was made for."""
    items = list(items)
    firms = [item.assessment.firm_id for item in items if item.assessment]
    reports = [item.report_id for item in items if item.report_id]
    readable = set(reports_readable(person).filter(pk__in=reports).values_list("pk", flat=True))
    others = {item.assessment.firm_id for item in items if item.assessment and item.report_id not in {None, *readable}}
    return set(firms_visible(person, Right.REPORT).filter(pk__in=firms).values_list("pk", flat=True)) - others


def _left_out(item: BulkItem, visible: set[uuid.UUID]) -> str:
    if item.assessment is None or item.assessment.firm_id not in visible:
        return LeftOut.CLOSED
    report = item.report
    there = report is not None and report.state == Report.State.READY and report_path(report.file).is_file()
    return "" if there else LeftOut.NOT_BUILT


def _part(job: BulkJob, item: BulkItem) -> Part:
    assert item.assessment and item.report  # noqa: S101 - nothing is left out otherwise
    day = timezone.localdate(item.assessment.submitted_at or job.requested_at)
    return Part(item.firm_name, day, job.language, report_path(item.report.file))


def _finish(job: BulkJob, name: str, now: datetime) -> None:
    """Marks the row, unless another worker has taken the job over. Without any report there is no file."""
    done = BulkJob.objects.filter(pk=job.pk, claim=job.claim, state=State.BUILDING).update(
        state=State.READY if name else State.FAILED,
        file=name,
        size=report_path(name).stat().st_size if name else None,
        finished_at=now,
        expires_at=now + KEPT,
        lease_until=None,
        error="",
    )
    if name and not done:
        report_path(name).unlink(missing_ok=True)


def bulk_fail(*, job: BulkJob, error: Exception) -> None:
    """Back among those that wait for the sweeper, or failed for good after the last attempt."""
    last = job.attempts >= settings.REPORT_ATTEMPTS
    BulkJob.objects.filter(pk=job.pk, claim=job.claim).update(
        state=State.FAILED if last else State.WAITING,
        error=f"{type(error).__name__}: {error}"[:500],
        lease_until=None,
    )


def bulk_take(*, job: BulkJob, person: Person) -> bool:
    """Whether the ready file may leave the house; each firm in it then finds the download in its log.

    False where a firm in it is no longer open to the person: that file is removed and built anew without the firm.
    """
    items = list(job.items.filter(left_out="").select_related("assessment", "report"))
    visible = _visible(person, items)
    if any(item.assessment is None or item.assessment.firm_id not in visible for item in items) or _outdated(items):
        bulk_withdraw(job=job)
        return False
    reports = Report.objects.select_related("assessment__firm")
    ids = [item.report_id for item in items]
    with transaction.atomic():
        for report in fetch_many(person, reports, ids, Right.REPORT, via="assessment__firm"):
            audit_record(person=person, action="report.downloaded", firm=report.assessment.firm, subject=report)
    return True


def _outdated(items: Iterable[BulkItem]) -> bool:
    """Whether a report in the file has been outdated since, by a comment that was changed or taken back."""
    return any(item.report is not None and item.report.state != Report.State.READY for item in items)


def bulk_withdraw(*, job: BulkJob) -> None:
    """The file goes; the job waits to be built anew."""
    changed = BulkJob.objects.filter(pk=job.pk, state=State.READY, file=job.file).update(
        state=State.WAITING, claim=None, attempts=0, file="", size=None
    )
    if changed:
        report_path(job.file).unlink(missing_ok=True)


def bulk_overdue(*, now: datetime) -> list[uuid.UUID]:
    """Jobs that can be built now. Files that hold a firm which has ended meanwhile are withdrawn first."""
    ended = BulkItem.objects.filter(assessment=None, left_out="").values("job")
    for job in BulkJob.objects.filter(state=State.READY, pk__in=ended):
        bulk_withdraw(job=job)
    lost = BulkJob.objects.filter(state=State.BUILDING, lease_until__lt=now, attempts__gte=settings.REPORT_ATTEMPTS)
    lost.update(state=State.FAILED, error="The worker was lost each time.", lease_until=None)
    due = BulkJob.objects.filter(_free(now), expires_at__gt=now).order_by("requested_at")
    return list(due.values_list("pk", flat=True)[:50])


def bulk_expire(*, now: datetime) -> int:
    """Removes the files whose time is over, and the names of the firms with them; how many jobs.

    The row changes first: a file without a row is stray and goes another day.
    """
    over = BulkJob.objects.filter(expires_at__lte=now).exclude(state=State.EXPIRED).exclude(lease_until__gt=now)
    return sum(_expire(job) for job in over)


def _expire(job: BulkJob) -> int:
    changed = BulkJob.objects.filter(pk=job.pk, state=job.state, file=job.file).update(
        state=State.EXPIRED, claim=None, lease_until=None, file="", size=None
    )
    if changed:
        job.items.all().delete()
    if changed and job.file:
        report_path(job.file).unlink(missing_ok=True)
    return changed
