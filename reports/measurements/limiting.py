"""How often one address may have a file computed."""

from django.core.cache import cache
from django.http import HttpRequest

from firms.middleware import client_address

MOST_REQUESTS = 60
WINDOW_SECONDS = 10 * 60


def may_compute(request: HttpRequest) -> bool:
    """Whether this address has computed fewer than 60 files within ten minutes; counts this request."""
    key = f"spc-check:{client_address(request)}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) <= MOST_REQUESTS
    except ValueError:  # The window closed between the two calls.
        return True
