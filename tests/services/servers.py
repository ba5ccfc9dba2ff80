"""PostgreSQL and Redis for the length of a test run: free ports, a temporary directory, nothing left behind."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from qms_survey import broker
from qms_survey.guard import Guard, signal_group
from tests.services import programs

START_SECONDS = 60.0
POSTGRES_USER = "qms"
# The tests ask whether the rows are right, not whether they survive a power cut; that has tests of its own.
POSTGRES_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "unix_socket_directories=")
INITDB_OPTIONS = ("--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The URL of an empty database, on the server that TEST_DATABASE_URL names or on one of our own."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    directory = found(programs.postgres_directory())
    with server_directory() as (home, account):
        password, port = secrets.token_hex(8), free_port()
        (home / "password").write_text(password)
        shutil.chown(home / "password", account)
        initialise(directory, home, account)
        url = f"postgres://{POSTGRES_USER}:{password}@127.0.0.1:{port}/postgres"
        options = [word for option in POSTGRES_OPTIONS for word in ("-c", option)]
        command = [str(directory / "postgres"), "-D", str(home / "data"), "-h", "127.0.0.1", "-p", str(port), *options]
        with server(command, home, account, stop_with=signal.SIGINT, ready=lambda: postgres_answers(url)):
            yield url


def initialise(directory: Path, home: Path, account: str) -> None:
    command = [str(directory / "initdb"), "-D", str(home / "data"), "-U", POSTGRES_USER, *INITDB_OPTIONS]
    command.append(f"--pwfile={home / 'password'}")
    done = subprocess.run(command, capture_output=True, text=True, cwd=home, check=False, **as_user(account))
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr}")


def postgres_answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


@contextlib.contextmanager
def new_database(url: str) -> Iterator[str]:
    """A database of one's own on that server, dropped afterwards."""
    name = f"qms_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        yield f"{url.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """The URL of a Redis, the one that TEST_REDIS_URL names or one of our own."""
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        yield given
        return
    binary = found(programs.redis_server())
    with server_directory() as (home, account):
        port = free_port()
        url = f"redis://127.0.0.1:{port}/0"
        command = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(home), "--save", ""]
        with server(command, home, account, stop_with=signal.SIGTERM, ready=lambda: broker.answers(url)):
            yield url


@contextlib.contextmanager
def server_directory() -> Iterator[tuple[Path, str]]:
    """A temporary directory and the account that owns it. PostgreSQL refuses to run as root."""
    account = ordinary_account()
    with tempfile.TemporaryDirectory(prefix="qms-server-") as name:
        shutil.chown(name, account)
        yield Path(name), account


def ordinary_account() -> str:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    accounts = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in accounts)


def as_user(account: str) -> dict[str, object]:
    """What Popen needs to run as that account; nothing where it is our own."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(account)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def server(
    command: list[str], home: Path, account: str, *, stop_with: signal.Signals, ready: Callable[[], bool]
) -> Iterator[None]:
    log = home / "server.log"
    with contextlib.closing(Guard()) as guard, log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=home, stdout=output, stderr=output, start_new_session=True, **as_user(account)
        )
        guard.watch(process.pid)
        try:
            wait_for(ready, process, log)
            yield
        finally:
            process.send_signal(stop_with)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            signal_group(process.pid, signal.SIGKILL)
            process.wait()
            guard.forget(process.pid)


def wait_for(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"{process.args} did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.05)


def found(path: Path | None) -> Path:
    """A missing part is a failure, never a skip."""
    if path is None:
        raise RuntimeError("A program that the tests need is not on this machine: `make test` installs or names it.")
    return path
