"""What a firm's report says, ready to be shown: the results page, the PDF and every export tell the same from it.

Every text is already in the report's language and every figure already computed; nothing here is rounded. Scores are
0 to 100 (the index 0 to ``index_top``), shares and ranks 0 to 1, dates ISO (``2026-11-24``), and what is absent is None
or an empty text or tuple.
"""

from dataclasses import dataclass, field
from typing import Literal

from reports.builders.language import Language
from reports.builders.measured import Measured
from reports.builders.published import Op

State = Literal["answered", "not_applicable", "dont_know", "declined", "not_asked", "unanswered"]
Status = Literal["primary", "secondary", "to_confirm"]


@dataclass(frozen=True, kw_only=True)
class Firm:
    """Who the report is about. Industry, size and region are texts, not codes."""

    name: str
    english_name: str = ""
    industry: str = ""
    size: str = ""
    region: str = ""


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """The questions that were answered, down to the content hash of their file."""

    code: str
    title: str
    version: str
    hash: str = ""


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Everything a rebuild needs to come to the same figures, and the names of the report itself.

    ``publisher`` is who stands behind the platform, as the cover and the page foot print it. ``recipient`` is whom this
    copy was made for, ``figures_hash`` the checksum of its figures, ``verify_at`` the address that says whether it is
    genuine.
    """

    report_id: str
    submitted_on: str
    built_on: str
    instrument: Instrument
    engine_version: str
    benchmark_code: str = ""
    benchmark_version: str = ""
    publisher: str = ""
    recipient: str = ""
    figures_hash: str = ""
    verify_at: str = ""


@dataclass(frozen=True, kw_only=True)
class Level:
    """One maturity level: ``number`` 1 is the lowest; ``start`` is the index from which its band begins (``from``)."""

    code: str
    title: str
    number: int
    start: float = field(metadata={"key": "from"})
    meaning: str = ""


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A condition that is not met and holds the firm below ``level_title``; ``text`` is a full sentence."""

    level_title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question and its answer. ``anchor_text`` says what the level chosen means, ``advice_text`` how to go on.

    ``level`` of ``levels`` is set for anchored items only and drawn as a row of marks.
    """

    code: str
    title: str
    kind: str
    state: State
    answer_text: str = ""
    score: float | None = None
    weight: float = 1.0
    level: int | None = None
    levels: int = 5
    anchor_text: str = ""
    advice_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """One part of the instrument. The counts are of items, by state; ``partly_declined`` when any was declined."""

    code: str
    title: str
    score: float | None
    weight: float = 1.0
    intro: str = ""
    partly_declined: bool = False
    items: tuple[Item, ...] = ()
    compared_score: float | None = None

    def count(self, state: State) -> int:
        """How many items are in that state."""
        return sum(item.state == state for item in self.items)


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a published figure comes from; ``via`` says through which work it was read, if not itself."""

    title: str
    body: str = ""
    year: str = ""
    via: str = ""
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A published share and the firm's place against it.

    ``value`` is q, exact or a bound as ``op`` says; ``published_text`` is how a reader sees it ("fewer than 50%").
    ``reached`` is None when the firm cannot be placed, and then ``reason`` says why. ``rank_mid`` is None for a bound.
    ``sentence`` tells in words where the firm stands.
    """

    id: str
    title: str
    statement: str
    published_text: str
    value: float
    source: Source
    op: Op = "="
    reached: bool | None = None
    rank_low: float | None = None
    rank_mid: float | None = None
    rank_high: float | None = None
    sentence: str = ""
    reason: str = ""
    population: str = ""
    status: Status = "secondary"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DistributionStep:
    """One step of a published ladder, lowest first, and its share of firms."""

    title: str
    share: float


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """A whole published distribution; ``firm_step`` is the position of the firm's own step from 0, or None."""

    id: str
    title: str
    steps: tuple[DistributionStep, ...]
    source: Source
    firm_step: int | None = None
    sentence: str = ""
    population: str = ""
    status: Status = "secondary"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Statistic:
    """Another published figure, for context only; ``value_text`` is ready to print, with its unit."""

    id: str
    title: str
    value_text: str
    source: Source
    population: str = ""
    status: Status = "secondary"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A strength or a gap: the item, the dimension it belongs to, and what it means, in a sentence."""

    code: str
    title: str
    dimension: str
    score: float | None = None
    answer_text: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """One step worth taking next. ``from_level`` and ``to_level`` are texts, since not every item has levels.

    ``practised_by`` says which published share of firms has taken it; ``index_after`` is the index once this step alone
    is taken.
    """

    code: str
    title: str
    from_level: str
    to_level: str
    advice: str
    from_text: str = ""
    to_text: str = ""
    why: str = ""
    practised_by: str = ""
    index_after: float | None = None


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A headed paragraph of the method chapter."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """One part of a score: its points, its share of the weight (0 to 1), what it adds; None where it stands aside."""

    code: str
    title: str
    answer_text: str = ""
    score: float | None = None
    share: float | None = None
    contribution: float | None = None


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """How one score came about; the contributions of its terms add up to ``score``."""

    code: str
    title: str
    rule: str
    score: float | None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Differing:
    """An item that was answered independently in several roles, and not alike; ``voices`` are ready to print."""

    code: str
    title: str
    voices: tuple[str, ...]
    agreed_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Evidenced:
    """An item whose answer was held against measured data; ``outcome_text`` and the sentences are ready to print.

    ``source`` names the characteristic that gave the verdict, ``count`` how many computations there are in all.
    """

    code: str
    title: str
    declared_text: str
    outcome: Literal["supported", "contradicted", "not_decidable"]
    outcome_text: str
    reason: str = ""
    source: str = ""
    count: int = 1
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What a consultant has added: ``title`` of the dimension it is about, empty where it is about the whole."""

    dimension: str
    title: str
    author: str
    organisation: str
    written_on: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Brand:
    """The look of whoever the report is made for; ``accent`` is ``#rrggbb``, ``logo`` a PNG, ``title`` may be empty."""

    name: str
    accent: str
    contact: str = ""
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    footer: str = ""
    logo: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One group of peers as it was tried, with the reason why it was taken or not; ``group`` is the firm's own."""

    title: str
    group: str
    chosen: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Peers:
    """The index among the other firms of a dated release: ``percentile`` 0 to 1, None where no group is large enough.

    ``count`` is about how many firms the group has. ``release``, ``as_of`` and ``hash`` name the release for ever.
    """

    percentile: float | None
    count: int | None
    group: str
    release: str
    as_of: str
    hash: str
    sentence: str
    source: str = ""
    frozen: str = ""
    rungs: tuple[Rung, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One earlier assessment; ``comparable`` is False where its successor's questions measure something else."""

    date: str
    index: float | None
    comparable: bool = True


@dataclass(frozen=True, kw_only=True)
class ReportModel:
    """One firm's report in one language.

    ``index`` is the figure that the bands of ``levels`` are read on, 0 to ``index_top``. ``level`` is the level given,
    gates included; ``gates`` are those that hold it below what the index alone would give. ``levels`` runs from the
    lowest; ``level_note`` says whose cut-offs they are. ``next_level`` is the title of the level that ``next_steps``
    lead to, when they do. ``compared_with`` names what each dimension's ``compared_score`` belongs to. ``sections`` are
    those that the reader asked for, in the names of ``reports.builders.sections``; empty is the whole report. ``brand``
    is None where the report looks like the site's own.
    """

    language: Language
    firm: Firm
    provenance: Provenance
    index: float | None
    level: Level | None
    levels: tuple[Level, ...]
    dimensions: tuple[Dimension, ...]
    gates: tuple[Gate, ...] = ()
    index_top: float = 100.0
    level_note: str = ""
    compared_with: str = ""
    indicators: tuple[Indicator, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    strengths: tuple[Finding, ...] = ()
    gaps: tuple[Finding, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    next_level: str = ""
    warnings: tuple[str, ...] = ()
    method: tuple[Paragraph, ...] = ()
    history: tuple[Moment, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    differing: tuple[Differing, ...] = ()
    evidence: tuple[Evidenced, ...] = ()
    measured: tuple[Measured, ...] = ()
    peers: Peers | None = None
    comments: tuple[Comment, ...] = ()
    sections: tuple[str, ...] = ()
    brand: Brand | None = None

    @property
    def level_by_index(self) -> Level | None:
        """The level whose band holds the index, gates aside. Bands are left-closed and nothing is rounded first."""
        reached = [level for level in self.levels if self.index is not None and level.start <= self.index]
        return reached[-1] if reached else None

    @property
    def held_back(self) -> bool:
        """Whether the level given is another than the index alone would give: a gate keeps it back."""
        return self.level_by_index is not None and self.level is not None and self.level_by_index != self.level

    @property
    def reached_count(self) -> int:
        return sum(indicator.reached is True for indicator in self.indicators)

    @property
    def placed_count(self) -> int:
        """How many published shares the firm could be placed against."""
        return sum(indicator.reached is not None for indicator in self.indicators)
