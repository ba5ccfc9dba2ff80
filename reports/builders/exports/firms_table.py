"""The answers of single firms as a table: for an association that asked, of firms that agreed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from firms.later import later
from reports.builders.exports.table import CODED, NUMBER, Table, Variable
from surveys.instruments.coding import STATE_WORDS
from surveys.instruments.model import Instrument, Item

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = later("pandas")

Say = Callable[[str], str]
# No answer, apart from every code an option can have; of a number that is never negative, the same below zero.
MISSING = {"NA": 97, "DK": 98, "DECLINE": 99}
PROFILE = ("firm", "name", "credit_code", "size", "industry", "region", "submitted")
ANSWERS_PROFILE = ("size", "industry", "region")
PLACED = ("reached", "rank_low", "rank_mid", "rank_high")


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One firm: its profile, its answers as written, its figures."""

    profile: Mapping[str, str]
    answers: Mapping[str, str]
    figures: Mapping[str, Any]


def firms_table(
    instrument: Instrument,
    rows: Sequence[FirmRow],
    language: str,
    say: Say,
    *,
    title: str,
    notes: tuple[str, ...] = (),
    facts: Mapping[str, str] | None = None,
) -> Table:
    """A row a firm. Options are numbered from 1 in their order; numbers stay numbers; no answer has codes of its own.

    Results are named as in the results file: ``index``, ``dimension.RD``, ``indicator.ID.reached``.
    """
    profile = tuple(Variable(name, say(name)) for name in PROFILE)
    items = tuple(item_variable(item, language, say) for item in instrument.items)
    columns: dict[str, list[Any]] = {one.name: [row.profile.get(one.name, "") for row in rows] for one in profile}
    for item, variable in zip(instrument.items, items, strict=True):
        columns[variable.name] = [coded(item, row.answers.get(item.code, "")) for row in rows]
    results = result_columns(instrument, rows, say)
    columns |= {one.name: cells for one, cells in results}
    variables = (*profile, *items, *(one for one, _ in results))
    return Table(title, variables, pd.DataFrame(columns), notes, (), facts or {})


def result_columns(instrument: Instrument, rows: Sequence[FirmRow], say: Say) -> list[tuple[Variable, list[Any]]]:
    """Scores of every node, the level, and the place of the firm against each published share."""
    found: list[tuple[Variable, list[Any]]] = []
    for node in instrument.nodes:
        variable = Variable(node_name(instrument, node.id), f"{say('score')}: {node.id}", NUMBER)
        found.append((variable, [row.figures["nodes"].get(node.id) for row in rows]))
    found.append((Variable("level", say("level")), [row.figures["level"] or "" for row in rows]))
    for indicator in dict.fromkeys(name for row in rows for name in row.figures.get("indicators", ())):
        for part in PLACED:
            name = f"indicator.{indicator}.{part}"
            cells = [row.figures.get("indicators", {}).get(indicator, {}).get(part) for row in rows]
            found.append((Variable(name, f"{indicator}: {say(part)}", NUMBER), cells))
    return found


def node_name(instrument: Instrument, node: str) -> str:
    """As the results file names it; nodes that are neither the index nor a dimension are not in that file."""
    if node == "index":
        return node
    return f"dimension.{node}" if node in instrument.dimension_by_code else f"score.{node}"


def answers_table(instrument: Instrument, rows: Sequence[FirmRow], *, title: str) -> Table:
    """The answers alone, as an answers file that ``manage.py score`` reads; ``firm`` is the credit code."""
    items = tuple(Variable(item.code, item.code, NUMBER if item.is_numeric else "text") for item in instrument.items)
    columns = {"firm": [row.profile["credit_code"] for row in rows]}
    columns |= {name: [row.profile.get(name, "") for row in rows] for name in ANSWERS_PROFILE}
    columns |= {item.code: [row.answers.get(item.code, "") for row in rows] for item in instrument.items}
    profile = tuple(Variable(name, name) for name in ("firm", *ANSWERS_PROFILE))
    return Table(title, (*profile, *items), pd.DataFrame(columns, dtype=object))


def item_variable(item: Item, language: str, say: Say) -> Variable:
    """The item's title and its options; codes of numbers are the kinds of no answer only."""
    label = f"{item.code} {item.title.pick(language)}"
    if item.kind == "multi":
        return Variable(item.code, label)
    none = {missing_code(item, word): say(f"missing.{word}") for word in MISSING if has_codes(item)}
    if item.is_numeric:
        return Variable(item.code, label, NUMBER, none, tuple(none))
    options = {place: option.label.pick(language) for place, option in enumerate(item.options, 1)}
    return Variable(item.code, label, CODED, options | none, tuple(none))


def has_codes(item: Item) -> bool:
    """Whether a code of no answer can never be taken for an answer."""
    return not item.is_numeric or item.kind == "share" or (item.low is not None and item.low >= 0)


def missing_code(item: Item, word: str) -> int:
    return -MISSING[word] if item.is_numeric else MISSING[word]


def coded(item: Item, written: str) -> Any:
    """The cell of one answer: an option's number, a number, a text of ticks; None where nothing was answered."""
    if written in STATE_WORDS and item.kind != "multi":
        return missing_code(item, written) if has_codes(item) else None
    if not written:
        return None
    if item.is_numeric:
        return float(written)
    if item.kind == "multi":
        return written
    return next((place for place, one in enumerate(item.options, 1) if str(one.value) == written), None)
