"""Reads a column as numbers or as labels: every cell right, or all cells that are wrong named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring.measurements.numerals import Mark, NotNumeral, Numeral, read_numeral
from scoring.measurements.table_messages import LISTED, Fault, TableRefused, refused, shortened
from scoring.measurements.table_model import Column, Kind, Table, Texts

_WORDS: Final = """
average avg mean max maximum min minimum range sum total subtotal std stdev std.dev cp cpk pp ppk usl lsl
平均 平均值 均值 最大 最大值 最小 最小值 极差 合计 总计 小计 总和 标准差 标准偏差 上限 下限 规格上限 规格下限
"""
_SUMMARY_WORDS: Final = frozenset(_WORDS.split())
_CODES: Final[Mapping[int, str]] = {
    Kind.DATE: "date",
    Kind.TRUTH: "truth",
    Kind.ERROR: "spreadsheet_error",
    Kind.UNCOMPUTED: "uncomputed",
}


@dataclass(frozen=True, eq=False, slots=True)
class Numbers:
    """A column as numbers: one for each row of the table, NaN where the cell is blank.

    ``unit`` comes from the cells or else from the header; ``decimal`` is the mark that was taken for the decimal one.
    """

    values: NDArray[np.float64]
    unit: str | None
    decimal: Mark

    @property
    def present(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.values)


@dataclass(frozen=True, slots=True)
class _Convention:
    """How a column writes numbers: decimal mark, whether thousands separators are proven, and the unit."""

    mark: Mark
    groups: bool
    unit: str | None


def read_numbers(table: Table, column: Column, decimal: Mark | None = None) -> Numbers:
    """The column as numbers; ``decimal`` states the decimal mark when the column alone cannot tell.

    Raises TableRefused with every cell that is no number, that could be two, or that stands in a summary row.
    """
    values = column.numbers.copy()
    faults = {int(at): _CODES[int(column.kinds[at])] for at in np.flatnonzero(np.isin(column.kinds, list(_CODES)))}
    at = np.flatnonzero(column.kinds == Kind.TEXT)
    plain = _plain(column.texts[at]) if decimal != "," else None
    convention = _Convention(decimal or ".", False, None)
    if plain is not None:
        values[at] = plain
    else:
        values[at], convention, wrong = _read_texts(column.texts[at], decimal, table.semicolons, column.unit)
        faults |= {int(at[position]): code for position, code in wrong.items()}
    _refuse(column, table, faults, convention)
    _refuse_summaries(column, table, values)
    if np.isnan(values).all():
        raise refused("no_numbers", column=column.label)
    return Numbers(values, convention.unit or column.unit, convention.mark)


def read_labels(table: Table, column: Column, needed: NDArray[np.bool_]) -> list[str]:
    """What stands in the column on the ``needed`` rows; a merged cell counts for all its rows. Refuses blanks."""
    filled: list[str] = column.texts.tolist()
    numbers = np.flatnonzero(column.kinds == Kind.NUMBER)
    for at, value in zip(numbers.tolist(), column.numbers[numbers].tolist(), strict=True):
        filled[at] = f"{value:.15g}"
    for first, last in column.merged:
        filled[first : last + 1] = [filled[first]] * (last - first + 1)
    rows = np.flatnonzero(needed).tolist()
    blank = [at for at in rows if not filled[at]]
    if blank:
        faults = (Fault("label_missing", int(table.rows[at]), column.label) for at in blank[:LISTED])
        raise TableRefused(faults, len(blank))
    return [filled[at] for at in rows]


def _plain(texts: Texts) -> NDArray[np.float64] | None:
    """The texts as numbers if all are plain ones such as 12.3 or -4e-2, without looking at each."""
    try:
        values: NDArray[np.float64] = texts.astype(np.float64)
    except ValueError:
        return None
    odd = not np.isfinite(values).all() or bool((np.strings.find(texts, "_") >= 0).any())
    return None if odd else values


def _read_texts(
    texts: Texts, decimal: Mark | None, semicolons: bool, header_unit: str | None
) -> tuple[NDArray[np.float64], _Convention, dict[int, str]]:
    """Values, the convention, and the code of the fault at each position that is no number."""
    numbers: dict[str, int] = {}
    member = np.fromiter((numbers.setdefault(text, len(numbers)) for text in texts), np.int64, texts.size)
    read = [read_numeral(text) for text in numbers]
    times = np.bincount(member, minlength=len(read)).tolist()
    convention = _convention([(each, n) for each, n in zip(read, times, strict=True)], decimal, semicolons)
    convention = replace(convention, unit=header_unit or convention.unit)
    outcomes = [_value(each, convention) for each in read]
    values = np.array([np.nan if isinstance(outcome, str) else outcome for outcome in outcomes])[member]
    codes = {number: outcome for number, outcome in enumerate(outcomes) if isinstance(outcome, str)}
    wrong = np.flatnonzero(np.isin(member, list(codes)))
    return values, convention, {int(position): codes[int(member[position])] for position in wrong}


def _convention(
    read: Sequence[tuple[Numeral | NotNumeral, int]], decimal: Mark | None, semicolons: bool
) -> _Convention:
    """Decimal mark by the majority of the cells that prove one, unit by the majority of those that have one."""
    numerals = [(each, n) for each, n in read if isinstance(each, Numeral)]
    proofs: Counter[Mark] = Counter()
    units: Counter[str] = Counter()
    for each, n in numerals:
        if each.proof:
            proofs[each.proof] += n
        if each.unit:
            units[each.unit] += n
    # Semicolons separate columns where the comma is the decimal mark, so they decide when nothing else does.
    undecided: Mark = "," if semicolons and any(each.mark == "," for each, _ in numerals) else "."
    proven: Mark = "," if proofs[","] > proofs["."] else "."
    mark = decimal or (proven if proofs else undecided)
    groups = decimal is not None or any(each.groups and each.proof == mark for each, _ in numerals)
    return _Convention(mark, groups, units.most_common(1)[0][0] if units else None)


def _value(read: Numeral | NotNumeral, convention: _Convention) -> float | str:
    """The number, or the code of what is wrong with the cell."""
    if isinstance(read, NotNumeral):
        return read.code
    if read.unit and read.unit != convention.unit:
        return "unit_differs"
    if read.mark and read.mark != convention.mark and not convention.groups:
        return "ambiguous"
    value = read.as_point if convention.mark == "." else read.as_comma
    return "decimal_mark" if value is None else value


def _refuse(column: Column, table: Table, faults: Mapping[int, str], convention: _Convention) -> None:
    if not faults:
        return
    listed = (
        Fault(code, int(table.rows[at]), column.label, shortened(column.shown(at)), {"unit": convention.unit or "-"})
        for at, code in sorted(faults.items())[:LISTED]
    )
    raise TableRefused(listed, len(faults))


def _refuse_summaries(column: Column, table: Table, values: NDArray[np.float64]) -> None:
    """Refuses numbers of the column that stand in a row beside a word such as "Average"."""
    faults: dict[int, Fault] = {}
    for other in table.columns:
        if other is column or not (other.kinds == Kind.TEXT).any() or _plain(other.texts) is not None:
            continue
        for at in _summary_rows(other.texts):
            if not np.isnan(values[at]):
                label = {"label": shortened(str(other.texts[at]))}
                faults[at] = Fault("summary_row", int(table.rows[at]), column.label, column.shown(at), label)
    if faults:
        raise TableRefused([faults[at] for at in sorted(faults)][:LISTED], len(faults))


def _summary_rows(texts: Texts) -> list[int]:
    """Rows that begin a summary; where such words fill most of a column they are data, as in a column min, max, min."""
    words = {text for text in set(texts.tolist()) if text.casefold().replace(" ", "").strip(".:：") in _SUMMARY_WORDS}
    found = np.zeros(texts.size, dtype=bool)
    for word in words:
        found |= texts == word
    return np.flatnonzero(found).tolist() if 2 * found.sum() < (texts != "").sum() else []
