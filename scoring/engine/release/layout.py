"""Which cells a release counts: one column for each figure of an instrument and its published indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from scoring.engine.published import Indicator
from scoring.engine.spc.verdict import Outcome
from surveys.instruments.answers import State
from surveys.instruments.model import Instrument, Item

COUNT, SHARE, DISTRIBUTION, TICKS = "count", "share", "distribution", "ticks"
FIRMS = "firms"
NONE = "none"
STATES = tuple(state.name for state in State)
# Scores of 0 to 100 fall into 20 left-closed bins of 5 points; 100 itself belongs to the last.
SCORE_BINS = tuple(str(start) for start in range(0, 100, 5))
SHARE_BINS = tuple(str(start) for start in range(0, 100, 10))
ANSWERED = "answered"
NO_EVIDENCE = "no_evidence"
# What is counted of each item that measured data can speak to; every firm is in one of the four.
VERDICTS = (
    NO_EVIDENCE,
    *(str(outcome) for outcome in (Outcome.SUPPORTED, Outcome.CONTRADICTED, Outcome.NOT_DECIDABLE)),
)


@dataclass(frozen=True, slots=True)
class Variable:
    """One table: ``labels`` name its cells, which are columns ``start`` and following.

    ``share`` has the cells "of" and "reached"; a ``distribution``'s cells are apart and together are all firms; the
    cells of ``ticks`` may overlap.
    """

    id: str
    kind: str
    labels: tuple[str, ...]
    start: int

    @property
    def columns(self) -> slice:
        return slice(self.start, self.start + len(self.labels))


@dataclass(frozen=True, slots=True)
class Scale:
    """The scored items of a dimension, for its reliability."""

    dimension: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Columns of counts (``variables``), nodes that are summed (``measures``) and scales whose moments are kept.

    ``instrument`` is code@version#hash: tallies of unlike instruments are never added.
    """

    instrument: str
    variables: tuple[Variable, ...]
    measures: tuple[str, ...]
    scales: tuple[Scale, ...]

    @cached_property
    def width(self) -> int:
        return sum(len(variable.labels) for variable in self.variables)

    @cached_property
    def by_id(self) -> dict[str, Variable]:
        return {variable.id: variable for variable in self.variables}

    @cached_property
    def moment_width(self) -> int:
        return sum(moments_of(scale) for scale in self.scales)

    @cached_property
    def fingerprint(self) -> str:
        """Tells tallies that have other columns, such as those that an earlier version of the program counted."""
        return sha256(repr((self.instrument, self.variables, self.measures, self.scales)).encode()).hexdigest()


def moments_of(scale: Scale) -> int:
    """n, total, total squared; then sum, square and product with the total for each item."""
    return 3 + 3 * len(scale.items)


def layout_for(instrument: Instrument, indicators: Sequence[Indicator], evidenced: Sequence[str] = ()) -> Layout:
    """Everything that a release of this instrument counts; ``evidenced`` are the items whose verdicts are counted."""
    dimensions = [dimension.code for dimension in instrument.dimensions if dimension.code in instrument.node_by_id]
    measures = (*(["index"] if "index" in instrument.node_by_id else []), *dimensions)
    tables = [
        (FIRMS, COUNT, (FIRMS,)),
        *((f"indicator.{one.id}", SHARE, ("of", "reached")) for one in indicators),
        ("level", DISTRIBUTION, (*(level.code for level in instrument.levels), NONE)),
        *((measure_id(node), DISTRIBUTION, (*SCORE_BINS, NONE)) for node in measures),
        *(item_table(item) for item in instrument.items),
        *((evidence_id(code), DISTRIBUTION, VERDICTS) for code in evidenced),
    ]
    variables, start = [], 0
    for id_, kind, labels in tables:
        variables.append(Variable(id_, kind, labels, start))
        start += len(labels)
    scales = tuple(
        Scale(dimension.code, items)
        for dimension in instrument.dimensions
        if len(items := tuple(one.code for one in dimension.items if instrument.item_rule(one) is not None)) > 1
    )
    name = f"{instrument.code}@{instrument.version}#{instrument.content_hash}"
    return Layout(name, tuple(variables), measures, scales)


def measure_id(node: str) -> str:
    """The name of a node's histogram: ``index``, or ``dimension.RD``."""
    return node if node == "index" else f"dimension.{node}"


def evidence_id(item: str) -> str:
    """The name of the table of an item's verdicts."""
    return f"evidence.{item}"


def item_table(item: Item) -> tuple[str, str, tuple[str, ...]]:
    """An item's answers and the kinds of no answer."""
    if item.kind == "multi":
        return f"item.{item.code}", TICKS, (*(str(option.value) for option in item.options), ANSWERED, *STATES)
    if item.kind == "share":
        return f"item.{item.code}", DISTRIBUTION, (*SHARE_BINS, *STATES)
    if item.kind == "number":
        return f"item.{item.code}", DISTRIBUTION, (ANSWERED, *STATES)
    return f"item.{item.code}", DISTRIBUTION, (*(str(option.value) for option in item.options), *STATES)
