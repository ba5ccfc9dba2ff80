"""What becomes of reports when a firm ends."""

from django.db import transaction

from firms.models import Firm
from reports.models import BulkItem, BulkJob, Report
from reports.services import report_path


def reports_go(firm: Firm) -> None:
    """The files of a firm's reports, once it has ended for good."""
    names = list(Report.objects.filter(assessment__firm=firm).exclude(file="").values_list("file", flat=True))
    transaction.on_commit(lambda: remove_files(names))


def bundles_go(firm: Firm) -> None:
    """Downloads of many reports with one of the firm's in them: the file goes, and is built anew without the firm."""
    mine = BulkItem.objects.filter(assessment__firm=firm)
    jobs = BulkJob.objects.filter(pk__in=mine.values("job"), state__in=(BulkJob.State.BUILDING, BulkJob.State.READY))
    names = list(jobs.exclude(file="").values_list("file", flat=True))
    # A worker that is at it finds its claim gone, and leaves no file.
    jobs.update(state=BulkJob.State.WAITING, claim=None, lease_until=None, attempts=0, file="", size=None)
    mine.delete()
    transaction.on_commit(lambda: remove_files(names))


def remove_files(names: list[str]) -> None:
    for name in names:
        report_path(name).unlink(missing_ok=True)
