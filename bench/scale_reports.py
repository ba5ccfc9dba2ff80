"""Reports of many firms as one batch, while single firms ask for theirs.

A trial: ``python -m bench.scale_reports --firms 200``.
"""

import argparse
import os
import sys

from bench.country import manage
from bench.machines import figures_of, machines
from bench.rows import Row

TITLE = "Reports of many firms"
FIRMS = 10_000
TARGET_SECONDS, TARGET_FIRMS = 600.0, 10_000


def run(firms: int = FIRMS) -> list[Row]:
    """PostgreSQL, Redis, one worker for single reports and one for batches with a process a core."""
    with machines() as environment:
        manage(environment, "demo", "--firms", str(firms), "--campaign-share", "0", "-v", "0")
        found = figures_of(environment, "bench.batch_run", "--processes", str(os.cpu_count() or 1))
    allowed = TARGET_SECONDS * firms / TARGET_FIRMS
    missing = found["reports"] - found["ready"]
    worst = max(found["waits"], default=float("nan"))
    return [
        Row(
            f"{firms:,} reports as one batch, s", found["seconds"], allowed, found["seconds"] / allowed,
            "at most 1 (10 minutes for 10,000)",
            f"Reference: the target for so many. From the first order on; ordering took {found['ordering']:.0f} s. "
            f"{missing} are missing, {found['failed']} failed.",
        ),
        Row(
            "A single report asked for in its midst, s", worst, 3.0, worst / 3.0, "at most 1 (3 s)",
            f"The longest of {len(found['waits'])}; reference: the target.",
        ),
        Row(
            "Memory of a process that builds reports, MiB", found["most memory"], 300.0, found["most memory"] / 300.0,
            "at most 1 (300 MiB)",
            f"The most of {found['processes']} processes, shared memory included "
            f"({found['most memory shared out']:.0f} MiB where it is shared out); each is replaced after 500.",
        ),
        Row(
            "Growth of such a process over 1,000 reports of all, MiB", found["growth over 1,000 reports"], 300.0,
            found["growth over 1,000 reports"] / 300.0, "flat", "The steepest line of least squares, once warm.",
        ),
    ]  # fmt: skip


def main() -> int:
    from bench.__main__ import table  # noqa: PLC0415 - it reads this module too

    parser = argparse.ArgumentParser()
    parser.add_argument("--firms", type=int, default=FIRMS)
    print(table(run(parser.parse_args().firms)))  # noqa: T201 - a table is what this program is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
