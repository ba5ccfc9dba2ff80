"""The audit trail, for the firm and for the platform's staff: as a page and as CSV."""

import uuid
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.csv_safe import csv_rows
from firms.models import AuditEntry
from firms.selectors.audit import Line, firm_trail, lines, outsiders_trail, platform_trail
from firms.views.firms import managed_firm
from firms.views.ways import area, reading, staff_only

PER_PAGE = 50
CHUNK = 500


@reading
def trail(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    firm = managed_firm(request, firm_id)
    return _trail_page(request, firm_trail(firm), "firms/trail.html", area(firm, "trail"))


@reading
def visits(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponse:
    """Every look and download by outsiders."""
    firm = managed_firm(request, firm_id)
    return _trail_page(request, outsiders_trail(firm), "firms/visits.html", area(firm, "visits"))


@reading
def trail_csv(request: HttpRequest, firm_id: uuid.UUID) -> HttpResponseBase:
    return _trail_csv(firm_trail(managed_firm(request, firm_id)))


@reading
@staff_only
def platform(request: HttpRequest) -> HttpResponse:
    return _trail_page(request, platform_trail(), "firms/platform_trail.html", {})


@reading
@staff_only
def platform_csv(request: HttpRequest) -> HttpResponseBase:
    return _trail_csv(platform_trail())


def _trail_page(
    request: HttpRequest, entries: QuerySet[AuditEntry], template: str, context: dict[str, object]
) -> HttpResponse:
    shown = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, template, {**context, "page": shown, "lines": list(lines(shown.object_list))})


def _trail_csv(entries: QuerySet[AuditEntry]) -> StreamingHttpResponse:
    header = [_("Time"), _("Who"), _("What"), _("Record"), _("Id"), _("Details"), _("Network address"), _("Request")]
    response = StreamingHttpResponse(csv_rows(header, _cells(entries)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-trail.csv"'
    return response


def _cells(entries: QuerySet[AuditEntry]) -> Iterator[list[str]]:
    """Page by page, so that a long trail costs little memory and names are looked up in one go for each page."""
    for part in Paginator(entries, CHUNK):
        yield from (_row(line) for line in lines(part.object_list))


def _row(line: Line) -> list[str]:
    at = timezone.localtime(line.at).isoformat(timespec="seconds")
    entry = line.entry
    return [at, line.who, line.what, line.record, entry.subject_id, line.details, line.address, entry.request_id]
