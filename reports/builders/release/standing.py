"""Where the firms of a group stand: maturity levels, index, dimensions."""

from reports.builders.charts.portions import Portion, portions
from reports.builders.charts.score_bins import score_bins
from reports.builders.charts.spreads import Spread, spreads
from reports.builders.release.material import Material
from reports.builders.release.shares import chart_text, share_cell
from reports.builders.release.table import Block, Cell, Column, Table
from scoring.engine.release.layout import NONE, SCORE_BINS, measure_id
from scoring.engine.release.released import ProtectedGroup, shown_share

INDEX = "index"
DECIMALS_FROM = 100


def standing_blocks(material: Material) -> tuple[Block, ...]:
    """Those for which the group shows figures."""
    group = material.shown
    if group is None:
        return ()
    found = (levels(material, group), index(material, group), dimensions(material, group))
    return tuple(block for block in found if block is not None)


def levels(material: Material, group: ProtectedGroup) -> Block | None:
    counts = group.distribution("level")
    labels = material.release.tables.get("level", ())
    if counts is None or not labels:
        return None
    pairs = [(code, count) for code, count in zip(labels, counts, strict=True) if code != NONE]
    total = sum(count for _, count in pairs)
    names = material.level_codes
    shown = [(names.get(code, code), shown_share(count, total)) for code, count in pairs]
    table = Table(
        (
            Column(material.say("rel_col_level")),
            Column(material.say("rel_col_share"), "percent"),
        ),
        tuple((name, share_cell(share, material.language)) for name, share in shown),
    )
    rows = [Portion(name, share.value if share else None, chart_text(share) if share else "") for name, share in shown]
    title = material.say("rel_levels")

    def draw(key: str, width: float) -> str:
        return portions(rows, key=key, title=title, language=material.language, width=width)

    return Block("levels", title, table, draw, (material.say("rel_note_levels"),))


def spread_of(material: Material, group: ProtectedGroup | None, node: str, title: str) -> Spread:
    """The quartiles and the mean that are shown of a node's scores."""
    if group is None:
        return Spread(title, None, None)
    return Spread(title, group.quartiles(measure_id(node)), told_mean(group, node))


def told_mean(group: ProtectedGroup, node: str) -> float | None:
    """Noise moves the mean of fewer than 100 firms by more than a point: those are told in whole points."""
    mean = group.mean(node)
    return mean if mean is None or group.firms >= DECIMALS_FROM else round(mean)


def index(material: Material, group: ProtectedGroup) -> Block | None:
    counts = group.distribution(measure_id(INDEX))
    if counts is None:
        return None
    bins, title = counts[: len(SCORE_BINS)], material.say("rel_index")
    spread = spread_of(material, group, INDEX, title)
    wide, total = 100 // len(SCORE_BINS), sum(bins)
    rows: list[tuple[Cell, ...]] = [
        (
            material.say("rel_bin", low=int(start), high=int(start) + wide),
            share_cell(shown_share(count, total), material.language),
        )
        for start, count in zip(SCORE_BINS, bins, strict=True)
    ]
    table = Table(
        (
            Column(material.say("rel_col_from")),
            Column(material.say("rel_col_share"), "percent"),
        ),
        tuple(rows),
    )

    def draw(key: str, width: float) -> str:
        return score_bins(bins, spread, key=key, title=title, language=material.language, width=width)

    return Block("index", title, table, draw, score_notes(material, group))


def dimensions(material: Material, group: ProtectedGroup) -> Block | None:
    nodes = [INDEX, *material.scored_dimensions]
    rows = [spread_of(material, group, node, material.measure_name(node)) for node in nodes]
    if all(one.quartiles is None for one in rows):
        return None
    title, first = material.say("rel_dimensions"), material.say("rel_col_dimension")
    return spread_block(material, "dimensions", title, first, rows, score_notes(material, group))


def score_notes(material: Material, group: ProtectedGroup) -> tuple[str, ...]:
    """How scores are told; where noise shows, how far it reaches."""
    notes = (material.say("rel_note_scores"),)
    return notes if group.firms >= DECIMALS_FROM else (*notes, material.say("rel_note_small"))


def spread_block(
    material: Material,
    name: str,
    title: str,
    first: str,
    rows: list[Spread],
    notes: tuple[str, ...],
    counts: list[int] | None = None,
) -> Block:
    """Quartiles and means in rows; ``counts`` adds the firms of each."""

    def draw(key: str, width: float) -> str:
        return spreads(rows, key=key, title=title, language=material.language, width=width)

    firms = () if counts is None else (Column(material.say("rel_col_firms"), "count"),)
    columns = (
        Column(first),
        *firms,
        *(Column(material.say(f"rel_col_{key}"), "score") for key in ("mean", "quartile_1", "median", "quartile_3")),
    )
    cells = tuple(
        (one.title, *(() if counts is None else (counts[place],)), one.mean, *(one.quartiles or (None, None, None)))
        for place, one in enumerate(rows)
    )
    return Block(name, title, Table(columns, cells), draw, notes)
