"""What every answer carries, whoever asks and whatever becomes of it: page, file, picture, refusal and error."""

import logging
from collections.abc import Iterator
from http.cookies import Morsel

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.access.world import World
from tests.hostile.walking import ROWS, Seen, ask

METHODS = ("GET", "POST")
# Whoever has come through one of these is nobody afterwards.
ENDS = {"account_logout", "account-delete"}
# Each directive that stops a page from taking in, or being taken into, what is not ours.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HSTS = "max-age=31536000; includeSubDomains; preload"
# The same bytes for everybody.
FOR_EVERYBODY = {"manifest", "service-worker", "offline", "api:openapi-json"}


@pytest.fixture(autouse=True)
def over_https(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """As behind an operator's certificate; refusals by the hundred are what is asked for here."""
    caplog.set_level(logging.CRITICAL, logger="django")
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = settings.SECURE_SSL_REDIRECT = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True


def policy(response: HttpResponseBase) -> dict[str, str]:
    directives = response.headers.get("Content-Security-Policy", "").split(";")
    return {name: told for name, _, told in (directive.strip().partition(" ") for directive in directives)}


def faults(response: HttpResponseBase) -> Iterator[str]:
    yield from (f"no {name}" for name, told in FIXED.items() if response.headers.get(name) != told)
    yield from ["no Strict-Transport-Security"] * (response.headers.get("Strict-Transport-Security") != HSTS)
    found = policy(response)
    yield from (f"policy: {name} {found.get(name)}" for name, told in POLICY.items() if found.get(name) != told)
    yield from ["policy: unsafe"] * ("unsafe" in str(found))
    yield from ["says what it is built with"] * ("Server" in response.headers or "X-Powered-By" in response.headers)
    yield from (f"cookie {one.key}: {fault}" for one in response.cookies.values() for fault in cookie_faults(one))


def cookie_faults(cookie: "Morsel[str]") -> list[str]:
    """A cookie that is taken back carries no value to protect."""
    wanted = {"secure": True, "httponly": True, "samesite": "Lax"}
    return [name for name, told in wanted.items() if cookie.value and cookie[name] != told]


def kept_by_caches(one: Seen) -> bool:
    """Whether a proxy would keep what is for this person, or a browser what is not public."""
    told = one.response.headers.get("Cache-Control", "")
    return one.name not in FOR_EVERYBODY and "no-store" not in told and told != "private, no-cache"


def walked(everybody: World, role: str) -> list[Seen]:
    rows = [row for row in ROWS if row.name not in ENDS]
    return [ask(everybody, row, method, role, secure=True) for row in rows for method in METHODS]


@pytest.mark.parametrize("role", ["anonymous", "owner", "association"])
def test_every_answer_carries_what_protects_its_reader(everybody: World, role: str) -> None:
    seen = walked(everybody, role)
    assert [f"{one}: {wrong}" for one in seen for wrong in faults(one.response)] == []
    assert {one.response.status_code for one in seen} >= {200, 302, 404, 405}
    # What a signed-in person sees is kept nowhere else.
    assert [str(one) for one in seen if role != "anonymous" and kept_by_caches(one)] == []


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/static/nowhere.js", "/.git/config", "/static/../manage.py", "/%00", "/firms/x/profile/"]
)
def test_where_nothing_is_the_answer_is_protected_too(db: None, path: str) -> None:
    response = Client().get(path, secure=True)
    assert (response.status_code, list(faults(response))) == (404, [])


def test_an_error_of_ours_is_protected_and_tells_nothing(
    everybody: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = everybody.browser("owner")
    browser.raise_request_exception = False
    monkeypatch.setattr("firms.gate._membership", broken)
    response = browser.get(reverse("report", args=[everybody.things["report"]]), secure=True)
    assert (response.status_code, list(faults(response))) == (500, [])
    assert "hunter2" not in response.content.decode()
    assert "Traceback" not in response.content.decode()


def broken(*arguments: object, **named: object) -> None:
    raise RuntimeError("hunter2")


def test_a_page_asked_for_without_a_certificate_is_sent_to_one(db: None) -> None:
    response = Client().get("/accounts/login/?next=/home/")
    assert (response.status_code, response.headers["Location"]) == (
        301,
        "https://testserver/accounts/login/?next=/home/",
    )
