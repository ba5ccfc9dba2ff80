"""Tells when a long-running command is renewed or ends: by a signal, or as its starter has gone or was stopped."""

import os
import signal
from pathlib import Path
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class RenewalRequest:
    """Takes a note of SIGUSR1, by which an operator asks the running site to take up a new version."""

    def __init__(self) -> None:
        self._received = False
        signal.signal(signal.SIGUSR1, self._note)

    def taken(self) -> bool:
        """Whether it was asked for since the last look."""
        received, self._received = self._received, False
        return received

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._received = True


class StopRequest:
    """Catches the signals and only takes a note, so that nothing is interrupted half-way.

    With ``watch_parent`` the end of the parent counts too, and so does its interruption: ``make`` that gets SIGINT or
    SIGHUP for itself alone passes neither on, but gives up its handler and waits for its children.
    """

    def __init__(self, *, watch_parent: bool = False) -> None:
        self._received = False
        self._parent = os.getppid() if watch_parent else None
        self._parent_caught = caught_signals(self._parent) if self._parent else frozenset()
        for number in SIGNALS:
            # nohup has SIGHUP ignored on purpose; whoever starts in the background has SIGINT ignored by accident.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._note)

    def made(self) -> bool:
        return self._received or self._parent_is_stopping()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._received = True

    def _parent_is_stopping(self) -> bool:
        if self._parent is None:
            return False
        return os.getppid() != self._parent or not self._parent_caught <= caught_signals(self._parent)


def caught_signals(process: int) -> frozenset[signal.Signals]:
    """Those of SIGNALS for which the process has a handler now; none where the system does not tell (macOS)."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return frozenset()
    mask = next((int(line.split()[1], 16) for line in lines if line.startswith("SigCgt:")), 0)
    return frozenset(number for number in SIGNALS if mask >> (number - 1) & 1)
