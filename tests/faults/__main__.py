"""People at work while machines break: ``python -m tests.faults --minutes 3``; prints what came of it as JSON.

Real PostgreSQL with commits that reach the disk, real Redis that keeps nothing, the site's own web server, workers and
scheduler. Exit 1 when anything that was acknowledged is lost.
"""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path

from qms_survey.guard import Guard
from tests.pipeline import servers
from tests.services.servers import free_port
from tests.services.site import PASSED_ON


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], help='a kind of kill, as it stands under "killed"')
    options = parser.parse_args()
    # What the servers print goes where the errors go: the figures stand alone.
    answer = os.dup(1)
    os.dup2(2, 1)
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qms-under-use-")))
        guard = stack.enter_context(contextlib.closing(Guard()))
        database = stack.enter_context(servers.postgres(guard))
        broker = stack.enter_context(servers.redis(guard))
        for name in ("disk", "static"):
            (home / name).mkdir()
        set_environment(QMS_HOME=str(home), PORT=str(free_port()), DATABASE_URL=database.url, REDIS_URL=broker.url)
        from tests.faults.run import Plan, run  # noqa: PLC0415 - reads the environment that was just set

        plan = Plan(database, broker, guard, options.minutes * 60, options.people, options.seed, tuple(options.only))
        figures = run(plan)
    os.write(answer, f"{json.dumps(figures, indent=1)}\n".encode())
    return 1 if figures["losses"] else 0


def set_environment(**variables: str) -> None:
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    os.environ.clear()
    os.environ.update(kept | variables | {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "LANG": "C.UTF-8"})


if __name__ == "__main__":
    sys.exit(main())
