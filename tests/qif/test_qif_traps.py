"""The traps of real files, each in every version of the standard: most were met in files of 2.0 and 2.1."""

from __future__ import annotations

import pytest

from scoring.measurements.measured import Wanted, of_document
from scoring.measurements.qif import Order, merge_qif, read_qif, series
from scoring.measurements.table import TableRefused
from tests.qif.build import VERSIONS, Char, Res, Row, document, parts, study_results

pytestmark = pytest.mark.parametrize("version", VERSIONS)
QPID, NUMBERS = "AB12CD34-0000-4000-8000-00000000000A", ("2.01", "1.99", "2.02", "1.98", "2.00")


def test_limits_that_are_marked_as_deviations_are_read_as_limits_and_have_to_be_confirmed(version: str) -> None:
    char = Char(5, name="D", lower="1.8", upper="2.2", as_limits="false")
    found = read_qif(document(version, chars=(char,), results=parts(NUMBERS)))
    assert (found.characteristics[0].lower, found.characteristics[0].upper) == (1.8, 2.2)
    assert found.warned("limits_declared_as_deviations") is not None


def test_worst_deviation_and_zero_of_one_part_are_one_value(version: str) -> None:
    char = Char(5, kind="PointProfile", name="W", zone="1.5")
    rows = {
        n: (Row(10 * n, 5, f"0.3{n}", kind="PointProfile"), Row(10 * n + 1, 5, "0", kind="PointProfile"))
        for n in range(1, 7)
    }
    found = read_qif(
        document(version, chars=(char,), results=tuple(Res(100 + n, two, 400 + n) for n, two in rows.items()))
    )
    assert series(found, found.characteristics[0]).values == tuple(float(f"0.3{n}") for n in rows)


def test_a_tolerance_that_grows_with_the_feature_gives_no_index(version: str) -> None:
    char = Char(5, kind="Position", name="P", zone="0.5", material="MAXIMUM")
    found = read_qif(document(version, chars=(char,), results=parts(("0.617", "0.2", "0.3"), kind="Position")))
    assert (found.measurements[0].status, found.warned("status_differs")) == ("PASS", None)
    with pytest.raises(TableRefused, match="grows with the size"):
        of_document(found, Wanted(("P",)))


def test_a_zone_is_bounded_at_zero_and_has_no_lower_limit(version: str) -> None:
    char = Char(5, kind="Flatness", name="F", zone="0.05")
    found = read_qif(document(version, chars=(char,), results=parts(("0.01", "0.02"), kind="Flatness")))
    assert (found.characteristics[0].lower, found.characteristics[0].upper) == (None, 0.05)
    assert found.warned("zone_one_sided") is not None


def test_a_reference_that_no_file_answers_is_reported_and_its_value_kept(version: str) -> None:
    rows = (Row(300, 77, "2.0"),)
    found = read_qif(document(version, chars=(Char(5, name="D"),), results=(Res(1, rows, 401),)))
    assert "77" in [each.target_id for each in found.unresolved]
    assert len(found.measurements) == 1


def test_a_copy_of_results_counts_once(version: str) -> None:
    results = tuple(
        Res(one.id, one.rows, one.component, qpid=f"{QPID[:-1]}{n}") for n, one in enumerate(parts(NUMBERS))
    )
    first, again = (
        document(version, qpid=f"{QPID}{copy}", chars=(Char(5, name="D"),), results=results) for copy in ("1", "2")
    )
    found = merge_qif((read_qif(first), read_qif(again)))
    assert series(found, found.characteristics[0]).values == tuple(map(float, NUMBERS))


@pytest.mark.parametrize("serial", ["Tool Number", "Run 3, Bin 17"])
def test_a_serial_number_that_is_a_text_identifies_no_part(version: str, serial: str) -> None:
    given = {401 + place: serial for place in range(5)}
    found = read_qif(document(version, chars=(Char(5, name="D"),), results=parts(NUMBERS), serials=given))
    assert {part.identifies for part in found.parts} == {False}
    assert len(series(found, found.characteristics[0]).values) == 5


def test_without_times_the_order_is_that_of_the_file_and_said(version: str) -> None:
    found = read_qif(document(version, chars=(Char(5, name="D"),), results=parts(NUMBERS)))
    assert series(found, found.characteristics[0]).order is Order.FILE


def test_the_unit_of_a_value_goes_before_that_of_the_file(version: str) -> None:
    rows = (Row(300, 5, "0.07874", unit="inch"),)
    found = read_qif(document(version, chars=(Char(5, name="D"),), results=(Res(1, rows, 401),)))
    assert (found.measurements[0].value, found.measurements[0].unit) == (pytest.approx(2.0, abs=1e-4), "mm")


def test_a_file_without_any_unit_says_so(version: str) -> None:
    found = read_qif(document(version, units=None, chars=(Char(5, name="D"),), results=parts(NUMBERS)))
    assert (found.characteristics[0].unit, found.warned("units_missing") is not None) == (None, True)


def test_limits_in_inches_and_statistics_in_millimetres_are_told_apart(version: str) -> None:
    char = Char(5, name="D", nominal="0.0787", lower="0.0709", upper="0.0866", unit="inch")
    stats = study_results(version, kind="GageRandR", figures={"GageRandR": "0.12"})
    found = read_qif(document(version, chars=(char,), results=parts(NUMBERS), statistics=stats))
    assert found.characteristics[0].unit == "inch"
    assert found.measurements[0].value == pytest.approx(2.01 / 25.4)
