"""QIF 2.0, 2.1 and 3.0 write the same facts differently; the reader gives the same document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.measurements.qif import QifDocument, read_qif
from tests.qif.build import (
    CALIPER,
    SHAFT,
    VERSIONS,
    Char,
    Res,
    Row,
    document,
    parts,
    serials,
    shaft,
    study_plans,
    study_results,
    tag,
)


def statistics(version: str) -> str:
    plan = tag("CapabilityStudyPlan", tag("CpkThreshold", tag("Limit", "1.33")), id=700)
    results = study_results(
        version, figures={"Cp": "1.678", "Cpk": "1.345"}, subgroups=((300, 301), (302, 303, 304)), plan=700
    )
    return study_plans(plan) + results


def rich(version: str) -> bytes:
    basic = Char(6, name="Basic length", kind="Length", basic=True)
    position = Char(8, kind="Position", name="Hole position", zone="0.5", material="MAXIMUM")
    more = Res(150, (Row(350, 6, "10.0", kind="Length", status="BASIC"), Row(351, 8, "0.617", kind="Position")), 401)
    return document(
        version,
        qpid="ABCD-0001",
        devices=CALIPER,
        chars=(SHAFT, basic, position),
        results=(*parts(), more),
        serials=serials(),
        started="2026-03-02T08:00:00Z",
        statistics=statistics(version),
        software="CheckMate",
    )


def without_form(found: QifDocument) -> QifDocument:
    return replace(found, sources=())


@pytest.mark.parametrize("version", VERSIONS[:2])
def test_every_version_gives_the_same_document(version: str) -> None:
    assert without_form(read_qif(rich(version))) == without_form(read_qif(rich("3.0")))


@pytest.mark.parametrize("version", VERSIONS)
def test_the_version_is_told(version: str) -> None:
    assert read_qif(rich(version)).versions == (version,)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_characteristic_is_read_through_item_nominal_and_definition(version: str) -> None:
    found = read_qif(shaft(version)).characteristic("1/5")
    assert (found.designator, found.name, found.kind, found.criticality) == ("12", "Shaft diameter", "Diameter", "KEY")
    assert (found.nominal, found.lower, found.upper, found.unit, found.part) == (2.0, 1.8, 2.2, "mm", "Bracket")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_measurement_has_value_part_device_and_results(version: str) -> None:
    row = read_qif(shaft(version)).measurements[2]
    assert (row.key, row.characteristic, row.results, row.part) == ("1/302", "1/5", "1/102", "1/403")
    assert (row.value, row.unit, row.status, row.serial, row.devices) == (2.005, "mm", "PASS", "SN0003", ("1/7",))


@pytest.mark.parametrize("version", VERSIONS)
def test_basic_dimensions_have_one_status_in_all_versions(version: str) -> None:
    rows = {row.key: row.status for row in read_qif(rich(version)).measurements}
    assert rows["1/350"] == "BASIC"


def test_ids_of_version_2_0_are_unique_only_within_a_kind() -> None:
    everything_is_1 = document(
        "2.0",
        devices=tag("Caliper", tag("Name", "C"), id=1),
        chars=(Char(1, name="D", devices=(1,)),),
        results=(Res(1, (Row(1, 1, "2.0"),), 1),),
        serials={1: "SN1"},
    )
    row = read_qif(everything_is_1).measurements[0]
    assert (row.characteristic, row.results, row.part, row.devices) == ("1/1", "1/1", "1/1", ("1/1",))


@pytest.mark.parametrize("version", VERSIONS)
def test_subgroups_stand_with_or_without_a_wrapper(version: str) -> None:
    declared = read_qif(rich(version)).declared[0]
    assert declared.grouped
    assert declared.subgroups == (("1/300", "1/301"), ("1/302", "1/303", "1/304"))


@pytest.mark.parametrize("version", VERSIONS)
def test_declared_figures_are_text_or_a_value_element(version: str) -> None:
    declared = read_qif(rich(version)).declared[0]
    assert {name: each.value for name, each in declared.values.items()} == {"Cp": 1.678, "Cpk": 1.345}
    assert declared.thresholds == {"Cpk": 1.33}


def test_prefixed_namespaces_are_read_like_plain_ones() -> None:
    plain = shaft()
    prefixed = plain.replace(b"xmlns=", b"xmlns:q=").replace(b"</", b"</q:").replace(b"<", b"<q:")
    prefixed = prefixed.replace(b"<q:/q:", b"</q:").replace(b"<q:?xml", b"<?xml")
    assert without_form(read_qif(prefixed)) == without_form(read_qif(plain))


def test_chinese_text_in_gb18030_is_read() -> None:
    data = shaft(part="支架").decode().replace('encoding="UTF-8"', 'encoding="GB2312"').encode("gb18030")
    assert read_qif(data).characteristic("1/5").part == "支架"


def test_utf_16_is_read() -> None:
    data = shaft(part="支架").decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    assert read_qif(data).characteristic("1/5").part == "支架"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b' xmlns="http://qifstandards.org/xsd/qif3"', b"", "namespace_missing"),
        (b'versionQIF="3.0.0"', b'versionQIF="4.1.0"', "version_unknown"),
        (b'versionQIF="3.0.0"', b'versionQIF="2.1.0"', "version_mismatch"),
    ],
)
def test_an_odd_version_is_read_with_a_warning(old: bytes, new: bytes, code: str) -> None:
    found = read_qif(shaft().replace(old, new))
    assert found.warned(code) is not None
    assert len(found.measurements) == 5


def test_ids_used_twice_in_one_kind_are_said() -> None:
    doubled = document(chars=(SHAFT,), results=(Res(1, (Row(300, 5, "2.0"), Row(300, 5, "2.1"))),), devices=CALIPER)
    found = read_qif(doubled)
    assert [row.value for row in found.measurements] == [2.0]
    assert found.warned("duplicate_id") is not None
