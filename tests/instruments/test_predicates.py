"""Predicates: four verdicts, so that "no" and "cannot be said" are never mixed up."""

import numpy as np
import pytest

from surveys.instruments.branching import option_values, with_branching
from surveys.instruments.coding import table_from_written
from surveys.instruments.predicates import (
    FALSE,
    INAPPLICABLE,
    TRUE,
    UNKNOWN,
    evaluate,
    items_in,
    predicate_from,
    walk,
)
from tests.engine.build import dimension, instrument, item

FOUND = instrument(
    dimension(
        "A",
        item("A-01"),
        item("A-02", "share"),
        item("A-03", "yesno"),
        item("A-04", "multi", ("x", "y", "none")),
        item("A-05", "number"),
        item("A-06", "choice", (0, 4, 10)),
    )
)
LEVEL, SHARE, YES, TICKS, NUMBER, CHOICE = (f"A-0{n}" for n in range(1, 7))


def verdict(raw: dict[str, object], answers: dict[str, str], nodes: dict[str, float] | None = None) -> int:
    table = with_branching(FOUND, table_from_written(FOUND, [answers]))
    scores = {name: np.array([score]) for name, score in (nodes or {}).items()}
    return int(evaluate(predicate_from(raw), table, option_values(FOUND), scores)[0])


TESTS = [
    ({"item": LEVEL, "at_least": 3}, {"2": FALSE, "3": TRUE, "5": TRUE, "DK": FALSE}),
    ({"item": LEVEL, "at_least": 1}, {"1": TRUE, "DK": TRUE}),
    ({"item": LEVEL, "at_most": 2}, {"2": TRUE, "3": FALSE, "DK": TRUE}),
    ({"item": LEVEL, "is": 3}, {"2": FALSE, "3": TRUE, "4": FALSE, "DK": FALSE}),
    ({"item": SHARE, "at_least": 80}, {"79.9999": FALSE, "80": TRUE, "100": TRUE, "DK": FALSE}),
    ({"item": SHARE, "at_least": 0}, {"0": TRUE, "DK": TRUE}),
    ({"item": SHARE, "at_most": 0}, {"0": TRUE, "0.01": FALSE, "DK": TRUE}),
    ({"item": YES, "is": "yes"}, {"yes": TRUE, "no": FALSE, "DK": FALSE}),
    ({"item": YES, "is": "no"}, {"yes": FALSE, "no": TRUE, "DK": FALSE}),
    ({"item": TICKS, "includes": "y"}, {"x": FALSE, "y": TRUE, "x;y": TRUE, "none": FALSE, "DK": FALSE}),
    ({"item": NUMBER, "at_least": 1.33}, {"1.32": FALSE, "1.33": TRUE, "DK": FALSE}),
    ({"item": NUMBER, "is": 2}, {"2": TRUE, "2.1": FALSE, "DK": FALSE}),
    ({"item": CHOICE, "at_least": 4}, {"0": FALSE, "4": TRUE, "10": TRUE, "DK": FALSE}),
    ({"item": CHOICE, "at_most": 4}, {"0": TRUE, "4": TRUE, "10": FALSE, "DK": TRUE}),
]
CELLS = [(raw, answer, expected) for raw, answers in TESTS for answer, expected in answers.items()]
STATES = [
    (raw, answer, expected)
    for raw, _ in TESTS
    for answer, expected in (("NA", INAPPLICABLE), ("DECLINE", UNKNOWN), ("", UNKNOWN))
]


@pytest.mark.parametrize(("raw", "answer", "expected"), CELLS)
def test_an_answer_meets_a_test_or_does_not(raw, answer, expected) -> None:
    assert verdict(raw, {raw["item"]: answer}) == expected


@pytest.mark.parametrize(("raw", "answer", "expected"), STATES)
def test_what_does_not_apply_or_is_not_told_is_neither_true_nor_false(raw, answer, expected) -> None:
    assert verdict(raw, {raw["item"]: answer}) == expected


