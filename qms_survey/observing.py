"""Counts and times every request and writes a log line for it. Addresses are told as routes: an id names somebody."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from qms_survey import metrics

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("qms_survey.requests")


class ObservingMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        route = route_of(request)
        metrics.request_observed(route, known_method(request), response.status_code, seconds)
        logger.info(
            "%s %s %d %.0f ms",
            known_method(request),
            route,
            response.status_code,
            seconds * 1000,
            extra={
                "route": route,
                "method": known_method(request),
                "status": response.status_code,
                "milliseconds": round(seconds * 1000, 1),
            },
        )
        return response


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, such as ``assessments/<uuid:assessment_id>/results/``; never its ids or secrets."""
    match = request.resolver_match
    return match.route if match else "(no such page)"


def known_method(request: HttpRequest) -> str:
    """A method that strangers make up is counted as OTHER: labels must stay few."""
    return request.method if request.method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE") else "OTHER"
