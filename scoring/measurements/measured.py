"""Measured values of one characteristic out of a file of any format, in the order of measurement and in subgroups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.spc.messages import Remark, SpcError
from scoring.engine.spc.samples import FloatArray, Subgroups, labels_that_return, subgroups_by_label
from scoring.measurements.qif import Characteristic, QifDocument, QifWarning, read_qif, series
from scoring.measurements.table import (
    Column,
    Format,
    Mark,
    Numbers,
    Progress,
    Table,
    TableRefused,
    format_of,
    read_labels,
    read_numbers,
    read_table,
)
from scoring.measurements.table_messages import refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to take from a file: one column, or several whose rows are the subgroups, and how to form subgroups.

    ``subgroup`` names a column of labels, ``subgroup_size`` counts consecutive rows; neither means individual values.
    """

    columns: tuple[str, ...]
    subgroup: str | None = None
    subgroup_size: int | None = None
    sheet: str | None = None
    decimal: Mark | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Measured:
    """The values (length N, subgroup after subgroup if there are subgroups) and what the file says about them.

    ``blank`` cells were left out. ``lower`` and ``upper`` are limits that the file itself gives, as QIF does.
    """

    format: Format
    name: str
    unit: str | None
    values: FloatArray
    subgroups: Subgroups | None
    blank: int = 0
    lower: float | None = None
    upper: float | None = None
    remarks: tuple[Remark, ...] = ()
    warnings: tuple[QifWarning, ...] = ()


def measured(data: bytes, wanted: Wanted, progress: Progress | None = None) -> Measured:
    """The values of a CSV, XLSX or QIF file. Raises TableRefused, QifError or SpcError."""
    form = format_of(data)
    if form == "qif":
        return of_document(read_qif(data), wanted)
    return of_table(read_table(data, wanted.sheet, progress), wanted, form)


def of_table(table: Table, wanted: Wanted, form: Format = "csv") -> Measured:
    """The values of the wanted column or columns of a table."""
    columns = [table.column(name) for name in wanted.columns]
    read = _numbers(table, columns, wanted.decimal)
    cells = np.column_stack([numbers.values for numbers in read])
    present = ~np.isnan(cells)
    row = np.nonzero(present)[0]
    labels = _labels(table, wanted, np.bincount(row, minlength=table.rows.size) > 0, row, len(columns))
    values = cells[present]
    subgroups = None if labels is None else subgroups_by_label(values, labels)
    return Measured(
        format=form,
        name=", ".join(column.name or column.letter for column in columns),
        unit=next((numbers.unit for numbers in read if numbers.unit), None),
        values=values,
        subgroups=subgroups,
        blank=int((~present).sum()),
        remarks=_returning(labels) if wanted.subgroup else (),
    )


def _numbers(table: Table, columns: Sequence[Column], decimal: Mark | None) -> list[Numbers]:
    """All columns as numbers, or the faults of all of them."""
    read: list[Numbers] = []
    refusals: list[TableRefused] = []
    for column in columns:
        try:
            read.append(read_numbers(table, column, decimal))
        except TableRefused as refusal:
            refusals.append(refusal)
    if refusals:
        faults = [fault for refusal in refusals for fault in refusal.faults]
        raise TableRefused(faults, len(faults) + sum(refusal.more for refusal in refusals))
    return read


def of_document(document: QifDocument, wanted: Wanted) -> Measured:
    """The values of one characteristic of QIF files, by its designator, name or key."""
    if len(wanted.columns) != 1:
        raise refused("one_characteristic", count=len(wanted.columns))
    if wanted.subgroup:
        raise refused("no_subgroup_column")
    found = _characteristic(document, wanted.columns[0])
    if found.bonus or "zone_signed" in found.cautions:
        raise refused("no_index", wanted=found.label)
    points = series(document, found)
    values = np.array(points.values, dtype=np.float64)
    labels = _consecutive(np.arange(values.size), values.size, wanted.subgroup_size)
    return Measured(
        format="qif",
        name=found.label,
        unit=found.unit,
        values=values,
        subgroups=None if labels is None else subgroups_by_label(values, labels),
        blank=points.skipped,
        lower=found.lower,
        upper=found.upper,
        warnings=document.warnings,
    )


def _labels(
    table: Table, wanted: Wanted, needed: NDArray[np.bool_], row: NDArray[np.int64], width: int
) -> Sequence[object] | None:
    """The subgroup of each value: by the named column, else by consecutive rows, else by row if a row has several."""
    if wanted.subgroup is not None:
        names = read_labels(table, table.column(wanted.subgroup), needed)
        place = np.cumsum(needed) - 1
        return [names[at] for at in place[row].tolist()]
    if width > 1 and wanted.subgroup_size is None:
        return list(row.tolist())
    # A blank cell must not shift the values after it into the subgroup before, so rows are counted, not values.
    return _consecutive(row, table.rows.size, wanted.subgroup_size)


def _consecutive(row: NDArray[np.int64], rows: int, size: int | None) -> Sequence[object] | None:
    if size is None:
        return None
    if not 2 <= size <= rows // 2:
        raise SpcError("subgroup_size", size=size, n=rows)
    labels: list[object] = (row // size).tolist()
    return labels


def _returning(labels: Sequence[object] | None) -> tuple[Remark, ...]:
    count = labels_that_return(labels or ())
    return (Remark("subgroup_returns", {"count": count}),) if count else ()


def _characteristic(document: QifDocument, wanted: str) -> Characteristic:
    with_values = {row.characteristic for row in document.measurements if row.value is not None}
    usable = [each for each in document.characteristics if each.key in with_values]
    names = [(each, {each.key, each.label, each.designator or "", each.name or ""}) for each in usable]
    found = [each for each, called in names if wanted.casefold() in {name.casefold() for name in called if name}]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{each.label} [{each.key}]" for each in (found or usable)[:20])
    raise refused("characteristic_twice" if found else "no_characteristic", wanted=wanted, known=known or "-")
