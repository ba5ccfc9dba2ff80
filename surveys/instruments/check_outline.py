"""An instrument file as an index of its parts, each with its place: what the checks of meaning work on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveys.instruments.check_shape import Path, is_number, leaves
from surveys.instruments.faults import Fault

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the file: where it stands, what it is called, and its fields as far as they are usable."""

    path: Path
    name: str
    raw: Raw

    def get(self, key: str, default: Any = None) -> Any:
        return self.raw.get(key, default)

    def at(self, *steps: str | int) -> Path:
        return (*self.path, *steps)

    def fault(self, steps: Sequence[str | int], message: str, **detail: object) -> Fault:
        return Fault(self.at(*steps), message, detail=detail)


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts in the order of the file; of parts with the same name, ``item`` and ``node`` hold the first."""

    raw: Raw
    dimensions: tuple[Part, ...]
    items: tuple[Part, ...]
    nodes: tuple[Part, ...]
    bands: tuple[Part, ...]
    gates: tuple[Part, ...]
    checks: tuple[Part, ...]
    item: Mapping[str, Part] = field(default_factory=dict)
    node: Mapping[str, Part] = field(default_factory=dict)
    dimension: Mapping[str, Part] = field(default_factory=dict)

    @property
    def scoring(self) -> Raw:
        return mapping(self.raw.get("scoring"))

    @property
    def level_node(self) -> str | None:
        return mapping(self.scoring.get("levels")).get("node")

    def scale(self, item: Part) -> tuple[Path, Raw] | None:
        """The rule that scores an item, with its place: its own, or that of its kind; None where neither is usable."""
        if "score" in item.raw:
            return item.at("score"), item.raw["score"]
        rule = mapping(self.scoring.get("item_scales")).get(str(item.get("kind")))
        return None if rule is None else (("scoring", "item_scales", str(item.get("kind"))), rule)


def outline(raw: Raw) -> Outline:
    """The index of a file whose unusable parts are left out, as ``ShapeCheck`` returns it."""
    dimensions = parts(raw.get("dimensions"), ("dimensions",), "code")
    items = [item for one in dimensions for item in parts(one.get("items"), one.at("items"), "code")]
    scoring = mapping(raw.get("scoring"))
    nodes = parts(scoring.get("nodes"), ("scoring", "nodes"), "id")
    levels = mapping(scoring.get("levels"))
    return Outline(
        raw,
        tuple(dimensions),
        tuple(items),
        tuple(nodes),
        tuple(parts(levels.get("bands"), ("scoring", "levels", "bands"), "code")),
        tuple(parts(scoring.get("gates"), ("scoring", "gates"), "id")),
        tuple(parts(raw.get("checks"), ("checks",), "id")),
        by_name(items),
        by_name(nodes),
        by_name(dimensions),
    )


def mapping(raw: object) -> Raw:
    return raw if isinstance(raw, Mapping) else {}


def parts(raw: object, path: Path, key: str) -> list[Part]:
    """The usable entries of a list; one without a name is called ""."""
    entries = raw if isinstance(raw, list) else []
    return [
        Part((*path, position), str(entry.get(key, "")), entry)
        for position, entry in enumerate(entries)
        if isinstance(entry, Mapping)
    ]


def by_name(found: Iterable[Part]) -> dict[str, Part]:
    return {part.name: part for part in reversed(list(found)) if part.name}


def option_values(item: Part) -> list[int | str]:
    return [option.raw["value"] for option in parts(item.get("options"), (), "value") if "value" in option.raw]


def options_known(item: Part) -> bool:
    """Whether every option has a usable value, so that it can be said what is none."""
    options = item.get("options") or []
    return all(isinstance(option, Mapping) and "value" in option for option in options)


def answer_range(item: Part) -> tuple[float | None, float | None]:
    """Lowest and highest answer of a share or number item; None where there is no bound."""
    if item.get("kind") == "share":
        return 0.0, 100.0
    limits = mapping(item.get("range"))
    return limits.get("min"), limits.get("max")


def within(value: float, bounds: tuple[float | None, float | None]) -> bool:
    low, high = bounds
    return (low is None or value >= low) and (high is None or value <= high)


def numeric_options(item: Part) -> bool:
    values = option_values(item)
    return bool(values) and all(is_number(value) for value in values)


@dataclass(frozen=True, slots=True)
class Place:
    """A predicate of the file, with what stands before it: the nodes that it may look at."""

    path: Path
    predicate: Raw
    nodes: frozenset[str] | None = None


def predicates(plan: Outline) -> Iterator[Place]:
    """Every predicate of the file; in a node only earlier nodes may be looked at, elsewhere (None) all."""
    for item in plan.items:
        if item.get("ask_when"):
            yield Place(item.at("ask_when"), item.raw["ask_when"], frozenset())
    before: set[str] = set()
    for node in plan.nodes:
        for path, predicate in node_predicates(node):
            yield Place(path, predicate, frozenset(before))
        before.add(node.name)
    for part, key in [*((gate, "require") for gate in plan.gates), *((check, "when") for check in plan.checks)]:
        if part.get(key):
            yield Place(part.at(key), part.raw[key])


def node_predicates(node: Part) -> Iterator[tuple[Path, Raw]]:
    """The predicates of a staircase (``levels``, ``met``) or an all_pass node (``targets``, ``require``)."""
    for list_key, key in (("levels", "met"), ("targets", "require")):
        for step in parts(node.get(list_key), node.at(list_key), "level"):
            for position, predicate in enumerate(step.get(key) or ()):
                if predicate is not None:
                    yield step.at(key, position), predicate


def tests(plan: Outline) -> Iterator[tuple[Place, Path, Raw]]:
    """Every test of every predicate."""
    for place in predicates(plan):
        for path, leaf in leaves(place.predicate, place.path):
            yield place, path, leaf
