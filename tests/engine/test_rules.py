"""Every rule of a scoring key, with the published example that it must equal (docs/scoring.md, section 2)."""

import math

import numpy as np
import pytest

from scoring.engine import primitives
from surveys.instruments.predicates import FALSE, INAPPLICABLE, TRUE, UNKNOWN
from tests.engine.build import dimension, instrument, item, level, node, scored

NONE = math.nan


def columns(*rows: tuple[float, ...]) -> list[np.ndarray]:
    return [np.array(column, float) for column in zip(*rows, strict=True)]


def verdicts(*cells: int) -> list[np.ndarray]:
    return [np.array([cell], np.uint8) for cell in cells]


ZED_2015 = {1: 0, 2: 40, 3: 60, 4: 80, 5: 100}
ZED_BANDS = (("unrated", 0), ("bronze", 2.2), ("silver", 2.5), ("gold", 3.0), ("diamond", 3.5), ("platinum", 4.0))
THIRTY = [f"A-{number:02}" for number in range(1, 31)]


def zed():  # type: ignore[no-untyped-def]
    return instrument(
        dimension("A", *(item(code) for code in THIRTY)),
        nodes=[
            {"id": "index", "rule": "wmean", "of": THIRTY},
            {"id": "rating", "rule": "piecewise", "of": "index", "points": [[0, 0], [100, 5]]},
        ],
        level_node="rating",
        bands=ZED_BANDS,
        scales={"level": {"rule": "map", "table": ZED_2015}},
    )


def thirty(*counts: int) -> dict[str, str]:
    """Answers with so many items at level 1, 2, 3, 4, 5."""
    levels = [str(number) for number, count in enumerate(counts, 1) for _ in range(count)]
    return dict(zip(THIRTY, levels, strict=True))


ZED_CASES = [
    ((0, 10, 12, 6, 2), 90 / 30, "gold"),  # the published example: 20 + 36 + 24 + 10 = 90
    ((1, 9, 12, 6, 2), 88 / 30, "silver"),  # one step down at the bottom costs two marks
    ((0, 24, 6, 0, 0), 66 / 30, "bronze"),  # 2.2 exactly
    ((1, 22, 7, 0, 0), 65 / 30, "unrated"),
    ((0, 15, 15, 0, 0), 75 / 30, "silver"),  # 2.5 exactly
    ((0, 16, 14, 0, 0), 74 / 30, "bronze"),
    ((0, 0, 15, 15, 0), 105 / 30, "diamond"),  # 3.5 exactly
    ((0, 0, 16, 14, 0), 104 / 30, "gold"),
    ((0, 0, 0, 30, 0), 120 / 30, "platinum"),  # 4.0 exactly
    ((0, 0, 1, 29, 0), 119 / 30, "diamond"),
    ((30, 0, 0, 0, 0), 0.0, "unrated"),
    ((0, 0, 0, 0, 30), 5.0, "platinum"),
]


@pytest.mark.parametrize(("counts", "rating", "band"), ZED_CASES)
def test_zed_2015_rates_the_mean_of_marks_0_2_3_4_5(counts, rating, band) -> None:
    answers = thirty(*counts)
    assert (node(zed(), "rating", answers), level(zed(), answers)) == (pytest.approx(rating, abs=1e-12), band)


def test_min_rated_leaves_a_mean_without_a_score_where_too_few_children_have_one() -> None:
    found = instrument(
        dimension("A", item("A-01"), item("A-02"), item("A-03")),
        nodes=[{"id": "index", "rule": "wmean", "of": ["A-01", "A-02", "A-03"], "min_rated": 2}],
    )
    rows = [{"A-01": "5", "A-02": "1", "A-03": "NA"}, {"A-01": "5", "A-02": "NA", "A-03": "NA"}]
    np.testing.assert_array_equal(scored(found, *rows).nodes["index"], [50.0, NONE])


def test_weights_of_a_mean_replace_the_childrens_own() -> None:
    found = instrument(
        dimension("A", item("A-01", weight=9), item("A-02")),
        nodes=[{"id": "index", "rule": "wmean", "of": ["A-01", "A-02"], "weights": {"A-01": 3}}],
    )
    assert node(found, "index", {"A-01": "5", "A-02": "1"}) == 75.0


