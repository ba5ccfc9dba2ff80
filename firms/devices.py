"""Devices from which somebody has signed in before: guessing at an account from elsewhere does not lock them out.

Attempts to sign in are counted by account, so that nobody guesses on; whoever has guessed five times for somebody
else's account has thereby closed it to its owner as well. A browser in which that owner has been signed in before has
a signed cookie that says so, and attempts from it are counted by themselves.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from firms.secret import digest_of

COOKIE = "known_device"
SALT = "firms.devices"
LIFE = timedelta(days=365)


def device_of(request: HttpRequest, login: str) -> str:
    """The number of a device from which this account was signed in to before; an empty text for any other."""
    try:
        account, number = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(number) if account == digest_of(login.lower()) else ""


def device_remember(response: HttpResponse, login: str) -> None:
    """The cookie names the account by a hash, and no script can read it."""
    response.set_cookie(
        COOKIE,
        signing.dumps([digest_of(login.lower()), secrets.token_hex(16)], salt=SALT),
        max_age=LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
