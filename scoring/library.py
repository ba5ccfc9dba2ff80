"""Where published figures are found: the files that come with the product."""

from functools import lru_cache
from pathlib import Path

from scoring.engine.parse import parse_benchmark
from scoring.engine.published import Benchmark

BUNDLED = Path(__file__).parent / "data" / "benchmarks"


class BenchmarkUnknown(LookupError):
    """There is no benchmark of this code, or not in this version."""


@lru_cache(maxsize=1)
def benchmark_list() -> tuple[Benchmark, ...]:
    """Every bundled benchmark in every version, oldest first."""
    return tuple(parse_benchmark(path.read_text(encoding="utf-8")) for path in sorted(BUNDLED.glob("*.yaml")))


def benchmark_get(code: str, version: str | None = None) -> Benchmark:
    """The benchmark, in its latest version unless one is named. BenchmarkUnknown if there is none."""
    found = [one for one in benchmark_list() if one.code == code and version in (None, one.version)]
    if not found:
        raise BenchmarkUnknown(f"{code}@{version}" if version else code)
    return found[-1]


def benchmark_for(instrument: str) -> Benchmark | None:
    """The latest published figures that refer to an instrument's items, or None."""
    found = [one for one in benchmark_list() if one.instrument == instrument]
    return found[-1] if found else None
