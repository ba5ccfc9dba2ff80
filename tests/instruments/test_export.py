"""YAML and JSON: the same content comes back, whatever it was written in."""

import json
from dataclasses import replace

import pytest

from surveys.instruments.check import load_instrument
from surveys.instruments.check_source import read_source, read_value
from surveys.instruments.export import content_of, one_line_yaml, to_json, to_yaml
from tests.instruments.bundled import INSTRUMENT_FILES
from tests.instruments.rich import RICH, edited

TEXTS = [RICH, *(path.read_text(encoding="utf-8") for path in INSTRUMENT_FILES)]
NAMES = ["rich", *(path.stem for path in INSTRUMENT_FILES)]


@pytest.mark.parametrize("text", TEXTS, ids=NAMES)
def test_yaml_and_json_come_back_identical(text: str) -> None:
    raw = read_source(text).raw
    assert content_of(read_source(to_yaml(raw)).raw) == content_of(raw)
    assert content_of(read_source(to_json(raw)).raw) == content_of(raw)


def test_what_comes_back_is_the_same_instrument() -> None:
    raw = read_source(to_json(read_source(RICH).raw)).raw
    again = load_instrument(to_yaml(raw))
    assert again == replace(load_instrument(RICH), content_hash=again.content_hash)


@pytest.mark.parametrize("text", TEXTS, ids=NAMES)
def test_every_item_in_json_has_code_kind_and_options_with_values(text: str) -> None:
    items = [
        item for dimension in json.loads(to_json(read_source(text).raw))["dimensions"] for item in dimension["items"]
    ]
    assert all({"code", "kind"} <= set(item) for item in items)
    assert all("value" in option for item in items for option in item.get("options", []))


SAME = [
    ("weight: 2", "weight: 2.0"),
    ("minutes: 3", "minutes: 3 # at most"),
    ("required: false", "weight: 1\n        required: false"),
    ("en: Our own.", "en: '  Our own.  '"),
    ("{level: 1, value: 50, met", "{value: 50, level: 1, met"),
]
OTHER = [("weight: 2", "weight: 3"), ("en: Our own.", "en: Our  own."), ("status: published", "status: draft")]


@pytest.mark.parametrize(("passage", "instead"), SAME)
def test_layout_comments_and_defaults_are_not_content(passage: str, instead: str) -> None:
    assert content_of(read_source(edited(passage, instead)).raw) == content_of(read_source(RICH).raw)


@pytest.mark.parametrize(("passage", "instead"), OTHER)
def test_any_other_change_is_content(passage: str, instead: str) -> None:
    assert content_of(read_source(edited(passage, instead)).raw) != content_of(read_source(RICH).raw)


@pytest.mark.parametrize(
    "value",
    ["yes", "1", "3.0", "null", "a: b", "- x", "{x}", "#", "", " x ", "质量，“好”", 3, 2.5, True,
     {"rule": "map", "table": {"1": 0, "none": 5}}, {"all": [{"not": {"item": "A", "is": "no"}}]}, [[0, 0], [1, 2.5]]],
)  # fmt: skip
def test_a_value_on_one_line_comes_back(value: object) -> None:
    written = one_line_yaml(value)
    assert "\n" not in written
    assert content_free(read_value(written)) == content_free(value)


def content_free(value: object) -> object:
    """Keys as strings: level numbers are written as numbers."""
    return json.loads(json.dumps(value))
