"""What a look is: its colour can be read on, its hash names its content, each language shows its own texts."""

from dataclasses import fields, replace

import pytest

from reports.builders.brand import Look, brand_told, colours, look_hash, picture_svg
from reports.builders.contrast import contrast, hex_read
from reports.builders.document import document
from reports.builders.fingerprint import figures_hash
from reports.builders.serial import from_json, to_json
from tests.brand.pictures import drawn, saved
from tests.builders.sample import sample

LOGO = saved(drawn("RGB"))
LOOK = Look(name="精益顾问", title_zh="诊断", title_en="Diagnosis", text_zh="一\n\n 二 ", accent="#7a1f4a", logo=LOGO)


@pytest.mark.parametrize(
    ("colour", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the lightest grey that fails, and the next, are well known
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_the_contrast_is_that_of_the_guidelines(colour: str, other: str, ratio: float) -> None:
    assert (round(contrast(colour, other), 2), round(contrast(other, colour), 2)) == (ratio, ratio)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("#0B5C7A", "#0b5c7a"),
        (" 0b5c7a ", "#0b5c7a"),
        ("#abc", "#aabbcc"),
        ("rgb(1,2,3)", None),
        ("#0b5c7", None),
        ('#0b5c7a") panic(', None),
        ("#０b5c7a", None),
        ("", None),
    ],
)
def test_a_colour_is_six_or_three_digits_and_nothing_else(written: str, read: str | None) -> None:
    assert hex_read(written) == read


CHANGED = {"accent": "#000001", "logo": b"other"}


@pytest.mark.parametrize("name", [one.name for one in fields(Look)])
def test_every_part_of_a_look_counts_for_its_hash(name: str) -> None:
    changed = replace(LOOK, **{name: CHANGED.get(name, "other")})
    assert (look_hash(changed) != look_hash(LOOK), look_hash(replace(LOOK)) == look_hash(LOOK)) == (True, True)


def test_each_language_shows_its_own_title_and_texts() -> None:
    chinese, english = brand_told(LOOK, "zh-hans"), brand_told(LOOK, "en")
    assert (chinese.title, chinese.paragraphs) == ("诊断", ("一", "二"))
    assert (english.title, english.paragraphs) == ("Diagnosis", ())


def test_a_report_without_a_look_has_the_sites_own_colours_and_no_brand() -> None:
    told = document(sample("en"))
    assert (told["brand"], told["colours"]["accent"]) == (None, "#0b5c7a")


def test_a_look_changes_the_accent_and_no_other_colour() -> None:
    plain = sample("en")
    changed = colours(replace(plain, brand=brand_told(LOOK, "en")))
    assert {name: colour for name, colour in changed.items() if colours(plain)[name] != colour} == {"accent": "#7a1f4a"}


def test_a_look_changes_no_figure() -> None:
    plain = sample("en")
    assert figures_hash(replace(plain, brand=brand_told(LOOK, "en"))) == figures_hash(plain)


def test_a_model_with_a_look_is_stored_and_read_back_with_its_logo() -> None:
    model = replace(sample("en"), brand=brand_told(LOOK, "en"))
    assert from_json(to_json(model)) == model


def test_a_picture_is_handed_to_the_typesetter_without_any_text_of_people() -> None:
    drawing = picture_svg(LOGO)
    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120"')
    assert set(drawing) <= set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=<>" :;,.-')
