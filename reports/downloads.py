"""Hands a finished report out, and writes into the trail that it was."""

from django.http import FileResponse, Http404, HttpResponse

from firms.audit import audit_record
from firms.models import Person
from reports.models import Report
from reports.selectors import report_filename
from reports.services import report_path
from reports.writing import CONTENT_TYPES


def report_download(report: Report, person: Person) -> HttpResponse:
    """The file, never to be kept by a cache. Http404 while it is not ready, or if it is gone."""
    if report.state != Report.State.READY:
        raise Http404
    try:
        file = report_path(report.file).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    audit_record(person=person, action="report.downloaded", firm=report.assessment.firm, subject=report)
    response = FileResponse(
        file, as_attachment=True, filename=report_filename(report), content_type=CONTENT_TYPES[report.format]
    )
    response.headers["Cache-Control"] = "no-store, private"
    return response  # type: ignore[return-value]
