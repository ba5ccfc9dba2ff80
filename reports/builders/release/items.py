"""Do the questions work: each item's statistics, and the reliability of each dimension."""

from reports.builders.release.material import Material
from reports.builders.release.shares import share_cell
from reports.builders.release.table import Block, Cell, Column, Table
from scoring.engine.release.layout import SHARE_BINS, STATES
from scoring.engine.release.released import ProtectedGroup, quartiles, shown_share
from scoring.engine.release.reliability import item_statistics
from surveys.instruments.model import Item

DK = "DK"
# What the heads of tables show, with the kind of figure below each.
ITEM_HEADS = (
    ("item", "text"),
    ("title", "text"),
    ("answered", "count"),
    ("mean", "decimal"),
    ("spread", "decimal"),
    ("dont_know", "percent"),
)
ALPHA_HEADS = (
    ("dimension", "text"),
    ("alpha", "decimal"),
    ("interval", "text"),
    ("firms", "count"),
    ("weakest", "text"),
)


def items_blocks(material: Material) -> tuple[Block, ...]:
    group = material.shown
    if group is None:
        return ()
    found = (reliability_block(material, group), items_block(material, group))
    return tuple(block for block in found if block is not None)


def items_block(material: Material, group: ProtectedGroup) -> Block | None:
    rows = [row for item in material.instrument.items if (row := item_row(material, group, item)) is not None]
    if not rows:
        return None
    columns = tuple(Column(material.say(f"rel_col_{key}"), kind) for key, kind in ITEM_HEADS)  # type: ignore[arg-type]
    title = material.say("rel_items")
    return Block("items", title, Table(columns, tuple(rows)), None, (material.say("rel_note_items"),))


def item_row(material: Material, group: ProtectedGroup, item: Item) -> tuple[Cell, ...] | None:
    counts = group.distribution(f"item.{item.code}")
    if counts is None:
        return None
    cells = dict(zip(material.release.tables[f"item.{item.code}"], counts, strict=True))
    unsure, answered = cells[DK], answers_of(item, cells)
    share = share_cell(shown_share(unsure, answered + unsure), material.language)
    mean, spread = typical(material, item, cells)
    return item.code, item.title.pick(material.language), answered, mean, spread, share


def answers_of(item: Item, cells: dict[str, int]) -> int:
    """Firms that gave an answer; the ticks of a multi item overlap, so these are counted apart."""
    if "answered" in cells:
        return cells["answered"]
    return sum(count for label, count in cells.items() if label not in STATES)


def typical(material: Material, item: Item, cells: dict[str, int]) -> tuple[Cell, Cell]:
    """Mean and spread of an item with levels; the median of a share; nothing of kinds without an order."""
    if item.kind == "share":
        found = quartiles([cells[label] for label in SHARE_BINS])
        return (None if found is None else material.say("rel_median_of", value=f"{found[1]:.0f}")), None
    if item.kind != "level":
        return None, None
    values = [float(option.value) for option in item.options]
    told = item_statistics(values, [cells[str(option.value)] for option in item.options], cells[DK])
    return told.mean, told.spread


def reliability_block(material: Material, group: ProtectedGroup) -> Block | None:
    rows = tuple(
        reliability_row(material, code, group) for code in material.scored_dimensions if code in group.reliability
    )
    if not rows:
        return None
    columns = tuple(Column(material.say(f"rel_col_{key}"), kind) for key, kind in ALPHA_HEADS)  # type: ignore[arg-type]
    title = material.say("rel_reliability")
    return Block("reliability", title, Table(columns, rows), None, (material.say("rel_note_reliability"),))


def reliability_row(material: Material, code: str, group: ProtectedGroup) -> tuple[Cell, ...]:
    one = group.reliability[code]
    known = [
        (fit, item) for item, fit in zip(material.release.scales[code], one.item_rest, strict=True) if fit is not None
    ]
    weakest = None if not known else "{1} ({0:.2f})".format(*min(known))
    interval = material.say("rel_range", low=f"{one.low:.2f}", high=f"{one.high:.2f}")
    return material.measure_name(code), one.alpha, interval, one.firms, weakest
