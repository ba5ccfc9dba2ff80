"""What a file tells about how values were collected, how strong the sign is, and what it can be evidence for."""

from __future__ import annotations

import pytest

from scoring.measurements.qif import (
    Device,
    Judgement,
    QifDocument,
    Strength,
    Topic,
    collection_counts,
    digit_hint,
    expired_calibrations,
    read_qif,
    time_hint,
    topics,
)
from tests.qif.build import CALIPER, SHAFT, Char, Res, Row, document, parts, shaft, study_plans, study_results, tag

CMM = tag("CartesianCMM", tag("Name", "Zeiss"), id=8)


def judged(kind: str, name: str = "X") -> Device:
    return read_qif(document(devices=tag(kind, tag("Name", name), id=7))).devices[0]


@pytest.mark.parametrize(
    ("kind", "judgement", "strength"),
    [
        ("Caliper", Judgement.MANUAL, Strength.GOOD),
        ("CaliperDial", Judgement.MANUAL, Strength.GOOD),
        ("CaliperDigital", Judgement.MANUAL, Strength.WEAK),
        ("ManualMeasurementDevice", Judgement.MANUAL, Strength.GOOD),
        ("Micrometer", Judgement.MANUAL, Strength.GOOD),
        ("MicrometerDigital", Judgement.MANUAL, Strength.WEAK),
        ("GageDevice", Judgement.MANUAL, Strength.GOOD),
        ("SineBar", Judgement.MANUAL, Strength.GOOD),
        ("CMM", Judgement.AUTOMATIC, Strength.GOOD),
        ("CartesianCMM", Judgement.AUTOMATIC, Strength.GOOD),
        ("LaserTracker", Judgement.AUTOMATIC, Strength.GOOD),
        ("ComputedTomography", Judgement.AUTOMATIC, Strength.GOOD),
        ("AACMM", Judgement.EITHER, Strength.GOOD),
        ("OpticalComparator", Judgement.EITHER, Strength.GOOD),
        ("Comparator", Judgement.EITHER, Strength.GOOD),
        ("MeasurementDevice", Judgement.UNKNOWN, Strength.NONE),
    ],
)
def test_the_type_of_the_device_is_the_best_sign(kind: str, judgement: Judgement, strength: Strength) -> None:
    found = judged(kind)
    assert (found.judgement, found.strength) == (judgement, strength)


@pytest.mark.parametrize(
    ("name", "judgement"),
    [
        ("CMM", Judgement.AUTOMATIC),
        ("CMM1", Judgement.AUTOMATIC),
        ("三坐标测量机", Judgement.AUTOMATIC),
        ("Vision system", Judgement.AUTOMATIC),
        ("CALIPERS", Judgement.MANUAL),
        ("GAGE PINS", Judgement.MANUAL),
        ("数显卡尺", Judgement.MANUAL),
        ("Portable arm", Judgement.EITHER),
        ("Station 4", Judgement.UNKNOWN),
        ("Programmed alarm", Judgement.UNKNOWN),
    ],
)
def test_a_plain_device_is_judged_weakly_by_its_name(name: str, judgement: Judgement) -> None:
    found = judged("MeasurementDevice", name)
    assert (found.judgement, found.strength is Strength.GOOD) == (judgement, False)


def collected(item: tuple[int, ...], own: tuple[int, ...]) -> Judgement:
    char = Char(5, name="D", devices=item)
    found = read_qif(
        document(devices=CALIPER + CMM, chars=(char,), results=(Res(1, (Row(300, 5, "2.0", devices=own),)),))
    )
    return found.measurements[0].collected


@pytest.mark.parametrize(
    ("item", "own", "judgement"),
    [
        ((7,), (), Judgement.MANUAL),
        ((7,), (8,), Judgement.AUTOMATIC),  # the device used overrides the devices that may be used
        ((7, 8), (), Judgement.EITHER),
        ((), (), Judgement.UNKNOWN),
    ],
)
def test_a_measurement_is_judged_by_its_devices(
    item: tuple[int, ...], own: tuple[int, ...], judgement: Judgement
) -> None:
    assert collected(item, own) is judgement


def test_measurements_are_counted_by_how_they_were_collected() -> None:
    counts = collection_counts(read_qif(shaft()))
    assert (counts[Judgement.MANUAL], counts[Judgement.AUTOMATIC], counts[Judgement.UNKNOWN]) == (5, 0, 0)


