"""What a dashboard shows, piece by piece: each block is a table and, where it helps, a drawing of the same figures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from reports.builders.language import Language
from reports.builders.wording import say

Kind = Literal["text", "sentence", "count", "score", "decimal", "percent"]
# A text stands for itself, such as "at most 5%" in a column of shares; None is not shown.
Cell = str | int | float | None
# Draws for a key that is unique on the page and a width in pixels.
Draw = Callable[[str, float], str]

# Tables of more rows are folded away until they are asked for.
LONG = 12
_WRITTEN = {"count": "{:.0f}", "score": "{:.1f}", "decimal": "{:.2f}"}


@dataclass(frozen=True)
class Column:
    title: str
    kind: Kind = "text"

    @property
    def is_number(self) -> bool:
        return self.kind not in ("text", "sentence")

    def text(self, cell: Cell, language: Language) -> str:
        """A figure that is not shown says so; shares are told in whole percent."""
        if cell is None:
            return say(language, "rel_no_figure")
        if isinstance(cell, str):
            return cell
        if self.kind == "score" and isinstance(cell, int):
            return str(cell)
        return f"{cell * 100:.0f}%" if self.kind == "percent" else _WRITTEN.get(self.kind, "{}").format(cell)


@dataclass(frozen=True)
class Table:
    """``rows`` have one cell a column; the first column names the row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def texts(self, language: Language) -> list[list[str]]:
        """Every cell as it is read; page, CSV and PDF all take it from here."""
        return [
            [column.text(cell, language) for column, cell in zip(self.columns, row, strict=True)] for row in self.rows
        ]


@dataclass(frozen=True)
class Remark:
    """What may be said of one row, in sentences; ``tag`` is its figure."""

    title: str
    tag: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """``name`` is part of an address; ``draw`` is None where only the table is shown."""

    name: str
    title: str
    table: Table
    draw: Draw | None = None
    notes: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def is_long(self) -> bool:
        return len(self.table.rows) > LONG


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    blocks: tuple[Block, ...]
