"""The operator's page: what waits, what failed and may be tried again, and what the site leans on."""

import uuid
from dataclasses import dataclass

import redis
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.views.ways import action, person_of, reading, staff_only
from qms_survey import __version__, broker
from qms_survey.diagnosis import examinations
from reports.models import Report
from reports.queue import report_send
from reports.services import report_requeue
from scoring.engine import ENGINE_VERSION
from scoring.models import Release

QUEUES = ("celery", "batch")
PER_PAGE = 25


@dataclass(frozen=True)
class Queue:
    """``waiting`` is None where the broker does not answer."""

    name: str
    waiting: int | None


@dataclass(frozen=True)
class Counted:
    state: str
    count: int


@reading
@staff_only
def status(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "status.html",
        {
            "queues": queues(),
            "reports": states(Report),
            "releases": states(Release),
            "latest": Release.objects.filter(state=Release.State.READY).order_by("-published_at").first(),
            "failed": failed_reports(request.GET.get("page")),
            "findings": {part: examine() for part, examine in examinations().items()},
            "version": __version__,
            "engine_version": ENGINE_VERSION,
            "now": timezone.now(),
        },
    )


@action
@staff_only
def retry(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """A failed report gets its attempts anew. The operator sees no firm by it: only the report's number."""
    report = get_object_or_404(Report.objects.select_related("assessment__firm"), pk=report_id)
    if report.state == Report.State.FAILED:
        report_send(report_requeue(report=report, person=person_of(request), now=timezone.now()))
        messages.success(request, _("Report %(number)s is in the queue again.") % {"number": report.number})
    return redirect("platform-status")


def queues() -> list[Queue]:
    try:
        with broker.client(settings.REDIS_URL) as connection:
            return [Queue(name, int(connection.llen(name))) for name in QUEUES]
    except (redis.RedisError, OSError):
        return [Queue(name, None) for name in QUEUES]


def states(model: type[Report] | type[Release]) -> list[Counted]:
    """How many rows are in each state, in the order in which a row passes through them."""
    found = dict(model.objects.order_by().values_list("state").annotate(count=Count("pk")))
    return [Counted(str(label), found.get(value, 0)) for value, label in model.State.choices]


def failed_reports(page: str | None) -> Page[Report]:
    failed = Report.objects.filter(state=Report.State.FAILED).order_by("-finished_at", "pk")
    return Paginator(failed.only("pk", "number", "format", "error", "finished_at", "attempts"), PER_PAGE).get_page(page)
