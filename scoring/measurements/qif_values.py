"""Numbers, quantities and points in time as QIF writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from scoring.measurements.qif_xml import text

# Nothing measured is larger, and the square of what is smaller never overflows.
LARGEST: Final = 1e100

# Python's float() also takes "1_000", "nan" and "inf", which xs:decimal does not.
_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_DATE_TIME: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,12})?))?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_UNIT_ATTRIBUTES: Final = (
    "linearUnit",
    "angularUnit",
    "areaUnit",
    "forceUnit",
    "massUnit",
    "pressureUnit",
    "speedUnit",
    "temperatureUnit",
    "timeUnit",
    "unitName",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, its own unit if it names one, and how many decimals were written."""

    value: float
    unit: str | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time: the text of the file, and seconds since 1970-01-01 for ordering.

    ``zoned`` says whether the text names a time zone; without one the seconds are those of UTC.
    """

    text: str
    seconds: float
    zoned: bool


def number(written: str | None) -> float | None:
    """The finite number that a text stands for, or None."""
    if written is None or not _NUMBER.fullmatch(written) or len(written) > 60:
        return None
    value = float(written)
    return value if abs(value) < LARGEST else None


def decimals(written: str) -> int:
    """How many places stand after the decimal point: 3 for ``2.000``."""
    mantissa, _, exponent = written.lower().partition("e")
    places = len(mantissa.partition(".")[2]) - (int(exponent) if exponent else 0)
    return max(places, 0)


def quantity(element: Element | None) -> Quantity | None:
    """The number in an element with the unit of its attributes; ``decimalPlaces`` goes before the digits written."""
    written = text(element)
    value = number(written)
    if element is None or written is None or value is None:
        return None
    places = whole(element.get("decimalPlaces"))
    return Quantity(value, unit_of(element), decimals(written) if places is None else places)


def unit_of(element: Element) -> str | None:
    """The unit that an element names for itself, whatever the quantity."""
    named = (element.get(attribute, "").strip() for attribute in _UNIT_ATTRIBUTES)
    return next((unit for unit in named if unit), None)


def whole(written: str | None) -> int | None:
    """A non-negative whole number of at most nine digits, or None."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) <= 9 else None


def truth(written: str | None) -> bool | None:
    """An xs:boolean, or None."""
    return {"true": True, "1": True, "false": False, "0": False}.get((written or "").lower())


def moment(written: str | None) -> Moment | None:
    """An xs:dateTime or xs:date, or None when the text is neither or names a day or hour that does not exist."""
    found = _DATE_TIME.fullmatch(written or "")
    if written is None or found is None:
        return None
    year, month, day = (int(part) for part in found.group(1, 2, 3))
    hour, minute, second = (float(part or 0) for part in found.group(4, 5, 6))
    if not (1 <= month <= 12 and 1 <= day <= _days_in(year, month) and hour <= 23 and minute <= 59 and second < 61):
        return None
    seconds = _days_since_epoch(year, month, day) * 86400.0 + hour * 3600 + minute * 60 + second
    return Moment(written, seconds - _offset(found[7]), found[7] is not None)


def _offset(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    size = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
    return -size if zone[0] == "-" else size


def _days_in(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _days_since_epoch(year: int, month: int, day: int) -> int:
    # Counting years from March puts the leap day last, so whole days follow from integer arithmetic alone.
    shifted = year - (month <= 2)
    from_march = (month + 9) % 12
    day_of_year = (153 * from_march + 2) // 5 + day - 1
    return shifted * 365 + shifted // 4 - shifted // 100 + shifted // 400 + day_of_year - 719468
