"""One value for each part, by time where there is one, else in the order of the files, and saying which."""

from __future__ import annotations

import pytest

from scoring.measurements.qif import Order, QifDocument, Series, read_qif, series
from tests.qif.build import CALIPER, SHAFT, Char, Res, Row, document, parts, serials, shaft

PROFILE = Char(5, kind="PointProfile", name="W1", zone="1.5")


def made(*results: Res, char: Char = SHAFT, given: dict[int, str] | None = None) -> QifDocument:
    return read_qif(document(devices=CALIPER, chars=(char,), results=results, serials=given or {}))


def of(found: QifDocument) -> Series:
    return series(found, found.characteristics[0])


def profile(part: int, *values: str, component: int | None = None, features: tuple[int, ...] = ()) -> Res:
    rows = (Row(1000 * part + n, 5, value, kind="PointProfile", features=features) for n, value in enumerate(values))
    return Res(100 + part, tuple(rows), component)


@pytest.mark.parametrize("with_part", [True, False])
def test_two_profile_values_of_one_part_are_one_value(with_part: bool) -> None:
    worst = ("0.31", "-0.54", "0.02", "0.11", "0.25", "0.40")
    results = (profile(n, value, "0", component=400 + n if with_part else None) for n, value in enumerate(worst, 1))
    found = made(*results, char=PROFILE)
    assert of(found).values == (0.31, -0.54, 0.02, 0.11, 0.25, 0.40)
    assert of(found).grouped == 6
    assert found.warned("rows_grouped").params == {"rows": 12, "parts": 6}  # type: ignore[union-attr]


def test_measured_features_tell_parts_apart_when_no_part_is_named() -> None:
    batch = Res(
        1,
        tuple(
            Row(10 * feature + n, 5, value, kind="PointProfile", features=(feature,))
            for feature, worst in ((1, "0.3"), (2, "0.4"), (3, "0.5"))
            for n, value in enumerate((worst, "0"))
        ),
    )
    assert of(made(batch, char=PROFILE)).values == (0.3, 0.4, 0.5)


def test_repeated_readings_of_one_dimension_become_their_mean() -> None:
    twice = Res(1, (Row(300, 5, "2.00"), Row(301, 5, "2.02")), 401)
    assert of(made(twice, given={401: "SN1"})).values == (pytest.approx(2.01),)


def test_a_batch_without_parts_counts_each_row_and_says_so() -> None:
    batch = Res(1, tuple(Row(300 + n, 5, f"2.00{n}") for n in range(5)))
    found = made(batch)
    assert len(of(found).points) == 5
    assert found.warned("batch_without_parts") is not None


def test_a_measurement_may_name_its_own_part() -> None:
    batch = Res(1, (Row(300, 5, "2.0", component=401), Row(301, 5, "2.1", component=402)))
    found = made(batch, given={401: "A1", 402: "A2"})
    assert [row.serial for row in found.measurements] == ["A1", "A2"]
    assert of(found).values == (2.0, 2.1)


def timed(*stamps: str | None) -> Series:
    results = (Res(n, (Row(300 + n, 5, f"2.00{n}", time=stamp),), 400 + n) for n, stamp in enumerate(stamps))
    return of(made(*results))


def test_values_stand_in_the_order_of_their_time_stamps() -> None:
    found = timed("2026-03-02T08:02:00Z", "2026-03-02T08:00:00Z", "2026-03-02T09:01:00+01:00")
    assert found.order is Order.TIME
    assert found.values == (2.001, 2.002, 2.000)


def test_without_all_times_values_stand_in_file_order() -> None:
    found = timed("2026-03-02T08:02:00Z", None, "2026-03-02T08:00:00Z")
    assert found.order is Order.FILE
    assert found.values == (2.000, 2.001, 2.002)


def test_equal_time_stamps_leave_the_order_partly_open() -> None:
    same = "2026-03-02T08:00:00Z"
    assert timed("2026-03-02T08:02:00Z", same, same).order is Order.TIME_WITH_TIES
    assert timed(same, same, same).order is Order.FILE


def test_the_start_of_an_inspection_orders_results_without_stamps() -> None:
    later, earlier = "2026-03-02T09:00:00Z", "2026-03-02T08:00:00Z"
    results = (Res(1, (Row(300, 5, "2.0"),), 401, started=later), Res(2, (Row(301, 5, "2.1"),), 402, started=earlier))
    found = made(*results)
    assert (of(found).values, of(found).order) == ((2.1, 2.0), Order.TIME)
    assert {row.time_from for row in found.measurements} == {"InspectionStart"}


def test_the_order_of_results_is_not_taken_for_time() -> None:
    found = read_qif(shaft("2.1"))
    assert series(found, "1/5").order is Order.FILE
    assert found.warned("no_times") is not None


def test_mixed_time_zones_are_said() -> None:
    results = (
        Res(1, (Row(300, 5, "2.0", time="2026-03-02T08:00:00Z"),), 401),
        Res(2, (Row(301, 5, "2.1", time="2026-03-02T08:01:00"),), 402),
    )
    assert made(*results).warned("time_zones_mixed") is not None


def test_a_time_stamp_that_is_none_is_said() -> None:
    found = made(Res(1, (Row(300, 5, "2.0", time="yesterday"),), 401))
    assert found.measurements[0].time is None
    assert found.warned("time_unreadable") is not None


@pytest.mark.parametrize("status", ["SYSERROR", "INDETERMINATE"])
def test_a_value_without_a_result_does_not_count(status: str) -> None:
    found = of(made(Res(1, (Row(300, 5, "0", status=status),), 401), Res(2, (Row(301, 5, "2.0"),), 402)))
    assert (found.values, found.skipped) == ((2.0,), 1)


def test_values_that_are_no_numbers_are_said_and_left_out() -> None:
    found = made(*parts(("2,001", "n/a", "2.0")), Res(9, (Row(900, 5, None),), 409))
    assert of(found).values == (2.0,)
    assert found.warned("value_not_number").params["count"] == 2  # type: ignore[union-attr]
    assert found.warned("value_missing").params["count"] == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("serial", "identifies"),
    [
        ("SN70031", True),
        ("B7-0042", True),
        ("SN: 42", True),
        ("序列号 42", True),
        ("Tool Number", False),
        ("Run 3, Bin 17", False),
        ("ABC", False),
    ],
)
def test_serial_numbers_that_are_texts_identify_no_part(serial: str, identifies: bool) -> None:
    found = made(*parts(("2.0",)), given={401: serial})
    assert found.parts[0].identifies is identifies
    assert (found.warned("serial_text") is None) is identifies


def test_a_serial_number_used_twice_identifies_no_part() -> None:
    found = made(*parts(("2.0", "2.1")), given={401: "SN1", 402: "SN1"})
    assert [part.identifies for part in found.parts] == [False, False]
    assert of(found).values == (2.0, 2.1)


def test_the_series_of_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        series(read_qif(shaft()), "1/999")


def test_serials_of_every_part_are_kept() -> None:
    found = read_qif(shaft())
    assert [row.serial for row in found.measurements] == list(serials().values())
