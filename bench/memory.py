"""How much memory processes hold, and whether it grows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

MEBIBYTE_IN_KIB = 1024
# The first looks of a process are before it has done anything; with less work than this nothing can be said of growth.
WARM_UP, LEAST_WORK = 0.25, 50.0


@dataclass
class Memory:
    """What the processes held at each look, by process: (work done by all of them so far, MiB)."""

    seen: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    # The most that one of them cost, where memory that several share is shared out among them.
    most_shared_out: float = 0.0

    def look(self, processes: Sequence[int], done: float) -> None:
        for process in processes:
            held = mebibytes(f"/proc/{process}/status", "VmRSS:")
            if held is not None:
                shared_out = mebibytes(f"/proc/{process}/smaps_rollup", "Pss:") or 0.0
                self.most_shared_out = max(self.most_shared_out, shared_out)
                self.seen.setdefault(process, []).append((done, held))

    @property
    def most(self) -> float:
        return max(held for looks in self.seen.values() for _, held in looks)

    def growth(self, work: float) -> float:
        """MiB for so much work, by the line of least squares, of the process that grows most once it is warm.

        NaN where no process was seen for long enough.
        """
        slopes = []
        for looks in self.seen.values():
            warm = np.array(looks[int(len(looks) * WARM_UP) :])
            if len(warm) > 2 and np.ptp(warm[:, 0]) > LEAST_WORK:
                slopes.append(float(np.polyfit(warm[:, 0], warm[:, 1], 1)[0]) * work)
        return max(slopes, default=float("nan"))


def mebibytes(file: str, name: str) -> float | None:
    """A figure that the system keeps of a process; None where the process is gone."""
    try:
        lines = Path(file).read_text().splitlines()
    except OSError:
        return None
    found = next((line.split()[1] for line in lines if line.startswith(name)), None)
    return None if found is None else int(found) / MEBIBYTE_IN_KIB


def children(process: int) -> Iterator[int]:
    """Those that a process has started, and those that they have started."""
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return
    for child in map(int, listed):
        yield child
        yield from children(child)
