"""Gates hold a level back and name themselves; the score stands unchanged (docs/scoring.md, levels and gates)."""

import numpy as np
import pytest

from tests.engine.build import dimension, instrument, item, level, node, scored

FOUR = (("d", 0), ("c", 25), ("b", 50), ("a", 75))


def gated(*gates: dict[str, object]):  # type: ignore[no-untyped-def]
    return instrument(
        dimension("A", item("A-01"), item("A-02")), dimension("B", item("B-01"), item("B-02")), bands=FOUR, gates=gates
    )


NEEDS_FOUR = {"id": "needs", "level": "a", "require": {"item": "A-01", "at_least": 4}}
TOP = {"A-02": "5", "B-01": "5", "B-02": "5"}
HELD = [
    ("5", "a", True),
    ("4", "a", True),
    ("3", "b", False),
    ("NA", "b", False),
    ("DECLINE", "b", False),
    ("DK", "b", False),
]


@pytest.mark.parametrize(("answer", "given", "met"), HELD)
def test_a_gate_must_be_shown_to_be_met(answer, given, met) -> None:
    found = gated(NEEDS_FOUR)
    answers = {**TOP, "A-01": answer}
    assert (level(found, answers), bool(scored(found, answers).gates_met["needs"][0])) == (given, met)


def test_the_index_stands_unchanged_behind_a_gate() -> None:
    answers = {**TOP, "A-01": "3"}
    assert node(gated(NEEDS_FOUR), "index", answers) == node(gated(), "index", answers) == 87.5


def test_a_gate_of_a_higher_level_leaves_a_lower_one_alone() -> None:
    assert level(gated(NEEDS_FOUR), {"A-01": "3", "A-02": "3", "B-01": "3", "B-02": "3"}) == "b"


@pytest.mark.parametrize(("to", "given"), [("b", "b"), ("c", "c"), ("d", "d"), (None, "b")])
def test_a_gate_may_name_where_a_firm_goes_that_fails_it(to, given) -> None:
    named = {} if to is None else {"downgrade_to": to}
    assert level(gated({**NEEDS_FOUR, **named}), {**TOP, "A-01": "1"}) == given


def test_a_gate_that_lowers_far_does_not_touch_firms_below_its_level() -> None:
    found = gated({**NEEDS_FOUR, "downgrade_to": "d"})
    assert level(found, {"A-01": "3", "A-02": "3", "B-01": "3", "B-02": "3"}) == "b"


def test_of_several_gates_the_lowest_result_stands() -> None:
    found = gated(
        {**NEEDS_FOUR, "downgrade_to": "b"},
        {"id": "floor", "level": "b", "require": {"item": "A-01", "at_least": 2}, "downgrade_to": "c"},
    )
    assert [level(found, {**TOP, "A-01": answer}) for answer in "4321"] == ["a", "b", "b", "c"]


def test_a_gate_on_nodes_looks_at_their_scores_unrounded() -> None:
    every = {"all": [{"node": "A", "at_least": 60}, {"node": "B", "at_least": 60}]}
    found = gated({"id": "balance", "level": "a", "require": every})
    rows = [{"A-01": "5", "A-02": second, "B-01": "5", "B-02": "5"} for second in "123"]
    assert scored(found, *rows).gates_met["balance"].tolist() == [False, True, True]


def test_a_node_without_a_score_stands_aside_in_all() -> None:
    every = {"all": [{"node": "A", "at_least": 60}, {"node": "B", "at_least": 60}]}
    found = gated({"id": "balance", "level": "a", "require": every})
    rows = [{"A-01": "NA", "A-02": "NA", "B-01": b, "B-02": b} for b in ("5", "2", "NA")]
    assert scored(found, *rows).gates_met["balance"].tolist() == [True, False, False]


# VDA 6.3's lowering: A needs every element at 80 and no starred question at 4; B needs 70 and no starred 0.
TRAFFIC = instrument(
    *(dimension(code, *(item(f"{code}-0{n}", "choice", (0, 4, 6, 8, 10)) for n in range(1, 6))) for code in ("A", "B")),
    scales={"choice": {"rule": "map", "table": {0: 0, 4: 40, 6: 60, 8: 80, 10: 100}}},
    bands=(("c", 0), ("b", 80), ("a", 90)),
    gates=(
        {
            "id": "a-parts",
            "level": "a",
            "downgrade_to": "b",
            "require": {"all": [{"node": n, "at_least": 80} for n in "AB"]},
        },
        {"id": "a-star", "level": "a", "downgrade_to": "b", "require": {"item": "A-01", "at_least": 6}},
        {
            "id": "b-parts",
            "level": "b",
            "downgrade_to": "c",
            "require": {"all": [{"node": n, "at_least": 70} for n in "AB"]},
        },
        {"id": "b-star", "level": "b", "downgrade_to": "c", "require": {"item": "A-01", "at_least": 4}},
    ),
)
TRAFFIC_CASES = [
    # answers of the two elements, degree of fulfilment, grade
    ("10 10 10 10 10", "10 10 10 10 10", 100, "a"),
    ("10 10 10 10 10", "8 8 8 8 8", 90, "a"),
    ("10 10 10 10 10", "8 8 8 8 6", 88, "b"),
    ("10 8 8 6 8", "10 10 10 10 10", 90, "a"),
    ("10 10 10 10 10", "10 10 10 4 6", 90, "a"),
    ("10 10 10 10 10", "10 10 10 8 0", 88, "b"),
    ("6 10 10 10 10", "10 10 10 10 10", 96, "a"),
    ("4 10 10 10 10", "10 10 10 10 10", 94, "b"),  # starred question at 4
    ("0 10 10 10 10", "10 10 10 10 10", 90, "c"),  # starred question at 0
    ("10 10 10 10 10", "10 10 10 0 8", 88, "b"),
    ("10 10 10 10 10", "10 8 8 6 6", 88, "b"),
    ("10 10 10 10 10", "8 8 8 6 4", 84, "c"),  # an element below 70
    ("10 10 10 10 10", "8 6 8 6 8", 86, "b"),
    ("8 8 8 8 8", "8 8 8 8 8", 80, "b"),
    ("8 8 8 8 8", "8 8 8 8 6", 78, "c"),
]


@pytest.mark.parametrize(("first", "second", "degree", "grade"), TRAFFIC_CASES)
def test_lowering_as_in_a_process_audit_changes_the_grade_not_the_degree(first, second, degree, grade) -> None:
    answers = {
        f"{code}-0{n}": a for code, row in zip("AB", (first, second), strict=True) for n, a in enumerate(row.split(), 1)
    }
    assert (node(TRAFFIC, "index", answers), level(TRAFFIC, answers)) == (degree, grade)


def test_banded_tells_the_level_that_the_score_alone_gives() -> None:
    table = scored(gated(NEEDS_FOUR), {**TOP, "A-01": "3"}, {**TOP, "A-01": "4"})
    np.testing.assert_array_equal([table.banded, table.level], [[4, 4], [3, 4]])
