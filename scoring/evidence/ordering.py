"""Whether rows stand in the order of time, to which point of a chart each belongs, and where reactions are noted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.evidence.facts import Order
from scoring.engine.evidence.messages import EvidenceError
from scoring.evidence.mapping import Ordered
from scoring.measurements.measured import Wanted
from scoring.measurements.table import Column, Kind, Table, read_labels, read_numbers

_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_CLOCK = r"(\d{1,2})\s*[:：时]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2}(?:\.\d+)?)\s*秒?)?\s*分?"
_MOMENT = re.compile(rf"^(?:{_DAY})?[\sT]*(?:{_CLOCK})?(?:\s*(?:Z|[+-]\d\d:?\d\d))?$")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")
_NO_NOTE = frozenset({"", "-", "–", "—", "/", "0", "无", "没有", "none", "no", "n/a", "na", "ok"})


@dataclass(frozen=True)
class RowOrder:
    """``at`` is the row of the file where times run backwards."""

    order: Order
    at: int | None = None


def row_order(table: Table, mapping: Ordered, needed: NDArray[np.bool_]) -> RowOrder:
    """The order of the needed rows. Raises EvidenceError for a time that cannot be read."""
    if not mapping.time:
        return RowOrder(Order.CONFIRMED if mapping.in_order else Order.UNKNOWN)
    column = table.column(mapping.time)
    rows = np.flatnonzero(needed).tolist()
    times = [_moment(table, column, at) for at in rows]
    later = [at for at, one, before in zip(rows[1:], times[1:], times, strict=False) if one < before]
    if later:
        return RowOrder(Order.BACKWARDS, int(table.rows[later[0]]))
    return RowOrder(Order.TIES if len(set(times)) < len(times) else Order.TIME)


def _moment(table: Table, column: Column, at: int) -> tuple[float, ...]:
    """A time that compares with those of the same column."""
    if column.kinds[at] == Kind.NUMBER:
        return (float(column.numbers[at]),)
    text = column.shown(at).strip()
    if _NUMBER.match(text):
        return (float(text),)
    found = _MOMENT.match(text)
    if found is None or not any(found.groups()):
        raise EvidenceError("time_unreadable", row=int(table.rows[at]), text=text[:40], column=column.label)
    return tuple(float(part or 0) for part in found.groups())


def points_of(table: Table, wanted: Wanted) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each value the row of the table it stands in and the number of its point on the chart, counted from 1."""
    cells = np.column_stack([read_numbers(table, table.column(name), wanted.decimal).values for name in wanted.columns])
    row = np.nonzero(~np.isnan(cells))[0]
    labels = _labels(table, wanted, row)
    if labels is None:
        return row, np.arange(1, row.size + 1)
    numbers: dict[object, int] = {}
    return row, np.array([numbers.setdefault(label, len(numbers) + 1) for label in labels], dtype=np.int64)


def _labels(table: Table, wanted: Wanted, row: NDArray[np.int64]) -> Sequence[object] | None:
    """As the values are put into subgroups."""
    if wanted.subgroup:
        needed = np.zeros(table.rows.size, dtype=np.bool_)
        needed[row] = True
        names = read_labels(table, table.column(wanted.subgroup), needed)
        place = np.cumsum(needed) - 1
        return [names[at] for at in place[row].tolist()]
    if wanted.subgroup_size:
        return list((row // wanted.subgroup_size).tolist())
    return list(row.tolist()) if len(wanted.columns) > 1 else None


def noted_rows(table: Table, name: str) -> frozenset[int]:
    """Positions of the rows at which something is noted; a dash or “none” is nothing. A merged note counts for all."""
    column = table.column(name)
    noted = {at for at in range(table.rows.size) if column.shown(at).strip().casefold() not in _NO_NOTE}
    for first, last in column.merged:
        if first in noted:
            noted.update(range(first, last + 1))
    return frozenset(noted)


def noted_points(table: Table, wanted: Wanted, name: str) -> frozenset[int]:
    """The points of the chart at which a reaction is noted in any of their rows."""
    noted = noted_rows(table, name)
    row, point = points_of(table, wanted)
    return frozenset(number for at, number in zip(row.tolist(), point.tolist(), strict=True) if at in noted)
