"""Figures for Prometheus: requests as every web process counted them, and what the database says of the work to do."""

import hmac
import ipaddress
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from firms.middleware import client_address
from reports.models import Report
from scoring.models import Release

REQUESTS = Counter("qms_requests", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "qms_request_seconds",
    "Time to answer.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


def request_observed(route: str, method: str, status: int, seconds: float) -> None:
    REQUESTS.labels(route, method, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


class WorkCollector(Collector):
    """What is waiting, in work and failed, counted afresh at every visit."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        reports = GaugeMetricFamily("qms_reports", "Reports by state.", labels=["state"])
        for state, count in Report.objects.order_by().values_list("state").annotate(count=Count("pk")):
            reports.add_metric([state], count)
        yield reports
        releases = GaugeMetricFamily("qms_releases", "Releases by state.", labels=["state"])
        for state, count in Release.objects.order_by().values_list("state").annotate(count=Count("pk")):
            releases.add_metric([state], count)
        yield releases
        oldest = Report.objects.filter(state=Report.State.QUEUED).order_by("requested_at").first()
        waited = (timezone.now() - oldest.requested_at).total_seconds() if oldest else 0.0
        yield GaugeMetricFamily("qms_report_wait_seconds", "How long the oldest waiting report has waited.", waited)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For the machine itself, or for whoever holds METRICS_TOKEN; absent for everybody else."""
    if not may_read(request):
        raise Http404
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(WorkCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    """Behind a proxy everybody seems to come from this machine, so only the token counts there."""
    token, given = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    if token:
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    return not settings.BEHIND_PROXY and is_this_machine(client_address(request))


def is_this_machine(address: str | None) -> bool:
    return address is not None and ipaddress.ip_address(address).is_loopback
