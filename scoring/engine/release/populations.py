"""What the population of firms looks like, by size and industry: from the text of a file to margins for weighting.

docs/releases.md describes the format. Every file states where its figures come from and how far they are confirmed.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from scoring.engine.parse import STATUSES
from scoring.engine.published import Source
from surveys.instruments.faults import FileRefused
from surveys.instruments.parse import Path, Raw, Reader, read_yaml
from surveys.instruments.text import Text

FORMAT = 1
# Printed shares may miss 1 by their rounding.
CLOSE_TO_ONE = 0.005


@dataclass(frozen=True, slots=True)
class Cell:
    """The share of all firms that have these codes; a cell may stand for several, such as micro and small together."""

    codes: Mapping[str, tuple[str, ...]]
    share: float

    def holds(self, codes: Mapping[str, str]) -> bool:
        return all(codes.get(dimension) in among for dimension, among in self.codes.items())


@dataclass(frozen=True, slots=True)
class PopulationMargins:
    """A population by ``dimensions``; the shares of ``cells`` are fractions of one. ``status`` as with benchmarks."""

    code: str
    version: str
    title: Text
    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]
    source: Source
    status: str
    note: Text | None
    content_hash: str

    def cell_of(self, codes: Mapping[str, str]) -> int | None:
        """The position of the cell that holds a firm with these codes, None if there is none."""
        return next((place for place, cell in enumerate(self.cells) if cell.holds(codes)), None)


def parse_population(text: str) -> PopulationMargins:
    """The population in a file. FileRefused with every fault found."""
    raw = read_yaml(text)
    reader = PopulationReader()
    if raw.get("format") != FORMAT:
        reader.fault(("format",), "must be 1")
    cells = tuple(reader.each(raw, "cells", (), reader.cell))
    population = PopulationMargins(
        code=reader.string(raw, "code", ()),
        version=reader.string(raw, "version", ()),
        title=reader.text(raw, "title", ()),
        dimensions=reader.dimensions(cells),
        cells=cells,
        source=reader.source(raw),
        status=reader.status(raw),
        note=reader.optional_text(raw, "note", ()),
        content_hash=sha256(text.encode()).hexdigest(),
    )
    if reader.faults:
        raise FileRefused(reader.faults)
    return population


class PopulationReader(Reader):
    """Reads the parts of a population file and collects every fault."""

    def cell(self, raw: Raw, path: Path) -> Cell:
        codes = self.mapping(raw, "codes", path)
        found = {str(name): self.several(value) for name, value in codes.items()}
        for name, among in found.items():
            if not among:
                self.fault((*path, "codes", name), "must name at least one code")
        share = self.number(raw, "share", path, -1)
        if share > 1:
            self.fault((*path, "share"), "must be a fraction of one, such as 0.12 for 12 %")
        return Cell(found, share)

    def several(self, value: Any) -> tuple[str, ...]:
        """One code or a list of codes."""
        return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)

    def dimensions(self, cells: tuple[Cell, ...]) -> tuple[str, ...]:
        """The dimensions of the cells, which must be the same for all; the shares must add up and overlap nowhere."""
        kinds = {tuple(cell.codes) for cell in cells}
        if len(kinds) > 1:
            self.fault(("cells",), "must all name the same dimensions in the same order")
        total = math.fsum(cell.share for cell in cells)
        if cells and abs(total - 1) > CLOSE_TO_ONE:
            self.fault(("cells",), f"must have shares that add up to 1, not to {total:.6g}")
        for place, cell in enumerate(cells):
            if any(overlap(cell, other) for other in cells[:place]):
                self.fault(("cells", place, "codes"), "must not hold firms that an earlier cell holds")
        return next(iter(kinds), ())

    def source(self, raw: Raw) -> Source:
        found = self.mapping(raw, "source", ())
        where = ("source",)
        return Source(
            id=self.string(found, "id", where),
            title=self.text(found, "title", where),
            body=self.optional_text(found, "body", where),
            year=found.get("year"),
            via=self.optional_text(found, "via", where),
            reference=None if found.get("reference") is None else str(found["reference"]),
        )

    def status(self, raw: Raw) -> str:
        if raw.get("status") not in STATUSES:
            self.fault(("status",), f"must be one of {', '.join(STATUSES)}")
        return str(raw.get("status"))


def overlap(first: Cell, second: Cell) -> bool:
    return all(set(among) & set(second.codes.get(name, ())) for name, among in first.codes.items())
