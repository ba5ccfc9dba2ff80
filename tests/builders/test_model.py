"""The report model: what it can say of itself, and how it is stored and read back."""

import json
from dataclasses import replace

import pytest

from reports.builders.language import LANGUAGES
from reports.builders.serial import from_dict, from_json, to_dict, to_json
from tests.builders.sample import bare, held_back, sample


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [sample, bare])
def test_a_stored_report_is_read_back_unchanged(make, language):
    model = make(language)
    assert from_json(to_json(model)) == model


def test_the_stored_form_is_plain_json():
    assert json.loads(to_json(sample())) == to_dict(sample())


def test_a_level_is_stored_with_the_key_from():
    assert [level["from"] for level in to_dict(sample())["levels"]] == [0, 20, 40, 60, 80]


def test_an_unknown_key_is_passed_over_and_a_missing_one_takes_its_default():
    data = to_dict(sample()) | {"novelty": 1}
    del data["warnings"]
    assert from_dict(data) == replace(sample(), warnings=())


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="report format 2 is not known: this version reads format 1"):
        from_dict(to_dict(sample()) | {"format": 2})


@pytest.mark.parametrize(
    ("index", "code"),
    [(0.0, "experience"), (19.999, "experience"), (20.0, "inspection"), (59.96, "assurance"), (100.0, "excellence")],
)
def test_bands_are_left_closed_and_nothing_is_rounded_first(index, code):
    assert replace(sample(), index=index).level_by_index.code == code


def test_no_index_has_no_band():
    assert bare().level_by_index is None


@pytest.mark.parametrize(("model", "held"), [(sample(), False), (held_back(sample()), True), (bare(), False)])
def test_a_firm_is_held_back_when_its_level_is_not_that_of_its_index(model, held):
    assert model.held_back is held


def test_only_indicators_that_apply_are_counted():
    assert (sample().reached_count, sample().placed_count) == (5, 7)


def test_items_are_counted_by_state():
    process = sample().dimensions[1]
    assert [process.count(state) for state in ("answered", "dont_know", "declined")] == [6, 1, 0]
