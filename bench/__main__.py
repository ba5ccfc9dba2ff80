"""Runs every benchmark and prints the tables of docs/benchmarks.md; ``--write`` puts them there."""

import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from bench.rows import Row

DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Each row is a ratio to a reference measured in the same run on the same machine, so that a faster or busier machine does
not change it. Repeat with `make bench`; `make bench ARGS=--write` writes this page.

## Page weight

The questionnaire page (first part of `bluebook`, Chinese) in a cold Chromium: 73.1 KB in 9 requests, all to the site
itself; the bound is 150 KB in 10 requests. `tests/journeys/test_page_weight.py` measures it and prints the figure.

## Saves

8 writers, 10,000 interleaved saves on one assessment, a fifth sent twice: on SQLite 24.7 s with 1,207 conflicts, on
PostgreSQL 44.3 s with 5,563 conflicts; each refused save was told so and the final state of each item was the last
acknowledged save. Repeat with `QMS_STRESS_SAVES=10000 .venv/bin/python -m pytest tests/surveys/test_lost_update.py`.
"""


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    tables = [HEAD, f"Measured on {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}.\n"]
    for title, run in suites():
        tables.append(table(title, run()))
        print(tables[-1], flush=True)  # noqa: T201 - a table is what this program is for
    if "--write" in sys.argv[1:]:
        DOCUMENT.write_text("\n".join(tables), encoding="utf-8")
    return 0


def suites() -> list[tuple[str, Callable[[], list[Row]]]]:
    """Imported here: the settings must be named before anything of Django is read."""
    import django  # noqa: PLC0415

    django.setup()
    from bench import country, reporting, scoring, web  # noqa: PLC0415

    return [
        ("Scoring", scoring.run),
        ("Saves", web.run),
        ("Associations", country.run),
        ("Reports", reporting.run),
    ]


def table(title: str, rows: list[Row]) -> str:
    lines = [
        f"## {title}",
        "",
        "| work | figure | reference | ratio | target | |",
        "|---|---:|---:|---:|---|---|",
    ]
    lines += [
        f"| {row.name} | {row.value:.4g} | {row.reference:.4g} | {row.ratio:.2f} | {row.target} | {row.note} |"
        for row in rows
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
