"""The whole site in its own processes, as `make run` starts it, on free ports with data of its own."""

import contextlib
import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qms_survey.guard import Guard, signal_group
from tests.services.servers import free_port

REPOSITORY = Path(__file__).resolve().parents[2]
SERVE = (sys.executable, "manage.py", "serve")
READY_SECONDS = 120.0
STOP_SECONDS = 30.0
# Of the shell's variables only these reach the site: what else a developer has set must not colour a test.
PASSED_ON = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "SSL_CERT_FILE", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def site_environment(home: Path, port: int, **variables: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return kept | {"QMS_HOME": str(home), "PORT": str(port), "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"} | variables


@dataclass
class Site:
    """A running ``manage.py serve``. ``said`` holds the lines it has printed so far."""

    home: Path
    port: int
    environment: dict[str, str]
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    _lines: "queue.Queue[str | None]" = field(default_factory=queue.Queue)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def listen(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()

    def wait_for_line(self, beginning: str, seconds: float = READY_SECONDS) -> str:
        """The next line that starts so. Raises AssertionError with all that was said when none comes."""
        until = time.monotonic() + seconds
        while (line := self._next_line(until)) is not None:
            self.said.append(line)
            if line.startswith(beginning):
                return line
        raise AssertionError(f"No line {beginning!r} from the site. It said:\n" + "\n".join(self.said))

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()

    def readiness(self) -> dict[str, Any]:
        return dict(json.loads(self.get("/readyz")[1]))

    def manage(self, *words: str) -> str:
        """What a management command prints, run on the data of this site."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=REPOSITORY, env=self.environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=STOP_SECONDS)

    def _read(self) -> None:
        # Only this thread closes the pipe: it ends when the last process that writes to it has gone.
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def _next_line(self, until: float) -> str | None:
        try:
            return self._lines.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            return None


def launch(environment: dict[str, str], command: tuple[str, ...] = SERVE) -> Site:
    """Start it and return at once. Errors come with the output, so that a failing test shows them."""
    process = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    site = Site(Path(environment["QMS_HOME"]), int(environment["PORT"]), environment, process)
    site.listen()
    return site


@contextlib.contextmanager
def running_site(home: Path, **variables: str) -> Iterator[Site]:
    """A site that has said that it is ready; stopped afterwards, whatever happened."""
    with contextlib.closing(Guard()) as guard:
        site = launch(site_environment(home, free_port(), **variables))
        guard.watch(site.process.pid)
        try:
            site.wait_for_line("Ready:")
            yield site
        finally:
            end(site)
            guard.forget(site.process.pid)


def end(site: Site) -> None:
    if site.process.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            site.stop()
    signal_group(site.process.pid, signal.SIGKILL)
    site.process.wait()
