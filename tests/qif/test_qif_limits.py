"""How limits come to be absolute values, and when the user has to confirm them."""

from __future__ import annotations

import pytest

from scoring.measurements.qif import Characteristic, LimitsFrom, QifDocument, read_qif
from tests.qif.build import Char, Res, Row, document, limits, tag

ASSUMED = "limits_declared_as_deviations"


def one(char: Char) -> Characteristic:
    return read_qif(document(chars=(char,))).characteristics[0]


def limits_of(found: Characteristic) -> tuple[float | None, float | None, float | None]:
    return found.nominal, found.lower, found.upper


@pytest.mark.parametrize(
    ("nominal", "lower", "upper", "flag", "expected", "source", "caution"),
    [
        ("2.0", "1.8", "2.2", "true", (2.0, 1.8, 2.2), LimitsFrom.LIMITS, None),
        ("25.4", "-0.25", "0.25", "false", (25.4, 25.15, 25.65), LimitsFrom.DEVIATIONS, None),
        ("25.4", "0.02", "0.05", "false", (25.4, 25.42, 25.45), LimitsFrom.DEVIATIONS, None),
        ("25.4", "-0.25", "0.25", "0", (25.4, 25.15, 25.65), LimitsFrom.DEVIATIONS, None),
        # Marked as deviations, but the nominal lies between two positive numbers: limits.
        ("2.0", "1.8", "2.2", "false", (2.0, 1.8, 2.2), LimitsFrom.ASSUMED_LIMITS, ASSUMED),
        ("2.0", "2.0", "2.2", "false", (2.0, 2.0, 2.2), LimitsFrom.ASSUMED_LIMITS, ASSUMED),
        ("2.0", "1.8", "2.2", None, (2.0, 1.8, 2.2), LimitsFrom.ASSUMED_LIMITS, "limit_flag_missing"),
        (None, "1.8", "2.2", "false", (None, 1.8, 2.2), LimitsFrom.ASSUMED_LIMITS, ASSUMED),
        # The nominal does not lie between: the file is taken at its word, with a caution.
        ("1.0", "2.99", "3.01", "false", (1.0, 3.99, 4.01), LimitsFrom.DEVIATIONS, "limits_suspicious"),
        ("2.0", None, "2.2", "false", (2.0, None, 4.2), LimitsFrom.DEVIATIONS, "limits_suspicious"),
        ("25.4", "-0.25", "0.25", "true", (25.4, -0.25, 0.25), LimitsFrom.LIMITS, "limits_suspicious"),
        # Nothing can be made of these.
        (None, "-0.1", "0.1", "false", (None, None, None), LimitsFrom.NONE, "nominal_missing"),
        ("2.0", "2.2", "1.8", "true", (2.0, None, None), LimitsFrom.NONE, "limits_reversed"),
        # One limit is enough.
        ("2.0", None, "2.2", "true", (2.0, None, 2.2), LimitsFrom.LIMITS, None),
        ("2.0", "1.8", None, "true", (2.0, 1.8, None), LimitsFrom.LIMITS, None),
        ("25.4", None, "0.25", "false", (25.4, None, 25.65), LimitsFrom.DEVIATIONS, None),
    ],
)
def test_limits(
    nominal: str | None,
    lower: str | None,
    upper: str | None,
    flag: str | None,
    expected: tuple[float | None, float | None, float | None],
    source: LimitsFrom,
    caution: str | None,
) -> None:
    found = one(Char(5, name="D", nominal=nominal, lower=lower, upper=upper, as_limits=flag))
    assert limits_of(found) == pytest.approx(expected)
    assert found.limits_from == source
    assert caution is None or caution in found.cautions


def marked_as_deviations(values: tuple[str, ...]) -> QifDocument:
    char = Char(5, name="Diameter_2.000", lower="1.800", upper="2.200", as_limits="false")
    results = tuple(Res(n, (Row(300 + n, 5, value),)) for n, value in enumerate(values, 1))
    return read_qif(document(chars=(char,), results=results))


