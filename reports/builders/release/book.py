"""The blue book of a release: everything that is shown, in chapters, with the method and the sources."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.builders.formatting import date_text
from reports.builders.release.evidence import evidence_blocks
from reports.builders.release.items import items_blocks
from reports.builders.release.material import Material, named
from reports.builders.release.practices import practice_parts, practices_blocks
from reports.builders.release.standing import standing_blocks
from reports.builders.release.table import Block, Column, Section, Table
from reports.builders.release.view import dashboard
from scoring.engine.release.groups import STANDARD, codes_of

LICENCE = "CC BY 4.0"
DIMENSIONS = ("size", "industry", "region")


@dataclass(frozen=True)
class Chapter:
    """``paragraphs`` stand before the sections."""

    title: str
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Book:
    """``facts`` are (name, value) of the cover; ``cite`` says how the book is named by others."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    cite: str


def blue_book(material: Material) -> Book:
    """``material`` looks at all firms. A release that shows nothing gives a book that says so in its method alone."""
    facts = material.facts
    publisher = facts.owner or material.say("book_pool")
    day = date_text(facts.as_of, material.language)
    chapters = (summary(material), everybody(material), *practice_by_practice(material), *groups(material))
    told = {"publisher": publisher, "label": facts.label, "day": day, "hash": facts.content_hash[:16]}
    return Book(
        title=material.say("book_title"),
        subtitle=material.say("book_subtitle", label=facts.label, day=day),
        facts=(
            (material.say("book_publisher"), publisher),
            (material.say("book_instrument"), instrument_words(material)),
            (material.say("book_licence"), LICENCE),
            (material.say("book_hash"), facts.content_hash),
        ),
        chapters=(*(one for one in chapters if one.paragraphs or one.sections), method(material), sources(material)),
        cite=material.say("book_cite", **told),
    )


def instrument_words(material: Material) -> str:
    instrument = material.instrument
    return f"{instrument.title.pick(material.language)} ({instrument.code} {instrument.version})"


def summary(material: Material) -> Chapter:
    """How many firms, where they stand, and what may be concluded of each practice."""
    group = material.shown
    if group is None:
        return Chapter(material.say("book_summary"))
    told = [material.say("book_summary_firms", firms=group.firms, reach=material.release.noise_reach)]
    quartiles = group.quartiles("index")
    if quartiles is not None:
        low, median, high = (f"{value:.0f}" for value in quartiles)
        told.append(material.say("book_summary_index", low=low, median=median, high=high))
    told.append(material.say("book_summary_self"))
    return Chapter(material.say("book_summary"), tuple(told))


def everybody(material: Material) -> Chapter:
    return Chapter(material.say("book_all"), (), dashboard(material).sections)


def practice_by_practice(material: Material) -> tuple[Chapter, ...]:
    """For each published practice, its share in every shown group of each kind."""
    sections = []
    for indicator in material.indicators:
        found = [
            practice_parts(material, name, indicator, groups) for name in DIMENSIONS if (groups := material.parts(name))
        ]
        blocks = tuple(block for block in found if block is not None)
        if blocks:
            sections.append(Section(indicator.id, indicator.title.pick(material.language), blocks))
    return (Chapter(material.say("book_practices"), (), tuple(sections)),) if sections else ()


def groups(material: Material) -> Iterable[Chapter]:
    """A section for each shown group of firms of one size, and of one industry."""
    for dimension in ("size", "industry"):
        sections = []
        for code, _ in material.parts(dimension):
            inside = replace(material, group=named({dimension: code}))
            brought = (*practices_blocks(inside), *evidence_blocks(inside))
            whole = (*standing_blocks(inside), *brought, *items_blocks(inside)[-1:])
            # There are many industries: of each, the levels and the practices are enough.
            blocks = whole if dimension == "size" else (*whole[:1], *practices_blocks(inside))
            sections.append(Section(code or "none", material.name_of(dimension, code), tuple(blocks)))
        yield Chapter(material.say(f"book_by_{dimension}"), (), tuple(sections))


def method(material: Material) -> Chapter:
    """How the figures came about, and how many groups of each kind are shown: never which are not."""
    release = material.release
    values = {
        "share": release.share_threshold,
        "distribution": release.distribution_threshold,
        "reach": release.noise_reach,
    }
    keys = ("counted", "thresholds", "noise", "interval", "quartile")
    counted = ("evidence",) if evidence_blocks(material) else ()
    told = tuple(material.say(f"book_method_{key}", **values) for key in (*keys, *counted))
    shown = Section("shown", material.say("book_shown"), (shown_groups(material),))
    return Chapter(material.say("book_method"), told, (shown,))


def shown_groups(material: Material) -> Block:
    found = Counter(tuple(codes_of(name)) for name in material.release.groups)
    rows = tuple((rung_words(material, rung), found[rung]) for rung in STANDARD.rungs)
    columns = (Column(material.say("book_col_rung")), Column(material.say("book_col_groups"), "count"))
    notes = (material.say("book_shown_why"),)
    return Block("shown-groups", material.say("book_shown"), Table(columns, rows), None, notes)


def rung_words(material: Material, rung: tuple[str, ...]) -> str:
    return " × ".join(material.say(f"rel_filter_{name}") for name in rung) or material.say("book_rung_all")


def sources(material: Material) -> Chapter:
    """Every published figure with its source, as it was printed."""
    language = material.language
    rows = tuple(
        (one.title.pick(language), one.share.as_printed, one.source.title.pick(language)) for one in material.indicators
    )
    columns = tuple(Column(material.say(f"book_col_{name}")) for name in ("figure", "printed", "source"))
    blocks = (Block("sources", material.say("book_col_source"), Table(columns, rows)),) if rows else ()
    sections = (Section("sources", material.say("book_col_source"), blocks),) if blocks else ()
    return Chapter(material.say("book_sources"), (material.say("book_sources_lead"),), sections)
