"""Every page that anybody may open, in the browser: axe has nothing grave to say, whoever reads it."""

import logging
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from playwright.sync_api import Browser

from tests.access import world
from tests.access.table import Row
from tests.access.test_matrix import PARTS
from tests.access.world import World
from tests.hostile.trap import Trap, trap
from tests.hostile.walking import ROWS, ask
from tests.journeys.accessible import violations

pytestmark = pytest.mark.browser
# How many pages each reader has to themselves, at least: a walk that opens none would prove nothing.
LEAST = {"anonymous": 15, "owner": 25, "consultant-evidence": 1, "consultancy-manager": 1, "association": 8, "staff": 3}
READERS = tuple(LEAST)


@pytest.fixture
def everybody(db: None) -> World:
    return world.build(*PARTS)


@pytest.fixture
def shown(everybody: World, chromium: Browser) -> Iterator[Trap]:
    with trap(chromium, everybody.client, "js", "css", "svg", "png") as made:
        yield made


def first_reader(row: Row) -> str | None:
    return next((reader for reader in READERS if row.expected("GET", reader).startswith("ok")), None)


def is_page(response: HttpResponse) -> bool:
    return response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")


def faults(shown: Trap, page: HttpResponse) -> list[str]:
    shown.open(page)
    return violations(shown.page)


@pytest.mark.parametrize("reader", READERS)
def test_axe_finds_nothing_on_any_page(
    everybody: World, shown: Trap, caplog: pytest.LogCaptureFixture, reader: str
) -> None:
    """Each page once, for the first of the readers who may open it."""
    caplog.set_level(logging.CRITICAL, logger="django")
    rows = [row for row in ROWS if "GET" in row.methods and first_reader(row) == reader]
    answers = {row.name: ask(everybody, row, "GET", reader).response for row in rows}
    pages = {name: one for name, one in answers.items() if is_page(one)}
    assert {name: found for name, one in pages.items() if (found := faults(shown, one))} == {}
    assert len(pages) >= LEAST[reader]
