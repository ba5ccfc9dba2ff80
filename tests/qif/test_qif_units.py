"""A unit of its own goes before the units of the file; what has none is said, never guessed."""

from __future__ import annotations

import pytest

from scoring.measurements.qif import QifDocument, read_qif, series
from scoring.measurements.qif_units import UnitTable
from tests.qif.build import Char, Res, Row, document, shaft, tag


def measured(
    value: str, *, units: str | None = "mm", unit: str | None = None, limit_unit: str | None = None
) -> QifDocument:
    char = Char(5, name="D", nominal="25.4", lower="25.3", upper="25.5", unit=limit_unit)
    return read_qif(document(units=units, chars=(char,), results=(Res(1, (Row(300, 5, value, unit=unit),), 401),)))


def test_the_unit_of_a_value_overrides_the_unit_of_the_file() -> None:
    row = measured("1.0", unit="inch").measurements[0]
    assert row.value == pytest.approx(25.4)
    assert (row.unit, row.written.value, row.written.unit) == ("mm", 1.0, "inch")  # type: ignore[union-attr]


def test_the_unit_of_the_limits_is_the_unit_of_the_characteristic() -> None:
    char = Char(5, name="D", nominal="1.0", lower="0.9", upper="1.1", unit="inch")
    found = read_qif(document(chars=(char,), results=(Res(1, (Row(300, 5, "25.4"),), 401),)))
    assert found.characteristics[0].unit == "inch"
    assert found.measurements[0].value == pytest.approx(1.0)
    assert found.warned("units_mixed") is not None


def test_missing_units_are_said() -> None:
    found = measured("25.4", units=None)
    assert found.characteristics[0].unit is None
    assert found.warned("units_missing") is not None


def test_units_that_are_given_are_not_said_to_be_missing() -> None:
    assert measured("25.4").warned("units_missing") is None


def test_an_unknown_unit_keeps_the_value_out_of_the_series() -> None:
    found = measured("25.4", unit="cubit")
    assert (found.measurements[0].value, found.measurements[0].unit) == (25.4, "cubit")
    assert found.warned("unit_unknown") is not None
    assert series(found, "1/5").skipped == 1


def test_a_conversion_of_the_file_goes_before_the_known_one() -> None:
    own = tag("LinearUnit", tag("UnitName", "mm"), tag("UnitConversion", tag("Factor", "0.001")))
    other = tag("LinearUnit", tag("UnitName", "thou"), tag("UnitConversion", tag("Factor", "0.0000254")))
    units = tag("FileUnits", tag("PrimaryUnits", own), tag("OtherUnits", other, n=1))
    char = Char(5, name="D", nominal="0.0254", lower="0.02", upper="0.03")
    data = document(units=None, chars=(char,), results=(Res(1, (Row(300, 5, "1", unit="thou"),), 401),), extra=units)
    assert read_qif(data).measurements[0].value == pytest.approx(0.0254)


def test_temperatures_convert_with_their_offset() -> None:
    table = UnitTable({}, {"Celsius": (1.0, 273.15), "Fahrenheit": (5 / 9, 459.67)})
    assert table.convert(212.0, "Fahrenheit", "Celsius") == pytest.approx(100.0)


@pytest.mark.parametrize(
    ("kind", "unit"), [("Diameter", "mm"), ("Angle", "degree"), ("Angularity", "mm"), ("UserDefinedMass", None)]
)
def test_the_kind_of_characteristic_chooses_the_unit_of_the_file(kind: str, unit: str | None) -> None:
    assert read_qif(document(chars=(Char(5, kind=kind, name="X"),))).characteristics[0].unit == unit


def test_the_unit_of_statistics_is_told() -> None:
    stats = tag(
        "StatisticalStudiesResults",
        tag(
            "GageRandRStudyResults",
            tag(
                "CharacteristicsStats",
                tag("DiameterCharacteristicStats", tag("ValueStats", tag("GageRandR", "3.14"), linearUnit="mm")),
            ),
            id=1,
        ),
    )
    found = read_qif(shaft("2.1", units="inch", statistics=stats))
    assert (found.declared[0].unit, found.characteristics[0].unit) == ("mm", "inch")
    assert found.warned("statistics_unit_differs") is not None