POINTS = [
    # scores of three children worth 120, 80 and 50 points, and what they earn
    ((100, 100, 100), 250.0),
    ((0, 0, 0), 0.0),
    ((50, 25, 70), 60 + 20 + 35.0),
    ((NONE, 25, 70), (20 + 35) * 250 / 130),
    ((NONE, NONE, 70), 175.0),
    ((NONE, NONE, NONE), NONE),
]


@pytest.mark.parametrize(("scores", "total"), POINTS)
def test_points_of_children_without_a_score_are_shared_out_among_the_rest(scores, total) -> None:
    found = primitives.points_total(columns(scores), (120, 80, 50))[0]
    assert found == pytest.approx(total, abs=1e-12, nan_ok=True)


LOWEST = [((70, 20, 90), 20.0), ((70, NONE, 90), 70.0), ((NONE, NONE, NONE), NONE)]


@pytest.mark.parametrize(("scores", "least"), LOWEST)
def test_min_takes_the_lowest_child_that_has_a_score(scores, least) -> None:
    np.testing.assert_array_equal(primitives.lowest(columns(scores)), [least])


CAPPED = [((80, 60), 60.0), ((50, 60), 50.0), ((60, 60), 60.0), ((NONE, 60), NONE), ((50, NONE), NONE)]


@pytest.mark.parametrize(("scores", "credited"), CAPPED)
def test_cap_credits_a_child_up_to_another_and_needs_both(scores, credited) -> None:
    np.testing.assert_array_equal(primitives.capped(*columns(scores)), [credited])


ANCHORS = [[0, 0], [20, 25], [50, 50], [80, 75], [100, 100]]
PIECEWISE = [(0, 0), (10, 12.5), (20, 25), (35, 37.5), (50, 50), (65, 62.5), (80, 75), (90, 87.5), (100, 100)]


@pytest.mark.parametrize(("share", "points"), PIECEWISE)
def test_piecewise_is_linear_between_its_anchors(share, points) -> None:
    assert primitives.piecewise(np.array([share], float), ANCHORS)[0] == points


def test_piecewise_is_constant_beyond_its_first_and_last_anchor() -> None:
    np.testing.assert_array_equal(primitives.piecewise(np.array([-1.0, 3.0]), [[0, 10], [2, 90]]), [10, 90])


STAIRS = [
    # verdicts of each level's predicates, the value reached (levels worth 1 to 5)
    ("published example: 3 not met though 4 is", ((TRUE, TRUE), (TRUE, TRUE), (FALSE,), (TRUE, TRUE), (FALSE,)), 2),
    ("nothing", ((FALSE, TRUE), (TRUE,), (TRUE,), (TRUE,), (TRUE,)), 0),
    ("everything", ((TRUE,), (TRUE,), (TRUE,), (TRUE,), (TRUE,)), 5),
    ("what does not apply stands aside", ((TRUE, INAPPLICABLE), (INAPPLICABLE,), (TRUE,), (FALSE,), (TRUE,)), 3),
    ("what was declined does not hold", ((TRUE,), (TRUE, UNKNOWN), (TRUE,), (TRUE,), (TRUE,)), 1),
    ("everything was declined", ((UNKNOWN,), (UNKNOWN,), (UNKNOWN,), (INAPPLICABLE,), (UNKNOWN,)), NONE),
    ("nothing applies", ((INAPPLICABLE,), (INAPPLICABLE,), (INAPPLICABLE,), (INAPPLICABLE,), (INAPPLICABLE,)), NONE),
]


@pytest.mark.parametrize(("steps", "reached"), [case[1:] for case in STAIRS], ids=[case[0] for case in STAIRS])
def test_staircase_is_the_highest_level_with_every_lower_level_fully_met(steps, reached) -> None:
    found = primitives.staircase([verdicts(*step) for step in steps], (1, 2, 3, 4, 5))
    np.testing.assert_array_equal(found, [reached])


LEVEL_SUMS = [
    # level scores in per cent, total with lower levels required, total without
    ((95, 84, 62, 30, 0), 2.62, 2.92),  # the published example
    ((95, 84, 80, 30, 0), 3.30, 3.30),  # level 3 at 0.80 exactly
    ((95, 84, 79.99, 30, 0), 2.7999, 3.0999),
    ((79.99, 100, 100, 100, 100), 0.7999, 4.7999),
    ((80, 80, 80, 80, 80), 5.0, 5.0),
    ((100, 100, 100, 100, 100), 5.0, 5.0),
    ((0, 0, 0, 0, 0), 0.0, 0.0),
    ((95, 84, NONE, 30, 0), NONE, NONE),
]


