"""Two questions that a load balancer or a supervisor asks: is the process alive, and can the site do its work?"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import redis
from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms_survey import broker, heartbeat


@dataclass(frozen=True)
class Part:
    """One thing the site leans on. ``fault`` says what is wrong without telling where it is or who may use it."""

    ok: bool
    milliseconds: float
    fault: str | None = None


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and worker all answer, else 503; the body tells them apart."""
    parts = {name: examine(check) for name, check in CHECKS.items()}
    everything = all(part.ok for part in parts.values())
    body = {"ready": everything, "parts": {name: asdict(part) for name, part in parts.items()}}
    return JsonResponse(body, status=200 if everything else 503)


def examine(check: Callable[[], str | None]) -> Part:
    started = time.perf_counter()
    try:
        fault = check()
    except (DatabaseFault, redis.RedisError, OSError) as error:
        fault = type(error).__name__
    return Part(ok=fault is None, milliseconds=round((time.perf_counter() - started) * 1000, 1), fault=fault)


def check_database() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return None


def check_broker() -> str | None:
    with broker.client(settings.REDIS_URL) as client:
        client.ping()
    return None


def check_worker() -> str | None:
    if heartbeat.seconds_since(settings.REDIS_URL) is None:
        return f"no sign of life from a worker within {heartbeat.LIFETIME_SECONDS} seconds"
    return None


CHECKS: dict[str, Callable[[], str | None]] = {
    "database": check_database,
    "broker": check_broker,
    "worker": check_worker,
}
