"""Hands a finished report out, and writes into the trail that it was."""

import logging
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse

from firms.audit import audit_record
from firms.models import Person
from reports.models import Report
from reports.selectors import report_filename
from reports.services import report_path
from reports.writing import CONTENT_TYPES

logger = logging.getLogger(__name__)
LOOKED_AT = 20


def report_download(report: Report, person: Person) -> HttpResponse:
    """The file, never to be kept by a cache. Http404 while it is not ready, or if it is gone."""
    if report.state != Report.State.READY:
        raise Http404
    try:
        file = report_path(report.file).open("rb")
    except FileNotFoundError:
        logger.error(
            "Report %s is ready, and its file is not in %s. Do all machines share QMS_HOME? `manage.py doctor` tells.",
            report.pk,
            settings.REPORTS_DIR,
        )
        raise Http404 from None
    audit_record(person=person, action="report.downloaded", firm=report.assessment.firm, subject=report)
    response = FileResponse(
        file, as_attachment=True, filename=report_filename(report), content_type=CONTENT_TYPES[report.format]
    )
    response.headers["Cache-Control"] = "no-store, private"
    return response  # type: ignore[return-value]


def files_missing() -> tuple[int, int]:
    """How many of the reports finished last were looked at, and how many of these have no file on this machine."""
    ready = Report.objects.filter(state=Report.State.READY).exclude(file="").order_by("-finished_at")
    names = list(ready.values_list("file", flat=True)[:LOOKED_AT])
    directory = Path(settings.REPORTS_DIR)
    return len(names), sum(not (directory / name).is_file() for name in names)
