"""One value for each part and characteristic, and the order in which the values stand.

Some software lists two values for one measurement of a profile, the worst deviation and zero. Counting both would halve
the spread, so rows of one part are grouped before anything is computed: to the value of largest size for a geometric
zone, to the mean for a dimension that was measured repeatedly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import Final, TypeAlias

from scoring.measurements.qif_model import Characteristic, Measurement, QifDocument
from scoring.measurements.qif_values import Moment

# A value with such a status is none: the device failed or the result could not be determined.
NO_RESULT: Final = frozenset({"SYSERROR", "INDETERMINATE"})

Group: TypeAlias = tuple[Measurement, ...]


class Order(StrEnum):
    """What the order of the values is: that of time, of time with equal stamps, or only that of the files."""

    TIME = "time"
    TIME_WITH_TIES = "time_with_ties"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one part, in the unit of the characteristic, and the rows behind it."""

    value: float
    rows: Group
    time: Moment | None


@dataclass(frozen=True, slots=True)
class Series:
    """The values of a characteristic. ``skipped`` rows have no usable number; ``grouped`` rows went into another's."""

    characteristic: Characteristic
    points: tuple[Point, ...]
    order: Order
    grouped: int
    skipped: int

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(point.value for point in self.points)


def series(document: QifDocument, characteristic: Characteristic | str) -> Series:
    """The values of a characteristic, one for each part, by time where every value has one, else in file order.

    Raises KeyError for a key that the document does not hold.
    """
    found = document.characteristic(characteristic) if isinstance(characteristic, str) else characteristic
    return series_of(found, document.measurements_of(found))


def series_of(characteristic: Characteristic, rows: Sequence[Measurement]) -> Series:
    """The series of given rows of one characteristic."""
    usable = [row for row in rows if row.value is not None and _counts(row, characteristic)]
    groups = group_rows(usable, characteristic.zone)
    points, order = in_order([_point(group, characteristic.zone) for group in groups])
    return Series(characteristic, points, order, len(usable) - len(groups), len(rows) - len(usable))


def _counts(row: Measurement, characteristic: Characteristic) -> bool:
    same_unit = characteristic.unit is None or row.unit is None or row.unit == characteristic.unit
    return same_unit and row.status not in NO_RESULT


def group_rows(rows: Sequence[Measurement], zone: bool) -> list[Group]:
    """Rows of one characteristic grouped by part, in the order of the first row of each.

    Without a part the measured features tell parts apart. Without either, two rows of a zone in one set of results are
    a pair, and more rows, or rows of a dimension, are a batch in which each row is a part.
    """
    lone = Counter(row.results for row in rows if row.part is None and not row.features)
    groups: dict[tuple[object, ...], list[Measurement]] = defaultdict(list)
    for row in rows:
        groups[_place(row, zone and lone[row.results] <= 2)].append(row)
    return [tuple(group) for group in groups.values()]


def unnamed_batches(rows: Iterable[Measurement], zone: bool) -> int:
    """How many sets of results list several values of a characteristic without telling the parts apart."""
    lone = Counter(row.results for row in rows if row.part is None and not row.features)
    return sum(count > (2 if zone else 1) for count in lone.values())


def _place(row: Measurement, pair: bool) -> tuple[object, ...]:
    if row.part is not None:
        return row.results, row.part
    if row.features:
        return row.results, row.features
    return (row.results,) if pair else (row.results, row.key)


def _point(group: Group, zone: bool) -> Point:
    values = [row.value for row in group if row.value is not None]
    value = max(values, key=abs) if zone else values[0] if len(set(values)) == 1 else fmean(values)
    times = [row.time for row in group if row.time is not None]
    return Point(value, group, min(times, key=lambda each: each.seconds) if times else None)


def in_order(points: list[Point]) -> tuple[tuple[Point, ...], Order]:
    """The points sorted by time where that is possible, and what order that gives."""
    stamps = [point.time.seconds for point in points if point.time is not None]
    distinct = len(set(stamps))
    if len(stamps) < len(points) or distinct < min(2, len(points)):
        return tuple(points), Order.FILE
    ordered = sorted(points, key=lambda point: point.time.seconds if point.time else 0.0)
    return tuple(ordered), Order.TIME if distinct == len(points) else Order.TIME_WITH_TIES
