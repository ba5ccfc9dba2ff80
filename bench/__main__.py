"""Runs benchmarks and prints the tables of docs/benchmarks.md.

Usage: python -m bench [NAME ...] [--write]. Without names all of them; ``--write`` puts what was measured on the page.
"""

import os
import platform
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import django

from bench.rows import Row

MACHINE = f"Measured on {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}."
DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Each row is a ratio to a reference measured in the same run on the same machine, so that a faster or busier machine does
not change it. Repeat with `make bench`; `make bench ARGS=--write` writes this page. `python -m bench web pdf` measures
only what is named. What others' programs are measured with (bench/peers.txt) is installed under var/ by the run itself.

## Page weight

The questionnaire page (first part of `bluebook`, Chinese) in a cold Chromium: 73.1 KB in 9 requests, all to the site
itself; the bound is 150 KB in 10 requests. `tests/journeys/test_page_weight.py` measures it and prints the figure.

## Saves

8 writers, 10,000 interleaved saves on one assessment, a fifth sent twice: on SQLite 24.7 s with 1,207 conflicts, on
PostgreSQL 44.3 s with 5,563 conflicts; each refused save was told so and the final state of each item was the last
acknowledged save. Repeat with `QMS_STRESS_SAVES=10000 .venv/bin/python -m pytest tests/surveys/test_lost_update.py`.

## Queries

One saved answer asks the database eight times, however much has been answered: session, person, gate with the lock,
what stands, the key, the answer, who is where, who else is here (`tests/surveys/test_save_queries.py`). No page asks
more often because there is more in it: `tests/access/test_queries.py` visits every address with little and with much of
everything. Static files are packed and kept for ever, pages for everybody are sent again only if they changed, and what
a signed-in person sees is kept nowhere (`tests/services/test_static.py`).

## Where a target is missed, and why

- **An autosave** asks the database eight times. Session, person and token alone, which any signed-in page needs, bring
  a view with one INSERT down to two fifths of the bare one; a save with its lock, version, key and who is where reaches
  over half of that. No step can go without giving up that nothing is overwritten and nothing taken twice.
- **The questionnaire page** spends two thirds of its time drawing templates: each item with its help, its evidence, its
  states and its history. It is drawn anew for each request; answers are kept in no cache.
- **A whole response** is checked item by item, versioned, locked and written into the trail; the other program does
  none of this.
- **A batch of reports**: four fifths of a report's time are the typesetter's, which must forget between firms so that a
  process stays small; the rest is the report model, the row with its lease, and the file.
- **A process that builds reports** holds the typesetter, the Chinese fonts and what was remembered of the last report.
- **A release by two workers**: what one worker does alone (protecting, publishing) takes the same time for few firms as
  for many; counting is what two share, and outweighs it only in a country.
- **The dashboard under a filter** shows more for many firms: of a thousand, most groups of a region are too small to be
  shown at all. Compare the page without a filter.
"""


# Each has ``run``, which returns rows; a module bench/scale*.py with a TITLE is found by itself.
SUITES = {
    "scoring": "Scoring",
    "web": "Saves and pages",
    "country": "Associations",
    "tables": "Tables",
    "reporting": "Reports",
    "pdf": "PDF",
}


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    found = suites()
    names = [word for word in sys.argv[1:] if not word.startswith("-")] or list(found)
    if unknown := set(names) - set(found):
        sys.stderr.write(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(found)}.\n")
        return 2
    for name in names:
        title, run = found[name]
        text = f"{MACHINE}\n\n{table(run())}"
        print(f"## {title}\n\n{text}", flush=True)  # noqa: T201 - a table is what this program is for
        if "--write" in sys.argv[1:]:
            write(title, text)
    return 0


def suites() -> dict[str, tuple[str, Callable[[], list[Row]]]]:
    """Title and work of each by its name. Imported here: Django must be set up before."""
    scale = sorted(path.stem for path in Path(__file__).parent.glob("scale*.py"))
    modules = {name: import_module(f"bench.{name}") for name in (*SUITES, *scale)}
    titles = {name: SUITES.get(name) or getattr(module, "TITLE", None) for name, module in modules.items()}
    return {name: (title, modules[name].run) for name, title in titles.items() if title}


def write(title: str, text: str) -> None:
    """Puts the section in its place on the page, or at its end; the others stay as they were measured."""
    before = DOCUMENT.read_text("utf-8") if DOCUMENT.exists() else HEAD
    sections = {part.partition("\n")[0]: part.partition("\n")[2] for part in before.split("\n## ")[1:]}
    # What no run measures stands in this program; the page has it from here.
    written = {**of_head(), **sections, **of_head(), title: f"\n{text}"}
    page = HEAD.split("\n## ")[0] + "".join(f"\n## {name}\n{body.rstrip()}\n" for name, body in written.items())
    DOCUMENT.write_text(page, encoding="utf-8")


def of_head() -> dict[str, str]:
    """The sections that no run measures."""
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in HEAD.split("\n## ")[1:]}


def table(rows: list[Row]) -> str:
    """A figure that there is no reference for, because something could not be had, has no ratio either."""
    lines = ["| work | figure | reference | ratio | target | |", "|---|---:|---:|---:|---|---|"]
    lines += [
        f"| {row.name} | {row.value:.4g} | {row.reference:.4g} | {row.ratio:.2f} | {row.target} | {row.note} |"
        for row in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
