"""Placing firms against published shares, with every trap (docs/scoring.md, section 3)."""

import math

import numpy as np
import pytest

from scoring.engine.placement import place, placements_of_one
from surveys.instruments.coding import table_from_written
from tests.engine.bundled import all_lowest, bundled, figures

BLUEBOOK = bundled("bluebook")
FIGURES = figures()
BY_ID = {indicator.id: indicator for indicator in FIGURES.indicators}


def stand(indicator: str, answers: dict[str, str], size: str | None = "small") -> dict[str, float | str | None]:
    table = table_from_written(BLUEBOOK, [all_lowest(BLUEBOOK) | answers])
    return placements_of_one(place(BLUEBOOK, FIGURES.indicators, table, [size]), 0)[indicator]


def stands(reached: float | None, low: float | None, mid: float | None, high: float | None, reason: str | None = None):  # type: ignore[no-untyped-def]
    ranks = {"rank_low": low, "rank_mid": mid, "rank_high": high}
    return {"reached": reached, **ranks, "reason": reason}


SHARES = [
    # indicator, answers that reach it, answers just short of it, published share
    ("BB18-RD-NEW", {"RD-05": "4"}, {"RD-05": "3"}, 0.196),
    ("BB18-SPC", {"PR-01": "4"}, {"PR-01": "3"}, 0.16),
    ("BB18-CPK", {"PR-02": "3"}, {"PR-02": "2"}, 0.139),
    ("BB18-AUTO80", {"DG-01": "80"}, {"DG-01": "79.9996"}, 0.084),
    ("CAQ-QDEPT", {"OR-01": "4"}, {"OR-01": "3"}, 0.219),
    ("SME-QMIS", {"DG-02": "yes", "DG-03": "0"}, {"DG-02": "no"}, 0.4541),
    ("SME-QMIS50", {"DG-02": "yes", "DG-03": "50"}, {"DG-02": "yes", "DG-03": "49.9996"}, 0.1107),
]


@pytest.mark.parametrize(("indicator", "reached", "short", "share"), SHARES)
def test_a_firm_that_meets_the_statement_ranks_in_its_share_and_another_below(indicator, reached, short, share) -> None:
    found = stand(indicator, reached)
    assert found == pytest.approx(stands(1, 1 - share, 1 - share / 2, 1), abs=1e-12)
    assert stand(indicator, short) == pytest.approx(stands(0, 0, (1 - share) / 2, 1 - share), abs=1e-12)


def test_both_ends_are_exact_numbers() -> None:
    assert stand("BB18-SPC", {"PR-01": "5"})["rank_low"] == 0.84


BOUND = [({"RD-02": "3"}, stands(1, 0.5, None, 1)), ({"RD-02": "2"}, stands(0, 0, None, 0.5))]


@pytest.mark.parametrize(("answers", "expected"), BOUND)
def test_a_bound_is_not_a_value_and_gives_no_middle_rank(answers, expected) -> None:
    assert stand("BB18-RD-TOOLS", answers) == expected


ANY_TOOL = [
    ({"RD-01": "3", "RD-02": "NA", "RD-03": "NA"}, 1, None),
    ({"RD-01": "2", "RD-02": "NA", "RD-03": "NA"}, 0, None),
    ({"RD-01": "NA", "RD-02": "NA", "RD-03": "NA"}, None, "not_applicable"),
    ({"RD-01": "DECLINE", "RD-02": "2", "RD-03": "NA"}, None, "no_answer"),
    ({"RD-01": "DECLINE", "RD-02": "3", "RD-03": "NA"}, 1, None),
    ({"RD-01": "DK", "RD-02": "DK", "RD-03": "DK"}, 0, None),
]


@pytest.mark.parametrize(("answers", "reached", "reason"), ANY_TOOL)
def test_a_statement_on_any_of_several_items_is_decided_by_those_that_apply(answers, reached, reason) -> None:
    found = stand("BB18-RD-TOOLS", answers)
    assert (found["reached"], found["reason"]) == (reached, reason)


NO_ANSWER = [("NA", None, "not_applicable"), ("DECLINE", None, "no_answer"), ("", None, "no_answer"), ("DK", 0, None)]


@pytest.mark.parametrize(("answer", "reached", "reason"), NO_ANSWER)
def test_dont_know_is_not_reached_and_the_other_kinds_leave_the_cell_empty(answer, reached, reason) -> None:
    found = stand("BB18-SPC", {"PR-01": answer})
    assert (found["reached"], found["reason"]) == (reached, reason)
    assert (found["rank_low"] is None) is (reached is None)


