"""The report's own words: both languages, the same places, and numbers as a reader expects them."""

import re

import pytest

from reports.builders.formatting import date_text, score_text, share_text, weight_text
from reports.builders.published import published_text
from reports.builders.standing import standing_sentence
from reports.builders.wording import WORDING, say

HAN = re.compile(r"[\u4e00-\u9fff]")


def places(phrase):
    return sorted(re.findall(r"\{(\w+)\}", phrase))


@pytest.mark.parametrize("key", WORDING)
def test_a_phrase_has_the_same_places_in_both_languages(key):
    chinese, english = WORDING[key]
    assert places(chinese) == places(english)


@pytest.mark.parametrize("key", WORDING)
def test_no_english_phrase_holds_chinese(key):
    assert not HAN.search(WORDING[key][1])


@pytest.mark.parametrize("key", WORDING)
def test_chinese_is_written_with_full_width_punctuation(key):
    assert not re.search(r"[\u4e00-\u9fff][,.;:!?()]", WORDING[key][0])


def test_a_place_left_empty_is_an_error():
    with pytest.raises(KeyError, match="level"):
        say("en", "headline_only_level")


@pytest.mark.parametrize(
    ("score", "text"), [(57.25, "57.2"), (57.35, "57.4"), (0.0, "0.0"), (100.0, "100.0"), (None, "not assessed")]
)
def test_a_score_is_shown_to_one_decimal_half_even(score, text):
    assert score_text(score, "en") == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.16, "16%"), (0.139, "13.9%"), (0.4541, "45.41%"), (1 - 0.196, "80.4%"), (0.0, "0%")]
)
def test_a_share_is_as_short_as_it_goes(share, text):
    assert share_text(share) == text


def test_a_measured_share_keeps_its_decimals():
    assert share_text(0.3, 1) == "30.0%"


@pytest.mark.parametrize(("weight", "text"), [(1.0, "1"), (1.5, "1.5"), (0.333, "0.33")])
def test_a_weight_has_no_idle_zeros(weight, text):
    assert weight_text(weight) == text


@pytest.mark.parametrize(
    ("date", "language", "text"),
    [
        ("2026-11-24", "zh-hans", "2026年11月24日"),
        ("2026-01-05", "en", "5 January 2026"),
        ("2026-11-24T08:00:00+08:00", "en", "24 November 2026"),
        ("soon", "en", "soon"),
    ],
)
def test_a_date_is_written_out(date, language, text):
    assert date_text(date, language) == text


@pytest.mark.parametrize(
    ("op", "chinese", "english"),
    [
        ("=", "50%", "50%"),
        ("<", "不足 50%", "fewer than 50%"),
        ("<=", "不超过 50%", "at most 50%"),
        (">", "超过 50%", "more than 50%"),
        (">=", "不低于 50%", "at least 50%"),
    ],
)
def test_a_bound_is_never_printed_as_a_value(op, chinese, english):
    assert (published_text(0.5, op, "zh-hans"), published_text(0.5, op, "en")) == (chinese, english)


def test_printed_digits_are_kept():
    assert published_text(0.16, "=", "en", printed="16.0%") == "16.0%"


@pytest.mark.parametrize(
    ("reached", "value", "op", "words"),
    [
        (True, 0.16, "=", "the leading 16%"),
        (False, 0.16, "=", "the other 84%"),
        (True, 0.5, "<", "within the leading 50%"),
        (False, 0.4, "<", "more than 60% of firms"),
        (True, 0.4, ">=", "more than 40% of firms"),
        (False, 0.4, ">", "within the other 60%"),
    ],
)
def test_a_place_is_told_as_an_interval(reached, value, op, words):
    assert words in standing_sentence(reached, value, op, "en")


def test_a_firm_that_cannot_be_placed_is_told_why():
    assert standing_sentence(None, 0.1, "=", "en", reason="Not asked.") == "Not placed. Not asked."
