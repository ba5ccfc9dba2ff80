"""The four kinds of no answer and the hidden branch, for every kind of item (docs/scoring.md, section 1)."""

import math

import pytest

from surveys.instruments.parse import FileRefused
from tests.engine.build import dimension, instrument, item, level, node, scored

SHARE = {"rule": "piecewise", "points": [[0, 10], [50, 50], [100, 100]]}
KINDS = {
    "level": (item("A-01"), "4", 75.0, 0.0),
    "choice": (
        item("A-01", "choice", ("none", "full"), score={"rule": "map", "table": {"none": 5, "full": 90}}),
        "full",
        90.0,
        5.0,
    ),
    "multi": (
        item("A-01", "multi", ("x", "y", "none"), score={"rule": "map", "table": {"x": 30, "y": 40, "none": 0}}),
        "x;y",
        70.0,
        0.0,
    ),
    "share": (item("A-01", "share", score=SHARE), "75", 75.0, 10.0),
    "number": (
        item("A-01", "number", range={"min": 0, "max": 2}, score={"rule": "piecewise", "points": [[0, 0], [2, 100]]}),
        "1.5",
        75.0,
        0.0,
    ),
    "yesno": (item("A-01", "yesno"), "yes", 100.0, 0.0),
}
CASES = [pytest.param(*case, id=kind) for kind, case in KINDS.items()]


def pair(first: dict[str, object]):  # type: ignore[no-untyped-def]
    """The item under test beside a level item of the same weight, and another dimension."""
    return instrument(dimension("A", first, item("A-02")), dimension("B", item("B-01")))


@pytest.mark.parametrize(("first", "answer", "points", "lowest"), CASES)
def test_an_answer_scores_by_the_rule_of_its_item(first, answer, points, lowest) -> None:
    table = scored(pair(first), {"A-01": answer, "A-02": "1", "B-01": "1"})
    assert (table.items["A-01"][0], table.nodes["A"][0]) == (points, points / 2)


@pytest.mark.parametrize(("first", "answer", "points", "lowest"), CASES)
def test_not_applicable_leaves_the_denominator(first, answer, points, lowest) -> None:
    assert node(pair(first), "A", {"A-01": "NA", "A-02": "4", "B-01": "1"}) == 75.0


@pytest.mark.parametrize(("first", "answer", "points", "lowest"), CASES)
def test_decline_leaves_the_denominator_and_marks_its_dimension_alone(first, answer, points, lowest) -> None:
    table = scored(pair(first), {"A-01": "DECLINE", "A-02": "4", "B-01": "1"})
    assert table.nodes["A"][0] == 75.0
    assert {code: bool(flags[0]) for code, flags in table.partly_declined.items()} == {"A": True, "B": False}


@pytest.mark.parametrize(("first", "answer", "points", "lowest"), CASES)
def test_dont_know_scores_as_the_lowest_answer(first, answer, points, lowest) -> None:
    table = scored(pair(first), {"A-01": "DK", "A-02": "4", "B-01": "1"})
    assert (table.items["A-01"][0], table.nodes["A"][0]) == (lowest, (lowest + 75) / 2)


@pytest.mark.parametrize(("first", "answer", "points", "lowest"), CASES)
def test_a_required_item_not_yet_answered_leaves_the_whole_assessment_without_a_score(
    first, answer, points, lowest
) -> None:
    table = scored(pair(first), {"A-02": "5", "B-01": "5"})
    assert not table.complete[0]
    assert all(math.isnan(scores[0]) for scores in table.nodes.values())
    assert table.level[0] == 0


def test_an_optional_item_not_yet_answered_stands_aside() -> None:
    found = pair(item("A-01", required=False))
    table = scored(found, {"A-02": "4", "B-01": "1"})
    assert (bool(table.complete[0]), table.nodes["A"][0]) == (True, 75.0)


