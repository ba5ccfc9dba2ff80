"""Reads an XLSForm that was exported here, perhaps edited elsewhere since, back into an instrument."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from surveys.instruments import check_messages as say
from surveys.instruments.export import one_line_yaml
from surveys.instruments.workbook import refuse_if_faulty
from surveys.instruments.workbook_assembly import Assembly, Origin, assemble, plain
from surveys.instruments.workbook_file import Sheets, body_of
from surveys.instruments.workbook_tables import Cell, Row
from surveys.instruments.xlsform import HEADS, ITEM_EXTRA, OWN_SHEETS, PREFIX, STATES, extra_header
from surveys.instruments.xlsform_logic import Answers, NotRead, Questions, predicate_of

OWN_MARK = PREFIX + "about"
SPACES = re.compile(r"\s+")
Names = dict[str, str]


def is_own(sheets: Sheets) -> bool:
    return OWN_MARK in sheets and "survey" in sheets


def from_own_xlsform(sheets: Sheets) -> dict[str, Any]:
    """The plain values of the instrument. FileRefused with sheet, row and column of every fault."""
    bodies = {name: body_of(rows) for name, rows in sheets.items()}
    tables: dict[str, Sequence[Row]] = {table.sheet: bodies.get(PREFIX + table.sheet, []) for table in OWN_SHEETS}
    assembly = Assembly(PREFIX)
    tables |= survey_tables(bodies["survey"], bodies.get("choices", []), assembly)
    raw = assemble(tables, assembly)
    refuse_if_faulty(raw, assembly, [])
    return raw


def survey_tables(survey: Sequence[Row], choices: Sequence[Row], assembly: Assembly) -> dict[str, list[Row]]:
    """The rows of the convention's two sheets as rows of our tables dimensions, items and options."""
    found: dict[str, list[Row]] = {"dimensions": [], "items": [], "options": []}
    values = values_of(choices)
    used: dict[str, str] = {}
    questions: dict[str, Answers] = {}
    for row in survey:
        kind, _space, list_name = SPACES.sub(" ", str(row.cells.get("type", "")).strip()).partition(" ")
        if kind in ("begin_group", "begin") and list_name in ("", "group"):
            found["dimensions"].append(dimension_row(row))
        elif kind == "note" and found["dimensions"]:
            found["dimensions"][-1] = with_intro(found["dimensions"][-1], row)
        elif kind in ("select_one", "select_multiple", "decimal", "integer"):
            name = used[list_name] = str(row.cells.get("name", ""))
            found["items"].append(item_row(row, questions, assembly))
            questions[name] = answers_of(kind, values.get(list_name, ()))
        elif kind not in ("end_group", "end"):
            origin = Origin("survey", row.number, "type")
            assembly.fault(origin, say.XLS_TYPE, value=kind)
    for row in choices:
        if str(row.cells.get("list_name")) in used and row.cells.get("name") not in STATES:
            found["options"].append(option_row(row, used))
    return found


def values_of(choices: Sequence[Row]) -> dict[str, list[int | str]]:
    values: dict[str, list[int | str]] = {}
    for row in choices:
        value = plain(row.cells.get("name"))
        if isinstance(value, int | str) and value not in STATES:
            values.setdefault(str(row.cells.get("list_name")), []).append(value)
    return values


def answers_of(kind: str, values: Sequence[int | str]) -> Answers:
    return Answers(values if kind.startswith("select") else None, kind == "select_multiple")


def renamed(row: Row, names: Mapping[str, str]) -> Row:
    """The row under the names of our table: ``names`` leads from ours to the sheet's."""
    cells: dict[str, Cell] = {ours: row.cells[theirs] for ours, theirs in names.items() if theirs in row.cells}
    return Row(row.number, cells, "survey", names)


def translated(ours: str, theirs: str) -> Names:
    return {f"{ours}:{language}": f"{theirs}::{head}" for language, head in HEADS.items()}


def dimension_row(row: Row) -> Row:
    return renamed(row, {"code": "name", "weight": extra_header("weight"), **translated("title", "label")})


def with_intro(dimension: Row, note: Row) -> Row:
    intro = renamed(note, translated("intro", "label"))
    return Row(dimension.number, {**dimension.cells, **intro.cells}, "survey", {**dimension.names, **intro.names})


def item_row(row: Row, questions: Questions, assembly: Assembly) -> Row:
    extra = {one.name: extra_header(one.name) for one in ITEM_EXTRA}
    found = renamed(row, {"code": "name", **translated("stem", "label"), **translated("help", "hint"), **extra})
    cells = dict(found.cells)
    if str(row.cells.get("type", "")).startswith("select") and "required" not in cells:
        cells["required"] = row.cells.get("required") or "no"
    relevant = row.cells.get("relevant")
    if relevant is not None and not cells.get("ask_when"):
        cells["ask_when"] = condition(str(relevant), questions, Origin("survey", row.number, "relevant"), assembly)
    return Row(row.number, cells, "survey", {**found.names, "ask_when": "relevant"})


def condition(relevant: str, questions: Questions, origin: Origin, assembly: Assembly) -> Cell:
    try:
        return one_line_yaml(predicate_of(relevant, questions))
    except NotRead as error:
        assembly.fault(origin, error.message, **error.detail)
        return None


def option_row(row: Row, used: Mapping[str, str]) -> Row:
    found = renamed(row, {"value": "name", **translated("label", "label")})
    item = used[str(row.cells.get("list_name"))]
    return Row(row.number, {**found.cells, "item": item}, "choices", {**found.names, "item": "list_name"})
