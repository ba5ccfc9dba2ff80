"""Answers as written in a cell, and back."""

import math

import pytest

from surveys.instruments.answers import State, code_of
from surveys.instruments.coding import NOT_YET, AnswerFault, Coded, code_answer, code_state, written_answer
from tests.engine.build import WORDS, dimension, instrument, item

BAND = {"title": WORDS, "meaning": WORDS}
BANDED = {"rule": "percent_band", "step": 5, "bands": [{"from": 0, "to": 5, **BAND}, {"from": 10, "to": 25, **BAND}]}
FOUND = instrument(
    dimension(
        "A",
        item("A-01"),
        item("A-02", "choice", ("none", "full", 7)),
        item("A-03", "multi", ("x", "y", "none")),
        item("A-04", "share"),
        item("A-05", "number", range={"min": -1, "max": 3}),
        item("A-06", "yesno", na=None),
        item("A-07", "share", score=BANDED),
        item("A-08", "number"),
    )
)
LEVEL, CHOICE, MULTI, SHARE, NUMBER, YESNO, BANDS, OPEN = FOUND.items

TAKEN = [
    (LEVEL, "1", Coded(0)),
    (LEVEL, " 5 ", Coded(4)),
    (LEVEL, "3.0", Coded(2)),
    (CHOICE, "full", Coded(1)),
    (CHOICE, "7", Coded(2)),
    (MULTI, "x", Coded(0, 1.0)),
    (MULTI, "x;y", Coded(0, 3.0)),
    (MULTI, " y ; x ", Coded(0, 3.0)),
    (MULTI, "none", Coded(0, 4.0)),
    (SHARE, "0", Coded(0, 0.0)),
    (SHARE, "62.5", Coded(0, 62.5)),
    (SHARE, "80%", Coded(0, 80.0)),
    (SHARE, "80 %", Coded(0, 80.0)),
    (SHARE, "1e2", Coded(0, 100.0)),
    (NUMBER, "-1", Coded(0, -1.0)),
    (NUMBER, "+1.33", Coded(0, 1.33)),
    (NUMBER, ".5", Coded(0, 0.5)),
    (OPEN, "-123456.75", Coded(0, -123456.75)),
    (YESNO, "yes", Coded(0)),
    (YESNO, "no", Coded(1)),
    (BANDS, "5", Coded(0, 5.0)),
    (BANDS, "10%", Coded(0, 10.0)),
]


def same(found: Coded, expected: Coded) -> bool:
    return found.code == expected.code and (found.number == expected.number or math.isnan(expected.number))


@pytest.mark.parametrize(("asked", "written", "coded"), TAKEN)
def test_an_answer_is_read_as_a_person_or_a_spreadsheet_writes_it(asked, written, coded) -> None:
    assert same(code_answer(asked, written), coded)


STATES = [("NA", State.NA), ("DK", State.DK), ("DECLINE", State.DECLINE), ("", State.NOT_YET), ("  ", State.NOT_YET)]


@pytest.mark.parametrize("asked", FOUND.items[:5])
@pytest.mark.parametrize(("written", "state"), STATES)
def test_every_kind_of_item_takes_every_kind_of_no_answer(asked, written, state) -> None:
    assert code_answer(asked, written).code == code_of(state)


REFUSED = [
    (LEVEL, "0", "unknown_value", {"allowed": "1, 2, 3, 4, 5"}),
    (LEVEL, "6", "unknown_value", {"allowed": "1, 2, 3, 4, 5"}),
    (LEVEL, "2.5", "unknown_value", {"allowed": "1, 2, 3, 4, 5"}),
    (LEVEL, "na", "unknown_value", {"allowed": "1, 2, 3, 4, 5"}),
    (CHOICE, "Full", "unknown_value", {"allowed": "none, full, 7"}),
    (MULTI, "x;z", "unknown_value", {"allowed": "x, y, none"}),
    (MULTI, "x;;y", "unknown_value", {"allowed": "x, y, none"}),
    (MULTI, "x,y", "unknown_value", {"allowed": "x, y, none"}),
    (MULTI, "none;x", "none_and_others", {"none": "none"}),
    (SHARE, "100.01", "out_of_range", {"low": "0", "high": "100"}),
    (SHARE, "-0.5", "out_of_range", {"low": "0", "high": "100"}),
    (SHARE, "about 50", "not_a_number", {}),
    (SHARE, "nan", "not_a_number", {}),
    (SHARE, "1e999", "out_of_range", {"low": "0", "high": "100"}),
    (SHARE, "12,5", "not_a_number", {}),
    (NUMBER, "50%", "not_a_number", {}),
    (NUMBER, "3.01", "out_of_range", {"low": "-1", "high": "3"}),
    (OPEN, "1e999", "out_of_range", {"low": "…", "high": "…"}),
    (YESNO, "NA", "na_not_allowed", {}),
    (YESNO, "Yes", "unknown_value", {"allowed": "yes, no"}),
    (BANDS, "7", "off_step", {"step": 5, "bands": "0–5, 10–25"}),
    (BANDS, "30", "off_step", {"step": 5, "bands": "0–5, 10–25"}),
    (BANDS, "12.5", "off_step", {"step": 5, "bands": "0–5, 10–25"}),
]


@pytest.mark.parametrize(("asked", "written", "reason", "detail"), REFUSED)
def test_what_an_item_does_not_take_is_refused_with_the_reason(asked, written, reason, detail) -> None:
    with pytest.raises(AnswerFault) as refused:
        code_answer(asked, written)
    assert (refused.value.reason, refused.value.detail) == (reason, detail)


def test_not_applicable_needs_the_items_leave() -> None:
    with pytest.raises(AnswerFault, match="na_not_allowed"):
        code_state(YESNO, State.NA)


def test_a_percent_band_lists_the_shares_that_may_be_entered() -> None:
    assert BANDS.steps is not None
    assert BANDS.steps.shares() == (0, 5, 10, 15, 20, 25)


ROUND = [
    (LEVEL, "4"),
    (CHOICE, "full"),
    (MULTI, "x;y"),
    (SHARE, "62.5"),
    (SHARE, "33.333333333"),
    (YESNO, "no"),
    (LEVEL, "NA"),
    (SHARE, "DK"),
    (MULTI, "DECLINE"),
]


@pytest.mark.parametrize(("asked", "written"), ROUND)
def test_what_is_coded_is_written_back_as_it_was(asked, written) -> None:
    coded = code_answer(asked, written)
    assert written_answer(asked, coded.code, coded.number) == written


def test_not_yet_is_written_as_an_empty_cell() -> None:
    assert written_answer(SHARE, NOT_YET.code, NOT_YET.number) == ""
