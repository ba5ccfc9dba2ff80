"""Declared against evidenced: how many firms brought data for an answer, and what these say of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.builders.charts.portions import Portion, portions
from reports.builders.release.items import typical
from reports.builders.release.material import Material
from reports.builders.release.shares import chart_text, interval_text, share_cell
from reports.builders.release.table import Block, Cell, Column, Table
from scoring.engine.release.layout import NO_EVIDENCE, VERDICTS, evidence_id
from scoring.engine.release.released import ProtectedGroup, ShownShare, shown_share
from scoring.engine.release.shares import size_with_noise, wilson
from surveys.instruments.model import Item

SUPPORTED, CONTRADICTED, NOT_DECIDABLE = VERDICTS[1:]
# What the head of the table shows, with the kind of figure below each.
HEADS = (
    ("title", "text"),
    ("declared", "decimal"),
    ("with_data", "percent"),
    ("firms_with_data", "count"),
    ("supported", "percent"),
    ("supported_interval", "text"),
    ("contradicted", "percent"),
    ("not_decidable", "percent"),
)


@dataclass(frozen=True)
class Evidenced:
    """The verdicts on one item: protected counts over all firms of the group."""

    item: Item
    counts: Mapping[str, int]

    @property
    def firms(self) -> int:
        return sum(self.counts.values())

    @property
    def with_data(self) -> int:
        return self.firms - self.counts[NO_EVIDENCE]

    def share(self, verdict: str) -> ShownShare | None:
        """Of the firms with data; never none or all of them."""
        return shown_share(self.counts[verdict], self.with_data)


def evidence_blocks(material: Material) -> tuple[Block, ...]:
    """Nothing where the group shows no verdicts, as in releases from before they were counted."""
    group = material.shown
    found = [] if group is None else evidenced(material, group)
    return (evidence_block(material, found),) if found else ()


def evidenced(material: Material, group: ProtectedGroup) -> list[Evidenced]:
    counts = ((item, group.distribution(evidence_id(item.code))) for item in material.instrument.items)
    return [
        Evidenced(item, dict(zip(material.release.tables[evidence_id(item.code)], cells, strict=True)))
        for item, cells in counts
        if cells is not None
    ]


def evidence_block(material: Material, found: list[Evidenced]) -> Block:
    bars = [bar(material, one) for one in found]
    title = material.say("rel_evidence")

    def draw(key: str, width: float) -> str:
        return portions(bars, key=key, title=title, language=material.language, width=width)

    columns = tuple(Column(material.say(f"rel_col_{key}"), kind) for key, kind in HEADS)  # type: ignore[arg-type]
    table = Table(columns, tuple(row(material, one) for one in found))
    few = material.say("rel_note_evidence_few", least=least(material))
    return Block("evidence", title, table, draw, (material.say("rel_note_evidence"), few))


def least(material: Material) -> int:
    """A share among the firms with data needs as many of them as a distribution does."""
    return material.release.distribution_threshold


def enough(material: Material, one: Evidenced) -> bool:
    return one.with_data >= least(material)


def bar(material: Material, one: Evidenced) -> Portion:
    share = one.share(SUPPORTED) if enough(material, one) else None
    title = one.item.title.pick(material.language)
    return Portion(title, share.value if share else None, chart_text(share) if share else "")


def row(material: Material, one: Evidenced) -> tuple[Cell, ...]:
    language = material.language
    whole = (
        one.item.title.pick(language),
        declared(material, one.item),
        share_cell(shown_share(one.with_data, one.firms), language),
    )
    if not enough(material, one):
        return (*whole, *[None] * (len(HEADS) - len(whole)))
    supported, contradicted, undecided = (share_cell(one.share(verdict), language) for verdict in VERDICTS[1:])
    return (*whole, one.with_data, supported, interval(material, one), contradicted, undecided)


def declared(material: Material, item: Item) -> Cell:
    """What the firms of the group say themselves, as in the statistics of the items."""
    name = f"item.{item.code}"
    counts = None if material.shown is None else material.shown.distribution(name)
    if counts is None:
        return None
    return typical(material, item, dict(zip(material.release.tables[name], counts, strict=True)))[0]


def interval(material: Material, one: Evidenced) -> str:
    """Of the share p that is supported.

    The noise of the firms supported moves p by (1-p)/n, that of each of the two other counts in n by -p/n.
    """
    share = one.counts[SUPPORTED] / one.with_data
    noise = material.release.noise_variance * ((1 - share) ** 2 + 2 * share**2)
    size = size_with_noise(one.counts[SUPPORTED], one.with_data, noise)
    return interval_text(wilson(share, size), material.language)
