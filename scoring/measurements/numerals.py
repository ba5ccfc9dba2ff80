"""Reads one cell of text as a number, in every way in which people write numbers.

A text such as 1,234 has two readings, and only the other cells of its column can tell which is meant. So a numeral
keeps both: what it is when the decimal mark is a point, and what it is when it is a comma.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from scoring.measurements.units import unit_of

Mark: TypeAlias = Literal[".", ","]

_ASCII: Final = str.maketrans(
    "０１２３４５６７８９．，＋－−﹣％＇’‘`\u00a0\u202f\u2009\u2007\u3000\t",
    "0123456789.,+---%''''" + " " * 6,
)
_NUMERAL: Final = re.compile(
    r"""^(?:[ΦφØø⌀∅ϕ]\s*)?               # a diameter sign
        (?P<sign>[+-]?)\s*
        (?P<body>\d+(?:[.,'\ ]\d+)*[.]?|[.,]\d+)
        (?:[eE](?P<exponent>[+-]?\d{1,3}))?
        \s*(?P<rest>\D.*)?$""",
    re.VERBOSE,
)
_DATE: Final = re.compile(
    r"""^(?:\d{4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}\s*日?|\s*月)?(?:[ T]+\d{1,2}:\d{2}.*)?
        |\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:\s+\d{1,2}:\d{2}.*)?
        |\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?
        |\d{1,2}[-/\ ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[-/\ ]\d{2,4})?
        |(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/\ ]\d{2,4}
        |\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]m)?)$""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR_MONTH_POINT: Final = re.compile(r"^\d{4}\.\d{1,2}$")
_BOUND: Final = re.compile(r"^(?:[<>≤≥＜＞≦≧±]|\+/-)")
_RANGE: Final = re.compile(r"^[+-]?\d+(?:[.,]\d+)?\s*(?:[-~～–—±至]|\+/-|\.\.)\s*[+-]?\d")
_ERROR: Final = re.compile(r"^#(?:DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|NULL!|SPILL!|CALC!|#+)$")
_LONGEST: Final = 60  # Nobody writes a longer number, and patterns on endless text cost endless time.
_NOT_FINITE: Final = frozenset({"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity"})


@dataclass(frozen=True, slots=True)
class Numeral:
    """The readings of a text; None is a reading that is not possible.

    ``proof`` is the decimal mark that this text alone proves, ``groups`` whether it proves thousands separators of the
    other mark, ``mark`` the mark in a text that has two readings.
    """

    as_point: float | None
    as_comma: float | None
    unit: str | None = None
    proof: Mark | None = None
    groups: bool = False
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class NotNumeral:
    """Why a text is no number: a key of FAULTS."""

    code: str


def read_numeral(text: str) -> Numeral | NotNumeral:
    """The number in a text that is not blank."""
    clean = text.translate(_ASCII).strip()
    if len(clean) > _LONGEST:
        return NotNumeral("text")
    if _DATE.match(clean) and not _YEAR_MONTH_POINT.match(clean):
        return NotNumeral("date")
    found = _NUMERAL.match(clean)
    if found is None:
        return NotNumeral(_why(clean))
    rest = found["rest"] or ""
    unit = unit_of(rest) if rest else None
    if rest and unit is None:
        return NotNumeral(_why_rest(clean, rest))
    numeral = _readings(found["body"].rstrip("."), found["sign"], found["exponent"], unit)
    if isinstance(numeral, Numeral) and not _finite(numeral):
        return NotNumeral("not_finite")
    return numeral


def _why(clean: str) -> str:
    if _ERROR.match(clean):
        return "spreadsheet_error"
    if clean.lower() in _NOT_FINITE:
        return "not_finite"
    if _BOUND.match(clean):
        return "bound"
    return "range" if _RANGE.match(clean) else "text"


def _why_rest(clean: str, rest: str) -> str:
    if _RANGE.match(clean):
        return "range"
    return "grouping" if rest[0] in ".,'" else "unit_unknown"


def _readings(body: str, sign: str, exponent: str | None, unit: str | None) -> Numeral | NotNumeral:
    """Tells decimal marks from thousands separators by their kinds, numbers and places."""
    pieces = re.split(r"([.,' ])", body)
    groups, separators = pieces[::2], pieces[1::2]

    def value(whole: str, fraction: str = "") -> float:
        return float(f"{sign}{whole or '0'}.{fraction or '0'}e{exponent or '0'}")

    if not separators:
        return Numeral(value(body), value(body), unit)
    last, other = separators[-1], set(separators[:-1])
    if len(separators) == 1 and last in ".,":
        both = exponent is None and len(groups[1]) == 3 and _leads(groups[0])
        return _with(last, value(groups[0], groups[1]), value("".join(groups)) if both else None, unit)
    if other <= {last} and _grouped(groups):
        plain = value("".join(groups))
        return Numeral(plain, plain, unit) if last in "' " else _grouping(last, plain, unit)
    if len(other) == 1 and last in ".," and last not in other and _grouped(groups[:-1]):
        decimal = value("".join(groups[:-1]), groups[-1])
        known = bool(other & {".", ","})
        return Numeral(
            as_point=decimal if last == "." else None,
            as_comma=decimal if last == "," else None,
            unit=unit,
            proof="." if last == "." else ",",
            groups=known,
        )
    return NotNumeral("grouping")


def _leads(group: str) -> bool:
    """Whether a group can stand before a thousands separator: one to three digits, the first not 0."""
    return 1 <= len(group) <= 3 and group[0] != "0"


def _grouped(groups: list[str]) -> bool:
    return _leads(groups[0]) and all(len(group) == 3 for group in groups[1:])


def _with(mark: str, decimal: float, grouped: float | None, unit: str | None) -> Numeral:
    """One separator: a decimal mark for certain, or one that may also be a thousands separator."""
    own: Mark = "." if mark == "." else ","
    point, comma = (decimal, grouped) if own == "." else (grouped, decimal)
    if grouped is None:
        return Numeral(point, comma, unit, proof=own)
    return Numeral(point, comma, unit, mark=own)


def _grouping(mark: str, plain: float, unit: str | None) -> Numeral:
    """Several equal separators are thousands separators, so the other mark is the decimal one."""
    if mark == ".":
        return Numeral(None, plain, unit, proof=",", groups=True)
    return Numeral(plain, None, unit, proof=".", groups=True)


def _finite(numeral: Numeral) -> bool:
    return all(math.isfinite(value) for value in (numeral.as_point, numeral.as_comma) if value is not None)
