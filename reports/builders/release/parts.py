"""The group split by size, industry and region, and the grid of dimensions by groups."""

from reports.builders.charts.heat import HeatRow, heat
from reports.builders.charts.spoken import listed
from reports.builders.release.material import Material
from reports.builders.release.practices import practice_parts
from reports.builders.release.standing import INDEX, spread_block, spread_of, told_mean
from reports.builders.release.table import Block, Column, Table
from scoring.engine.published import Indicator
from scoring.engine.release.released import ProtectedGroup

ORDER = ("size", "industry", "region")
HEATS = ("size", "industry")
Groups = tuple[tuple[str, ProtectedGroup], ...]


def parts_blocks(material: Material) -> tuple[Block, ...]:
    """For each dimension that splits the group, the index and the chosen practice; then the grids."""
    split = [(dimension, groups) for dimension in ORDER if (groups := material.parts(dimension))]
    chosen = practice_of(material)
    found: list[Block | None] = []
    for dimension, groups in split:
        found.append(index_parts(material, dimension, groups))
        found.append(None if chosen is None else practice_parts(material, dimension, chosen, groups))
    found += [grid(material, dimension, groups) for dimension, groups in split if dimension in HEATS]
    return tuple(block for block in found if block is not None)


def practice_of(material: Material) -> Indicator | None:
    """The chosen indicator, else the first."""
    known = {one.id: one for one in material.indicators}
    return known.get(material.practice, next(iter(material.indicators), None))


def index_parts(material: Material, dimension: str, groups: Groups) -> Block | None:
    shown = [(code, group) for code, group in groups if group.mean(INDEX) is not None]
    if not shown:
        return None
    rows = [spread_of(material, group, INDEX, material.name_of(dimension, code)) for code, group in shown]
    counts = [group.firms for _, group in shown]
    title = material.say(f"rel_by_{dimension}")
    notes = (material.say("rel_note_parts"), material.say("rel_note_small"))
    return spread_block(material, f"by-{dimension}", title, material.say("rel_col_group"), rows, notes, counts)


def grid(material: Material, dimension: str, groups: Groups) -> Block | None:
    """Mean scores: a row a group, a column a dimension."""
    nodes = material.scored_dimensions
    rows = [
        HeatRow(material.name_of(dimension, code), tuple(told_mean(group, node) for node in nodes))
        for code, group in groups
    ]
    rows = [one for one in rows if any(score is not None for score in one.scores)]
    if not rows or not nodes:
        return None
    names = [material.measure_name(node) for node in nodes]
    title = material.say(f"rel_heat_{dimension}")

    def draw(key: str, width: float) -> str:
        shown = names if width >= 480 else list(nodes)
        return heat(shown, rows, key=key, title=title, language=material.language, width=width)

    table = Table(
        (Column(material.say("rel_col_group")), *(Column(name, "score") for name in names)),
        tuple((one.title, *one.scores) for one in rows),
    )
    codes = listed((f"{code} {name}" for code, name in zip(nodes, names, strict=True)), material.language)
    notes = (material.say("rel_note_heat"), material.say("rel_note_codes", codes=codes))
    return Block(f"heat-{dimension}", title, table, draw, notes)
