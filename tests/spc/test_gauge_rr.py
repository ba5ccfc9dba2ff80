"""The gauge study equals the published example and an independent analysis of variance."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

from scoring.engine.spc.gauge_rr import gauge_rr, gauge_rr_of_cube
from scoring.engine.spc.messages import SpcError
from tests.spc.published import GAUGE


def rows(cube):
    """Part, appraiser and value of each measurement."""
    return zip(*((p, a, value) for (p, a, _), value in np.ndenumerate(cube)), strict=True)


def with_interaction(seed=3):
    rng = np.random.default_rng(seed)
    return (
        rng.normal(0, 3, (8, 1, 1))
        + rng.normal(0, 1, (1, 3, 1))
        + rng.normal(0, 2, (8, 3, 1))
        + rng.normal(size=(8, 3, 2))
    )


def test_the_published_example():
    found = gauge_rr_of_cube(GAUGE)
    sigmas = (found.repeatability.sigma, found.appraiser.sigma, found.grr.sigma, found.part_to_part.sigma)
    assert sigmas == pytest.approx((0.199933, 0.226838, 0.302373, 1.042327), abs=2e-6)
    assert found.total.sigma == pytest.approx(1.085, abs=5e-4)


def test_the_published_shares_and_categories():
    found = gauge_rr_of_cube(GAUGE)
    shares = (found.repeatability, found.appraiser, found.interaction, found.grr, found.part_to_part)
    assert [each.study_variation for each in shares] == pytest.approx([18.4, 20.9, 0, 27.9, 96.0], abs=0.06)
    assert [each.contribution for each in shares] == pytest.approx([3.4, 4.4, 0, 7.8, 92.2], abs=0.06)
    assert found.distinct_categories == 4


def test_the_published_interaction_is_pooled():
    found = gauge_rr_of_cube(GAUGE)
    assert found.interaction_pooled
    assert found.interaction_p == pytest.approx(0.974, abs=5e-4)
    assert [(row.source, row.df) for row in found.anova] == [("part", 9), ("appraiser", 2), ("repeatability", 78)]


@pytest.mark.parametrize("cube", [GAUGE, with_interaction()], ids=["pooled", "with interaction"])
def test_the_table_agrees_with_statsmodels(cube):
    part, appraiser, value = rows(cube)
    frame = pd.DataFrame({"part": part, "appraiser": appraiser, "value": value})
    found = gauge_rr_of_cube(cube)
    formula = "value ~ C(part) + C(appraiser)" + ("" if found.interaction_pooled else " + C(part):C(appraiser)")
    oracle = anova_lm(ols(formula, frame).fit())
    assert [row.sum_of_squares for row in found.anova] == pytest.approx(oracle["sum_sq"].tolist(), rel=1e-9)
    assert [row.df for row in found.anova] == oracle["df"].tolist()


def test_a_real_interaction_is_kept_and_is_the_denominator():
    found = gauge_rr_of_cube(with_interaction())
    part, _, interaction, error = found.anova
    assert not found.interaction_pooled
    assert part.f == pytest.approx(part.mean_square / interaction.mean_square)
    assert interaction.f == pytest.approx(interaction.mean_square / error.mean_square)
    assert found.interaction.variance == pytest.approx((interaction.mean_square - error.mean_square) / 2)


def test_variances_add_up():
    found = gauge_rr_of_cube(with_interaction())
    parts = (found.repeatability, found.appraiser, found.interaction)
    assert found.grr.variance == pytest.approx(sum(each.variance for each in parts))
    assert found.total.variance == pytest.approx(found.grr.variance + found.part_to_part.variance)


def test_the_components_are_recovered_from_a_large_study():
    rng = np.random.default_rng(1)
    cube = rng.normal(0, 3, (300, 1, 1)) + rng.normal(0, 1, (1, 60, 1)) + rng.normal(0, 0.5, (300, 60, 2))
    found = gauge_rr_of_cube(cube)
    sigmas = (found.part_to_part.sigma, found.appraiser.sigma, found.repeatability.sigma)
    assert sigmas == pytest.approx((3, 1, 0.5), rel=0.15)


def test_rows_in_any_order_of_parts_and_appraisers_give_the_same_study():
    listed = list(zip(*rows(GAUGE), strict=True))
    parts, appraisers, values = zip(*reversed(listed), strict=True)
    assert gauge_rr(parts, appraisers, values).grr.variance == pytest.approx(gauge_rr_of_cube(GAUGE).grr.variance)


def test_shares_of_the_tolerance():
    found = gauge_rr_of_cube(GAUGE, tolerance=8)
    assert found.grr.tolerance == pytest.approx(100 * 6 * 0.302373 / 8, rel=1e-5)
    assert gauge_rr_of_cube(GAUGE).grr.tolerance is None


def test_parts_that_do_not_differ_have_one_category():
    cube = np.random.default_rng(1).normal(size=(1, 3, 3)) + np.random.default_rng(2).normal(0, 0.1, (6, 3, 3))
    assert gauge_rr_of_cube(cube).distinct_categories == 1


def test_a_gauge_without_any_variation_has_no_categories():
    cube = np.broadcast_to(np.arange(5.0)[:, None, None], (5, 2, 2))
    assert gauge_rr_of_cube(cube).distinct_categories is None


@pytest.mark.parametrize(
    ("parts", "appraisers", "values", "tolerance", "code"),
    [
        ("aabb", "xyxy", [1, 2, 3, 4], None, "study_shape"),
        ("aaaabbb", "xxyyxxy", [1, 2, 3, 4, 5, 6, 7], None, "study_unbalanced"),
        ("aaaa", "xxyy", [1, 2, 3, 4], None, "study_shape"),
        ("aaaabbbb", "xxyyxxyy", [1] * 8, None, "study_no_variation"),
        ("aaaabbbb", "xxyyxxyy", [1, 2, 3, 4, 5, 6, 7], None, "counts_and_sizes"),
        ("aaaabbbb", "xxyyxxyy", [1, 2, 3, 4, 5, 6, 7, 8], 0, "tolerance"),
    ],
)
def test_studies_that_cannot_be_are_refused(parts, appraisers, values, tolerance, code):
    with pytest.raises(SpcError) as refusal:
        gauge_rr(list(parts), list(appraisers), values, tolerance)
    assert refusal.value.code == code
