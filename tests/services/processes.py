"""Which processes belong to a site.

All of them inherit QMS_HOME from the one that started them; the broker writes its title over that, socket included.
"""

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qms_survey.environment import embedded_broker_socket
from tests.services.site import Site


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    command: str


def processes_of(home: Path) -> list[Process]:
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if belongs(directory, home):
                found.append(read_process(directory))
    return found


def belongs(directory: Path, home: Path) -> bool:
    inherited = f"QMS_HOME={home}\0".encode() in (directory / "environ").read_bytes()
    return inherited or f":{embedded_broker_socket(home)}".encode() in (directory / "cmdline").read_bytes()


def read_process(directory: Path) -> Process:
    command = (directory / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    parent = (directory / "stat").read_text().rpartition(")")[2].split()[1]
    return Process(int(directory.name), int(parent), command)


def child_of(site: Site, word: str) -> Process:
    """The service itself, not its own children, that has the word in its command line."""
    children = (one for one in processes_of(site.home) if one.parent == site.process.pid)
    return next(one for one in children if word in one.command)


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.1)
    return condition()
