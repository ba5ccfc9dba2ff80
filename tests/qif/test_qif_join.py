"""Several files make one document: references are answered, characteristics accumulated, copies left out."""

from __future__ import annotations

import pytest

from scoring.measurements.qif import QifDocument, QifError, merge_qif, read_qif, series
from tests.qif.build import (
    SHAFT,
    VALUES,
    VERSIONS,
    Char,
    Res,
    Row,
    document,
    parts,
    serials,
    shaft,
    study_results,
    tag,
)

PLAN = "0C1D7B52-58A1-4E0F-9B7E-3A6D0F1E2C41"
FIRST = "9E44A0D3-7F2B-4C55-8D11-62B5C9E0A7F2"
SECOND = "B35F6E18-0D9C-4A77-A2E4-71C80F9D3B60"


def merged(*files: bytes) -> QifDocument:
    return merge_qif(read_qif(data) for data in files)


def plan_file(version: str = "3.0") -> bytes:
    return document(version, qpid=PLAN, chars=(Char(5, name="Ball", nominal="2.0"),))


def results_file(qpid: str, value: str, version: str = "3.0") -> bytes:
    rows = (Row(3, "5@1", value),)
    # The other file writes the identifier in small letters, as files of different makers do.
    return document(version, qpid=qpid, part=None, externals={1: PLAN.lower()}, results=(Res(2, rows),))


def statistics_file(version: str = "3.0") -> bytes:
    stats = study_results(version, figures={"Average": "2.0"}, measured=("3@1", "3@2"))
    return document(version, qpid="E6D9B721", part=None, externals={1: FIRST, 2: SECOND}, statistics=stats)


@pytest.mark.parametrize("version", VERSIONS[1:])
def test_plan_results_and_statistics_in_four_files_are_one(version: str) -> None:
    found = merged(
        statistics_file(version),
        results_file(SECOND, "2.1", version),
        plan_file(version),
        results_file(FIRST, "1.9", version),
    )
    assert [each.label for each in found.characteristics] == ["Ball"]
    assert series(found, found.characteristics[0]).values == (2.1, 1.9)
    assert found.declared[0].subgroups == (("4/3", "2/3"),)
    assert found.declared[0].characteristic == found.characteristics[0].key
    assert found.unresolved == ()


def test_the_units_and_limits_come_from_the_plan() -> None:
    found = merged(results_file(FIRST, "1.9"), plan_file())
    assert (found.characteristics[0].lower, found.measurements[0].unit) == (1.8, "mm")


def test_a_reference_to_a_missing_file_is_reported_and_its_value_kept() -> None:
    found = merged(results_file(FIRST, "1.9"), results_file(SECOND, "2.1"))
    assert {(each.target_kind, each.target_id, each.document) for each in found.unresolved} == {
        ("item", "5", PLAN.lower())
    }
    assert found.warned("unresolved_references") is not None
    assert [each.resolved for each in found.characteristics] == [False]
    assert series(found, found.characteristics[0]).values == (1.9, 2.1)


def test_references_within_a_file_that_lead_nowhere_are_reported() -> None:
    found = read_qif(document(results=(Res(1, (Row(300, 77, "2.0", devices=(8,), component=9),)),)))
    assert {(each.target_kind, each.target_id) for each in found.unresolved} == {
        ("item", "77"),
        ("device", "8"),
        ("component", "9"),
    }


def test_version_2_0_joins_by_the_plan_that_the_results_name() -> None:
    reference = tag("PreInspectionTraceability", tag("ReferencedQIFPlanInstance", tag("ItemQPId", PLAN.upper())))
    results = document("2.0", qpid=FIRST, part=None, results=(Res(2, (Row(3, 5, "1.9"),)),), extra=reference)
    found = merged(results, plan_file("2.0"))
    assert found.unresolved == ()
    assert series(found, found.characteristics[0]).values == (1.9,)


