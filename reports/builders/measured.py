"""Measured values as their charts need them: of bounded size however many values there are, and plain enough to store.

Nothing here is computed anew when it is drawn. The figures of a study never rest on it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Marks:
    """Specification limits and target in the unit of the values; what does not exist is None."""

    lsl: float | None = None
    usl: float | None = None
    target: float | None = None

    @property
    def given(self) -> list[tuple[str, float]]:
        named = (("lsl_short", self.lsl), ("target_short", self.target), ("usl_short", self.usl))
        return sorted(((key, value) for key, value in named if value is not None), key=lambda pair: pair[1])


@dataclass(frozen=True, kw_only=True)
class Bins:
    """All ``n`` values in bins; ``edges`` are one more than ``counts``. ``outside`` are those beyond the limits.

    ``curve`` is (value, density) of the fitted distribution, rising in value; the area under a density is 1.
    """

    n: int
    low: float
    high: float
    outside: int
    counts: tuple[int, ...]
    edges: tuple[float, ...]
    marks: Marks
    curve: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A point with the rules that flag it."""

    number: int
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Points:
    """The points of a control chart that are drawn, with centre line and limits for each: all of one length.

    ``count`` and ``flagged`` are of all points. ``flags`` has the signals among the drawn points, and the first twenty.
    """

    kind: str
    count: int
    flagged: int
    varying: bool
    numbers: tuple[int, ...]
    points: tuple[float, ...]
    centre: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    flags: tuple[Flag, ...] = ()

    @property
    def rules(self) -> dict[int, tuple[str, ...]]:
        return {flag.number: flag.rules for flag in self.flags}


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Ordered values that are drawn, each with its normal score; ``far`` is the largest distance of all ``n`` values
    from the normal line, in standard deviations."""

    n: int
    mean: float
    sigma: float
    far: float
    values: tuple[float, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A source of variation (GRR, EV, AV, INT or PV) with its shares in per cent; None without a tolerance."""

    name: str
    contribution: float
    study_variation: float
    tolerance: float | None = None


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """A crossed gauge study in its shares."""

    parts: int
    appraisers: int
    trials: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What one computation has to draw; the parts that it does not have are None."""

    bins: Bins | None = None
    location: Points | None = None
    spread: Points | None = None
    scores: Scores | None = None
    gauge: Gauge | None = None


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The charts behind the verdict about one item. ``source`` names the characteristic."""

    code: str
    title: str
    source: str
    drawn: Drawn
