"""The instruments and figures that come with the product, read without Django, and answers to them."""

from functools import cache
from pathlib import Path

from scoring.engine.parse import parse_benchmark
from scoring.engine.published import Benchmark
from surveys.instruments.model import Instrument, Item
from surveys.instruments.parse import parse_instrument

ROOT = Path(__file__).parents[2]
INSTRUMENTS = ROOT / "surveys" / "data" / "instruments"
BENCHMARKS = ROOT / "scoring" / "data" / "benchmarks"
EVERY = sorted(path.stem.rpartition("-")[0] for path in INSTRUMENTS.glob("*-1.0.0.yaml"))


@cache
def bundled(code: str) -> Instrument:
    return parse_instrument((INSTRUMENTS / f"{code}-1.0.0.yaml").read_text(encoding="utf-8"))


@cache
def figures() -> Benchmark:
    return parse_benchmark((BENCHMARKS / "bluebook-figures-1.0.0.yaml").read_text(encoding="utf-8"))


def highest(item: Item) -> str:
    """The answer worth most."""
    if item.kind == "multi":
        return ";".join(str(option.value) for option in item.options if option.value != "none")
    if item.options:
        return "yes" if item.kind == "yesno" else str(item.options[-1].value)
    return "100" if item.kind == "share" else f"{item.high or 100:g}"


def lowest(item: Item) -> str:
    """The answer worth least."""
    if item.options and item.kind not in ("multi", "yesno"):
        return str(item.options[0].value)
    return {"multi": "none", "yesno": "no"}.get(item.kind, "0")


def all_highest(instrument: Instrument, **changed: str) -> dict[str, str]:
    return {item.code: highest(item) for item in instrument.items} | _codes(changed)


def all_lowest(instrument: Instrument, **changed: str) -> dict[str, str]:
    return {item.code: lowest(item) for item in instrument.items} | _codes(changed)


def _codes(changed: dict[str, str]) -> dict[str, str]:
    """RD_01="3" stands for the item RD-01."""
    return {code.replace("_", "-"): written for code, written in changed.items()}
