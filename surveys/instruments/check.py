"""Finds every fault of an instrument file, each with its line and how to mend it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from surveys.instruments import check_messages as say
from surveys.instruments.check_branching import branching_faults
from surveys.instruments.check_items import item_faults
from surveys.instruments.check_names import name_faults
from surveys.instruments.check_nodes import node_faults
from surveys.instruments.check_outline import Outline, outline
from surveys.instruments.check_reach import reach_faults
from surveys.instruments.check_rules import rule_faults
from surveys.instruments.check_shape import ShapeCheck
from surveys.instruments.check_source import Source, decoded, read_source
from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.model import Instrument
from surveys.instruments.parse import instrument_from
from surveys.instruments.schema import INSTRUMENT

MEANING: tuple[Callable[[Outline], Iterator[Fault]], ...] = (
    name_faults,
    branching_faults,
    item_faults,
    rule_faults,
    node_faults,
)


def load_instrument(data: bytes | str) -> Instrument:
    """The instrument in a file that nobody vouches for. FileRefused with every fault and its line."""
    text = data if isinstance(data, str) else decoded(data)
    source = read_source(text)
    faults = raw_faults(source.raw)
    if faults:
        raise FileRefused(located(faults, source))
    try:
        return instrument_from(source.raw, sha256(text.encode()).hexdigest())
    except FileRefused as refused:
        raise FileRefused(located(map(as_template, refused.faults), source)) from refused


def check_instrument(data: bytes | str) -> list[Fault]:
    """Every fault of the file, in the order of its lines; [] if it may be used."""
    try:
        load_instrument(data)
    except FileRefused as refused:
        return list(refused.faults)
    return []


def raw_faults(raw: Mapping[str, Any]) -> list[Fault]:
    """The faults of a file's plain values, wherever they came from, without lines."""
    shape = ShapeCheck()
    usable = shape.part(INSTRUMENT, raw, ()) or {}
    plan = outline(usable)
    meaning = [*shape.faults, *(fault for find in MEANING for fault in find(plan))]
    reach = [fault for fault in reach_faults(plan) if not inside(fault, meaning)]
    return [*shape.faults, *unexplained([*meaning[len(shape.faults) :], *reach], shape.faults)]


def unexplained(faults: Iterable[Fault], shape: Iterable[Fault]) -> Iterator[Fault]:
    """Leaves out what only follows from a part, around it or inside it, that has not the right form."""
    broken = {fault.path for fault in shape}
    around = {path[:length] for path in broken for length in range(len(path))}
    for fault in faults:
        within = any(fault.path[:length] in broken for length in range(1, len(fault.path) + 1))
        if not within and fault.path not in around:
            yield fault


def inside(fault: Fault, others: Iterable[Fault]) -> bool:
    """Whether a part of the same place has a fault of its own, from which this one only follows."""
    return any(other.path[: len(fault.path)] == fault.path for other in others)


def located(faults: Iterable[Fault], source: Source) -> list[Fault]:
    return sorted(map(source.locate, faults), key=lambda fault: fault.line or 0)


def as_template(fault: Fault) -> Fault:
    """A fault of the loader itself, in the words of the checks: what these did not foresee is still explained."""
    return fault if fault.detail else replace(fault, message=say.NOT_READ, detail={"problem": fault.message})
