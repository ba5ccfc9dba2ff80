"""A PostgreSQL and a Redis that may be killed and started again on the same data, or without it."""

import contextlib
import secrets
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qms_survey import broker
from qms_survey.guard import Guard, signal_group
from tests.services import programs
from tests.services.servers import (
    POSTGRES_USER,
    as_user,
    found,
    free_port,
    initialise,
    postgres_answers,
    server_directory,
    wait_for,
)


@dataclass
class Server:
    url: str
    command: list[str]
    home: Path
    account: str
    ready: Callable[[], bool]
    guard: Guard
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        log = self.home / "server.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                self.command,
                cwd=self.home,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **as_user(self.account),
            )
        self.processes.append(process)
        self.guard.watch(process.pid)
        wait_for(self.ready, process, log)

    def end(self, number: signal.Signals) -> None:
        process = self.processes.pop()
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        signal_group(process.pid, signal.SIGKILL)
        process.wait()
        self.guard.forget(process.pid)

    def restart(self, number: signal.Signals) -> None:
        self.end(number)
        self.start()


@contextlib.contextmanager
def postgres(guard: Guard) -> Iterator[Server]:
    """Commits reach the disk, as on a real site."""
    directory = found(programs.postgres_directory())
    with server_directory() as (home, account):
        password, port = secrets.token_hex(8), free_port()
        (home / "password").write_text(password)
        shutil.chown(home / "password", account)
        initialise(directory, home, account)
        url = f"postgres://{POSTGRES_USER}:{password}@127.0.0.1:{port}/postgres"
        options = ["-h", "127.0.0.1", "-p", str(port), "-c", "unix_socket_directories="]
        command = [str(directory / "postgres"), "-D", str(home / "data"), *options]
        yield from standing(Server(url, command, home, account, lambda: postgres_answers(url), guard), signal.SIGINT)


@contextlib.contextmanager
def redis(guard: Guard) -> Iterator[Server]:
    """Keeps nothing: what it held is gone when it is killed."""
    binary = found(programs.redis_server())
    with server_directory() as (home, account):
        port = free_port()
        url = f"redis://127.0.0.1:{port}/0"
        command = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(home), "--save", ""]
        yield from standing(Server(url, command, home, account, lambda: broker.answers(url), guard), signal.SIGTERM)


def standing(server: Server, stop_with: signal.Signals) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        if server.processes:
            server.end(stop_with)
