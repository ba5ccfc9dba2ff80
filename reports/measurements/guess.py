"""What the columns of a table most likely are. Only a proposal: a person confirms it before anything is computed."""

import math
import re
from dataclasses import dataclass

import numpy as np

from reports.measurements.files import Opened
from scoring.engine.spc.samples import FloatArray
from scoring.measurements.numerals import Numeral, read_numeral
from scoring.measurements.qif import Characteristic, QifDocument
from scoring.measurements.table import Column, Kind, Table, TableRefused, read_numbers

LOOKED_AT = 200
_LOWER = re.compile(r"\b(lsl|lower|min(imum)?)\b|下限|下公差|最小值", re.I)
_UPPER = re.compile(r"\b(usl|upper|max(imum)?)\b|上限|上公差|最大值", re.I)
_TARGET = re.compile(r"\b(target|nominal)\b|目标|标称|名义", re.I)
_GROUP = re.compile(r"\b(sub-?group|group|batch|lot|sample|shift)\b|子组|分组|组号|批次|批号|样本|班次", re.I)
_NO_VALUE = re.compile(
    r"\b(no|nr|id|index|seq|date|time|part|serial|operator|appraiser|trial)\b|序号|编号|日期|时间|件号|操作|检验员|次数",
    re.I,
)
_TOLERANCE = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*±\s*(\d+(?:\.\d+)?)")
_NUMBERED = re.compile(r"^(.*?)\s*[-_]?\s*\d+$")


@dataclass(frozen=True)
class Guess:
    """``columns`` and ``subgroup`` as a table or document finds them again; limits in the unit of the values."""

    columns: tuple[str, ...] = ()
    subgroup: str = ""
    lsl: float | None = None
    usl: float | None = None
    target: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Choice:
    """One column or characteristic that a person may choose. ``count`` says how many values, ``sample`` shows some."""

    value: str
    label: str
    unit: str
    count: int
    sample: str


def choices(opened: Opened) -> list[Choice]:
    """The columns that hold numbers, or the characteristics that have values."""
    if opened.document is not None:
        return _characteristics(opened.document)
    assert opened.table is not None  # noqa: S101 - Opened holds one of the two.
    read = [(column, numbers_of(opened.table, column)) for column in opened.table.columns]
    return [
        Choice(name_of(opened.table, column), column.label, column.unit or "", values.size, _sample(values))
        for column, values in read
        if values.size
    ]


def label_columns(opened: Opened) -> list[tuple[str, str]]:
    """Every column, as it may name subgroups."""
    table = opened.table
    return [] if table is None else [(name_of(table, column), column.label) for column in table.columns]


def guess(opened: Opened) -> Guess:
    if opened.document is not None:
        return _of_document(opened.document)
    assert opened.table is not None  # noqa: S101 - Opened holds one of the two.
    return _of_table(opened.table)


def name_of(table: Table, column: Column) -> str:
    """What ``Table.column`` finds this column by: its letter, unless another column is called like that letter."""
    for name in (column.letter, column.header, column.name):
        try:
            if table.column(name) is column:
                return name
        except TableRefused:
            continue
    return column.letter


def _characteristics(document: QifDocument) -> list[Choice]:
    found = ((each, _values(document, each)) for each in document.characteristics)
    return [
        Choice(each.key, each.label, each.unit or "", len(values), _sample(np.array(values)))
        for each, values in found
        if values
    ]


def _values(document: QifDocument, each: Characteristic) -> list[float]:
    return [row.value for row in document.measurements_of(each) if row.value is not None]


def _of_document(document: QifDocument) -> Guess:
    """The characteristic with limits and no bonus that has the most values."""
    usable = [each for each in document.characteristics if _values(document, each) and not each.bonus]
    if not usable:
        return Guess()
    best = max(usable, key=lambda each: (each.has_limits, len(_values(document, each))))
    inside = best.nominal if best.lower is not None and best.upper is not None else None
    return Guess((best.key,), "", best.lower, best.upper, inside, best.unit or "")