NODES = [
    ({"node": "N", "at_least": 60}, 60.0, TRUE),
    ({"node": "N", "at_least": 60}, float(np.nextafter(60, 0)), FALSE),
    ({"node": "N", "at_least": 60}, float("nan"), INAPPLICABLE),
    ({"node": "N", "below": 60}, 60.0, FALSE),
    ({"node": "N", "below": 60}, 59.9996, TRUE),
    ({"node": "N", "below": 60}, float("nan"), INAPPLICABLE),
]


@pytest.mark.parametrize(("raw", "score", "expected"), NODES)
def test_a_test_on_a_node_looks_at_its_unrounded_score(raw, score, expected) -> None:
    assert verdict(raw, {}, {"N": score}) == expected


YES_, NO, ASIDE, OPEN = "3", "1", "NA", "DECLINE"
COMBINED = [
    # answers of three items, any(>= 3), all(>= 3)
    ((YES_, YES_, YES_), TRUE, TRUE),
    ((NO, NO, NO), FALSE, FALSE),
    ((YES_, NO, NO), TRUE, FALSE),
    ((ASIDE, ASIDE, ASIDE), INAPPLICABLE, INAPPLICABLE),
    ((YES_, ASIDE, ASIDE), TRUE, TRUE),
    ((NO, ASIDE, ASIDE), FALSE, FALSE),
    ((OPEN, NO, ASIDE), UNKNOWN, FALSE),
    ((OPEN, YES_, ASIDE), TRUE, UNKNOWN),
    ((OPEN, ASIDE, ASIDE), UNKNOWN, UNKNOWN),
]


@pytest.mark.parametrize(("answers", "some", "every"), COMBINED)
def test_any_and_all_let_what_does_not_apply_stand_aside(answers, some, every) -> None:
    three = instrument(dimension("A", item("A-01"), item("A-02"), item("A-03")))
    table = table_from_written(three, [dict(zip(("A-01", "A-02", "A-03"), answers, strict=True))])
    parts = [{"item": code, "at_least": 3} for code in ("A-01", "A-02", "A-03")]
    found = [int(evaluate(predicate_from({name: parts}), table, option_values(three))[0]) for name in ("any", "all")]
    assert found == [some, every]


NEGATED = [("3", FALSE), ("2", TRUE), ("DK", TRUE), ("NA", INAPPLICABLE), ("DECLINE", UNKNOWN)]


@pytest.mark.parametrize(("answer", "expected"), NEGATED)
def test_not_turns_a_verdict_and_leaves_what_cannot_be_said(answer, expected) -> None:
    assert verdict({"not": {"item": LEVEL, "at_least": 3}}, {LEVEL: answer}) == expected


BAD = [
    ({}, "a predicate is"),
    ({"item": LEVEL}, "a predicate is"),
    ({"item": LEVEL, "above": 3}, "a predicate is"),
    ({"item": LEVEL, "at_least": 3, "at_most": 4}, "a predicate is"),
    ({"item": LEVEL, "at_least": "three"}, "'at_least' takes a number"),
    ({"item": LEVEL, "at_most": True}, "'at_most' takes a number"),
    ({"item": SHARE, "at_least": float("nan")}, "'at_least' takes a number"),
    ({"item": YES, "is": True}, "'is' takes a number or a quoted word"),
    ({"node": "N", "below": "low"}, "'below' takes a number"),
    ({"any": []}, "'any' takes a list of one or more predicates"),
    ({"all": [{"item": LEVEL, "is": 1}], "not": {}}, "'all' takes a list of one or more predicates"),
]


@pytest.mark.parametrize(("raw", "message"), BAD)
def test_what_is_no_predicate_says_why(raw, message) -> None:
    with pytest.raises(ValueError, match=message):
        predicate_from(raw)


def test_walk_visits_every_part_and_items_in_names_the_items() -> None:
    found = predicate_from({"any": [{"item": "A-01", "is": 1}, {"not": {"all": [{"node": "N", "below": 2}]}}]})
    assert len(list(walk(found))) == 5
    assert items_in(found) == ("A-01",)