def test_limits_marked_as_deviations_are_said_once_with_names() -> None:
    warning = marked_as_deviations(("2.001", "1.999")).warned(ASSUMED)
    assert warning is not None
    assert warning.params == {"count": 1, "names": "Diameter_2.000"}


def test_limits_marked_as_deviations_do_not_make_every_part_bad() -> None:
    assert marked_as_deviations(("2.001", "1.999")).warned("status_differs") is None


def test_a_zone_has_only_an_upper_limit_and_says_so() -> None:
    found = one(Char(5, kind="Flatness", name="F", zone="0.05"))
    assert limits_of(found) == (None, None, 0.05)
    assert (found.zone, found.one_sided, found.limits_from) == (True, True, LimitsFrom.ZONE)
    assert "zone_one_sided" in found.cautions


@pytest.mark.parametrize("condition", ["MAXIMUM", "LEAST"])
def test_a_zone_at_maximum_or_least_material_condition_has_a_bonus(condition: str) -> None:
    found = one(Char(5, kind="Position", name="P", zone="0.5", material=condition))
    assert found.bonus
    assert "material_condition" in found.cautions


@pytest.mark.parametrize("condition", ["REGARDLESS", "NONE", None])
def test_a_zone_regardless_of_size_has_no_bonus(condition: str | None) -> None:
    assert not one(Char(5, kind="Position", name="P", zone="0.5", material=condition)).bonus


def position(value: str, bonus: str | None = None, material: str | None = "MAXIMUM") -> QifDocument:
    char = Char(5, kind="Position", name="P", zone="0.5", material=material)
    return read_qif(
        document(chars=(char,), results=(Res(1, (Row(300, 5, value, kind="Position", bonus=bonus),), 401),))
    )


def test_a_position_above_its_zone_may_pass_with_a_bonus() -> None:
    found = position("0.617")
    assert found.measurements[0].status == "PASS"
    assert found.warned("status_differs") is None
    assert found.warned("material_condition") is not None


def test_a_bonus_in_the_results_marks_the_characteristic() -> None:
    assert position("0.617", bonus="0.2", material=None).characteristics[0].bonus


def test_signed_values_of_a_zone_are_said() -> None:
    char = Char(5, kind="PointProfile", name="P", zone="1.5")
    results = (Res(1, (Row(300, 5, "-0.54", kind="PointProfile"),), 401),)
    found = read_qif(document(chars=(char,), results=results))
    assert "zone_signed" in found.characteristics[0].cautions
    assert found.warned("zone_signed") is not None


def test_a_basic_dimension_has_no_limits() -> None:
    found = one(Char(5, name="D", basic=True))
    assert limits_of(found) == (2.0, None, None)
    assert found.basic


def test_a_fit_class_gives_no_limits_and_says_so() -> None:
    found = one(Char(5, name="D", fit=True))
    assert limits_of(found) == (2.0, None, None)
    assert "fit_not_read" in found.cautions


def test_a_shared_tolerance_is_looked_up() -> None:
    shared = tag("LinearTolerance", *limits("-0.1", "0.1", "false"), id=60)
    found = read_qif(document(chars=(Char(5, name="D", shared=60),), tolerances=shared)).characteristics[0]
    assert limits_of(found) == pytest.approx((2.0, 1.9, 2.1))


def test_an_attribute_has_texts_and_no_limits() -> None:
    char = Char(5, kind="UserDefinedAttribute", name="Scratched", nominal=None)
    results = (Res(1, (Row(300, 5, "0", kind="UserDefinedAttribute"),), 401),)
    found = read_qif(document(chars=(char,), results=results))
    assert found.characteristics[0].attribute
    assert (found.measurements[0].value, found.measurements[0].text) == (None, "0")
    assert found.warned("value_not_number") is None


@pytest.mark.parametrize(
    ("value", "status", "differs"), [("2.1", "FAIL", True), ("2.3", "PASS", True), ("2.1", "PASS", False)]
)
def test_a_status_that_value_and_limits_contradict_is_said(value: str, status: str, differs: bool) -> None:
    results = (Res(1, (Row(300, 5, value, status=status),), 401),)
    found = read_qif(document(chars=(Char(5, name="D"),), results=results))
    assert (found.warned("status_differs") is not None) is differs
