"""Published figures as values: a predicate with the share of firms that meet it, and where that was printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.instruments.predicates import Predicate
from surveys.instruments.text import Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure stands. ``via`` names the work it was quoted through."""

    id: str
    title: Text
    body: Text | None
    year: int | None
    via: Text | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class Population:
    """Which firms a figure speaks of; ``n`` is None where the survey did not print it."""

    label: Text
    n: int | None
    year: int | None


@dataclass(frozen=True, slots=True)
class PublishedShare:
    """``value`` is the share (0 to 1) that meets the predicate; ``operator`` "<" makes it a bound, not a value.

    ``rounding`` is the half-width of the printed precision; ``complement`` says that the print gives 1 - value.
    """

    value: float
    operator: str
    rounding: float
    as_printed: str
    complement: bool = False

    @property
    def is_bound(self) -> bool:
        return self.operator != "="


@dataclass(frozen=True, slots=True)
class Indicator:
    """A published share that a firm can be placed against. ``sizes`` empty: firms of every size."""

    id: str
    title: Text
    statement: Text
    share: PublishedShare
    predicate: Predicate
    sizes: tuple[str, ...]
    condition: Predicate | None
    population: Population
    source: Source
    status: str
    note: Text | None


@dataclass(frozen=True, slots=True)
class Distribution:
    """A whole published distribution over ordered steps; shares (0 to 1) sum to 1 within print."""

    id: str
    title: Text
    steps: tuple[tuple[Text, float], ...]
    population: Population
    source: Source
    status: str
    note: Text | None

    def ridits(self) -> tuple[float, ...]:
        """The mean rank of each step: shares below it plus half its own (Bross 1958)."""
        below, found = 0.0, []
        for _, share in self.steps:
            found.append(below + share / 2)
            below += share
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Statistic:
    """Another published figure, shown as context."""

    id: str
    title: Text
    value: str
    unit: Text | None
    population: Population
    source: Source
    status: str
    note: Text | None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A versioned set of published figures for one instrument."""

    code: str
    version: str
    instrument: str
    title: Text
    indicators: tuple[Indicator, ...]
    distributions: tuple[Distribution, ...]
    statistics: tuple[Statistic, ...]
    sources: Mapping[str, Source]
    content_hash: str
