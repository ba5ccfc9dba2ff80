"""Every address x method x role against the access table. An address without a row fails."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse

from tests.access import docs, table, world
from tests.access.table import Row
from tests.access.world_assessments import assessments, questionnaires, together
from tests.access.world_bulk import bulk
from tests.access.world_campaigns import campaigning
from tests.access.world_comments import commented
from tests.access.world_dashboard import dashboards
from tests.access.world_evidence import measured_data
from tests.access.world_exports import exporting
from tests.access.world_plan import plan
from tests.access.world_releases import released
from tests.access.world_standing import standing

ROWS = table.rows()
# What the floors above add to the world.
PARTS = [
    assessments,
    together,
    questionnaires,
    measured_data,
    released,
    dashboards,
    campaigning,
    plan,
    exporting,
    bulk,
    commented,
    standing,
]


class Undo(Exception):
    """Takes back what a request changed."""


@pytest.fixture
def everybody(db: None) -> world.World:
    return world.build(*PARTS)


def outcome(response: HttpResponseBase) -> str:
    """``ok`` is whatever comes from behind the door: a page, a redirect onwards, a form sent back with its faults."""
    if response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login")):
        return "login"
    return "ok" if response.status_code in {200, 201, 202, 302, 303, 400, 409, 422} else str(response.status_code)


def close_files(response: HttpResponseBase) -> None:
    """Not response.close(): that would also end the connection whose transaction is to be taken back."""
    for close in response._resource_closers:
        close()


def ask(everybody: world.World, row: Row, method: str, role: str) -> str:
    address = reverse(row.name, kwargs={name: everybody.things[thing] for name, thing in row.args.items()})
    cache.clear()  # the rate limits' counts
    found = ""
    try:
        with transaction.atomic():
            response = everybody.browser(role).generic(method, address, **row.body)
            found = outcome(response)
            close_files(response)
            raise Undo
    except Undo:
        return found


def differences(everybody: world.World, row: Row) -> list[str]:
    cases = [(method, role, row.expected(method, role)) for method in row.asked for role in table.roles()]
    answers = [(method, role, expected, ask(everybody, row, method, role)) for method, role, expected in cases]
    return [f"{m} as {r}: expected {e}, got {a}" for m, r, e, a in answers if a not in e.split(" or ")]


@pytest.mark.parametrize("name", ROWS)
def test_the_table_holds(everybody, name):
    assert differences(everybody, ROWS[name]) == []


def test_every_address_has_a_row():
    assert sorted({address.name for address in table.addresses()} - set(ROWS)) == []


def test_every_row_has_an_address():
    assert sorted(set(ROWS) - {address.name for address in table.addresses()}) == []


def test_every_role_of_the_table_exists(everybody):
    assert set(table.roles()) == {world.ANONYMOUS, *everybody.people}


def test_the_page_in_docs_is_written_from_the_table():
    assert docs.TARGET.read_text("utf-8") == docs.document()
