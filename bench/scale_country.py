"""A whole country on PostgreSQL: the time to make it, its release by one and by two workers, its dashboard's filters.

A trial: ``python -m bench.scale_country --firms 20000``. ``--database URL`` names a country that stands already.
"""

import argparse
import contextlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.country import FEW, manage, python, release_seconds
from bench.rows import Row
from qms_survey.guard import Guard
from tests.pipeline import servers

TITLE = "A whole country"
FIRMS = 1_000_000
# Any filter of the dashboard, one after the other; the quickest of several times each.
FILTERS = ("", "size=small", "industry=C34", "region=33", "size=medium&region=44", "practice=BB18-SPC")
FILTERED = """
import json, time, django; django.setup()
from django.test import Client
from firms.models import Person
from scoring.models import Release
person, _new = Person.objects.get_or_create(email="staff@example.com", defaults={{"is_staff": True}})
client = Client(HTTP_HOST="localhost"); client.force_login(person)
address = f"/releases/{{Release.objects.get().pk}}/"
def seconds(query):
    start = time.perf_counter()
    answer = client.get(f"{{address}}?{{query}}")
    assert answer.status_code == 200, (query, answer.status_code)
    return time.perf_counter() - start
print(json.dumps({{query: min(seconds(query) for _ in range(5)) for query in {queries!r}}}))
"""


def run(firms: int = FIRMS, database: str | None = None) -> list[Row]:
    with contextlib.ExitStack() as stack:
        few = stack.enter_context(place())
        fill(few, FEW)
        many = stack.enter_context(place(database))
        made = float("nan") if database else fill(many, firms)
        one, two = (release_seconds(many, workers) for workers in (1, 2))
        release_seconds(few, 1)
        shown_few, shown_many = filtered(few), filtered(many)
    worst = max(FILTERS, key=lambda query: shown_many[query] / shown_few[query])
    return [
        Row(
            f"A country of {firms:,} firms made, s", made, 1.0, made / firms * 1000, "minutes",
            "The ratio is in milliseconds a firm.",
        ),
        Row(
            f"Release of {firms:,} firms by two workers, s", two, one, one / two, "at least 1.7 x",
            "Reference: one worker. PostgreSQL; includes protecting, which one worker does.",
        ),
        Row(
            f"Dashboard at {firms:,} firms with a filter, s", shown_many[worst], shown_few[worst],
            shown_many[worst] / shown_few[worst], "at most 1.3 x",
            f"Reference: the same page at {FEW:,} firms. The worst of {len(FILTERS)} filters: {worst or 'none'}.",
        ),
    ]  # fmt: skip


@contextlib.contextmanager
def place(database: str | None = None) -> Iterator[dict[str, str]]:
    """The environment of a data directory on a PostgreSQL of its own, or on the one that is named."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-country-")))
        guard = stack.enter_context(contextlib.closing(Guard()))
        url = database or stack.enter_context(servers.postgres(guard)).url
        environment = {
            "PATH": os.environ["PATH"],
            "QMS_HOME": str(home),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "LANG": "C.UTF-8",
        }
        manage(environment, "migrate", "-v", "0")
        yield environment


def fill(environment: dict[str, str], firms: int) -> float:
    """Seconds that the firms took."""
    start = time.perf_counter()
    manage(environment, "demo", "--firms", str(firms), "--campaign-share", "0", "-v", "0")
    return time.perf_counter() - start


def filtered(environment: dict[str, str]) -> dict[str, float]:
    """Seconds of the dashboard by filter."""
    return dict(json.loads(python(environment, FILTERED.format(queries=FILTERS))))


def main() -> int:
    from bench.__main__ import table  # noqa: PLC0415 - it reads this module too

    parser = argparse.ArgumentParser()
    parser.add_argument("--firms", type=int, default=FIRMS)
    parser.add_argument("--database")
    options = parser.parse_args()
    print(table(run(options.firms, options.database)))  # noqa: T201 - a table is what this program is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
