"""What becomes of reports when a firm ends."""

from django.db import transaction

from firms.models import Firm
from reports.models import Report
from reports.services import report_path


def reports_go(firm: Firm) -> None:
    """The files of a firm's reports, once it has ended for good."""
    names = list(Report.objects.filter(assessment__firm=firm).exclude(file="").values_list("file", flat=True))
    transaction.on_commit(lambda: remove_files(names))


def remove_files(names: list[str]) -> None:
    for name in names:
        report_path(name).unlink(missing_ok=True)