def _of_table(table: Table) -> Guess:
    numbers = [(column, numbers_of(table, column)) for column in table.columns]
    lower, upper, target = (_constant(numbers, pattern) for pattern in (_LOWER, _UPPER, _TARGET))
    named = (_NO_VALUE, _GROUP, _LOWER, _UPPER, _TARGET)
    usable = [
        column
        for column, values in numbers
        if values.size and not any(pattern.search(column.header) for pattern in named) and not _counts_up(values)
    ]
    chosen = _alike(usable)
    group = next((column for column in table.columns if _GROUP.search(column.header) and _repeats(column)), None)
    if chosen and (written := _TOLERANCE.search(chosen[0].header)) and lower is None and upper is None:
        middle, half = float(written[1]), float(written[2])
        lower, upper, target = middle - half, middle + half, middle
    return Guess(
        columns=tuple(name_of(table, column) for column in chosen),
        subgroup="" if group is None or len(chosen) > 1 else name_of(table, group),
        lsl=_rounded(lower),
        usl=_rounded(upper),
        target=_rounded(target),
        unit=next((column.unit for column in chosen if column.unit), ""),
    )


def _alike(usable: list[Column]) -> list[Column]:
    """The columns x1, x2, x3 are one row of a subgroup each; otherwise the first column."""
    stems = [match[1] if (match := _NUMBERED.match(column.name)) else None for column in usable]
    if usable and stems[0] is not None and 2 <= stems.count(stems[0]) <= 25:
        return [column for column, stem in zip(usable, stems, strict=True) if stem == stems[0]]
    return usable[:1]


def numbers_of(table: Table, column: Column) -> FloatArray:
    """Its numbers. A few cells that are none do not hide the column: each is refused by name when it is used."""
    if not _looks_numeric(column):
        return np.empty(0)
    try:
        values = read_numbers(table, column).values
    except TableRefused:
        values = np.array([_plain(column.shown(at)) for at in range(len(column.kinds))], dtype=np.float64)
        if np.isnan(values).mean() > 0.3:
            return np.empty(0)
    return np.asarray(values[~np.isnan(values)])


def _looks_numeric(column: Column) -> bool:
    """Whether most of some cells spread over the column are numbers: a long column of times is not read for nothing."""
    filled = np.flatnonzero(column.kinds != Kind.BLANK)
    some = filled[:: max(1, filled.size // LOOKED_AT)].tolist()
    found = sum(column.kinds[at] == Kind.NUMBER or not math.isnan(_plain(column.shown(at))) for at in some)
    return bool(some) and found >= 0.7 * len(some)


def _plain(text: str) -> float:
    """NaN for what is no number, or could be two."""
    read = read_numeral(text) if text.strip() else None
    if not isinstance(read, Numeral):
        return math.nan
    value = read.as_point if read.as_point is not None else read.as_comma
    return math.nan if value is None else value


def _constant(numbers: list[tuple[Column, FloatArray]], pattern: re.Pattern[str]) -> float | None:
    """The one value of a column that is called like a limit."""
    fitting = [values for column, values in numbers if values.size and pattern.search(column.header)]
    return next((float(values[0]) for values in fitting if np.ptp(values) == 0), None)


def _counts_up(values: FloatArray) -> bool:
    """1, 2, 3: a column of row numbers."""
    return bool(values.size > 2 and (np.diff(values) == 1).all())


def _repeats(column: Column) -> bool:
    """Whether a label stands on several rows."""
    shown = [column.shown(at) for at in range(min(len(column.kinds), LOOKED_AT))]
    return len(set(shown)) < len(shown)


def _sample(values: FloatArray) -> str:
    return ", ".join(f"{value:.6g}" for value in values[:3].tolist())


def _rounded(value: float | None) -> float | None:
    """Without the dust of the subtraction."""
    return None if value is None else float(f"{value:.12g}")