def hinted(stamps: list[str]) -> str | None:
    results = (
        Res(n, (Row(300 + n, 5, "2.0", time=f"2026-03-02T{stamp}Z"),), 400 + n) for n, stamp in enumerate(stamps)
    )
    return time_hint(read_qif(document(chars=(SHAFT,), results=tuple(results), devices=CALIPER)).measurements)


@pytest.mark.parametrize(
    ("stamps", "hint"),
    [
        (["08:00:01", "08:00:13", "08:00:25", "08:00:37", "08:00:50", "08:01:02"], "machine_rhythm"),
        (["08:00:00", "08:05:00", "08:07:00", "08:20:00", "08:31:00"], "typed_minutes"),
        (["08:00:03", "08:05:41", "08:07:12", "08:20:55", "08:31:02"], None),
        (["08:00:01", "08:00:13", "08:00:25"], None),
    ],
)
def test_time_stamps_hint_at_a_machine_or_at_typing(stamps: list[str], hint: str | None) -> None:
    assert hinted(stamps) == hint


def test_rounded_last_digits_hint_at_reading_by_eye() -> None:
    by_eye = read_qif(shaft(values=tuple(f"2.{n * 5:03d}" for n in range(24)))).measurements
    by_machine = read_qif(shaft(values=tuple(f"2.{n * 7:03d}" for n in range(24)))).measurements
    assert (digit_hint(by_eye), digit_hint(by_machine), digit_hint(by_eye[:10])) == ("rounded_digits", None, None)


def calibrated() -> QifDocument:
    calibration = tag(
        "Calibration", tag("CalibrationDate", "2025-03-01T00:00:00"), tag("ExpirationDate", "2026-03-01T00:00:00")
    )
    return read_qif(document(devices=tag("CMM", tag("Name", "X"), tag("Calibrations", calibration, n=1), id=7)))


@pytest.mark.parametrize(("at", "expired"), [("2026-02-28", 0), ("2026-03-02T08:00:00Z", 1)])
def test_a_calibration_expires(at: str, expired: int) -> None:
    assert len(expired_calibrations(calibrated(), at)) == expired


def test_the_date_of_comparison_must_be_one() -> None:
    with pytest.raises(ValueError, match="not an ISO date"):
        expired_calibrations(calibrated(), "soon")


def test_software_and_manual_methods_are_told() -> None:
    manual = tag("Plan", tag("ActionMethods", tag("ManualMeasureFeatureMethod", id=1)))
    found = read_qif(shaft(software="CheckMate", extra=manual))
    assert (found.software, found.manual_methods) == (("CheckMate",), 1)


@pytest.mark.parametrize(
    ("topic", "data"),
    [
        (Topic.CAPABILITY, shaft()),
        (Topic.COLLECTION, shaft()),
        (Topic.TRACEABILITY, shaft()),
        (
            Topic.SPC,
            document(chars=(SHAFT,), devices=CALIPER, results=parts(("2.0", "2.1"), time="2026-03-02T08:00:00Z")),
        ),
        (Topic.SPC, shaft(statistics=study_plans(tag("ProductionStudyPlan", id=1)))),
        (
            Topic.MEASUREMENT_SYSTEM,
            shaft(statistics=study_results("3.0", kind="GageRandR", figures={"GageRandR": "1"})),
        ),
        (Topic.MEASUREMENT_SYSTEM, shaft(statistics=study_results("3.0", kind="Linearity", figures={}))),
        (Topic.FIRST_ARTICLE, shaft(statistics=study_results("3.0", kind="FirstArticle", figures={}))),
        (
            Topic.REACTION_PLAN,
            shaft(
                statistics=tag(
                    "CorrectiveActionPlans",
                    tag("CorrectiveActionPlan", tag("CorrectiveActions", tag("CorrectiveAction", id=2)), id=1),
                )
            ),
        ),
    ],
)
def test_a_document_tells_what_it_can_be_evidence_for(topic: Topic, data: bytes) -> None:
    assert topic in topics(read_qif(data))


def test_calibrations_are_evidence_for_calibration() -> None:
    assert topics(calibrated()) == {Topic.CALIBRATION, Topic.COLLECTION}


def test_a_plan_alone_is_evidence_for_nothing() -> None:
    assert topics(read_qif(document(chars=(SHAFT,)))) == frozenset()
