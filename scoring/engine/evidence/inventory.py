"""The list of quality data of a firm: what is recorded, how it gets into the records, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MONTHLY: Final[Mapping[str, float]] = {"day": 22.0, "week": 52 / 12, "month": 1.0}
"""How often a period comes in a month: 22 working days, 52 weeks in 12 months."""


class Way(StrEnum):
    """How a value gets into the records."""

    AUTOMATIC = "automatic"
    TYPED = "typed"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class DataRow:
    """One kind of quality data: so many values in each ``period``, a key of MONTHLY."""

    name: str
    way: Way
    count: float
    period: str

    @property
    def monthly(self) -> float:
        return self.count * MONTHLY[self.period]


def by_way(rows: Iterable[DataRow]) -> dict[Way, float]:
    """Values in a month by the way they are recorded; every way is there."""
    found = dict.fromkeys(Way, 0.0)
    for row in rows:
        found[row.way] += row.monthly
    return found


def automatic_share(rows: Iterable[DataRow]) -> float:
    """Values written by machines or instruments, in per cent of all. ValueError without any value."""
    found = by_way(rows)
    total = sum(found.values())
    if total <= 0:
        raise ValueError("the list holds no values")
    return 100 * found[Way.AUTOMATIC] / total
