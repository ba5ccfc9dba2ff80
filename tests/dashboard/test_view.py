"""What a dashboard says of a release, and what it never says."""

import re
from dataclasses import replace

import pytest

from reports.builders.language import LANGUAGES
from reports.builders.release.material import Past
from reports.builders.release.shares import interval_text, told_weighted
from reports.builders.release.view import PUBLIC, dashboard, public_page
from reports.builders.wording import say
from scoring.engine.release.shares import Interval
from tests.dashboard.build import material, released, with_share
from tests.release.build import INDICATORS, published

PUBLISHED_16 = INDICATORS[0]
DESCRIPTION = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)
SIXTY = {"large": (30, 60), "medium": (16, 80), "small": (6, 60)}


def practice_row(release, **changes):
    block = dashboard(material(release, indicators=(PUBLISHED_16,), **changes)).block("practices")
    return block.table.texts("en")[0]


@pytest.mark.parametrize(
    ("reached", "of", "told"),
    [(0, 40, "at most 5%"), (2, 40, "at most 5%"), (11, 40, "28%"), (38, 40, "at least 95%"), (40, 40, "at least 95%")],
)
def test_a_share_is_told_in_whole_percent_and_never_as_none_or_all(reached, of, told):
    assert practice_row(with_share(reached, of))[3] == told


@pytest.mark.parametrize(("reached", "told"), [(0, "up to 9%"), (20, "35% to 65%"), (40, "91% or more")])
def test_an_interval_near_none_or_all_is_left_open(reached, told):
    assert practice_row(with_share(reached, 40))[4] == told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("reached", "share", "words"),
    [
        (60, published(0.16), ("practises it more often", "比公布值多")),
        (4, published(0.30), ("practises it less often", "比公布值少")),
        (20, published(0.16), ("may not be said that this group differs", "不能说本组与公布值")),
        (60, published(0.40, rounding=0.10), ("printed too coarsely", "取整太粗")),
        (60, published(0.20, "<"), ("lies outside", "范围之外")),
        (8, published(0.50, "<"), ("agrees with the published", "相符")),
        (60, published(0.50, "<"), ("on which side", "哪一边")),
    ],
)
def test_the_sentence_says_no_more_than_the_figures_allow(language, reached, share, words):
    made = material(with_share(reached, 120), language, indicators=(replace(PUBLISHED_16, share=share),))
    assert words[LANGUAGES[::-1].index(language)] in dashboard(made).block("practices").remarks[0].lines[0]


def test_a_small_survey_is_named_with_its_size():
    small = replace(PUBLISHED_16, population=replace(PUBLISHED_16.population, n=12))
    block = dashboard(material(with_share(40, 120), indicators=(small,))).block("practices")
    assert "asked only 12 firms" in block.remarks[0].lines[0]


def test_weighted_to_the_population_as_in_the_worked_example():
    told, fitted = told_weighted(material(with_share(52, 200, SIXTY)), PUBLISHED_16)
    assert (round(told.shown.value, 4), round(told.comparison.n, 3)) == (0.12, 79.915)
    assert (round(told.interval.low, 4), round(told.interval.high, 4)) == (0.0657, 0.2092)
    assert fitted.uncovered == 0


def test_a_weighted_share_near_all_is_told_as_at_least():
    told, _ = told_weighted(material(with_share(200, 200, {"large": (60, 60), "small": (60, 60)})), PUBLISHED_16)
    assert told.text("en") == "at least 95%"


def test_noise_widens_the_weighted_interval():
    quiet = with_share(52, 200, SIXTY)
    noisy = replace(quiet, noise_variance=2.16)
    sizes = [told_weighted(material(one), PUBLISHED_16)[0].comparison.n for one in (quiet, noisy)]
    assert sizes[1] < sizes[0]


def test_unweighted_it_may_be_said_and_weighted_it_may_not():
    lines = (
        dashboard(material(with_share(52, 200, SIXTY), indicators=(PUBLISHED_16,))).block("practices").remarks[0].lines
    )
    assert [("more often" in line) for line in lines] == [True, False]


def test_an_example_population_is_called_one():
    made = material()
    example = replace(made, population=replace(made.population, status="to_confirm"))
    assert any("not official statistics" in note for note in dashboard(example).block("practices").notes)
    assert any("not official statistics" in note for note in dashboard(example).block("composition").notes)


def test_a_hidden_group_looks_exactly_like_one_without_firms():
    hidden, empty = "industry=C13;size=micro", "industry=C99;size=micro"
    release = replace(released(), groups={name: one for name, one in released().groups.items() if name != hidden})
    views = [dashboard(material(release, group=group)) for group in (hidden, empty)]
    assert [view.sections for view in views] == [(), ()]
    assert views[0].facts == views[1].facts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_a_full_release_finds_its_words(language):
    view = dashboard(material(language=language))
    names = {block.name for block in view.blocks}
    assert {"levels", "index", "dimensions", "practices", "by-size", "heat-size", "composition", "items"} <= names


def test_the_public_page_shows_a_selection():
    assert {block.name for block in public_page(material()).blocks} <= set(PUBLIC)


def test_every_drawing_holds_a_text_for_those_who_do_not_see_it():
    drawn = [block.draw("key", 680) for block in dashboard(material()).blocks if block.draw]
    assert all(re.search(r'<desc id="key-desc">[^<]{10,}', svg) for svg in drawn)


def test_an_interval_from_none_to_all_names_neither_end():
    assert interval_text(Interval(0.0, 1.0), "en") == "almost anything"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reached", [0, 40])
def test_no_drawing_speaks_of_none_or_all(language, reached):
    made = material(with_share(reached, 40, {"small": (reached, 40)}), language, indicators=(PUBLISHED_16,))
    told = [DESCRIPTION.search(block.draw("key", 680))[1] for block in dashboard(made).blocks if block.draw]
    assert len(told) >= 2
    assert [one for one in told if re.search(r"(?<![\d.])(0|100)%", one)] == []


def test_the_trend_breaks_where_the_questions_changed():
    pasts = [Past(str(year), f"{year}-11-24", "1", released(), comparable=year != 2025) for year in (2024, 2025, 2026)]
    block = dashboard(material(series=tuple(pasts))).block("trend")
    assert [row[-1] for row in block.table.rows] == ["yes", "no", "yes"]
    assert say("en", "trend_break_short") in block.draw("k", 680)


def test_one_release_has_no_trend():
    assert dashboard(material()).block("trend") is None


def test_figures_of_an_earlier_release_say_so():
    frozen = replace(released().groups["all"], as_of="2025-11")
    release = replace(released(), groups={**released().groups, "all": frozen})
    assert "figures of release 2025-11 stand" in dashboard(material(release)).frozen


def test_the_mean_of_few_firms_is_told_in_whole_points():
    block = dashboard(material()).block("by-industry")
    small = [row for row in block.table.rows if row[1] < 100]
    assert small
    assert all(isinstance(row[2], int) for row in small)
