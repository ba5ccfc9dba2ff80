"""Reports under faults: ``python -m tests.pipeline --reports 200``; prints what came of it as JSON.

Real PostgreSQL, real Redis, the site's own workers and scheduler. While they build, worker processes are killed, Redis
loses all it holds, PostgreSQL is killed, the disk runs full. ``--without-sweeper`` shows that the check can fail.
"""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path

from qms_survey.guard import Guard
from tests.pipeline import disk, servers
from tests.services.site import PASSED_ON

# A report takes up to half a megabyte; the room for one that is begun and thrown away comes on top.
MEGABYTES_A_REPORT = 0.6


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--without-sweeper", action="store_true")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qms-faults-")))
        guard = stack.enter_context(contextlib.closing(Guard()))
        database = stack.enter_context(servers.postgres(guard))
        broker = stack.enter_context(servers.redis(guard))
        room = stack.enter_context(disk.small_disk(home / "disk", int(options.reports * MEGABYTES_A_REPORT) + 8))
        set_environment(QMS_HOME=str(home), DATABASE_URL=database.url, REDIS_URL=broker.url)
        from tests.pipeline.run import Machines, run  # noqa: PLC0415 - reads the environment that was just set

        figures = run(
            Machines(database, broker, room, guard), options.reports, options.seconds, not options.without_sweeper
        )
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0 if figures["ready"] == figures["reports"] and not figures["lies"] else 1


def set_environment(**variables: str) -> None:
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    os.environ.clear()
    os.environ.update(kept | variables | {"DJANGO_SETTINGS_MODULE": "tests.pipeline.settings", "LANG": "C.UTF-8"})


if __name__ == "__main__":
    sys.exit(main())
