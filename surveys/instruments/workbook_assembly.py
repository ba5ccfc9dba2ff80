"""From the rows of a workbook back to an instrument, with the cell that every part came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from surveys.instruments import check_messages as say
from surveys.instruments.check_outline import mapping
from surveys.instruments.check_source import read_value
from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.workbook_tables import (
    ABOUT,
    ADVICE,
    CHECKS,
    DIMENSIONS,
    GATES,
    ITEMS,
    LANGUAGES,
    LEVEL_NODE,
    LEVEL_NOTE,
    LEVELS,
    NODES,
    OPTIONS,
    REST,
    SCALES,
    Cell,
    Column,
    Path,
    Row,
    Table,
)

FLAGS = {"yes": True, "no": False, "true": True, "false": False}
Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """The cell, or with column "" the row, that a part of the instrument came from."""

    sheet: str
    row: int
    column: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one row holds, with the origin of each field; () leads to the row itself."""

    part: Part
    origins: dict[Path, Origin]


@dataclass(frozen=True, slots=True)
class Assembly:
    """The instrument being put together: the faults of its cells and the origin of every part so far."""

    prefix: str = ""
    origins: dict[Path, Origin] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, origin: Origin, message: str, /, **detail: object) -> None:
        self.faults.append(Fault((), message, origin.row, detail, origin.sheet, origin.column))

    def settle(self, path: Path, reading: Reading) -> None:
        """Notes where the parts of a row have come to stand."""
        self.origins.update({path + steps: origin for steps, origin in reading.origins.items()})

    def locate(self, fault: Fault) -> Fault:
        """The same fault at the cell that its path came from, or at the nearest part around it."""
        for length in range(len(fault.path), 0, -1):
            origin = self.origins.get(fault.path[:length])
            if origin is not None:
                return replace(fault, line=origin.row, sheet=origin.sheet, column=origin.column)
        return fault

    def read(self, table: Table, row: Row) -> Reading:
        sheet = row.sheet or self.prefix + table.sheet
        reading = Reading({}, {(): Origin(sheet, row.number)})
        for one in table.columns:
            origin = Origin(sheet, row.number, row.names.get(one.name, one.name))
            # An empty cell has a place too: that is where something is missing.
            reading.origins.setdefault(one.steps, origin)
            cell = row.cells.get(one.name)
            if cell is not None and cell != "":
                self.read_into(reading, one, cell, origin)
        return reading

    def read_into(self, reading: Reading, one: Column, cell: Cell, origin: Origin) -> None:
        value = self.value(one, cell, origin)
        if one.form == REST:
            reading.part.update(mapping(value))
            reading.origins.update({(key,): origin for key in mapping(value)})
        elif value is not None:
            place(reading.part, one.steps, value)
        for length in range(1, len(one.steps) + 1):
            reading.origins.setdefault(one.steps[:length], origin)

    def value(self, one: Column, cell: Cell, origin: Origin) -> Any:
        if one.form in ("yaml", REST):
            try:
                return read_value(str(cell))
            except FileRefused as refused:
                self.fault(origin, refused.faults[0].message, **refused.faults[0].detail)
                return None
        if one.form == "flag":
            return FLAGS.get(str(cell).strip().lower(), cell)
        return plain(cell)


