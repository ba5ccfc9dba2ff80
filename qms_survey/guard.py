"""Sees to it that nothing outlives its supervisor, not even when the supervisor is killed with SIGKILL.

The guard is a process of its own that holds the reading end of a pipe; nobody but the supervisor holds the writing end.
It is told which process groups were started, and when the pipe ends it stops those that were not struck off the list.
It runs from this file alone, so nothing but the standard library may be imported here.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterable

# How long a leader may take to stop its own children in good order before its whole group is killed.
GRACE_SECONDS = 5.0
POLL_SECONDS = 0.05
DEAF_TO = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def group_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS says this of a group of zombies
        return False
    return True


def signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def signal_leader(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(group, number)


def stop_groups(groups: Collection[int], grace: float = GRACE_SECONDS) -> None:
    """Ask each leader to stop, then kill what is left of its group."""
    for group in groups:
        signal_leader(group, signal.SIGTERM)
    until = time.monotonic() + grace
    while time.monotonic() < until and any(group_alive(group) for group in groups):
        time.sleep(POLL_SECONDS)
    for group in groups:
        signal_group(group, signal.SIGKILL)


def groups_left(lines: Iterable[bytes]) -> set[int]:
    """Read ``+group`` and ``-group`` lines until they end; what is still on the list then."""
    groups: set[int] = set()
    for line in lines:
        group = int(line[1:])
        if line.startswith(b"+"):
            groups.add(group)
        else:
            groups.discard(group)
    return groups


class Guard:
    """The supervisor's side of the pipe. Use it with ``contextlib.closing``."""

    def __init__(self) -> None:
        self._groups: set[int] = set()
        self._process = self._start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def watch(self, group: int) -> None:
        self._groups.add(group)
        self._tell(b"+%d\n" % group)

    def forget(self, group: int) -> None:
        self._groups.discard(group)
        self._tell(b"-%d\n" % group)

    def close(self) -> None:
        """End the pipe. What was not forgotten is stopped; returns when the guard itself has gone."""
        self._end_pipe()
        self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        # A session of its own: whoever kills the supervisor's whole group does not hit the guard with it.
        command = [sys.executable, "-I", __file__]
        return subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0, start_new_session=True)  # noqa: S603

    def _tell(self, line: bytes) -> None:
        try:
            self._write(line)
        except BrokenPipeError:  # somebody killed the guard: a new one learns the whole list
            self._end_pipe()
            self._process.wait()
            self._process = self._start()
            for group in self._groups:
                self._write(b"+%d\n" % group)

    def _end_pipe(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()

    def _write(self, line: bytes) -> None:
        if self._process.stdin:
            self._process.stdin.write(line)


def main() -> None:
    for number in DEAF_TO:
        signal.signal(number, signal.SIG_IGN)
    stop_groups(groups_left(sys.stdin.buffer))


if __name__ == "__main__":
    main()
