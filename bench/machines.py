"""A PostgreSQL whose commits reach the disk, a Redis, and what the processes of a site on them are told."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.country import REPOSITORY, manage
from qms_survey.guard import Guard
from tests.pipeline import servers
from tests.services.servers import free_port


@contextlib.contextmanager
def machines() -> Iterator[dict[str, str]]:
    """The environment of a site with its tables and static files in place, and nothing running yet."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-scale-")))
        guard = stack.enter_context(contextlib.closing(Guard()))
        database = stack.enter_context(servers.postgres(guard))
        broker = stack.enter_context(servers.redis(guard))
        environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "qms_survey.settings",
            "QMS_HOME": str(home),
            "PORT": str(free_port()),
            "DATABASE_URL": database.url,
            "REDIS_URL": broker.url,
        }
        manage(environment, "migrate", "-v", "0")
        manage(environment, "collectstatic", "--noinput", "-v", "0")
        yield environment


def figures_of(environment: dict[str, str], module: str, *words: str) -> dict[str, Any]:
    """What a program of ours that runs on this site prints last: its figures, as JSON."""
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))
