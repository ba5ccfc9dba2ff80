"""What the dashboard's templates are given: each block in words, drawn for a narrow and for a wide screen."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from reports.builders.figures import PAGE_WIDTH, PHONE_WIDTH
from reports.builders.language import Language
from reports.builders.release.table import Block, Remark
from reports.builders.release.view import View


@dataclass(frozen=True)
class Chart:
    """One picture in two widths; the style sheet shows the one that fits."""

    narrow: SafeString
    wide: SafeString


@dataclass(frozen=True)
class Cell:
    text: str
    is_number: bool


@dataclass(frozen=True)
class Shown:
    """``rows`` are texts, the first of each naming its row."""

    name: str
    title: str
    notes: tuple[str, ...]
    chart: Chart | None
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    remarks: tuple[Remark, ...]
    forms: tuple[str, ...]
    folded: bool


@dataclass(frozen=True)
class ShownSection:
    name: str
    title: str
    blocks: tuple[Shown, ...]


def shown_sections(view: View, language: Language) -> tuple[ShownSection, ...]:
    return tuple(
        ShownSection(section.name, section.title, tuple(shown(block, language) for block in section.blocks))
        for section in view.sections
    )


def shown(block: Block, language: Language) -> Shown:
    numbers = [column.is_number for column in block.table.columns]
    return Shown(
        block.name,
        block.title,
        block.notes,
        chart_of(block),
        tuple(Cell(column.title, column.is_number) for column in block.table.columns),
        tuple(tuple(map(Cell, row, numbers)) for row in block.table.texts(language)),
        block.remarks,
        ("csv",) if block.draw is None else ("svg", "png", "csv"),
        block.draw is not None or block.is_long,
    )


def chart_of(block: Block) -> Chart | None:
    if block.draw is None:
        return None
    # The chart functions escape every text that they are given; nothing else may be marked safe.
    narrow, wide = block.draw(f"narrow-{block.name}", PHONE_WIDTH), block.draw(f"wide-{block.name}", PAGE_WIDTH)
    return Chart(mark_safe(narrow), mark_safe(wide))  # noqa: S308
