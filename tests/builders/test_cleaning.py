"""Texts are made fit to be set: nothing invisible, nothing without a glyph, and every loss is reported."""

import pytest

from reports.builders.cleaning import clean, clean_model
from reports.builders.model import Firm

COVERED = frozenset(map(ord, "abc 甲乙〓#$*<>=é "))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("甲\u200b乙", "甲乙"),
        ("甲\u202e乙\u202c", "甲乙"),
        ("甲\u2066乙\u2069\ufeff", "甲乙"),
        ("甲\ufe0f\U000e0100", "甲"),
        ("a\x00b\x1b\x7f\ud800", "ab"),
        ("a\u00adb\u3164", "ab"),
        ("  a \t\r\n b\u3000c\u2028 ", "a b c"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(text, cleaned):
    assert clean(text, COVERED) == (cleaned, set())


def test_a_character_without_a_glyph_is_replaced_and_reported():
    assert clean("甲😀乙\ue123", COVERED) == ("甲〓乙〓", {"😀", "\ue123"})


def test_markup_is_left_as_it_is():
    assert clean("#a $b$ *c* <b> =a", COVERED) == ("#a $b$ *c* <b> =a", set())


def test_every_text_of_a_model_is_cleaned_and_nothing_else_changes():
    firm, missing = clean_model(Firm(name="甲\u200b😀", size="ab", region=""), COVERED)
    assert (firm, missing) == (Firm(name="甲〓", size="ab"), ("😀",))
