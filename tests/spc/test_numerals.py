"""Texts that are numbers, in every way in which people write them, and texts that are not."""

import pytest

from scoring.measurements.numerals import NotNumeral, Numeral, read_numeral
from scoring.measurements.units import header_parts, unit_of


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("12", 12, 12),
        ("-12", -12, -12),
        ("+12", 12, 12),
        ("−5", -5, -5),
        ("－５", -5, -5),
        ("12.3", 12.3, None),
        ("12,3", None, 12.3),
        (".5", 0.5, None),
        ("5.", 5, 5),
        ("-,5", None, -0.5),
        ("1e3", 1000, 1000),
        ("1.5E-3", 0.0015, None),
        ("１２．３", 12.3, None),
        ("1,234", 1234, 1.234),
        ("1.234", 1.234, 1234),
        ("0.123", 0.123, None),
        ("0,123", None, 0.123),
        ("1234,567", None, 1234.567),
        ("1,234.5", 1234.5, None),
        ("1.234,5", None, 1234.5),
        ("1,234,567", 1234567, None),
        ("1.234.567", None, 1234567),
        ("1 234 567", 1234567, 1234567),
        ("1 234,5", None, 1234.5),
        ("1\u00a0234.5", 1234.5, None),
        ("1\u202f234,5", None, 1234.5),
        ("1'234.5", 1234.5, None),
        ("1’234’567", 1234567, 1234567),
        ("Φ12.5", 12.5, None),
        ("⌀ 12,5", None, 12.5),
        ("  7.25\t", 7.25, None),
    ],
)
def test_a_numeral_has_these_readings(text, point, comma):
    read = read_numeral(text)
    assert (read.as_point, read.as_comma) == (point, comma)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12.3 mm", 12.3, "mm"),
        ("12.3mm", 12.3, "mm"),
        ("12.3 毫米", 12.3, "mm"),
        ("0.8 μm", 0.8, "µm"),
        ("0.8um", 0.8, "µm"),
        ('0.5"', 0.5, "in"),
        ("45.5°", 45.5, "°"),
        ("20.5 ℃", 20.5, "°C"),
        ("3.2 N·m", 3.2, "N·m"),
        ("3.2 N.m", 3.2, "N·m"),
        ("99.5 %", 99.5, "%"),
        ("99.5％", 99.5, "%"),
        ("58.5 HRC", 58.5, "HRC"),
    ],
)
def test_a_unit_beside_the_number_is_recognised(text, value, unit):
    read = read_numeral(text)
    assert (read.as_point, read.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OK", "text"),
        ("合格", "text"),
        ("n/a", "text"),
        ("-", "text"),
        ("", "text"),
        ("x" * 10_000, "text"),
        ("1" * 10_000, "text"),
        ("12.3 OK", "unit_unknown"),
        ("1_000", "unit_unknown"),
        ("0x10", "unit_unknown"),
        ("nan", "not_finite"),
        ("-Infinity", "not_finite"),
        ("1e999", "not_finite"),
        ("<0.01", "bound"),
        ("≥ 5", "bound"),
        ("±0.1", "bound"),
        ("12.3-12.5", "range"),
        ("12.3～12.5", "range"),
        ("12±0.1", "range"),
        ("12,34,567", "grouping"),
        ("1.2.3", "grouping"),
        ("12 3", "grouping"),
        ("#DIV/0!", "spreadsheet_error"),
        ("#N/A", "spreadsheet_error"),
        ("2026-11-24", "date"),
        ("2026/11/24 10:20", "date"),
        ("24.11.2026", "date"),
        ("2026年11月24日", "date"),
        ("3月5日", "date"),
        ("5-Mar", "date"),
        ("Mar-26", "date"),
        ("10:20:30", "date"),
    ],
)
def test_what_is_no_number_says_why(text, code):
    assert read_numeral(text) == NotNumeral(code)


@pytest.mark.parametrize(
    ("text", "proof", "groups"),
    [
        ("12", None, False),
        ("12.3", ".", False),
        ("12,3", ",", False),
        ("1,234", None, False),
        ("1.234", None, False),
        ("1,234.5", ".", True),
        ("1.234,5", ",", True),
        ("1,234,567", ".", True),
        ("1 234,5", ",", False),
    ],
)
def test_some_numerals_prove_the_decimal_mark(text, proof, groups):
    read = read_numeral(text)
    assert isinstance(read, Numeral)
    assert (read.proof, read.groups) == (proof, groups)


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("Diameter (mm)", "Diameter", "mm"),
        ("直径（mm）", "直径", "mm"),
        ("直径[毫米]", "直径", "mm"),
        ("D/mm", "D", "mm"),
        ("OK/NG", "OK/NG", None),
        ("X (left)", "X (left)", None),
        ("(mm)", "(mm)", None),
        ("Diameter", "Diameter", None),
    ],
)
def test_a_header_may_carry_a_unit(header, name, unit):
    assert header_parts(header) == (name, unit)


def test_letter_case_of_units_counts():
    assert (unit_of("MPa"), unit_of("mPa"), unit_of("Mm")) == ("MPa", None, None)
