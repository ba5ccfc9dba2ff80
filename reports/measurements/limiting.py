"""How often one address may have a file computed."""

import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from firms.middleware import client_address

MOST_REQUESTS = 60
WINDOW_SECONDS = 10 * 60
TOO_OFTEN = _("Too many files from your address. Wait ten minutes, or use the command line.")


def may_compute(request: HttpRequest) -> bool:
    """Whether this address has computed fewer than 60 files in these ten minutes; counts this request."""
    window = int(time.time()) // WINDOW_SECONDS
    key = f"spc-check:{client_address(request)}:{window}"
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, WINDOW_SECONDS)
    return count <= MOST_REQUESTS
