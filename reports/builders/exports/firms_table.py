"""The answers of single firms as a table: for an association that asked, of firms that agreed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.builders.exports.table import CODED, NUMBER, Table, Variable
from surveys.instruments.coding import STATE_WORDS
from surveys.instruments.model import Instrument, Item

Say = Callable[[str], str]
# No answer, apart from every code an option can have.
MISSING = {"NA": 97, "DK": 98, "DECLINE": 99}
PROFILE = ("firm", "name", "credit_code", "size", "industry", "region", "submitted")


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One firm: its profile, its answers as written, its figures."""

    profile: Mapping[str, str]
    answers: Mapping[str, str]
    figures: Mapping[str, Any]


def firms_table(instrument: Instrument, rows: Sequence[FirmRow], language: str, say: Say, *, title: str) -> Table:
    """A row a firm. Options are numbered from 1 in their order; numbers stay numbers; no answer is 97, 98 or 99."""
    profile = tuple(Variable(name, say(name)) for name in PROFILE)
    items = tuple(item_variable(item, language, say) for item in instrument.items)
    nodes = tuple(Variable(f"score.{node.id}", f"{say('score')}: {node.id}", NUMBER) for node in instrument.nodes)
    level = Variable("level", say("level"))
    columns: dict[str, list[Any]] = {one.name: [row.profile.get(one.name, "") for row in rows] for one in profile}
    for item, variable in zip(instrument.items, items, strict=True):
        columns[variable.name] = [coded(item, row.answers.get(item.code, "")) for row in rows]
    for variable in nodes:
        node = variable.name.removeprefix("score.")
        columns[variable.name] = [row.figures["nodes"].get(node) for row in rows]
    columns["level"] = [row.figures["level"] or "" for row in rows]
    return Table(title, (*profile, *items, *nodes, level), pd.DataFrame(columns))


def item_variable(item: Item, language: str, say: Say) -> Variable:
    """The item's title and its options; codes of numbers are the kinds of no answer only."""
    label = f"{item.code} {item.title.pick(language)}"
    none = {code: say(f"missing.{word}") for word, code in MISSING.items()}
    if item.is_numeric:
        return Variable(item.code, label, NUMBER)
    if item.kind == "multi":
        return Variable(item.code, label)
    options = {place: option.label.pick(language) for place, option in enumerate(item.options, 1)}
    return Variable(item.code, label, CODED, options | none, tuple(none))


def coded(item: Item, written: str) -> Any:
    """The cell of one answer: an option's number, a number, a text of ticks; None where nothing was answered."""
    if written in STATE_WORDS:
        return None if item.is_numeric else written if item.kind == "multi" else MISSING[written]
    if not written:
        return None
    if item.is_numeric:
        return float(written)
    if item.kind == "multi":
        return written
    return next((place for place, one in enumerate(item.options, 1) if str(one.value) == written), None)
