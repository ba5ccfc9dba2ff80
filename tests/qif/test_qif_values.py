"""Numbers and times as XML Schema defines them, and nothing more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.measurements.qif_values import decimals, moment, number


@pytest.mark.parametrize(
    ("text", "value"), [("2", 2.0), ("-0.5", -0.5), ("+.5", 0.5), ("2.", 2.0), ("1E-3", 0.001), ("1.5e2", 150.0)]
)
def test_numbers_are_read(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["", "2,5", "1_000", "nan", "inf", "-INF", "0x10", "１２", "1e999", "1 2", "--1", None, "1" * 200]
)
def test_what_is_no_decimal_is_no_number(text: str | None) -> None:
    assert number(text) is None


@pytest.mark.parametrize(("text", "places"), [("2", 0), ("2.000", 3), ("1.5e2", 0), ("1.5E-2", 3)])
def test_decimals_are_those_written(text: str, places: int) -> None:
    assert decimals(text) == places


@given(st.datetimes(min_value=datetime(1600, 1, 1), max_value=datetime(2400, 1, 1)))  # noqa: DTZ001
def test_seconds_agree_with_the_calendar(when: datetime) -> None:
    found = moment(when.isoformat() + "Z")
    assert found is not None
    assert found.seconds == pytest.approx(when.replace(tzinfo=UTC).timestamp(), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2026-03-02T08:00:00+08:00", "2026-03-02T00:00:00Z"),
        ("2026-03-02T08:00:00-05:30", "2026-03-02T13:30:00Z"),
        ("2026-03-02T08:00:00", "2026-03-02T08:00:00Z"),
        ("2026-03-02", "2026-03-02T00:00:00Z"),
        ("2026-03-02T08:00:00.250Z", "2026-03-02T08:00:00.25Z"),
    ],
)
def test_zones_and_dates_are_brought_to_one_scale(text: str, same: str) -> None:
    assert moment(text).seconds == moment(same).seconds  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01T00:00:00", "08:00", "2026-03-02T25:00:00", "2/3/2026", None, ""]
)
def test_what_is_no_date_is_no_time(text: str | None) -> None:
    assert moment(text) is None