@pytest.mark.parametrize("state", ["NA", "DECLINE"])
def test_a_dimension_none_of_whose_items_has_a_score_has_none_and_leaves_the_index(state: str) -> None:
    found = pair(item("A-01"))
    table = scored(found, {"A-01": state, "A-02": state, "B-01": "3"})
    assert math.isnan(table.nodes["A"][0])
    assert (table.nodes["index"][0], level(found, {"A-01": state, "A-02": state, "B-01": "3"})) == (50.0, "assurance")


def test_with_every_item_not_applicable_there_is_no_index_and_no_level() -> None:
    table = scored(pair(item("A-01")), {"A-01": "NA", "A-02": "NA", "B-01": "NA"})
    assert bool(table.complete[0])
    assert math.isnan(table.nodes["index"][0])
    assert table.level[0] == 0


WEIGHTS = [
    # weights of three items, answers, mean of the dimension
    ((1, 1, 1), ("1", "3", "5"), 50.0),
    ((1, 2, 5), ("1", "3", "5"), (0 * 1 + 50 * 2 + 100 * 5) / 8),
    ((1, 2, 5), ("NA", "3", "5"), (50 * 2 + 100 * 5) / 7),
    ((1, 2, 5), ("1", "3", "DECLINE"), (0 * 1 + 50 * 2) / 3),
    ((1, 2, 5), ("NA", "NA", "2"), 25.0),
    ((0, 2, 5), ("5", "3", "1"), (50 * 2) / 7),
    ((0.5, 0.25, 0.25), ("1", "3", "5"), 37.5),
    ((0, 0, 1), ("5", "5", "NA"), math.nan),
]


@pytest.mark.parametrize(("weights", "answers", "mean"), WEIGHTS)
def test_weights_renormalise_over_the_items_that_have_a_score(weights, answers, mean) -> None:
    codes = ("A-01", "A-02", "A-03")
    found = instrument(dimension("A", *(item(code, weight=w) for code, w in zip(codes, weights, strict=True))))
    score = node(found, "A", dict(zip(codes, answers, strict=True)))
    assert score == pytest.approx(mean, abs=1e-12, nan_ok=True)


BRANCH = instrument(
    dimension("A", item("A-01", "yesno"), item("A-02", ask_when={"item": "A-01", "is": "yes"}), item("A-03"))
)


@pytest.mark.parametrize("controlling", ["no", "DK", "NA", "DECLINE"])
def test_an_item_that_branching_hides_is_as_not_applicable_and_need_not_be_answered(controlling: str) -> None:
    table = scored(BRANCH, {"A-01": controlling, "A-03": "5"})
    shown = [] if controlling in ("NA", "DECLINE") else [0.0]
    assert bool(table.complete[0])
    assert table.nodes["A"][0] == (sum(shown) + 100.0) / (len(shown) + 1)


def test_what_was_typed_before_branching_hid_the_item_is_not_scored() -> None:
    assert node(BRANCH, "A", {"A-01": "no", "A-02": "5", "A-03": "5"}) == 50.0


def test_an_item_that_branching_shows_must_be_answered() -> None:
    assert not scored(BRANCH, {"A-01": "yes", "A-03": "5"}).complete[0]


def test_a_branch_hidden_by_a_hidden_item_is_hidden_too() -> None:
    found = instrument(
        dimension(
            "A",
            item("A-01", "yesno"),
            item("A-02", "yesno", ask_when={"item": "A-01", "is": "yes"}),
            item("A-03", ask_when={"item": "A-02", "is": "yes"}),
        )
    )
    assert bool(scored(found, {"A-01": "no", "A-02": "yes"}).complete[0])


def test_an_item_without_a_rule_is_asked_and_weighs_nothing() -> None:
    found = instrument(dimension("A", item("A-01", "choice", (1, 2)), item("A-02")))
    table = scored(found, {"A-01": "2", "A-02": "4"})
    assert math.isnan(table.items["A-01"][0])
    assert table.nodes["A"][0] == 75.0


def test_a_file_may_not_ask_for_a_rule_that_does_not_exist() -> None:
    with pytest.raises(FileRefused, match=r"scoring\.nodes\.0\.rule: must be one of wmean"):
        instrument(dimension("A", item("A-01")), nodes=[{"id": "A", "rule": "median", "of": "items"}])
