"""What is not QIF, or would hurt, is refused with a reason and within bounded time and memory."""

from __future__ import annotations

import tracemalloc

import pytest

from scoring.measurements import qif_messages
from scoring.measurements.qif import QifError, read_qif
from scoring.measurements.qif_structure import read_source
from scoring.measurements.qif_xml import Limits
from tests.qif.build import SHAFT, document, shaft, tag

MEGABYTE = 1024 * 1024


def refusal(data: bytes, **limits: int) -> QifError:
    with pytest.raises(QifError) as caught:
        read_source(data, Limits(**limits)) if limits else read_qif(data)
    assert caught.value.message
    return caught.value


def with_doctype(inner: str, use: str = "") -> bytes:
    text = shaft().decode().replace("?>\n", f"?>\n<!DOCTYPE QIFDocument [{inner}]>\n", 1)
    return text.replace("Shaft diameter", f"Shaft {use}").encode()


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "data",
    [
        with_doctype(f'<!ENTITY l0 "lol">{BOMB}', "&l9;"),
        with_doctype(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 50_000),
        with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        with_doctype('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;'),
        with_doctype(""),
        shaft().replace(b"?>\n", b'?>\n<!DOCTYPE QIFDocument SYSTEM "http://127.0.0.1:9/q.dtd">\n', 1),
    ],
    ids=["entity bomb", "quadratic blow-up", "external entity", "parameter entity", "empty DTD", "external DTD"],
)
def test_document_types_and_entities_are_refused(data: bytes) -> None:
    assert refusal(data).code == "doctype"


def test_an_undeclared_entity_is_damage() -> None:
    assert refusal(shaft().replace(b"Shaft diameter", b"Shaft &x;")).code == "malformed"


def test_a_file_of_a_hundred_megabytes_is_refused_unread() -> None:
    data = b" " * (100 * MEGABYTE)
    tracemalloc.start()
    found = refusal(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.code == "too_large"
    assert found.params["size"] == 100 * MEGABYTE
    assert peak < MEGABYTE


def test_the_size_that_is_read_can_be_set() -> None:
    with pytest.raises(QifError) as caught:
        read_qif(shaft(), max_bytes=1000)
    assert caught.value.code == "too_large"


def peak_of(data: bytes) -> int:
    tracemalloc.start()
    read_qif(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_geometry_is_passed_over_without_being_kept() -> None:
    points = tag(
        "Features", tag("FeatureNominals", *[tag("PointFeatureNominal", tag("Location", "1 2 3"), id=1)] * 60_000)
    )
    data = shaft(extra=points)
    assert len(data) > 4 * MEGABYTE
    assert peak_of(data) < len(data) + 2 * MEGABYTE


def test_deep_nesting_is_refused() -> None:
    assert refusal(shaft(extra="<a>" * 200_000 + "</a>" * 200_000)).code == "too_deep"


def test_too_many_elements_are_refused() -> None:
    assert refusal(shaft(extra=tag("Features", "<a/>" * 5000)), elements=4000).code == "too_many_elements"


@pytest.mark.parametrize("hidden", ['<a b="{}"/>', "<a>{}</a>", "<!--{}-->"])
def test_an_endless_tag_text_or_comment_is_refused(hidden: str) -> None:
    assert refusal(shaft(extra=hidden.format("x" * 300_000)), token=200_000).code == "token_too_long"


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused(share: float) -> None:
    data = shaft()
    assert refusal(data[: int(len(data) * share)]).code in ("truncated", "malformed")


def test_the_place_of_the_damage_is_told() -> None:
    params = refusal(shaft().replace(b"</Results>", b"</Result>")).params
    assert params["line"] == 2
    assert int(params["column"]) > 100


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"a,b,c\n1,2,3\n", "malformed"),
        (b"PK\x03\x04" + bytes(200), "malformed"),
        (b"\x1f\x8b\x08" + bytes(200), "malformed"),
        (b"<html><body/></html>", "not_qif"),
        (b'<QIF xmlns="http://qifstandards.org/xsd/qif3"/>', "not_qif"),
        (b'<QIFDocument xmlns="http://example.org/qif3" versionQIF="3.0.0"/>', "namespace"),
        (b'<QIFDocument xmlns="http://qifstandards.org/xsd/qif"/>', "namespace"),
        (b'<QIFDocument xmlns="http://qifstandards.org/xsd/qif1" versionQIF="1.0.0"/>', "version"),
        (b'<QIFDocument xmlns="http://qifstandards.org/xsd/qif3"/>', "not_as_published"),
        (b'<QIFDocument xmlns="http://qifstandards.org/xsd/qif3"><QPId>1</QPId></QIFDocument>', "not_as_published"),
        (document(), "nothing_to_read"),
    ],
)
def test_what_is_not_qif_is_refused_by_name(data: bytes, code: str) -> None:
    assert refusal(data).code == code


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (shaft(part="支架").replace("支架".encode(), "支架".encode("gb18030")), {"malformed"}),
        (shaft().replace(b"UTF-8", b"KLINGON"), {"encoding"}),
        (shaft().replace(b"UTF-8", b"UTF-16"), {"encoding", "malformed"}),
        (shaft().replace(b"UTF-8", b"Big5"), {"encoding"}),
        (shaft().replace(b"UTF-8", b"GB2312").replace(b"Bracket", b"\xff\xff"), {"encoding"}),
        (shaft().decode().encode("utf-16-le"), {"malformed", "encoding"}),
    ],
)
def test_text_in_another_encoding_than_said_is_refused(data: bytes, codes: set[str]) -> None:
    assert refusal(data).code in codes


