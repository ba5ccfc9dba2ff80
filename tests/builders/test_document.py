"""What stands in the report: chapters of finished texts, and the charts that go with them."""

from dataclasses import replace

import pytest

from reports.builders.document import document, headline
from reports.builders.figures import report_figures
from reports.builders.language import LANGUAGES
from reports.builders.model import Indicator, NextStep, Source
from tests.builders.sample import bare, held_back, sample
from tests.builders.svg_reading import size_of


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (sample("en"), "Index 50.4: your firm is at the level Assurance, 9.6 points below Prevention."),
        (
            held_back(sample("en")),
            "Index 64.8 lies in the band of Prevention, but a gate that is not yet met holds the level at Assurance.",
        ),
        (bare("en"), "Neither index nor level could be assessed yet."),
        (replace(sample("en"), index=None), "Your firm is at the level Assurance."),
        (replace(sample("en"), level=None), "Index 50.4; the level could not be assessed yet."),
        (
            replace(sample("en"), index=91.0, level=sample("en").levels[4]),
            "Index 91.0: your firm is at the level Excellence.",
        ),
    ],
)
def test_one_sentence_says_where_the_firm_stands(model, words):
    assert headline(model) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dimension_item_indicator_and_step_has_its_place(language):
    model = sample(language)
    told = document(model)
    assert [row["title"] for row in told["dimensions"]["rows"]] == [one.title for one in model.dimensions]
    assert sum(len(row["items"]) for row in told["dimensions"]["rows"]) == 36
    assert [row["id"] for row in told["benchmarks"]["rows"]] == [one.id for one in model.indicators]
    assert [row["code"] for row in told["roadmap"]["steps"]] == [one.code for one in model.next_steps]


def test_each_source_is_listed_once_and_numbered_in_the_order_of_its_first_use():
    sources = document(sample("en"))["benchmarks"]["sources"]
    assert [row["number"] for row in sources] == ["[1]", "[2]", "[3]", "[4]", "[5]"]
    assert sources[0]["text"].startswith("Blue Book on Quality Management")
    assert "Quoted through Zhang Hao" in sources[0]["text"]


def test_a_figure_names_its_population_its_source_and_how_sure_it_is():
    details = document(sample("en"))["benchmarks"]["rows"][7]["details"]
    assert details[0].startswith("Population: Firms surveyed by the association")
    assert details[1] == "Source [3]: Survey by the China Association for Quality (to be confirmed)"


def test_statistics_of_one_survey_stand_together():
    groups = document(sample("en"))["benchmarks"]["statistics"]
    assert [len(group["rows"]) for group in groups] == [2]


@pytest.mark.parametrize(
    ("item", "answer"), [("PR-06", "Don’t know"), ("OR-06", "Declined"), ("SC-03", "Not applicable")]
)
def test_a_missing_answer_says_which_kind_it_is(item, answer):
    rows = [row for part in document(sample("en"))["dimensions"]["rows"] for row in part["items"]]
    assert next(row["answer"] for row in rows if row["code"] == item) == answer


def test_the_top_level_is_told_to_keep_it_up():
    rows = [row for part in document(sample("en"))["dimensions"]["rows"] for row in part["items"]]
    assert next(row["advice"] for row in rows if row["code"] == "IM-02").startswith("Top level reached")


def test_a_step_that_leaves_an_index_of_zero_still_says_so():
    step = NextStep(code="A-01", title="a", from_level="1", to_level="2", advice="do", index_after=0.0)
    told = document(replace(sample("en"), next_steps=(step,)))
    assert told["roadmap"]["steps"][0]["facts"] == ["Index after this step alone: 0.0"]


def test_characters_that_were_replaced_are_named_by_code_point():
    assert document(sample("en"), ("😀",))["method"]["replaced"].endswith("U+1F600.")


def test_a_report_with_nothing_optional_has_no_chart_without_data():
    assert sorted(document(bare())["figures"]) == ["dimensions", "levels", "radar"]


def test_an_instrument_without_levels_has_no_level_scale():
    assert "levels" not in report_figures(replace(sample(), levels=(), level=None))


def test_each_figure_carries_the_words_of_its_own_description():
    assert all(figure.description.split("。")[0][:20] in figure.svg for figure in report_figures(sample()).values())


def test_figures_are_drawn_to_the_width_asked_for():
    figures = report_figures(sample(), prefix="phone", width=340)
    assert {size_of(figure.svg)[0] for figure in figures.values()} == {340}


def test_figures_of_one_report_share_no_id():
    ids = [figure.svg.split('aria-labelledby="')[1].split('"')[0] for figure in report_figures(sample()).values()]
    assert len(set(ids)) == len(ids)


def test_an_indicator_without_a_sentence_gives_its_reason():
    one = Indicator(
        id="X", title="x", statement="x", published_text="1%", value=0.01, source=Source(title="s"), reason="Why."
    )
    assert document(replace(sample(), indicators=(one,)))["benchmarks"]["rows"][0]["sentence"] == "Why."
