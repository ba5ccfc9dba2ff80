"""Every bundled instrument scores: from nothing to everything, and at the edges that its model publishes."""

import numpy as np
import pytest

from scoring.engine.rules import RULES
from tests.engine.build import level, node, scored
from tests.engine.bundled import EVERY, all_highest, all_lowest, bundled


@pytest.mark.parametrize("code", EVERY)
def test_the_lowest_answers_give_zero_and_the_first_level_the_highest_a_hundred_and_the_last(code: str) -> None:
    found = bundled(code)
    table = scored(found, all_lowest(found), all_highest(found))
    assert table.index.tolist() == [0.0, 100.0]
    assert table.level.tolist() == [1, len(found.levels)]


@pytest.mark.parametrize("code", EVERY)
def test_every_dimension_runs_from_zero_to_a_hundred(code: str) -> None:
    found = bundled(code)
    table = scored(found, all_lowest(found), all_highest(found))
    assert {tuple(table.nodes[one.code].tolist()) for one in found.dimensions} == {(0.0, 100.0)}


@pytest.mark.parametrize("code", EVERY)
def test_dont_know_everywhere_is_as_the_lowest_answers(code: str) -> None:
    found = bundled(code)
    table = scored(found, {item.code: "DK" for item in found.items})
    assert (table.index.tolist(), table.level.tolist()) == ([0.0], [1])


@pytest.mark.parametrize("code", EVERY)
def test_declined_throughout_there_is_no_index(code: str) -> None:
    found = bundled(code)
    assert np.isnan(scored(found, {item.code: "DECLINE" for item in found.items}).index[0])


def test_the_bundled_instruments_use_every_rule() -> None:
    assert {node.rule for code in EVERY for node in bundled(code).nodes} == {*RULES}


SMART = bundled("smart-quality")
SATISFACTION = [
    # what the requirements of levels 1 to 5 are answered with, total, level
    (("full", "full", "part", "part", "none"), 1 + 1 + 0.5, "standardised"),
    (("most", "none", "full", "full", "full"), 1.0, "planning"),
    (("part", "full", "full", "full", "full"), 0.5, "below"),
    (("most", "most", "most", "most", "most"), 5.0, "leading"),
    (("full", "full", "full", "full", "most"), 5.0, "leading"),
    (("full", "full", "full", "full", "part"), 4.5, "optimised"),
]


@pytest.mark.parametrize(("answers", "total", "reached"), SATISFACTION)
def test_smart_quality_adds_levels_up(answers, total, reached) -> None:
    children = [one.spec["of"] for one in SMART.nodes if one.id.startswith("level-")]
    row = {item: answer for items, answer in zip(children, answers, strict=True) for item in items}
    assert (node(SMART, "total", row), level(SMART, row)) == (total, reached)


ZED = bundled("zed-2022")
CERTIFICATES = [
    ("1", "0", "0", "bronze"),
    ("2", "2", "0", "silver"),
    ("3", "0", "3", "bronze"),
    ("3", "3", "3", "gold"),
    ("3", "3", "0", "silver"),
    ("3", "2", "3", "silver"),
    ("0", "3", "3", "none"),
]


@pytest.mark.parametrize(("bronze", "silver", "gold", "given"), CERTIFICATES)
def test_zed_2022_gives_a_level_only_when_every_requirement_of_it_is_met(bronze, silver, gold, given) -> None:
    answers = {"BZ": bronze, "SV": silver, "GD": gold}
    assert level(ZED, {item.code: answers[item.dimension] for item in ZED.items}) == given


def test_zed_2015_is_unrated_with_fewer_than_thirty_rated_parameters() -> None:
    found = bundled("zed-2015")
    applies = [item.code for item in found.items if item.not_applicable]
    answers = all_highest(found) | dict.fromkeys(applies[:20], "NA")
    assert (node(found, "index", answers), level(found, answers)) == (100.0, "platinum")
    assert np.isnan(node(found, "index", answers | {applies[20]: "NA"}))


LADDER = bundled("capability-ladder")


def test_the_ladder_stops_at_its_gap_and_the_whole_at_its_lowest_element() -> None:
    gap = ";".join(
        str(o.value) for o in LADDER.item("PL-01").options if o.value != "none" and not str(o.value).startswith("3")
    )
    answers = all_highest(LADDER) | {"PL-01": gap}
    assert (node(LADDER, "PL-01-LEVEL", answers), node(LADDER, "floor", answers)) == (40.0, 40.0)
    assert level(LADDER, answers) == "two"


EXCELLENCE = bundled("excellence-1000")


@pytest.mark.parametrize(
    ("share", "total", "given"),
    [("50", 500, "established"), ("25", 250, "developing"), ("75", 750, "exemplary"), ("70", 700, "mature")],
)
def test_excellence_1000_earns_a_share_of_every_items_points(share, total, given) -> None:
    answers = {item.code: share for item in EXCELLENCE.items}
    assert (node(EXCELLENCE, "total", answers), level(EXCELLENCE, answers)) == (total, given)


AUDIT = bundled("audit-traffic-light")
LOWERED = [
    ({}, 100, "a"),
    ({"PM-01": "4"}, 97.857142857, "b"),
    ({"PM-01": "0"}, 96.428571428, "c"),
    ({"PM-02": "0"}, 96.428571428, "c"),
]


@pytest.mark.parametrize(("changed", "degree", "grade"), LOWERED)
def test_a_process_audit_lowers_the_grade_and_keeps_the_degree(changed, degree, grade) -> None:
    answers = all_highest(AUDIT) | changed
    assert (node(AUDIT, "index", answers), level(AUDIT, answers)) == (pytest.approx(degree), grade)


def test_product_quality_counts_no_higher_than_measurement() -> None:
    found = bundled("product-grade")
    measuring = {item.code: "3" if item.kind == "level" else "50" for item in found.dimension_by_code["MS"].items}
    answers = all_highest(found) | measuring
    assert node(found, "PQ-CREDITED", answers) == node(found, "MS", answers) < node(found, "PQ", answers)
