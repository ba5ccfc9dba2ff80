"""A small disk of its own for the reports, which can be filled and emptied again. Only root may mount one."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = 64 * 1024


@dataclass
class Disk:
    """``small`` says whether it is one of its own: the machine's own disk is never filled."""

    place: Path
    small: bool

    @property
    def ballast(self) -> Path:
        return self.place / "ballast"

    def fill(self) -> None:
        """Leaves less than a report takes."""
        with self.ballast.open("wb") as file, contextlib.suppress(OSError):
            while True:
                file.write(b"\0" * BLOCK)
                file.flush()

    def empty(self) -> None:
        self.ballast.unlink()


@contextlib.contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Disk]:
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield Disk(place, mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(place)], check=True)