def qif_namespace(*content: str) -> bytes:
    return tag("QIFDocument", *content, xmlns="http://qifstandards.org/xsd/qif3", versionQIF="3.0.0").encode()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (qif_namespace(tag("InspectionReport", tag("Value", "2.0"))), "InspectionReport"),
        (qif_namespace(tag("Results", tag("Measurement", tag("Value", "2.0"), name="D"))), "Measurement"),
        (qif_namespace(tag("Results", tag("MeasurementResultsSet", tag("Part", tag("D", "2.0"))))), "Part"),
        (
            qif_namespace(
                tag(
                    "Results",
                    tag(
                        "MeasurementResultsSet",
                        tag("MeasurementResults", tag("MeasuredCharacteristics", tag("DiameterResult", "2.0")), id=1),
                    ),
                )
            ),
            "DiameterResult",
        ),
        (qif_namespace(tag("Characteristics", tag("Characteristic", tag("Nominal", "2.0")))), "Characteristic"),
        (
            document(chars=(SHAFT,), extra=tag("Results", tag("MeasurementSet", tag("Measured", "2.0")))),
            "MeasurementSet",
        ),
        (document(chars=(SHAFT,), extra=tag("Statistics", tag("Capability", tag("Cpk", "1.5")))), "Capability"),
    ],
)
def test_invented_elements_are_refused_by_name_and_never_give_zero_rows(data: bytes, name: str) -> None:
    found = refusal(data)
    assert found.code == "not_as_published"
    assert name in str(found.params["names"])


def test_single_unknown_elements_beside_good_rows_are_a_warning() -> None:
    found = read_qif(shaft(extra=tag("VendorExtension", tag("X", "1"))))
    assert len(found.measurements) == 5
    assert found.warned("unknown_elements").params == {"count": 1, "names": "VendorExtension"}  # type: ignore[union-attr]


TEXTS = ("encoding", "reason", "name", "names", "root", "element", "namespace", "version")
NUMBERS = ("size", "limit", "line", "column", "count", "rows", "parts")
SAMPLE = dict.fromkeys(TEXTS, "x") | dict.fromkeys(NUMBERS, 2)


@pytest.mark.parametrize("sentence", [*qif_messages.REFUSALS.values(), *qif_messages.WARNINGS.values()])
def test_every_sentence_takes_its_parameters_and_ends(sentence: str) -> None:
    assert (sentence % SAMPLE).endswith(".")
