"""What an instrument is: dimensions, items, options, a scoring key. Values only; parse.py makes them from files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from surveys.instruments.predicates import Predicate
from surveys.instruments.text import Text

KINDS = ("level", "choice", "multi", "share", "number", "yesno")
NUMERIC_KINDS = ("share", "number")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be ticked; ``value`` is what files and the API carry."""

    value: int | str
    label: Text


@dataclass(frozen=True, slots=True)
class Evidence:
    """What would, and what would not, convince an assessor."""

    sufficient: Text
    insufficient: Text


@dataclass(frozen=True, slots=True)
class PercentSteps:
    """Which shares may be entered where an item is scored by ``percent_band``: multiples of ``step`` inside a band."""

    step: int
    bands: tuple[tuple[float, float], ...]

    def takes(self, share: float) -> bool:
        return share % self.step == 0 and any(low <= share <= high for low, high in self.bands)

    def shares(self) -> tuple[float, ...]:
        """Every share that may be entered, the lowest first."""
        return tuple(float(share) for share in range(0, 101, self.step) if self.takes(share))


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``not_applicable`` is None where NA may not be chosen, else the text that says when it may.

    ``score`` is the item's own rule only; ``steps`` follows from whichever rule applies to the item.
    """

    code: str
    dimension: str
    kind: str
    title: Text
    stem: Text
    help: Text | None = None
    options: tuple[Option, ...] = ()
    weight: float = 1.0
    required: bool = True
    not_applicable: Text | None = None
    evidence: Evidence | None = None
    advice: Mapping[str, Text] = field(default_factory=dict)
    score: Mapping[str, Any] | None = None
    ask_when: Predicate | None = None
    low: float | None = None
    high: float | None = None
    steps: PercentSteps | None = None

    @property
    def is_numeric(self) -> bool:
        return self.kind in NUMERIC_KINDS

    def option(self, value: int | str) -> Option | None:
        return next((option for option in self.options if str(option.value) == str(value)), None)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A group of items that is scored and shown together: one page of the questionnaire."""

    code: str
    title: Text
    intro: Text | None
    weight: float
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Stair:
    """One level of a ``staircase``: it is met when every predicate holds, and is then worth ``value`` points."""

    level: int
    value: float
    met: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One target of an ``all_pass`` node: ``level`` is the code of the band it stands for."""

    level: str
    require: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One step of the scoring key: a rule of docs/scoring.md over items or earlier nodes, its fields as written."""

    id: str
    rule: str
    spec: Mapping[str, Any]
    stairs: tuple[Stair, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A maturity level: the left-closed interval of the index that begins at ``start`` (points, 0 to 100)."""

    code: str
    start: float
    title: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Gate:
    """A requirement without which neither ``level`` nor any level above it is given.

    ``downgrade_to`` is the level that is given instead; None stands for the one directly below.
    """

    id: str
    level: str
    require: Predicate
    text: Text
    downgrade_to: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Answers that do not fit together: a warning, never a block."""

    id: str
    when: Predicate
    text: Text


@dataclass(frozen=True)
class Instrument:
    """A questionnaire with its scoring key. ``content_hash`` is the SHA-256 of the file it was read from."""

    code: str
    version: str
    status: str
    title: Text
    summary: Text
    minutes: int
    licence: str
    source: Text | None
    dimensions: tuple[Dimension, ...]
    item_scales: Mapping[str, Mapping[str, Any]]
    nodes: tuple[Node, ...]
    levels: tuple[Level, ...]
    level_node: str | None
    level_note: Text | None
    gates: tuple[Gate, ...]
    checks: tuple[Check, ...]
    content_hash: str
    # Earlier version -> item -> identical, adjusted or broken; an item that is not named is identical.
    crosswalk: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for dimension in self.dimensions for item in dimension.items)

    @cached_property
    def item_by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    @cached_property
    def dimension_by_code(self) -> dict[str, Dimension]:
        return {dimension.code: dimension for dimension in self.dimensions}

    def item(self, code: str) -> Item:
        """The item called ``code``; KeyError if there is none."""
        return self.item_by_code[code]

    @cached_property
    def node_by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    def item_rule(self, item: Item) -> Mapping[str, Any] | None:
        """The rule that turns this item's answer into points, or None where it is asked but not scored."""
        return item.score if item.score is not None else self.item_scales.get(item.kind)

    def ceiling(self, gate: Gate) -> int:
        """The number of the level that a firm gets which fails the gate."""
        if gate.downgrade_to is not None:
            return self.level_number(gate.downgrade_to)
        return self.level_number(gate.level) - 1

    def level_number(self, code: str) -> int:
        """1 for the lowest maturity level. KeyError if there is no such level."""
        return {level.code: number for number, level in enumerate(self.levels, 1)}[code]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)
