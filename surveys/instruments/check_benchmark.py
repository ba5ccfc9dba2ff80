"""Finds every fault of a file of published figures: its form, its sources, and whether it fits its instrument."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from surveys.instruments import check_messages as say
from surveys.instruments.check import located, unexplained
from surveys.instruments.check_items import test_faults
from surveys.instruments.check_names import repeated, unknown
from surveys.instruments.check_outcomes import outcomes
from surveys.instruments.check_outline import Outline, Part, Raw, mapping, option_values, outline, parts
from surveys.instruments.check_shape import Path, ShapeCheck, leaves
from surveys.instruments.check_source import read_source
from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.schema_benchmark import BENCHMARK

PRINTED = re.compile(r"(?:[<>≤≥=]|<=|>=)?\s*(\d+(?:\.\d+)?)\s*%")
# Shares are computed from printed figures, so their sum is 1 only within print.
SUM_SLACK = 0.0051
LISTS = ("indicators", "distributions", "statistics")
# Gives the plain values of an instrument by its code, or None.
Instruments = Callable[[str], Mapping[str, Any] | None]


def is_benchmark(raw: Raw) -> bool:
    return "sources" in raw and "dimensions" not in raw


def check_benchmark(data: bytes | str, instruments: Instruments, known: list[str]) -> list[Fault]:
    """Every fault of the file, in the order of its lines. ``known`` are the codes that ``instruments`` has."""
    try:
        source = read_source(data)
    except FileRefused as refused:
        return list(refused.faults)
    shape = ShapeCheck()
    usable = shape.part(BENCHMARK, source.raw, ()) or {}
    faults = list(benchmark_faults(usable, instruments, known))
    return located([*shape.faults, *unexplained(faults, shape.faults)], source)


def benchmark_faults(raw: Raw, instruments: Instruments, known: list[str]) -> Iterator[Fault]:
    figures = [figure for name in LISTS for figure in parts(raw.get(name), (name,), "id")]
    yield from repeated(figures, "id")
    yield from source_faults(raw, figures)
    for figure in parts(raw.get("distributions"), ("distributions",), "id"):
        yield from sum_faults(figure)
    indicators = parts(raw.get("indicators"), ("indicators",), "id")
    for indicator in indicators:
        yield from print_faults(indicator)
    yield from order_faults(indicators)
    code = raw.get("instrument")
    instrument = instruments(code) if code else None
    if instrument is not None:
        plan = outline(instrument)
        for indicator in indicators:
            yield from fit_faults(indicator, plan)
    elif code:
        yield Fault(("instrument",), say.UNKNOWN_INSTRUMENT, detail={"name": code, "known": ", ".join(known)})


def source_faults(raw: Raw, figures: list[Part]) -> Iterator[Fault]:
    sources = mapping(raw.get("sources"))
    for figure in figures:
        name = figure.get("source")
        if name is not None and name not in sources:
            yield figure.fault(["source"], say.UNKNOWN_SOURCE, name=name, known=", ".join(sources))


def sum_faults(distribution: Part) -> Iterator[Fault]:
    shares = [step.get("share") for step in parts(distribution.get("steps"), (), "title")]
    if shares and None not in shares and abs(sum(shares) - 1) > SUM_SLACK:
        yield distribution.fault(["steps"], say.SHARES_SUM, total=f"{sum(shares):.4f}")


def print_faults(indicator: Part) -> Iterator[Fault]:
    """The share is what was printed, or 1 minus it for a complement, within the printed precision."""
    published = mapping(indicator.get("published"))
    match = PRINTED.fullmatch(str(published.get("as_printed", "")).strip())
    if match is None or "value" not in published or "rounding" not in published:
        return
    printed = float(match[1]) / 100
    expected = 1 - printed if published.get("complement") else printed
    if abs(expected - published["value"]) > published["rounding"] + 1e-9:
        detail = {"value": published["value"], "printed": published["as_printed"]}
        yield indicator.fault(["published", "value"], say.SHARE_AND_PRINT, **detail)


def order_faults(indicators: list[Part]) -> Iterator[Fault]:
    """On one item, of one source and population, a higher threshold is not reached by more firms."""
    groups: dict[str, list[tuple[float, float, Part]]] = {}
    for indicator in indicators:
        test, published = mapping(indicator.get("predicate")), mapping(indicator.get("published"))
        if "at_least" in test and "item" in test and published.get("op") == "=" and "value" in published:
            key = f"{test['item']} {indicator.get('source')} {indicator.get('applies_to')}"
            groups.setdefault(key, []).append((test["at_least"], published["value"], indicator))
    for group in groups.values():
        ladder = sorted(group, key=lambda step: step[0])
        for (easier, more, _first), (harder, fewer, indicator) in pairwise(ladder):
            if fewer > more and harder > easier:
                detail = {"item": indicator.raw["predicate"]["item"], "value": harder, "easier": easier}
                yield indicator.fault(["published", "value"], say.SHARE_RISES, **detail)


def fit_faults(indicator: Part, plan: Outline) -> Iterator[Fault]:
    """Whether the figure's tests suit the instrument's items and tell firms apart."""
    predicates = [("predicate",), ("applies_to", "when")]
    for steps in predicates:
        predicate: Any = indicator.raw
        for step in steps:
            predicate = mapping(predicate).get(step)
        faults = [
            fault for path, leaf in leaves(predicate, indicator.at(*steps)) for fault in leaf_faults(plan, path, leaf)
        ]
        yield from faults
        if predicate and not faults:
            found = outcomes(predicate, plan, {})
            if not (found.can_hold and found.can_fail):
                yield indicator.fault(steps, say.ALWAYS_HOLDS if found.can_hold else say.NEVER_HOLDS)


def leaf_faults(plan: Outline, path: Path, leaf: Raw) -> Iterator[Fault]:
    if "node" in leaf:
        return
    item = plan.item.get(leaf["item"])
    if item is None:
        yield unknown((*path, "item"), leaf["item"], plan.item, say.UNKNOWN_ITEM, say.UNKNOWN_ITEM_NEAR)
        return
    operator = next(key for key in leaf if key != "item")
    marks = boundaries(plan, item)
    if operator in ("at_least", "at_most") and marks and leaf[operator] not in marks:
        known = ", ".join(f"{mark:g}" for mark in marks)
        detail = {"value": leaf[operator], "item": item.name, "known": known}
        yield Fault((*path, operator), say.NOT_A_BOUNDARY, detail=detail)
        return
    faults = list(test_faults(item, path, leaf))
    yield from faults
    if not faults and operator == "at_least" and leaf[operator] == lowest(item):
        yield Fault((*path, operator), say.WHOLE_SCALE, detail={"item": item.name})


def lowest(item: Part) -> object:
    values = option_values(item)
    return values[0] if values else 0


def boundaries(plan: Outline, item: Part) -> list[float]:
    """Where one answer ends and the next begins: option values, or the marks of a share's or number's scale."""
    numbers = [value for value in option_values(item) if isinstance(value, int)]
    if item.get("options"):
        return [float(value) for value in numbers]
    marks = {float(key) for key in mapping(item.get("advice"))}
    scale = plan.scale(item)
    if scale is not None:
        marks |= {float(anchor[0]) for anchor in scale[1].get("points") or ()}
        marks |= {float(band["from"]) for band in scale[1].get("bands") or () if band and "from" in band}
    return sorted(marks)
