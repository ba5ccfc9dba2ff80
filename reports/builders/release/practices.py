"""Each published practice: the group's share beside the published one, unweighted and weighted, and what follows."""

from dataclasses import dataclass

from reports.builders.charts.interval_plot import Interval, interval_plot
from reports.builders.formatting import share_text
from reports.builders.release.material import Material
from reports.builders.release.shares import (
    Told,
    chart_text,
    interval_text,
    published_words,
    said_text,
    share_cell,
    told,
    told_weighted,
)
from reports.builders.release.table import Block, Cell, Column, Remark, Table
from scoring.engine.published import Indicator
from scoring.engine.release.released import ProtectedGroup
from scoring.engine.release.weighting import PostStratified

# What the status of a population file must be for its weighted figures to be quoted.
CONFIRMED = ("primary", "secondary")


@dataclass(frozen=True)
class Practice:
    """An indicator with what the group shows of it; ``of`` is its number of firms, with noise."""

    indicator: Indicator
    of: int
    plain: Told
    weighted: Told | None
    fitted: PostStratified | None


def practices_blocks(material: Material) -> tuple[Block, ...]:
    found = [one for indicator in material.indicators if (one := practice(material, indicator)) is not None]
    return (practices(material, found),) if found else ()


def practice(material: Material, indicator: Indicator) -> Practice | None:
    group = material.shown
    share = None if group is None else group.share(indicator.id)
    plain = None if share is None else told(share, material.release.noise_variance, indicator)
    if share is None or plain is None:
        return None
    weighted, fitted = told_weighted(material, indicator) or (None, None)
    return Practice(indicator, share.of, plain, weighted, fitted)


def practices(material: Material, found: list[Practice]) -> Block:
    rows = [plotted(one.plain, one.indicator, one.indicator.title.pick(material.language)) for one in found]
    title = material.say("rel_practices")

    def draw(key: str, width: float) -> str:
        return interval_plot(rows, key=key, title=title, language=material.language, width=width)

    table = Table(columns(material), tuple(cells(material, one) for one in found))
    remarks = tuple(remark(material, one) for one in found)
    return Block("practices", title, table, draw, notes(material, found), remarks)


def plotted(one: Told, indicator: Indicator, title: str) -> Interval:
    """Where the share cannot be told to the digit, the mark stands at the end that is told."""
    share = indicator.share
    return Interval(
        title,
        one.shown.value,
        one.interval.low,
        one.interval.high,
        share.value,
        share.operator,  # type: ignore[arg-type]
        chart_text(one.shown),
    )


def columns(material: Material) -> tuple[Column, ...]:
    keys = ("published", "firms", "share", "interval", "weighted", "weighted_interval", "said")
    kinds = {"firms": "count", "share": "percent", "weighted": "percent", "said": "sentence"}
    return (
        Column(material.say("rel_col_practice")),
        *(Column(material.say(f"rel_col_{key}"), kinds.get(key, "text")) for key in keys),  # type: ignore[arg-type]
    )


def cells(material: Material, one: Practice) -> tuple[Cell, ...]:
    language = material.language
    return (
        one.indicator.title.pick(language),
        published_words(one.indicator, language),
        one.of,
        share_cell(one.plain.shown, language),
        interval_text(one.plain.interval, language),
        None if one.weighted is None else share_cell(one.weighted.shown, language),
        None if one.weighted is None else interval_text(one.weighted.interval, language),
        said_text(one.plain, one.indicator, language),
    )


def remark(material: Material, one: Practice) -> Remark:
    language = material.language
    said = [("rel_unweighted", one.plain)] + ([("rel_weighted", one.weighted)] if one.weighted else [])
    lines = [
        material.say("value_of", name=material.say(way), value=said_text(found, one.indicator, language))
        for way, found in said
    ]
    return Remark(one.indicator.title.pick(language), one.plain.text(language), tuple(lines))


def notes(material: Material, found: list[Practice]) -> tuple[str, ...]:
    """How to read it, and what the weights rest on."""
    first = material.say("rel_note_practices")
    population = material.population
    fitted = next((one.fitted for one in found if one.fitted is not None), None)
    if population is None or fitted is None:
        return first, material.say("rel_note_unweighted")
    language = material.language
    said = [
        first,
        material.say(
            "rel_note_weighted", title=population.title.pick(language), source=population.source.title.pick(language)
        ),
    ]
    if population.status not in CONFIRMED:
        said.append(material.say("rel_note_example"))
    if fitted.collapsed:
        said.append(material.say("rel_note_collapsed"))
    if fitted.uncovered > 0:
        said.append(material.say("rel_note_uncovered", share=share_text(fitted.uncovered, 0)))
    return tuple(said)


def practice_parts(
    material: Material, dimension: str, indicator: Indicator, groups: tuple[tuple[str, ProtectedGroup], ...]
) -> Block | None:
    """One practice in every shown part of the group."""
    shown = [
        (material.name_of(dimension, code), share.of, one)
        for code, group in groups
        if (share := group.share(indicator.id)) is not None
        and (one := told(share, material.release.noise_variance, indicator)) is not None
    ]
    if not shown:
        return None
    rows = [plotted(one, indicator, name) for name, _, one in shown]
    language = material.language
    title = material.say(f"rel_practice_by_{dimension}", practice=indicator.title.pick(language))

    def draw(key: str, width: float) -> str:
        return interval_plot(rows, key=key, title=title, language=language, width=width)

    heads = (("group", "text"), ("firms", "count"), ("share", "percent"), ("interval", "text"), ("said", "sentence"))
    table = Table(
        tuple(Column(material.say(f"rel_col_{key}"), kind) for key, kind in heads),  # type: ignore[arg-type]
        tuple(
            (
                name,
                of,
                share_cell(one.shown, language),
                interval_text(one.interval, language),
                said_text(one, indicator, language),
            )
            for name, of, one in shown
        ),
    )
    return Block(f"practice-by-{dimension}", title, table, draw)
