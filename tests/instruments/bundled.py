"""The files that come with the product."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INSTRUMENT_FILES = sorted((ROOT / "surveys/data/instruments").glob("*.yaml"))
BENCHMARK_FILES = sorted((ROOT / "scoring/data/benchmarks").glob("*.yaml"))
