"""No page asks the database more often because there is more in it: every address that shows something is visited."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access import table, world
from tests.access.crowd import crowd
from tests.access.table import Row
from tests.access.test_matrix import PARTS, Undo, close_files

# Who has most to see goes first; a page that is for everybody is visited by those whose lists are long.
VISITORS = ("owner", "editor", "consultancy-manager", "association", "staff", "consultant-report", world.ANONYMOUS)
LISTS = ("owner", "association", "consultant-report")
# One entry in the log of each firm that an outsider looks at is the point of that log, and the savepoint around it.
WRITTEN_FOR_EACH_FIRM = ("firms_audit", "SAVEPOINT")
# Between these numbers of everything nothing may change; what is asked only when a list is not empty is in both.
FEW, MANY = range(2), range(2, 8)


def visits() -> Iterator[tuple[Row, str]]:
    for row in table.rows().values():
        allowed = [role for role in VISITORS if "GET" in row.methods and row.expected("GET", role).startswith("ok")]
        wide = row.methods.get("GET") in ("signed-in", "anybody", "api-signed-in")
        yield from ((row, role) for role in (LISTS if wide else allowed[:1]) if role in allowed)


def queries(everybody: world.World, row: Row, role: str) -> int:
    """How often the page asks; what it writes is taken back."""
    address = reverse(row.name, kwargs={name: everybody.things[one] for name, one in row.args.items()})
    cache.clear()
    try:
        with transaction.atomic():
            with CaptureQueriesContext(connection) as taken:
                close_files(everybody.browser(role).get(address))
            raise Undo
    except Undo:
        return sum(not any(word in one["sql"] for word in WRITTEN_FOR_EACH_FIRM) for one in taken.captured_queries)


def counted(everybody: world.World) -> dict[str, int]:
    return {f"{row.name} as {role}": queries(everybody, row, role) for row, role in visits()}


@pytest.mark.django_db
def test_no_page_asks_more_often_when_there_is_more_to_show() -> None:
    everybody = world.build(*PARTS)
    crowd(everybody, FEW)
    few = counted(everybody)
    crowd(everybody, MANY)
    many = counted(everybody)
    assert {page: (few[page], asked) for page, asked in many.items() if asked > few[page]} == {}
    assert len(many) > 100
