"""The core instrument: every edge of its levels, its gates, its index."""

import pytest

from tests.engine.build import level, node, scored
from tests.engine.bundled import all_highest, all_lowest, bundled

BLUEBOOK = bundled("bluebook")
LEVELS = ("experience", "inspection", "assurance", "prevention", "excellence")
STARTS = (0, 20, 40, 60, 80)
# Met once and for all, so that the bands alone decide.
GATES = {"PR-02": "5", "RD-01": "5"}


def uniform(level_answer: str, share: str) -> dict[str, str]:
    """Every dimension at the same score: level items at one level, both shares at one value."""
    row = {item.code: level_answer for item in BLUEBOOK.items if item.kind == "level"}
    return {**row, "DG-01": share, "DG-02": "NA", "DG-03": share}


def test_the_extremes_are_zero_and_a_hundred() -> None:
    table = scored(BLUEBOOK, all_lowest(BLUEBOOK), all_highest(BLUEBOOK))
    assert table.index.tolist() == [0.0, 100.0]
    assert table.level.tolist() == [1, 5]


@pytest.mark.parametrize(("answer", "index"), [("1", 0), ("2", 25), ("3", 50), ("4", 75), ("5", 100)])
def test_level_items_score_0_25_50_75_100(answer, index) -> None:
    share = {0: "0", 25: "20", 50: "50", 75: "80", 100: "100"}[index]
    table = scored(BLUEBOOK, uniform(answer, share))
    assert {round(float(scores[0]), 9) for scores in table.nodes.values()} == {index}


def only(code: str) -> dict[str, str]:
    """Everything not applicable or declined but the share DG-01, so that the index is its score."""
    return {item.code: "DECLINE" for item in BLUEBOOK.items} | {"DG-01": code}


EDGES = [
    # share of automatic data, index by the anchors (0, 0) (20, 25) (50, 50) (80, 75) (100, 100), banded level
    ("0", 0, "experience"),
    ("15.9996", 19.9995, "experience"),
    ("16", 20, "inspection"),
    ("37.9996", 25 + 17.9996 * 25 / 30, "inspection"),
    ("38", 40, "assurance"),
    ("61.9996", 50 + 11.9996 * 25 / 30, "assurance"),
    ("62", 60, "prevention"),
    ("83.9996", 75 + 3.9996 * 25 / 20, "prevention"),
    ("84", 80, "excellence"),
    ("100", 100, "excellence"),
]


@pytest.mark.parametrize(("share", "index", "banded"), EDGES)
def test_every_edge_of_the_levels_on_both_sides(share, index, banded) -> None:
    table = scored(BLUEBOOK, only(share))
    assert float(table.index[0]) == pytest.approx(index, abs=1e-12)
    assert LEVELS[int(table.banded[0]) - 1] == banded


def test_the_bands_begin_where_the_design_puts_them() -> None:
    assert [(one.code, one.start) for one in BLUEBOOK.levels] == list(zip(LEVELS, STARTS, strict=True))


STRONG = uniform("4", "80")
HELD = [
    ({}, "prevention", set()),
    ({"PR-02": "3"}, "assurance", {"prevention-capability"}),
    ({"PR-02": "NA"}, "assurance", {"prevention-capability"}),
    ({"PR-02": "DK"}, "assurance", {"prevention-capability"}),
    ({"PR-02": "DECLINE"}, "assurance", {"prevention-capability"}),
    ({f"RD-0{n}": "2" for n in range(1, 6)}, "assurance", {"prevention-design"}),
    ({f"RD-0{n}": "2" for n in range(1, 5)} | {"RD-05": "3"}, "prevention", set()),
    ({f"RD-0{n}": "NA" for n in range(1, 5)} | {"RD-05": "DECLINE"}, "assurance", {"prevention-design"}),
]


@pytest.mark.parametrize(("changed", "given", "unmet"), HELD)
def test_prevention_needs_capability_at_four_and_one_design_method_at_three(changed, given, unmet) -> None:
    table = scored(BLUEBOOK, {**STRONG, **changed})
    assert LEVELS[int(table.level[0]) - 1] == given
    assert LEVELS[int(table.banded[0]) - 1] == "prevention"
    assert {id_ for id_, met in table.gates_met.items() if not met[0]} - {"excellence-balance"} == unmet


def test_excellence_needs_every_dimension_at_sixty() -> None:
    codes = [item.code for item in BLUEBOOK.dimension_by_code["SC"].items]
    weak = all_highest(BLUEBOOK) | dict.fromkeys(codes, "3")
    assert (node(BLUEBOOK, "SC", weak), level(BLUEBOOK, weak)) == (50.0, "prevention")
    assert node(BLUEBOOK, "index", weak) == pytest.approx(550 / 6)


def test_a_dimension_at_sixty_exactly_is_enough_for_excellence() -> None:
    codes = [item.code for item in BLUEBOOK.dimension_by_code["OR"].items]
    answers = all_highest(BLUEBOOK) | dict.fromkeys(codes, "DECLINE")
    sixty = ("3", "3", "3", "4", "4")  # (50 + 50 + 50 + 75 + 75) / 5
    at = answers | dict(zip(codes, sixty, strict=False))
    assert (node(BLUEBOOK, "OR", at), level(BLUEBOOK, at)) == (60.0, "excellence")


def test_a_firm_in_several_gates_goes_to_the_lowest_level_that_they_leave() -> None:
    codes = [item.code for item in BLUEBOOK.dimension_by_code["SC"].items]
    assert level(BLUEBOOK, all_highest(BLUEBOOK) | dict.fromkeys(codes, "2") | {"PR-02": "3"}) == "assurance"


def test_quality_business_covered_is_asked_only_with_a_system() -> None:
    with_system = node(BLUEBOOK, "DG", all_lowest(BLUEBOOK) | {"DG-02": "yes", "DG-03": "50"})
    items = len(BLUEBOOK.dimension_by_code["DG"].items)
    assert with_system == pytest.approx((100 + 50) / items)
    assert node(BLUEBOOK, "DG", all_lowest(BLUEBOOK) | {"DG-02": "no", "DG-03": "50"}) == 0.0