@pytest.mark.parametrize(("scores", "required", "free"), LEVEL_SUMS)
def test_level_sum_counts_a_passed_level_as_one_and_the_first_other_by_its_share(scores, required, free) -> None:
    found = [float(primitives.level_sum(columns(scores), 0.8, lower)[0]) for lower in (True, False)]
    assert found == pytest.approx([required, free], abs=1e-12, nan_ok=True)


CMMM = ((0.8, 1), (1.8, 2), (2.8, 3), (3.8, 4), (4.8, 5))
CMMM_EDGES = [(edge, number) for edge, number in CMMM] + [(edge - 0.0004, number - 1) for edge, number in CMMM]


@pytest.mark.parametrize(("total", "number"), [*CMMM_EDGES, (0, 0), (2.62, 2), (3.3, 3), (5.0, 5)])
def test_bands_of_the_level_sum_are_left_closed(total, number) -> None:
    starts = [start for start, _ in CMMM]
    assert primitives.band_number(np.array([total], float), starts)[0] == number


TARGETS = [
    # verdicts of what bronze, silver and gold ask for, the target reached
    (((TRUE, TRUE), (TRUE, TRUE), (TRUE, FALSE)), 2),
    (((TRUE, TRUE), (TRUE, TRUE), (TRUE, TRUE)), 3),
    (((TRUE, FALSE), (FALSE, FALSE), (FALSE, FALSE)), 0),
    (((TRUE, INAPPLICABLE), (TRUE, UNKNOWN), (FALSE, TRUE)), 1),
    (((INAPPLICABLE,), (INAPPLICABLE,), (INAPPLICABLE,)), NONE),
    (((UNKNOWN,), (UNKNOWN,), (UNKNOWN,)), NONE),
]


@pytest.mark.parametrize(("targets", "reached"), TARGETS)
def test_all_pass_gives_the_highest_target_all_of_whose_requirements_hold(targets, reached) -> None:
    np.testing.assert_array_equal(primitives.all_pass([verdicts(*target) for target in targets]), [reached])


BANDS = [("bronze", 2.2), ("silver", 2.5), ("gold", 3.0), ("diamond", 3.5), ("platinum", 4.0)]


@pytest.mark.parametrize(("band", "start"), BANDS)
def test_a_band_begins_exactly_at_its_edge_and_nothing_is_rounded_up_to_it(band, start) -> None:
    starts = [edge for _, edge in BANDS]
    below, at, above = start - 0.0004, start, start + 0.0004
    number = [name for name, _ in BANDS].index(band) + 1
    found = primitives.band_number(np.array([below, np.nextafter(start, 0), at, above]), starts)
    np.testing.assert_array_equal(found, [number - 1, number - 1, number, number])


def test_no_score_falls_into_no_band() -> None:
    assert primitives.band_index(np.array([NONE, -1.0]), [0, 50]).tolist() == [-1, -1]


NOISE = [
    (59.99999999999999, 60.0),
    (60.00000000000001, 60.0),
    (2.1999999999999997, 2.2),
    (59.9999, 59.9999),
    (59.999999999, 59.999999999),
    (66.66666666666667, 66.66666666666667),
    (NONE, NONE),
]


@pytest.mark.parametrize(("computed", "meant"), NOISE)
def test_rounding_noise_is_taken_away_and_nothing_else(computed, meant) -> None:
    np.testing.assert_array_equal(primitives.settled(np.array([computed])), [meant])


def test_a_mean_of_means_that_is_sixty_exactly_is_not_below_sixty() -> None:
    # 7 items at 60 and weights like 0.1 and 0.7 leave 59.99999999999999 behind in binary arithmetic.
    weights = {"A": 0.1, "B": 0.7, "C": 0.2}
    found = instrument(
        *(dimension(code, item(f"{code}-01", "share", score=LINEAR)) for code in weights),
        nodes=[
            *({"id": code, "rule": "wmean", "of": "items"} for code in weights),
            {"id": "index", "rule": "wmean", "of": "dimensions", "weights": weights},
            {"id": "raw", "rule": "wmean", "of": ["A", "B", "C"], "weights": weights},
        ],
        level_node="raw",
    )
    assert level(found, {"A-01": "60", "B-01": "60", "C-01": "60"}) == "prevention"


LINEAR = {"rule": "piecewise", "points": [[0, 0], [100, 100]]}