def plain(cell: Cell) -> Cell:
    """A spreadsheet's number is always a float; a whole one is meant as a whole number."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.strip() if isinstance(cell, str) else cell


def place(part: Part, steps: Sequence[str], value: Any) -> None:
    for step in steps[:-1]:
        part = part.setdefault(step, {})
    part[steps[-1]] = value


def assemble(sheets: Mapping[str, Sequence[Row]], assembly: Assembly) -> Part:
    """The plain values of the file that these rows, by the name of their table, stand for."""
    raw: Part = {"format": 1}
    levels = read_about(sheets, raw, assembly)
    raw["dimensions"] = listed(sheets, DIMENSIONS, ("dimensions",), assembly)
    places = place_items(sheets, raw["dimensions"], assembly)
    place_options(sheets, places, assembly)
    place_advice(sheets, places, assembly)
    bands = listed(sheets, LEVELS, ("scoring", "levels", "bands"), assembly)
    scoring = {
        "item_scales": read_scales(sheets, assembly),
        "nodes": listed(sheets, NODES, ("scoring", "nodes"), assembly),
        "levels": {**levels, **({"bands": bands} if bands else {})},
        "gates": listed(sheets, GATES, ("scoring", "gates"), assembly),
    }
    raw["scoring"] = {key: value for key, value in scoring.items() if value}
    checks = listed(sheets, CHECKS, ("checks",), assembly)
    return {**raw, "checks": checks} if checks else raw


def readings(sheets: Mapping[str, Sequence[Row]], table: Table, assembly: Assembly) -> Iterator[Reading]:
    for row in sheets.get(table.sheet, ()):
        yield assembly.read(table, row)


def listed(sheets: Mapping[str, Sequence[Row]], table: Table, path: Path, assembly: Assembly) -> list[Part]:
    """The rows of a table as the list at ``path``."""
    found: list[Part] = []
    for reading in readings(sheets, table, assembly):
        assembly.settle((*path, len(found)), reading)
        found.append(reading.part)
    return found


def read_about(sheets: Mapping[str, Sequence[Row]], raw: Part, assembly: Assembly) -> Part:
    """Fills the top of the file; what belongs to the levels is returned."""
    levels: Part = {}
    for reading in readings(sheets, ABOUT, assembly):
        name = str(reading.part.get("field", ""))
        text = {language: reading.part[language] for language in LANGUAGES if language in reading.part}
        of_levels = name in (LEVEL_NODE, LEVEL_NOTE)
        short = name.removeprefix("level_") if of_levels else name
        assembly.settle(("scoring", "levels", short) if of_levels else (short,), reading)
        (levels if of_levels else raw)[short] = text or reading.part.get("value")
    return levels


def read_scales(sheets: Mapping[str, Sequence[Row]], assembly: Assembly) -> Part:
    scales: Part = {}
    for reading in readings(sheets, SCALES, assembly):
        kind = str(reading.part.get("kind", ""))
        assembly.settle(("scoring", "item_scales", kind), reading)
        scales[kind] = reading.part.get("rule")
    return scales


Places = dict[str, tuple[Path, Part]]


def place_items(sheets: Mapping[str, Sequence[Row]], dimensions: list[Part], assembly: Assembly) -> Places:
    """Puts each item into the dimension that its code begins with; returns code to place and item."""
    known = {str(dimension.get("code")): number for number, dimension in reversed(list(enumerate(dimensions)))}
    places: Places = {}
    for reading in readings(sheets, ITEMS, assembly):
        code = str(reading.part.get("code", ""))
        number = known.get(code.partition("-")[0])
        if number is None:
            assembly.fault(reading.origins[()], say.ITEM_WITHOUT_DIMENSION, name=code or "?")
            continue
        into = dimensions[number].setdefault("items", [])
        path: Path = ("dimensions", number, "items", len(into))
        assembly.settle(path, reading)
        into.append(reading.part)
        places.setdefault(code, (path, reading.part))
    return places


def place_options(sheets: Mapping[str, Sequence[Row]], places: Places, assembly: Assembly) -> None:
    for reading in readings(sheets, OPTIONS, assembly):
        found = of_item(reading, places, assembly)
        if found is not None:
            path, item = found
            into = item.setdefault("options", [])
            assembly.settle((*path, "options", len(into)), reading)
            into.append(reading.part)


def place_advice(sheets: Mapping[str, Sequence[Row]], places: Places, assembly: Assembly) -> None:
    for reading in readings(sheets, ADVICE, assembly):
        found = of_item(reading, places, assembly)
        if found is not None:
            path, item = found
            key = str(reading.part.get("value", ""))
            assembly.settle((*path, "advice", key), reading)
            item.setdefault("advice", {})[key] = reading.part.get("text")


def of_item(reading: Reading, places: Places, assembly: Assembly) -> tuple[Path, Part] | None:
    """The item that a row belongs to; its ``item`` field is taken out, as the file does not have it."""
    code = str(reading.part.pop("item", ""))
    if code not in places:
        assembly.fault(reading.origins[()], say.UNKNOWN_ITEM, name=code or "?")
    return places.get(code)