def one_part(number: int, value: str, **more: object) -> bytes:
    char = Char(5, name="Bore", designator="7", uuid=more.pop("uuid", None))  # type: ignore[arg-type]
    given: dict[str, object] = {"part": "Housing", "started": f"2026-03-02T08:{number:02d}:00Z"}
    results = (Res(1, (Row(300, 5, value),), 401, qpid=more.pop("results_qpid", None)),)  # type: ignore[arg-type]
    return document(
        chars=(char,),
        results=results,
        serials={401: more.pop("serial", f"SN{number}")},
        **(given | more),  # type: ignore[arg-type]
    )


def test_one_file_for_each_part_accumulates_by_part_and_characteristic() -> None:
    found = merged(*(one_part(n, f"2.0{n:02d}") for n in range(30)))
    assert len(found.characteristics) == 1
    assert len(series(found, found.characteristics[0]).values) == 30


def test_the_start_in_the_file_orders_files_given_in_any_order() -> None:
    found = merged(*(one_part(n, f"2.0{n:02d}") for n in (2, 0, 1)))
    made = series(found, found.characteristics[0])
    assert (made.values, made.order) == ((2.000, 2.001, 2.002), "time")


def test_other_parts_and_other_names_are_other_characteristics() -> None:
    found = merged(one_part(1, "2.0"), one_part(2, "2.1", part="Cover"))
    assert len(found.characteristics) == 2


def test_a_shared_uuid_is_one_characteristic_whatever_its_name() -> None:
    other = document(
        chars=(Char(9, name="Bohrung", designator="9", uuid="{AB-1}"),),
        results=(Res(1, (Row(300, 9, "2.1"),)),),
        part=None,
    )
    found = merged(one_part(1, "2.0", uuid="ab-1"), other)
    assert [len(found.measurements_of(each)) for each in found.characteristics] == [2]


@pytest.mark.parametrize(("second", "rows"), [(5, [2]), (6, [1, 1])])
def test_items_without_any_name_are_joined_by_part_kind_and_id(second: int, rows: list[int]) -> None:
    found = merged(
        document(chars=(Char(5),), results=(Res(1, (Row(300, 5, "2.0"),)),)),
        document(chars=(Char(second),), results=(Res(1, (Row(300, second, "2.1"),)),)),
    )
    assert [len(found.measurements_of(each)) for each in found.characteristics] == rows


def test_other_limits_make_another_characteristic_and_are_said() -> None:
    changed = document(chars=(Char(5, name="Bore", designator="7", upper="2.5"),), part="Housing")
    found = merged(one_part(1, "2.0"), changed)
    assert len(found.characteristics) == 2
    assert found.warned("characteristic_differs") is not None


def test_files_in_millimetres_and_inches_accumulate() -> None:
    char = Char(5, name="Bore", nominal="25.4", lower="25.3", upper="25.5")
    inch = Char(5, name="Bore", nominal="1.0", lower="0.99606299212598", upper="1.0039370078740")
    found = merged(
        document(chars=(char,), results=(Res(1, (Row(300, 5, "25.41"),)),)),
        document(units="inch", chars=(inch,), results=(Res(1, (Row(300, 5, "1.0"),)),)),
    )
    assert series(found, found.characteristics[0]).values == pytest.approx((25.41, 25.4))


def test_items_of_one_file_stay_apart_even_with_one_designator() -> None:
    twins = (Char(5, designator="C"), Char(6, designator="C"))
    assert len(read_qif(document(chars=twins)).characteristics) == 2
    assert len(merged(document(chars=twins), document(chars=twins, qpid="x")).characteristics) == 2


def test_the_same_file_twice_counts_once() -> None:
    found = merged(shaft(), shaft())
    assert len(found.measurements) == 5
    assert found.warned("duplicate_file") is not None


def copies_found(*files: bytes) -> tuple[int, bool]:
    found = merged(*files)
    return len(found.measurements), found.warned("duplicate_results") is not None


