"""Numbers each request and remembers where it comes from, for the audit trail and the logs."""

import ipaddress
import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from firms.context import Origin, origin

Handler = Callable[[HttpRequest], HttpResponse]
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


class OriginMiddleware:
    """Sets the origin of each request and answers with its number in ``X-Request-ID``."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        here = Origin(address=client_address(request), request_id=request_id(request), path=request.path)
        token = origin.set(here)
        try:
            response = self.get_response(request)
        finally:
            origin.reset(token)
        response.headers["X-Request-ID"] = here.request_id
        return response


def trusted_proxies() -> int:
    """How many proxies of our own stand in front; sign-in's rate limits go by the same setting."""
    return int(getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0))


def client_address(request: HttpRequest) -> str | None:
    """The client's IP address: X-Forwarded-For is believed only as far as our own proxies wrote it."""
    proxies = trusted_proxies()
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    raw = hops[-proxies] if 0 < proxies <= len(hops) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(raw.strip()))
    except ValueError:
        return None


def request_id(request: HttpRequest) -> str:
    """The number a trusted proxy gave the request, else a new one."""
    given = request.headers.get("X-Request-ID", "")
    return given if trusted_proxies() and REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