SIZES = [("micro", None), ("small", None), ("medium", None), ("large", "other_size"), (None, "size_unknown")]


@pytest.mark.parametrize(("size", "reason"), SIZES)
@pytest.mark.parametrize("indicator", ["SME-QMIS", "SME-QMIS50"])
def test_a_figure_about_small_firms_is_not_applied_to_a_large_one(indicator, size, reason) -> None:
    assert stand(indicator, {"DG-02": "yes", "DG-03": "50"}, size)["reason"] == reason


@pytest.mark.parametrize("size", ["micro", "large", None])
def test_a_figure_about_all_firms_does_not_ask_for_the_size(size) -> None:
    assert stand("BB18-SPC", {"PR-01": "4"}, size)["reached"] == 1


CONDITIONAL = [
    ({"DG-02": "no"}, None, "condition_unmet"),
    ({"DG-02": "no", "DG-03": "90"}, None, "condition_unmet"),
    ({"DG-02": "DK"}, None, "condition_unmet"),
    ({"DG-02": "NA"}, None, "not_applicable"),
    ({"DG-02": "DECLINE"}, None, "no_answer"),
    ({"DG-02": "yes", "DG-03": "NA"}, None, "not_applicable"),
    ({"DG-02": "yes", "DG-03": "DECLINE"}, None, "no_answer"),
    ({"DG-02": "yes", "DG-03": "DK"}, 0, None),
]


@pytest.mark.parametrize(("answers", "reached", "reason"), CONDITIONAL)
def test_a_conditional_share_places_only_firms_that_meet_the_condition(answers, reached, reason) -> None:
    found = stand("SME-QMIS50", answers)
    assert (found["reached"], found["reason"]) == (reached, reason)


def test_the_share_published_as_its_complement_is_turned_once() -> None:
    share = BY_ID["SME-QMIS"].share
    assert (share.value, share.as_printed, share.complement) == (0.4541, "54.59%", True)


PRECISION = [
    ("BB18-RD-NEW", 0.0005),
    ("BB18-SPC", 0.005),
    ("BB18-CPK", 0.0005),
    ("BB18-AUTO80", 0.0005),
    ("SME-QMIS", 0.00005),
    ("SME-QMIS50", 0.00005),
    ("CAQ-QDEPT", 0.0005),
]


@pytest.mark.parametrize(("indicator", "half_width"), PRECISION)
def test_the_printed_precision_travels_along(indicator, half_width) -> None:
    assert BY_ID[indicator].share.rounding == half_width


def test_the_three_steps_of_small_firms_follow_from_the_two_published_shares() -> None:
    steps = next(one for one in FIGURES.distributions if one.id == "SME-QMIS-STEPS")
    without, covering = 0.5459, (1 - 0.5459) * 0.1107
    shares = [share for _, share in steps.steps]
    assert shares == pytest.approx([without, 1 - without - covering, covering], abs=5e-5)
    assert steps.ridits() == pytest.approx([0.27295, 0.74782, 0.97487], abs=1e-4)


@pytest.mark.parametrize("distribution", FIGURES.distributions, ids=lambda one: one.id)
def test_the_mean_ridit_of_a_reference_group_is_one_half(distribution) -> None:
    shares = np.array([share for _, share in distribution.steps])
    assert float(shares.sum()) == pytest.approx(1, abs=0.005)
    assert float(np.dot(shares, distribution.ridits())) == pytest.approx(0.5 * shares.sum() ** 2)


def test_sources_are_not_mixed_up_and_no_sample_size_is_invented() -> None:
    sources = {id_: one.source.id for id_, one in BY_ID.items()}
    blue_book = {id_ for id_, source in sources.items() if source == "bb18"}
    assert blue_book == {"BB18-RD-NEW", "BB18-RD-TOOLS", "BB18-SPC", "BB18-CPK", "BB18-AUTO80"}
    assert sources["SME-QMIS"] == sources["SME-QMIS50"] != sources["CAQ-QDEPT"]
    assert {one.population.n for one in BY_ID.values()} == {None}


def test_an_average_firm_reaches_about_eight_tenths_of_the_five_practices() -> None:
    five = ("BB18-RD-NEW", "BB18-SPC", "BB18-CPK", "BB18-AUTO80", "CAQ-QDEPT")
    assert math.fsum(BY_ID[id_].share.value for id_ in five) == pytest.approx(0.798)


def test_an_incomplete_assessment_is_still_placed_where_its_items_are_answered() -> None:
    found = stand("BB18-SPC", {"PR-01": "4", "IM-01": ""})
    assert found["reached"] == 1
