"""Hosts of one site: each runs the commands of docs/operations.md, beside one PostgreSQL and one Redis."""

import contextlib
import http.client
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qms_survey import broker
from qms_survey.guard import Guard, signal_group, signal_leader
from tests.scale.network import Network, Place
from tests.services import programs
from tests.services.servers import (
    POSTGRES_OPTIONS,
    POSTGRES_USER,
    found,
    free_port,
    initialise,
    postgres_answers,
    server,
    server_directory,
)
from tests.services.site import REPOSITORY, site_environment

OPERATIONS = REPOSITORY / "docs" / "operations.md"
DOCUMENTED = re.compile(r"^\| (?P<process>[a-z ]+) \| `\.venv/bin/python (?P<words>-m [^`]+)` \|", re.MULTILINE)
STOP_SECONDS = 5.0


def documented() -> dict[str, list[str]]:
    """The words behind ``python`` of each process that a site on several machines has, by the name of its row."""
    several = OPERATIONS.read_text(encoding="utf-8").partition("## Several machines")[2].partition("\n## ")[0]
    return {row["process"]: shlex.split(row["words"]) for row in DOCUMENTED.finditer(several)}


@dataclass
class Host:
    """One machine. ``environment`` is what its processes are given, and nothing else."""

    place: Place
    environment: dict[str, str]
    logs: Path
    guard: Guard
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, process: str) -> None:
        words = [str(self.place.port) if word == "8000" else word for word in documented()[process]]
        with self._log(process).open("ab") as log:
            started = subprocess.Popen(
                [*self.place.enter, sys.executable, *words],
                cwd=REPOSITORY,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.guard.watch(started.pid)
        self.processes.append(started)

    def manage(self, *words: str) -> str:
        command = [*self.place.enter, sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=REPOSITORY, env=self.environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "--command", code).strip()

    def answers(self) -> bool:
        """Whether the load balancer would send anybody here."""
        connection = http.client.HTTPConnection(self.place.address, self.place.port, timeout=5)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/readyz", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        return False

    def log(self, process: str) -> str:
        return self._log(process).read_text(errors="replace")[-3000:]

    def _log(self, process: str) -> Path:
        return self.logs / f"{self.place.name} {process}.log"

    def kill(self) -> None:
        """As when the machine loses its power: nothing says good-bye."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        for process in self.processes:
            signal_leader(process.pid, number)
        until = time.monotonic() + STOP_SECONDS
        while time.monotonic() < until and any(process.poll() is None for process in self.processes):
            time.sleep(0.05)
        for process in self.processes:
            signal_group(process.pid, signal.SIGKILL)
            process.wait()
            self.guard.forget(process.pid)
        self.processes.clear()


@contextlib.contextmanager
def hosts(around: Network, shared: Path) -> Iterator[list[Host]]:
    """A host at each place, with no process yet. They share ``shared`` as QMS_HOME, and a database with all tables."""
    with (
        contextlib.closing(Guard()) as guard,
        postgres(around) as database,
        redis(around) as broker_url,
        contextlib.ExitStack() as stack,
    ):
        told = {"DATABASE_URL": database, "REDIS_URL": broker_url, "SECRET_KEY": "k" * 50, "RELEASE_SECRET": "r" * 50}
        told["ALLOWED_HOSTS"] = ",".join(["localhost", *{place.address for place in around.places}])
        made = [Host(place, environment_of(place, shared, told), shared.parent, guard) for place in around.places]
        for host in made:
            stack.callback(host.stop)
        made[0].manage("migrate", "--verbosity", "0")
        made[0].manage("collectstatic", "--noinput", "--verbosity", "0")
        yield made


def environment_of(place: Place, shared: Path, told: dict[str, str]) -> dict[str, str]:
    """What differs between machines are the counts of their own processes."""
    counts = shared.parent / f"counts-{place.name}"
    counts.mkdir(exist_ok=True)
    return site_environment(shared, place.port, PROMETHEUS_MULTIPROC_DIR=str(counts), **told)


@contextlib.contextmanager
def postgres(around: Network) -> Iterator[str]:
    directory = found(programs.postgres_directory())
    with server_directory() as (home, account):
        port = free_port()
        (home / "password").write_text("open-sesame")
        (home / "password").chmod(0o644)
        initialise(directory, home, account)
        with (home / "data" / "pg_hba.conf").open("a") as allowed:
            allowed.write(f"host all all {around.centre}/24 scram-sha-256\n")
        url = f"postgres://{POSTGRES_USER}:open-sesame@{around.centre}:{port}/postgres"
        options = [word for option in POSTGRES_OPTIONS for word in ("-c", option)]
        command = [
            str(directory / "postgres"),
            "-D",
            str(home / "data"),
            "-h",
            around.centre,
            "-p",
            str(port),
            *options,
        ]
        with server(command, home, account, stop_with=signal.SIGINT, ready=lambda: postgres_answers(url)):
            yield url


@contextlib.contextmanager
def redis(around: Network) -> Iterator[str]:
    binary = found(programs.redis_server())
    with server_directory() as (home, account):
        port = free_port()
        url = f"redis://{around.centre}:{port}/0"
        command = [str(binary), "--port", str(port), "--bind", around.centre, "--protected-mode", "no"]
        command += ["--dir", str(home), "--save", ""]
        with server(command, home, account, stop_with=signal.SIGTERM, ready=lambda: broker.answers(url)):
            yield url
