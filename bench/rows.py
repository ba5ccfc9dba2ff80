"""One line of the benchmark table: a figure beside a reference measured in the same run."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``value`` and ``reference`` in the unit that ``name`` tells; ``ratio`` is what the target is about."""

    name: str
    value: float
    reference: float
    ratio: float
    target: str
    note: str


def best_of(times: int, work: Callable[[], object]) -> float:
    """Seconds of the quickest of several runs: what else the machine does only ever adds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)
