"""Goes to every address of the site as somebody, and sees what the database was told meanwhile."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.access import table
from tests.access.table import Row
from tests.access.test_matrix import close_files
from tests.access.world import World

ROWS = list(table.rows().values())
WRITE = re.compile(r"""\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+["`]?(\w+)""", re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """One answer, and the tables that its request wrote to."""

    name: str
    method: str
    role: str
    response: HttpResponseBase
    wrote: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.method} {self.name} as {self.role}"


@dataclass
class Recorder:
    """Keeps the tables that were written to; an execute wrapper of the connection."""

    tables: set[str] = field(default_factory=set)

    def __call__(self, execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        found = WRITE.match(sql)
        self.tables |= {found[1]} if found else set()
        return execute(sql, parameters, many, context)


@contextmanager
def recorded() -> Iterator[Recorder]:
    recorder = Recorder()
    with connection.execute_wrapper(recorder):
        yield recorder


def address(world: World, row: Row) -> str:
    return reverse(row.name, kwargs={name: world.things[thing] for name, thing in row.args.items()})


def ask(world: World, row: Row, method: str, role: str, browser: Client | None = None, **headers: Any) -> Seen:
    cache.clear()  # the rate limits' counts
    with recorded() as written:
        response = (browser or world.browser(role)).generic(method, address(world, row), **row.body, **headers)
        close_files(response)
    return Seen(row.name, method, role, response, frozenset(written.tables))


def row_hashes() -> dict[str, str]:
    """One hash for all rows of each table."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: _hash(model) for model in models if model._meta.managed}


def _hash(model: Any) -> str:
    rows = sorted(repr(row) for row in model._base_manager.values_list())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
