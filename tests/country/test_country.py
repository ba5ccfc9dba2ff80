"""A made-up country answers as the surveys say, the same for the same seed, and is scored as its firms would be."""

import numpy as np
import pytest

from scoring.engine.country import Country, country
from scoring.engine.many_firms import figures_of_many
from scoring.engine.one_firm import figures_of_one
from scoring.engine.placement import place
from scoring.library import benchmark_for
from surveys.instruments.coding import code_answer, written_answer
from surveys.library import instrument_get, instrument_list

FIRMS = 20_000
BLUEBOOK = instrument_get("bluebook")
INDICATORS = benchmark_for("bluebook").indicators


def drawn(firms: int = FIRMS, seed: int = 7, instrument: object = BLUEBOOK, indicators: object = INDICATORS) -> Country:
    return country(instrument, indicators, firms, seed, industries=["C13", "C34", "C39"], regions=["33", "44"])


@pytest.fixture(scope="module")
def people() -> Country:
    return drawn()


def test_the_same_seed_gives_the_same_firms():
    one, other = drawn(500), drawn(500)
    assert all(np.array_equal(one.answers[code].code, other.answers[code].code) for code in one.answers.columns)
    assert np.array_equal(one.region, other.region)


def test_another_seed_gives_other_firms():
    assert not np.array_equal(drawn(500).answers["RD-01"].code, drawn(500, seed=8).answers["RD-01"].code)


@pytest.mark.parametrize("id_", ["BB18-RD-NEW", "BB18-SPC", "BB18-CPK", "BB18-AUTO80", "CAQ-QDEPT"])
def test_about_as_many_firms_reach_an_indicator_as_the_survey_says(people: Country, id_: str):
    published = next(one for one in INDICATORS if one.id == id_).share.value
    reached = place(BLUEBOOK, INDICATORS, people.answers, list(people.size))[id_].reached
    assert np.nanmean(reached) == pytest.approx(published, abs=0.02)


def test_fewer_than_half_use_a_tool_of_design_quality(people: Country):
    reached = place(BLUEBOOK, INDICATORS, people.answers, list(people.size))["BB18-RD-TOOLS"].reached
    assert 0.25 < np.nanmean(reached) < 0.5


def correlation(people: Country, one: str, other: str) -> float:
    both = people.answers[one].answered & people.answers[other].answered
    return float(np.corrcoef(people.answers[one].code[both], people.answers[other].code[both])[0, 1])


def test_items_of_a_dimension_go_together_more_than_items_of_two(people: Country):
    assert correlation(people, "IM-01", "IM-02") > correlation(people, "IM-01", "SC-01") + 0.1
    assert correlation(people, "IM-01", "SC-01") > 0.2


def test_large_firms_stand_higher(people: Country):
    levels = people.answers["OR-02"].code
    kept = people.answers["OR-02"].answered
    assert levels[kept & (people.size == "large")].mean() > levels[kept & (people.size == "micro")].mean() + 0.5


@pytest.mark.parametrize("instrument", instrument_list(), ids=lambda one: one.code)
def test_every_answer_is_one_that_the_instrument_takes(instrument):
    answers = drawn(50, instrument=instrument, indicators=()).answers
    for item in instrument.items:
        column = answers[item.code]
        numbers = np.zeros(50) if column.number is None else column.number
        for code, number in zip(column.code.tolist(), numbers.tolist(), strict=True):
            assert code_answer(item, written_answer(item, code, number)).code == code


@pytest.mark.parametrize("instrument", instrument_list(), ids=lambda one: one.code)
def test_many_firms_have_the_figures_that_each_would_have_alone(instrument):
    benchmark = benchmark_for(instrument.code)
    indicators = benchmark.indicators if benchmark else ()
    people = drawn(20, seed=3, instrument=instrument, indicators=indicators)
    sizes = list(people.size)
    alone = [figures_of_one(instrument, indicators, people.answers.rows(at, at + 1), sizes[at]) for at in range(20)]
    assert list(figures_of_many(instrument, indicators, people.answers, sizes)) == alone


def test_one_answer_for_everything_is_told_of_many_as_of_one():
    straight = drawn(2)
    for item in BLUEBOOK.items:
        if item.kind == "level":
            straight.answers[item.code].code[:] = 2
    told = list(figures_of_many(BLUEBOOK, INDICATORS, straight.answers, list(straight.size)))
    assert [one["straight_lined"] for one in told] == [True, True]
