"""Rules that every chart keeps, in both languages, on a phone and on a wide page."""

import re
from itertools import product

import pytest

from reports.builders.charts import (
    Axis,
    Band,
    Bar,
    Step,
    Strip,
    bars,
    benchmark_strip,
    distribution,
    level_scale,
    radar,
)
from reports.builders.charts.palette import PAINTS, STEP_INKS, STEPS, dark_rules
from reports.builders.language import LANGUAGES
from tests.builders.gallery import CHARTS
from tests.builders.svg_reading import SVG, collisions, parse, spilled, words_in

WIDTHS = (320, 340, 430, 680)
EVERY_CHART = pytest.mark.parametrize(
    ("name", "language", "width"),
    [pytest.param(*case, id="-".join(map(str, case))) for case in product(CHARTS, LANGUAGES, WIDTHS)],
)
HOSTILE = "<script>alert('x')</script> & \"quoted\" ]]> \x00\x1b\ud800 =HYPERLINK(1)"


@EVERY_CHART
def test_no_word_leaves_the_picture(name, language, width):
    assert spilled(CHARTS[name](language, width, "k")) == []


@EVERY_CHART
def test_no_two_words_collide(name, language, width):
    assert collisions(CHARTS[name](language, width, "k")) == []


@EVERY_CHART
def test_title_and_description_are_tied_to_the_picture(name, language, width):
    root = parse(CHARTS[name](language, width, "here"))
    told = {child.attrib["id"]: child.text for child in root if child.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == ["here-title", "here-desc"]
    assert list(told) == ["here-title", "here-desc"]
    assert all(told.values())


@EVERY_CHART
def test_a_strict_content_security_policy_has_nothing_to_refuse(name, language, width):
    svg = CHARTS[name](language, width, "k")
    assert not re.search(r"<style|<script|<foreignObject|\sstyle=|\son[a-z]+=|href|url\(", svg)


@EVERY_CHART
def test_the_same_figures_give_the_same_drawing(name, language, width):
    assert CHARTS[name](language, width, "k") == CHARTS[name](language, width, "k")


@EVERY_CHART
def test_no_number_is_left_uncomputed(name, language, width):
    assert not re.search(r"nan|None|inf\b", CHARTS[name](language, width, "k").replace("Inspection", ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_comes_out_as_text(language):
    svgs = (
        radar([Axis(HOSTILE, 1.0)] * 3, key="k", title=HOSTILE, language=language, compared_with=HOSTILE),
        bars([Bar(HOSTILE, 1.0)], key="k", title=HOSTILE, language=language, compared_with=HOSTILE),
        level_scale([Band(HOSTILE, 0)], index=1, level=HOSTILE, key="k", title=HOSTILE, language=language),
        benchmark_strip(
            [Strip(HOSTILE, 0.5, HOSTILE, None, reason=HOSTILE)], key="k", title=HOSTILE, language=language
        ),
        distribution([Step(HOSTILE, 1.0)], firm=0, key="k", title=HOSTILE, language=language),
    )
    roots = [parse(svg) for svg in svgs]
    assert [next(root.iter(f"{SVG}title")).text.startswith("<script>alert") for root in roots] == [True] * 5
    assert [list(root.iter(f"{SVG}script")) for root in roots] == [[]] * 5


def test_a_key_cannot_break_out_of_its_attribute():
    svg = bars([Bar("a", 1.0)], key='"><script>', title="t", language="en")
    assert parse(svg).attrib["aria-labelledby"] == '"><script>-title "><script>-desc'


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "未评定"), ("en", "not assessed")])
@pytest.mark.parametrize("draw", ["radar_compared", "bars", "levels_unknown", "trend"])
def test_a_missing_figure_is_called_not_assessed(draw, language, words):
    assert words in words_in(CHARTS[draw](language, 680, "k"))


def test_a_missing_score_and_a_score_of_zero_look_different():
    missing, zero = (bars([Bar("a", score)], key="k", title="t", language="en") for score in (None, 0.0))
    assert "0.0" not in words_in(missing)
    assert "0.0" in words_in(zero)


def test_the_web_is_filled_only_when_every_corner_is_known():
    known, gap = ([Axis(str(n), score) for n, score in enumerate(row)] for row in ((1, 2, 3), (1, None, 3)))
    drawn = [radar(axes, key="k", title="t", language="en") for axes in (known, gap)]
    assert ["fill-opacity" in svg for svg in drawn] == [True, False]


def test_a_radar_of_two_axes_is_refused():
    with pytest.raises(ValueError, match="at least 3 axes, got 2: use bars"):
        radar([Axis("a", 1), Axis("b", 2)], key="k", title="t", language="en")


def test_another_scale_than_100_is_drawn_to_its_own_top():
    svg = level_scale([Band("a", 0), Band("b", 500)], index=720, level="b", key="k", title="t", language="en", top=1000)
    assert {"0", "500", "1000", "Index 720.0"} <= set(re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg))


def level_edges(starts, width):
    svg = level_scale(
        [Band("Level", start) for start in starts],
        index=None,
        level=None,
        key="k",
        title="t",
        language="en",
        width=width,
    )
    return [round(float(box.attrib["x"])) for box in parse(svg).iter(f"{SVG}rect")]


@pytest.mark.parametrize(
    ("starts", "width", "edges"),
    [
        ((0, 20, 60), 600, [1, 121, 361]),
        ((0, 80, 90), 600, [1, 481, 541]),
        ((0, 80, 90), 240, [1, 81, 161]),
        ((0, 50, 100), 600, [1, 201, 401]),
    ],
)
def test_bands_are_as_long_as_they_are_unless_a_title_has_no_room(starts, width, edges):
    assert level_edges(starts, width) == edges


def _luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


NAMED = {paint.name: paint for paint in (*PAINTS, *STEPS, *STEP_INKS)}
ON_GROUND = [(ink, "paper") for ink in ("ink", "muted", "accent", "signal")] + [
    (ink.name, step.name) for ink, step in zip(STEP_INKS, STEPS, strict=True)
]


@pytest.mark.parametrize("ground", ["light", "dark"])
@pytest.mark.parametrize(("ink", "under"), ON_GROUND)
def test_words_reach_a_contrast_of_4_5_on_their_ground(ink, under, ground):
    assert _contrast(getattr(NAMED[ink], ground), getattr(NAMED[under], ground)) >= 4.5


def test_every_paint_has_a_rule_for_dark_pages():
    assert dark_rules().count("\n") + 1 == 2 * len(NAMED)
