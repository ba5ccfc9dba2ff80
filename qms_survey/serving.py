"""Starts processes, keeps them running, and stops every one of them with all its children."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from qms_survey.guard import Guard, signal_group, signal_leader

POLL_SECONDS = 0.2
# After a service died it is started again: at once at first, then ever more slowly.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
# A service that ran this long has recovered: its next death counts as the first.
STEADY_SECONDS = 60.0
STOP_SECONDS = 5.0


def nothing() -> None:
    pass


@dataclass(frozen=True)
class Service:
    """One process to keep running. Services of a higher ``rank`` are stopped first."""

    name: str
    command: tuple[str, ...]
    rank: int = 1
    before_start: Callable[[], None] = nothing
    after_death: Callable[[], None] = nothing
    # The signal upon which it takes up what is new of the program, by itself or by ending well and being started again.
    renewal: signal.Signals | None = None


@dataclass
class Running:
    """A service and the process that embodies it now; the process leads a group that holds all its children."""

    service: Service
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    deaths: int = 0
    due: float | None = None

    @property
    def group(self) -> int:
        return self.process.pid


def pause_after(deaths: int) -> float:
    """Seconds to wait after the n-th death in a row: 1, 2, 4 ... 30."""
    return min(FIRST_PAUSE * 2.0 ** (deaths - 1), LONGEST_PAUSE)


class Supervisor:
    """Owns the processes. ``say`` tells the person at the terminal what happens."""

    def __init__(self, guard: Guard, directory: Path, say: Callable[[str], None]) -> None:
        self.guard = guard
        self.directory = directory
        self.say = say
        self.running: list[Running] = []

    def start(self, service: Service) -> None:
        self.running.append(Running(service, self._spawn(service)))

    def tend(self) -> None:
        """Notice the dead, and start those whose pause is over."""
        for one in self.running:
            if one.due is None and one.process.poll() is not None:
                self._mourn(one)
            elif one.due is not None and one.due <= time.monotonic():
                self._revive(one)

    def renew(self) -> None:
        """Each takes up what is new of the program, without a request or a report lost."""
        for one in self.running:
            if one.due is None and one.service.renewal is not None:
                signal_leader(one.group, one.service.renewal)

    def deaths(self) -> int:
        return max((one.deaths for one in self.running), default=0)

    def stop(self) -> None:
        """All of them, the highest rank first, children and grandchildren included."""
        for rank in sorted({one.service.rank for one in self.running}, reverse=True):
            self._stop_groups([one for one in self.running if one.service.rank == rank])
        self.running.clear()

    def _spawn(self, service: Service) -> subprocess.Popen[bytes]:
        service.before_start()
        process = subprocess.Popen(  # noqa: S603 - the commands stand in the code
            service.command, cwd=self.directory, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.guard.watch(process.pid)
        return process

    def _mourn(self, one: Running) -> None:
        self._bury(one)
        steady = time.monotonic() - one.started >= STEADY_SECONDS
        one.deaths = 1 if steady else one.deaths + 1
        pause = pause_after(one.deaths)
        one.due = time.monotonic() + pause
        self.say(f"{one.service.name} {ending(one.process.returncode)}; starting it again in {pause:.0f} s.")

    def _revive(self, one: Running) -> None:
        one.process, one.started, one.due = self._spawn(one.service), time.monotonic(), None

    def _bury(self, one: Running) -> None:
        # The leader is gone; its children must not go on beside those of its successor.
        signal_group(one.group, signal.SIGKILL)
        self.guard.forget(one.group)
        one.service.after_death()

    def _stop_groups(self, some: list[Running]) -> None:
        live = [one for one in some if one.due is None]
        for one in live:
            signal_leader(one.group, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while time.monotonic() < until and any(one.process.poll() is None for one in live):
            time.sleep(0.05)
        for one in live:
            signal_group(one.group, signal.SIGKILL)
            one.process.wait()
            self.guard.forget(one.group)


def ending(status: int) -> str:
    return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
