"""In a real browser nothing that a stranger typed runs: not in any field, on any page, for any reader."""

import logging
import os
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from playwright.sync_api import Browser

from tests.access.table import Row
from tests.access.world import World
from tests.hostile import planting
from tests.hostile.trap import Trap, trap
from tests.hostile.walking import ROWS, ask
from tests.operations.test_scripts_of_strangers import BUNCHES, FIELDS, MARK, PAYLOADS, Field, answers

pytestmark = pytest.mark.browser
READERS = ("owner", "consultant-evidence", "association", "consultancy-manager", "staff")
# Every payload is read by a parser in tests/operations/test_scripts_of_strangers.py; a browser shows some of them here,
# and all of them with QMS_PAYLOADS=all.
SHOWN = BUNCHES if os.environ.get("QMS_PAYLOADS") == "all" else BUNCHES[:2]
PAGES = [row for row in ROWS if "GET" in row.methods and not row.name.startswith("account_logout")]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="django")


@pytest.fixture
def trapped(everybody: World, chromium: Browser) -> Iterator[Trap]:
    with trap(chromium, everybody.client) as made:
        yield made


def shows(response: HttpResponse) -> bool:
    """Whether a page has anything of the payload to be seen."""
    html = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    return html and MARK.encode() in response.content


def reader_of(row: Row) -> str | None:
    return next((role for role in READERS if row.expected("GET", role).startswith("ok")), None)


def pages_of(everybody: World) -> dict[str, HttpResponse]:
    """Each page that shows it, as one of its readers sees it."""
    seen = [ask(everybody, row, "GET", role) for row in PAGES if (role := reader_of(row))]
    return {one.name: one.response for one in seen if shows(one.response)}


@pytest.mark.parametrize("payload", SHOWN)
def test_nothing_that_is_kept_runs_on_any_page(everybody: World, trapped: Trap, payload: str) -> None:
    columns = planting.plant(payload.replace("\0", ""))
    pages = pages_of(everybody)
    assert (columns >= 30, len(pages) >= 50) == (True, True)
    assert [(name, caught) for name, page in pages.items() if (caught := trapped.show(page))] == []


def test_nothing_that_is_refused_runs_in_the_refusal(everybody: World, trapped: Trap) -> None:
    found = [(field.name, refusal(everybody, field, payload)) for field in FIELDS for payload in SHOWN]
    pages = [(name, response) for name, response in found if shows(response)]
    assert len(pages) >= 10
    assert [(name, caught) for name, page in pages if (caught := trapped.show(page))] == []


def refusal(everybody: World, field: Field, payload: str) -> HttpResponse:
    """The answer to the form itself."""
    return next(answers(everybody, field, payload))[1]


@pytest.mark.parametrize("payload", PAYLOADS[:3])
def test_the_trap_catches_what_runs(trapped: Trap, payload: str) -> None:
    assert trapped.show(HttpResponse(f"<p>{payload}</p>")) != []
