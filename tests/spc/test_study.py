"""The whole study and its JSON form."""

import json

import numpy as np
import pytest

from scoring.engine.spc.as_json import study_object, verdict_object
from scoring.engine.spc.capability import Limits
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.samples import subgroups_of_size, subgroups_of_sizes
from scoring.engine.spc.study import Options, study
from tests.spc.published import FURNACE, RINGS

RING_LIMITS = Limits(73.95, 74.05, 74)
RING_STUDY = study(RINGS, RING_LIMITS, subgroups_of_size(RINGS, 5))


def test_indices_stand_under_their_keys():
    found = study_object(RING_STUDY)
    assert found["cp"]["value"] == pytest.approx(1.703, abs=5e-4)
    assert found["cpk"]["value"] == pytest.approx(1.663, abs=5e-4)
    assert {"value", "low", "high", "confidence", "method"} <= found["ppk"].keys()


def test_indices_that_do_not_exist_are_null():
    found = study_object(study(FURNACE, Limits(usl=660, target=560)))
    assert [found[key] for key in ("cp", "pp", "cpm", "cpl", "ppl", "k")] == [None] * 6
    assert found["cpk"]["interval"] == "noncentral_t_df"
    assert found["ppk"]["interval"] == "noncentral_t"


@pytest.mark.parametrize(
    ("values", "groups", "charts"),
    [
        (FURNACE, None, ["i", "mr"]),
        (RINGS, subgroups_of_size(RINGS, 5), ["xbar", "r"]),
        (FURNACE, subgroups_of_size(FURNACE, 12), ["xbar", "s"]),
        (FURNACE[:20], subgroups_of_sizes(FURNACE[:20], [4, 6, 5, 5]), ["xbar", "r"]),
    ],
)
def test_the_charts_follow_the_subgroups(values, groups, charts):
    assert list(study_object(study(values, Limits(0, 700), groups))["control_charts"]) == charts


def test_straight_limits_are_a_number_and_others_a_list():
    uneven = study(FURNACE[:20], Limits(0, 700), subgroups_of_sizes(FURNACE[:20], [4, 6, 5, 5]))
    assert isinstance(study_object(RING_STUDY)["control_charts"]["xbar"]["upper"], float)
    assert len(study_object(uneven)["control_charts"]["xbar"]["upper"]) == 4


def test_signals_name_chart_rule_and_points():
    values = np.append(np.tile([10.0, 10.1, 9.9, 10.05], 10), 13)
    found = study_object(study(values, Limits(8, 14)))
    assert {"chart": "i", "rule": "WE1", "name": "one point beyond 3 sigma", "points": [41]} in found["signals"]
    assert {"chart": "mr", "rule": "limit", "name": "one point beyond the control limits", "points": [41]} in found[
        "signals"
    ]
    assert found["stability"] == {"stable": False, "rules": "western-electric", "plotted": 41, "flagged": [41]}


def test_all_estimates_stand_beside_the_chosen_one():
    found = study_object(RING_STUDY)["sigma"]
    assert found["within"]["estimator"] == "rbar"
    assert [each["estimator"] for each in found["estimates"]] == ["rbar", "sbar", "pooled", "pooled_unbiased"]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("draw", ["normal", "exponential", "standard_cauchy"])
def test_the_object_is_strict_json(draw, seed):
    values = getattr(np.random.default_rng(seed), draw)(size=60)
    found = study_object(study(values, Limits(-3, 3)))
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_two_values_are_enough_for_figures_and_too_few_for_a_verdict():
    found = study([1.0, 2.0], Limits(0, 3))
    assert found.percentile is None
    assert found.autocorrelation is None
    assert verdict_object(found.verdict(1.0))["outcome"] == "not_decidable"


def test_one_subgroup_alone_is_charted():
    found = study([1.0, 2, 4, 3], Limits(0, 9), subgroups_of_sizes([1.0, 2, 4, 3], [4]))
    assert found.autocorrelation is None
    assert found.charts.location.points.tolist() == [2.5]


def test_the_confidence_level_applies_to_every_interval():
    found = study_object(study(FURNACE, Limits(460, 660, 560), options=Options(confidence=0.9)))
    figures = [found[key] for key in ("cp", "cpk", "pp", "ppk", "cpm", "ppu")] + [found["distribution"]["ppk"]]
    assert {figure["confidence"] for figure in figures} == {0.9}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (Options(estimator="rbar"), "estimator_needs_subgroups"),
        (Options(distribution="cauchy"), "distribution_unknown"),
        (Options(confidence=95), "confidence"),
    ],
)
def test_contradictory_options_are_refused(options, code):
    with pytest.raises(SpcError) as refusal:
        study(FURNACE, Limits(460, 660), options=options)
    assert refusal.value.code == code


def test_unequal_subgroups_are_remarked():
    found = study(FURNACE[:12], Limits(0, 700), subgroups_of_sizes(FURNACE[:12], [5, 5, 1, 1]))
    assert {"short_subgroups", "single_values"} <= {each.code for each in found.remarks}


@pytest.mark.parametrize(("distribution", "code"), [(None, "percentile_lognormal"), ("gamma", "distribution_rejected")])
def test_the_distribution_that_takes_over_is_named(distribution, code):
    values = np.random.default_rng(1).lognormal(0, 1, 300)
    found = study(values, Limits(usl=20), options=Options(distribution=distribution))
    assert code in {each.code for each in found.remarks}
