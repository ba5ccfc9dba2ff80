"""Keeps one job from taking the machine's memory away from everything else."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STATUS = Path("/proc/self/status")
KIBIBYTE, MEGABYTE = 1024, 1024 * 1024


@contextmanager
def memory_limited(megabytes: int) -> Iterator[None]:
    """Within it the process may take so much more than it holds; what goes beyond fails, or ends the process.

    Where the system does not say how much is held (only Linux does), nothing is limited.
    """
    held = data_held()
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if held is None:
        yield
        return
    wanted = held + megabytes * MEGABYTE
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def data_held() -> int | None:
    """Bytes of private writable memory that the process has mapped: what RLIMIT_DATA counts."""
    try:
        lines = STATUS.read_text().splitlines()
    except OSError:
        return None
    found = next((line.split()[1] for line in lines if line.startswith("VmData:")), None)
    return None if found is None else int(found) * KIBIBYTE
