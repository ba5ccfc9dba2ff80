"""Files that nobody vouches for: read in bounded time, refused at a line, never with a traceback."""

import pytest

from surveys.instruments import check_messages as say
from surveys.instruments.check import check_instrument
from surveys.instruments.check_source import DEEPEST, LARGEST_TEXT, MOST_PARTS, read_source, read_value
from surveys.instruments.faults import FileRefused
from tests.instruments.rich import RICH, edited, line_of

HOSTILE = {
    "a bomb of aliases": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", say.NO_ALIAS, 1),
    "a mapping for a name": ("a: 1\nb: {{c: d}: 1}\n", say.NAME_IS_NO_WORD, 2),
    "a list for a name": ("a: 1\n? [b, c]\n: 2\n", say.NAME_IS_NO_WORD, 2),
    "an alias": ("a: 1\nb: *a\n", say.NO_ALIAS, 2),
    "a merge key": ("a: 1\nb: {<<: {c: 1}}\n", say.NO_TAG, 2),
    "a Python object": ("a: !!python/object/apply:os.system [ls]\n", say.NO_TAG, 1),
    "a date": ("a: 1\nb: 2026-11-24\n", say.BARE_DATE, 2),
    "a key twice": ("a: 1\nb: 2\na: 3\n", say.DUPLICATE_KEY, 3),
    "lists in lists": ("[" * 100_000, say.TOO_DEEP, 1),
    "dashes in dashes": ("- " * 100_000, say.TOO_DEEP, 1),
    "mappings in mappings": ("{a: " * 100_000, say.TOO_DEEP, 1),
    "endless entries": ("a: [" + "1," * (MOST_PARTS + 1) + "1]", say.TOO_MANY_PARTS, 1),
    "a long text": ("a: " + "b" * LARGEST_TEXT, say.TOO_LARGE, 1),
    "a long number": ("a: 1\nb: " + "9" * 5000, say.BAD_VALUE, 2),
    "half a number": ("a: ._\n", say.BAD_VALUE, 1),
    "a control character": ("a: 1\nb: \x01\n", say.BAD_CHARACTER, 2),
    "a tab as indent": ("a:\n\t- b\n", say.BAD_YAML, 2),
    "an open quote": ("a: 'b\n", say.BAD_YAML, 2),
    "two documents": ("a: 1\n---\nb: 2\n", say.BAD_YAML, 2),
    "nothing": ("", say.NOT_A_MAPPING, 1),
    "a list": ("\n- a\n", say.NOT_A_MAPPING, 2),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_at_a_line(case: str) -> None:
    text, message, line = HOSTILE[case]
    with pytest.raises(FileRefused) as refused:
        read_source(text)
    assert [(fault.message, fault.line) for fault in refused.value.faults] == [(message, line)]


def test_bytes_that_are_no_utf8_are_refused_at_their_line() -> None:
    with pytest.raises(FileRefused) as refused:
        read_source("a: 1\nb: 质量\n".encode("gb18030"))
    assert [(fault.message, fault.line) for fault in refused.value.faults] == [(say.NOT_UTF8, 2)]


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_source("\ufeffa: 1\n".encode()).raw == {"a": 1}


def test_depth_within_the_limit_is_read() -> None:
    assert read_value("[" * DEEPEST + "]" * DEEPEST)


def test_json_is_read_like_yaml() -> None:
    assert read_source('{"a": {"1": 0}, "b": [true, null, 1.5]}').raw == {"a": {"1": 0}, "b": [True, None, 1.5]}


def test_a_place_that_is_missing_has_the_line_of_what_is_around_it() -> None:
    source = read_source("a:\n  - b: 1\n    c: 2\n")
    assert source.line(("a", 0, "c")) == 3
    assert source.line(("a", 0, "missing", "deeper")) == 2
    assert source.line(("missing",)) == 1


def test_faults_come_in_the_order_of_their_lines() -> None:
    text = edited("minutes: 3", "minutes: x", edited("pass_at: 0.8", "pass_at: 0", edited("kind: number", "kind: n")))
    assert [fault.line for fault in check_instrument(text)] == [8, 67, line_of(text, "pass_at")]


def test_a_fault_prints_line_place_and_sentence() -> None:
    (fault,) = check_instrument(edited("minutes: 3", "minuets: 3"))
    assert str(fault) == "line 8: minuets: “minuets” is not a field here. Did you mean “minutes”?"


def test_the_sample_has_no_fault() -> None:
    assert check_instrument(RICH) == []
