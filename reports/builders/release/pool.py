"""Who is in the pool, beside the population that it stands for."""

from reports.builders.charts.portions import Portion, portions
from reports.builders.formatting import share_text
from reports.builders.release.material import Material, named
from reports.builders.release.practices import CONFIRMED
from reports.builders.release.shares import chart_text, fits, share_cell
from reports.builders.release.table import Block, Column, Table
from scoring.engine.release.groups import codes_of
from scoring.engine.release.populations import Cell, PopulationMargins
from scoring.engine.release.released import shown_share


def pool_blocks(material: Material) -> tuple[Block, ...]:
    population = material.population
    if population is None or not fits(population, material.group):
        return ()
    counts = [firms_of(material, cell) for cell in population.cells]
    total = sum(count or 0 for count in counts)
    if not total:
        return ()
    return (composition(material, population, counts, total),)


def firms_of(material: Material, cell: Cell) -> int | None:
    """Firms in the shown groups of a cell, with noise; None where none of them is shown."""
    own = codes_of(material.group)
    groups = [material.release.group(named({**own, "size": code})) for code in cell.codes["size"]]
    shown = [group.firms for group in groups if group is not None]
    return sum(shown) if shown else None


def composition(material: Material, population: PopulationMargins, counts: list[int | None], total: int) -> Block:
    language, beside = material.language, material.say("rel_col_population")
    names = [
        material.say("rel_codes_join").join(material.name_of("size", code) for code in cell.codes["size"])
        for cell in population.cells
    ]
    shares = [None if count is None else shown_share(count, total) for count in counts]
    rows = [
        Portion(
            name, share.value if share else None, chart_text(share) if share else "", cell.share, share_text(cell.share)
        )
        for name, share, cell in zip(names, shares, population.cells, strict=True)
    ]
    title = material.say("rel_composition")

    def draw(key: str, width: float) -> str:
        return portions(rows, key=key, title=title, language=language, width=width, beside=beside)

    table = Table(
        (
            Column(material.say("rel_filter_size")),
            Column(material.say("rel_col_firms"), "count"),
            Column(material.say("rel_col_pool"), "percent"),
            Column(beside, "percent"),
        ),
        tuple(
            (name, count, share_cell(share, language), cell.share)
            for name, count, share, cell in zip(names, counts, shares, population.cells, strict=True)
        ),
    )
    return Block("composition", title, table, draw, population_notes(material, population))


def population_notes(material: Material, population: PopulationMargins) -> tuple[str, ...]:
    language = material.language
    named_after = material.say(
        "rel_note_population", title=population.title.pick(language), source=population.source.title.pick(language)
    )
    example = () if population.status in CONFIRMED else (material.say("rel_note_example"),)
    return (named_after, *example)
