"""An instrument as tables, one a kind of part: what the XLSX workbook and the XLSForm have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveys.instruments.check_outline import mapping
from surveys.instruments.export import one_line_yaml

Raw = Mapping[str, Any]
Path = tuple[str | int, ...]
Cell = str | int | float | bool | None
REST = "rest"
LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it holds and how. ``form`` is plain, flag, yaml (a rule or predicate on one line), rest
    (all fields that have no column of their own) or value (a number in a number cell, a word in a text cell)."""

    name: str
    steps: tuple[str, ...]
    form: str = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the header; ``number`` as the spreadsheet shows it, the header being row 1.

    Where the row stands in another sheet than its table says, ``sheet`` and ``names`` give the place to be shown.
    """

    number: int
    cells: Mapping[str, Cell]
    sheet: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its columns."""

    sheet: str
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


def column(name: str, form: str = "plain") -> Column:
    return Column(name, (name,), form)


def words(*steps: str) -> tuple[Column, ...]:
    """Two columns, one a language."""
    return tuple(Column(f"{steps[-1]}:{language}", (*steps, language)) for language in LANGUAGES)


ABOUT = Table("about", (column("field"), column("value", "value"), *(column(language) for language in LANGUAGES)))
DIMENSIONS = Table("dimensions", (column("code"), column("weight"), *words("title"), *words("intro")))
ITEMS = Table(
    "items",
    (
        column("code"),
        column("kind"),
        column("weight"),
        column("required", "flag"),
        *words("title"),
        *words("stem"),
        *words("help"),
        *words("na"),
        Column("min", ("range", "min")),
        Column("max", ("range", "max")),
        column("ask_when", "yaml"),
        column("score", "yaml"),
        *words("evidence", "sufficient"),
        *words("evidence", "insufficient"),
    ),
)
OPTIONS = Table("options", (column("item"), column("value", "value"), *words("label")))
ADVICE = Table("advice", (column("item"), column("value", "value"), *words("text")))
SCALES = Table("scales", (column("kind"), column("rule", "yaml")))
NODES = Table("nodes", (column("id"), column("rule"), Column("fields", (), REST)))
LEVELS = Table("levels", (column("code"), column("from"), *words("title"), *words("meaning")))
GATES = Table(
    "gates", (column("id"), column("level"), column("downgrade_to"), column("require", "yaml"), *words("text"))
)
CHECKS = Table("checks", (column("id"), column("when", "yaml"), *words("text")))
TABLES = (ABOUT, DIMENSIONS, ITEMS, OPTIONS, ADVICE, SCALES, NODES, LEVELS, GATES, CHECKS)
ABOUT_VALUES = ("code", "version", "status", "licence", "minutes")
ABOUT_TEXTS = ("title", "summary", "source")
# The two fields of the levels that are no band.
LEVEL_NODE, LEVEL_NOTE = "level_node", "level_note"


def written(table: Table, part: Raw) -> list[Cell]:
    """One row: the part's fields in the order of the columns."""
    return [written_cell(table, one, part) for one in table.columns]


def written_cell(table: Table, one: Column, part: Raw) -> Cell:
    if one.form == REST:
        shown = {step for other in table.columns for step in other.steps[:1]}
        return one_line_yaml({key: value for key, value in part.items() if key not in shown})
    value = inside(part, one.steps)
    if value is None:
        return None
    if one.form == "yaml":
        return one_line_yaml(value)
    if one.form == "flag":
        return "yes" if value else "no"
    cell: Cell = value
    return cell


def inside(part: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        part = mapping(part).get(step)
    return part


def rows_of(raw: Raw) -> dict[str, list[list[Cell]]]:
    """Every table's rows, by the sheet's name. Expects the content of a file without faults."""
    scoring = mapping(raw.get("scoring"))
    levels = mapping(scoring.get("levels"))
    items = [item for dimension in raw["dimensions"] for item in dimension["items"]]
    return {
        ABOUT.sheet: about_rows(raw, levels),
        DIMENSIONS.sheet: [written(DIMENSIONS, dimension) for dimension in raw["dimensions"]],
        ITEMS.sheet: [written(ITEMS, item) for item in items],
        OPTIONS.sheet: [
            written(OPTIONS, {"item": item["code"], **option}) for item in items for option in item.get("options", ())
        ],
        ADVICE.sheet: advice_rows(items),
        SCALES.sheet: [
            written(SCALES, {"kind": kind, "rule": rule}) for kind, rule in scoring.get("item_scales", {}).items()
        ],
        NODES.sheet: [written(NODES, node) for node in scoring["nodes"]],
        LEVELS.sheet: [written(LEVELS, band) for band in levels.get("bands", ())],
        GATES.sheet: [written(GATES, gate) for gate in scoring.get("gates", ())],
        CHECKS.sheet: [written(CHECKS, check) for check in raw.get("checks", ())],
    }


def about_rows(raw: Raw, levels: Raw) -> list[list[Cell]]:
    values = [(name, raw.get(name)) for name in ABOUT_VALUES] + [(LEVEL_NODE, levels.get("node"))]
    texts = [(name, raw.get(name)) for name in ABOUT_TEXTS] + [(LEVEL_NOTE, levels.get("note"))]
    rows = [written(ABOUT, {"field": name, "value": value}) for name, value in values if value is not None]
    return rows + [written(ABOUT, {"field": name, **text}) for name, text in texts if text is not None]


def advice_rows(items: Sequence[Raw]) -> list[list[Cell]]:
    return [
        written(ADVICE, {"item": item["code"], "value": value, "text": text})
        for item in items
        for value, text in item.get("advice", {}).items()
    ]
