"""People answering at the same time. A trial: ``python -m bench.scale_people --people 20 --minutes 0.5``."""

import argparse
import sys

from bench.machines import figures_of, machines
from bench.rows import Row

TITLE = "People answering at the same time"
PEOPLE, MINUTES = 500, 10.0


def run(people: int = PEOPLE, minutes: float = MINUTES) -> list[Row]:
    """The site's own web server on PostgreSQL; what was acknowledged is compared with the database afterwards."""
    with machines() as environment:
        found = figures_of(environment, "bench.people_run", "--people", str(people), "--minutes", str(minutes))
    alone, under = found["p95 alone"] * 1000, found["p95"] * 1000
    return [
        Row(
            f"95 % of the saves of {people} people for {minutes:g} minutes, ms", under, alone, under / alone,
            "at most 5 x",
            f"Reference: one person alone without pauses. {found['saves']:,} saves and {found['pages']:,} pages, "
            f"{found['requests a second']:.0f} a second; half of the saves within {found['p50'] * 1000:.0f} ms, 99 % "
            f"within {found['p99'] * 1000:.0f} ms; 95 % of the pages within {found['p95 of pages'] * 1000:.0f} ms.",
        ),
        Row(
            "Errors, and acknowledged answers that were lost", found["errors"], len(found["lost"]),
            found["errors"] + len(found["lost"]), "0",
            f"Of {found['acknowledged']:,} acknowledged saves. {' '.join(found['kinds of errors'] + found['lost'])}",
        ),
        Row(
            "Memory of a web process, MiB", found["most memory"], 200.0, found["most memory"] / 200.0,
            "at most 1 (200 MiB)",
            f"The most of them, shared memory included ({found['most memory shared out']:.0f} MiB where it is shared "
            f"out); grows by {found['growth over 10,000 requests']:.1f} MiB over "
            "10,000 requests.",
        ),
    ]  # fmt: skip


def main() -> int:
    from bench.__main__ import table  # noqa: PLC0415 - it reads this module too

    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    options = parser.parse_args()
    print(table(run(options.people, options.minutes)))  # noqa: T201 - a table is what this program is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
