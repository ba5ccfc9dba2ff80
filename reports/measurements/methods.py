"""What a file is good for: measured values, counts, or a gauge study. A proposal from the headers."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.measurements.files import Opened
from reports.measurements.guess import name_of, numbers_of
from scoring.engine.spc.samples import FloatArray
from scoring.measurements.table import Column, Table

Method: TypeAlias = Literal["study", "counts", "gauge"]
METHODS: tuple[tuple[Method, str | Promise], ...] = (
    ("study", _("Measured values: capability and control chart")),
    ("counts", _("Counts: p, np, c or u chart")),
    ("gauge", _("Gauge study: repeatability and reproducibility")),
)
_PART = re.compile(r"\b(parts?|pieces?|samples?|specimen)\b|零件|工件|件号|样件|产品号", re.I)
_APPRAISER = re.compile(
    r"\b(appraisers?|operators?|inspectors?|persons?)\b|评价人|操作者|操作员|检验员|测量人|测量员", re.I
)
_DEFECTS = re.compile(r"\b(defects|nonconformities|flaws|faults)\b|缺陷|疵点|缺点", re.I)
_DEFECTIVES = re.compile(
    r"\b(defectives?|non-?conforming|rejects?|rejected|ng|scrap)\b|不合格|不良|废品|报废|次品", re.I
)
_SIZES = re.compile(
    r"\b(inspected|checked|sample size|lot size|size|n|units|total)\b|检验数|抽检|检查数|样本量|样本数|批量|总数|数量",
    re.I,
)
_TIME = re.compile(r"\b(time|date|timestamp|when)\b|时间|日期|时刻", re.I)
_REACTION = re.compile(
    r"\b(action|reaction|measure taken|cause|remarks?|comments?|notes?)\b|处置|处理|措施|对策|原因|备注", re.I
)


@dataclass(frozen=True)
class Proposal:
    """Columns by the name that the table finds them by, "" for none."""

    part: str = ""
    appraiser: str = ""
    values: str = ""
    counts: str = ""
    sizes: str = ""
    kind: str = "p"
    time: str = ""
    reaction: str = ""


def likely_method(opened: Opened) -> Method:
    found = proposal(opened)
    if found.part and found.appraiser and found.values:
        return "gauge"
    return "counts" if found.counts else "study"


def proposal(opened: Opened) -> Proposal:
    """Nothing for QIF files, which say themselves what they hold."""
    table = opened.table
    if table is None:
        return Proposal()
    numbers = {column.letter: numbers_of(table, column) for column in table.columns}
    counts = _first(table, _DEFECTS, _DEFECTIVES, numbers=numbers)
    sizes = _first(table, _SIZES, numbers=numbers, but=counts)
    part, appraiser = _first(table, _PART), _first(table, _APPRAISER)
    rest = [column for column in table.columns if column not in (part, appraiser) and numbers[column.letter].size]
    return Proposal(
        part=_name(table, part),
        appraiser=_name(table, appraiser),
        values=_name(table, rest[-1] if rest else None),
        counts=_name(table, counts),
        sizes=_name(table, sizes),
        kind=_kind(counts, sizes, numbers),
        time=_name(table, _first(table, _TIME)),
        reaction=_name(table, _first(table, _REACTION)),
    )


def _kind(counts: Column | None, sizes: Column | None, numbers: dict[str, FloatArray]) -> str:
    if counts is not None and _DEFECTS.search(counts.header):
        return "c" if sizes is None else "u"
    even = sizes is not None and np.ptp(numbers[sizes.letter]) == 0
    return "np" if even else "p"


def _first(
    table: Table,
    *patterns: re.Pattern[str],
    numbers: dict[str, FloatArray] | None = None,
    but: Column | None = None,
) -> Column | None:
    """The first column that is called so; with ``numbers`` only one of whole numbers from 0."""
    for pattern in patterns:
        for column in table.columns:
            fits = column is not but and pattern.search(column.header)
            if fits and (numbers is None or _whole(numbers[column.letter])):
                return column
    return None


def _whole(values: FloatArray) -> bool:
    return bool(values.size and (values >= 0).all() and (values == np.floor(values)).all())


def _name(table: Table, column: Column | None) -> str:
    return "" if column is None else name_of(table, column)
