"""Whatever happens to the bytes of a good file, the answer is a document or a refusal, never another error."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring, tostring

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.measurements.qif import (
    QifDocument,
    QifError,
    collection_counts,
    declared_against_data,
    merge_qif,
    read_qif,
    series,
    topics,
)
from tests.qif.build import VERSIONS
from tests.qif.test_qif_versions import rich

GOOD = tuple(rich(version) for version in VERSIONS)
PIECES = (
    b"", b"<", b">", b"&", b'"', b"</", b"<a>", b"\x00", b"\xff", b"&#0;", b"&#x10FFFF;", b"-", b"1e99", b"NaN",
    b"9" * 40, b"Id", b"Value", b' xId="1"', b"<!--", b"]]>", b"2026-99-99", b"\xe6\x94\xaf",
)  # fmt: skip

edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 60), st.one_of(st.sampled_from(PIECES), st.binary(max_size=8))),
    min_size=1,
    max_size=6,
)


def edited(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, piece in changes:
        start = int(where * len(data))
        data = data[:start] + piece + data[start + length :]
    return data


def outcome(data: bytes) -> QifDocument | QifError:
    try:
        return read_qif(data)
    except QifError as refusal:
        return refusal


def used(found: QifDocument) -> int:
    """Everything a caller would ask of a document."""
    made = [series(found, each) for each in found.characteristics]
    sentences = [warning.message for warning in found.warnings]
    return (
        len(made)
        + len(sentences)
        + len(declared_against_data(found))
        + len(topics(found))
        + len(collection_counts(found))
    )


def check(data: bytes) -> None:
    found = outcome(data)
    assert isinstance(found, QifDocument | QifError)
    assert used(found) if isinstance(found, QifDocument) else found.message


@given(st.sampled_from(GOOD), edits)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_edits_give_a_document_or_a_refusal(data: bytes, changes: list[tuple[float, int, bytes]]) -> None:
    check(edited(data, changes))


@given(st.sampled_from(GOOD), st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_swapped_texts_give_a_document_or_a_refusal(data: bytes, source: st.DataObject) -> None:
    chunks = data.split(b">")
    first, second = (source.draw(st.integers(0, len(chunks) - 1)) for _ in range(2))
    chunks[first], chunks[second] = chunks[second], chunks[first]
    check(b">".join(chunks))


CHANGES = {
    "text": lambda parent, element, word: setattr(element, "text", word),
    "rename": lambda parent, element, word: setattr(element, "tag", word if word.isidentifier() else "Value"),
    "id": lambda parent, element, word: element.set("id", word),
    "link": lambda parent, element, word: element.set("xId", word),
    "unit": lambda parent, element, word: element.set("linearUnit", word),
    "remove": lambda parent, element, word: parent.remove(element),
    "double": lambda parent, element, word: parent.append(element),
    "nest": lambda parent, element, word: element.append(fromstring("<Id>5</Id>")),
}
WORDS = (
    "", " ", "0", "-1", "1e99", "-9e99", "1e-320", "9" * 30, "x", "true", "false", "inch", "mm", "5", "300", "700",
    "MAXIMUM", "SYSERROR", "2026-03-02T08:00:00Z", "Value", "Id", "MeasurementResults", "Tool Number", "%s", "支架",
)  # fmt: skip
changes = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(sorted(CHANGES)), st.sampled_from(WORDS)), min_size=1, max_size=8
)


def changed(data: bytes, wanted: list[tuple[float, str, str]]) -> bytes:
    """The same tree with elements renamed, doubled, removed or filled anew: always well-formed, seldom valid."""
    root = fromstring(data)
    for where, what, word in wanted:
        pairs = [(parent, element) for parent in root.iter() for element in parent]
        parent, element = pairs[int(where * (len(pairs) - 1))]
        CHANGES[what](parent, element, word)
    return tostring(root)


@given(st.sampled_from(GOOD), changes)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_well_formed_nonsense_gives_a_document_or_a_refusal(data: bytes, wanted: list[tuple[float, str, str]]) -> None:
    check(changed(data, wanted))


@given(st.lists(st.tuples(st.sampled_from(GOOD), st.floats(0, 1), st.sampled_from(PIECES[9:])), min_size=2, max_size=3))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_edited_files_can_be_joined(files: list[tuple[bytes, float, bytes]]) -> None:
    outcomes = (outcome(edited(data, [(where, 2, piece)])) for data, where, piece in files)
    readable = [each for each in outcomes if isinstance(each, QifDocument)]
    assert used(merge_qif([read_qif(GOOD[0]), *readable]))