def test_results_with_one_identifier_and_equal_values_are_copies() -> None:
    first = one_part(1, "2.0", results_qpid="ABC", serial="Tool Number")
    copy = one_part(5, "2.0", results_qpid="abc", serial="Tool Number")
    assert copies_found(first, copy) == (1, True)


def test_one_identifier_with_other_values_is_no_copy_and_said() -> None:
    found = merged(one_part(1, "2.0", results_qpid="ABC"), one_part(2, "2.1", results_qpid="ABC"))
    assert len(found.measurements) == 2
    assert found.warned("results_id_reused") is not None


@pytest.mark.parametrize(
    ("serial", "value", "minute", "rows"),
    [
        ("SN1", "2.0", 1, 1),  # the same part, value and time
        ("SN2", "2.0", 1, 2),  # another part
        ("SN1", "2.1", 1, 2),  # another value
        ("SN1", "2.0", 2, 2),  # measured again at another time
        ("Tool Number", "2.0", 1, 2),  # a text that identifies nothing
    ],
)
def test_results_without_identifier_are_copies_by_serial_item_value_and_time(
    serial: str, value: str, minute: int, rows: int
) -> None:
    first = one_part(1, "2.0", serial="SN1" if serial.startswith("SN") else serial, results_qpid="ABC")
    second = one_part(minute, value, serial=serial, qpid="other")
    assert copies_found(first, second) == (rows, rows == 1)


def test_a_file_without_identifiers_that_repeats_another_is_a_copy() -> None:
    plain = shaft(serials=serials(prefix="Tool Number "))
    with_identifiers = plain.replace(b'MeasurementResults id="100">', b'MeasurementResults id="100"><Attributes/>')
    assert copies_found(plain, with_identifiers) == (5, True)


def test_few_equal_values_without_serial_numbers_are_not_a_copy() -> None:
    first = document(chars=(SHAFT,), results=(Res(1, (Row(300, 5, "2.0"),)),))
    second = document(chars=(SHAFT,), results=(Res(2, (Row(301, 5, "2.0"),)),))
    assert copies_found(first, second) == (2, False)


def test_equal_values_in_one_file_are_all_kept() -> None:
    assert len(read_qif(shaft(values=("2.0",) * 5)).measurements) == 5


def test_statistics_about_a_copy_point_to_the_results_that_were_kept() -> None:
    stats = study_results("3.0", figures={"Cpk": "1.0"}, measured=tuple(range(300, 305)))
    found = merged(shaft(), shaft(statistics=stats))
    assert found.declared[0].subgroups == (tuple(f"1/{n}" for n in range(300, 305)),)


def test_statistics_that_are_in_two_files_count_once() -> None:
    stats = study_results("3.0", figures={"Cpk": "1.0"}, measured=(300, 301), qpid="S1")
    found = merged(shaft(statistics=stats), shaft(statistics=stats, qpid="other"))
    assert (len(found.declared), len(found.studies)) == (1, 1)


def test_one_document_identifier_for_different_files_is_said() -> None:
    first, second = (shaft(qpid="fd43400a", values=values) for values in (VALUES, VALUES[:3]))
    assert merged(first, second).warned("document_id_reused") is not None


def test_a_merge_can_be_merged_again() -> None:
    files = [one_part(n, f"2.0{n:02d}") for n in range(4)]
    nested = merge_qif([merged(*files[:2]), merged(*files[2:])])
    assert nested == merged(*files)


def test_a_merge_of_nothing_is_refused() -> None:
    with pytest.raises(QifError) as refusal:
        merge_qif([])
    assert refusal.value.code == "no_documents"


def test_results_of_a_pass_fail_inspection_are_read_without_measurements() -> None:
    found = read_qif(document(results=(Res(2, (), 401),), serials={401: "SN#55-0192"}))
    assert [(each.status, each.parts) for each in found.results] == [("PASS", ("1/401",))]
    assert found.parts[0].serial == "SN#55-0192"


def test_parts_of_five_results_are_told_apart() -> None:
    assert len({row.part for row in read_qif(document(results=parts(), serials=serials())).measurements}) == 5
