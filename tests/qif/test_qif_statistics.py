"""Studies, plans and declared figures, and whether the data they point to support them."""

from __future__ import annotations

from itertools import pairwise
from statistics import mean, pstdev, stdev

import pytest

from scoring.measurements.qif import DeclaredCheck, QifDocument, Verdict, declared_against_data, read_qif
from scoring.measurements.qif_declared import REASONS
from tests.qif.build import (
    SHAFT,
    VERSIONS,
    Char,
    Res,
    Row,
    document,
    parts,
    shaft,
    study_plans,
    study_results,
    tag,
)

# Thirty diameters whose spread is far too wide for the Cpk of 1.345 that the file declares.
WIDE = (
    "1.987", "2.074", "1.910", "2.054", "1.961", "1.960", "2.122", "1.992", "1.977", "2.035",
    "2.065", "1.978", "2.024", "1.907", "1.952", "1.947", "1.880", "1.867", "1.858", "1.962",
    "1.967", "1.956", "1.985", "1.880", "1.974", "1.998", "2.036", "1.917", "1.950", "1.829",
)  # fmt: skip
THREES = tuple(tuple(range(300 + n, 303 + n)) for n in range(0, 30, 3))
NUMBERS = [float(value) for value in WIDE]


def cpk(sigma: float, numbers: list[float] = NUMBERS) -> float:
    return min(2.2 - mean(numbers), mean(numbers) - 1.8) / (3 * sigma)


def declaring(version: str = "3.0", values: tuple[str, ...] = WIDE, char: Char = SHAFT, **more: object) -> QifDocument:
    plan = tag("CapabilityStudyPlan", tag("CpkThreshold", tag("Limit", "1.33")), id=700)
    stats = study_plans(plan) + study_results(version, **more)  # type: ignore[arg-type]
    return read_qif(shaft(version, values, chars=(char,), statistics=stats))


def only_check(found: QifDocument) -> DeclaredCheck:
    (check,) = declared_against_data(found)
    return check


@pytest.mark.parametrize("version", VERSIONS)
def test_a_declared_index_that_no_estimator_gives_is_unsupported(version: str) -> None:
    check = only_check(declaring(version, figures={"Cpk": "1.345"}, subgroups=THREES))
    assert (check.verdict, check.n, check.supported_by) == (Verdict.UNSUPPORTED, 30, ())
    assert (check.threshold, check.reaches_threshold, check.reached_by) == (1.33, True, ())
    assert max(each.value for each in check.estimates) < 1.0


def test_every_estimator_that_the_data_allow_is_tried() -> None:
    check = only_check(declaring(figures={"Cpk": "1.345"}, subgroups=THREES))
    assert {each.estimator for each in check.estimates} == {
        "overall",
        "overall_n",
        "moving_range",
        "sqrt_mssd",
        "rbar",
        "sbar",
        "pooled",
        "pooled_unbiased",
    }


def moving_range() -> float:
    gaps = [abs(later - earlier) for earlier, later in pairwise(NUMBERS)]
    return mean(gaps) / 1.128379


@pytest.mark.parametrize(
    ("estimator", "sigma"),
    [("overall", stdev(NUMBERS)), ("overall_n", pstdev(NUMBERS)), ("moving_range", moving_range())],
)
def test_an_index_by_any_estimator_is_supported_to_its_digits(estimator: str, sigma: float) -> None:
    check = only_check(declaring(figures={"Cpk": f"{cpk(sigma):.3f}"}, measured=tuple(range(300, 330))))
    assert check.verdict is Verdict.SUPPORTED
    assert estimator in check.supported_by


@pytest.mark.parametrize(("digits", "verdict"), [("0.8", Verdict.SUPPORTED), ("0.8000", Verdict.UNSUPPORTED)])
def test_a_declared_index_is_compared_to_the_digits_written(digits: str, verdict: Verdict) -> None:
    check = only_check(declaring(figures={"Ppk": digits}, measured=tuple(range(300, 330))))
    assert check.verdict is verdict


def test_a_stated_subgroup_size_makes_consecutive_subgroups() -> None:
    size = tag("SubgroupSize", "3")
    stated = only_check(declaring(figures={"Cp": "1.0"}, measured=tuple(range(300, 330)), extra=size))
    listed = only_check(declaring(figures={"Cp": "1.0"}, subgroups=THREES))
    assert stated.estimates == listed.estimates


def test_excluded_measurements_do_not_count() -> None:
    listing = tag("Ids", *(tag("Id", str(n)) for n in range(300, 330)))
    reason = tag("Reason", tag("ExclusionEnum", "FLIER"))
    excluded = tag("MeasuredIds", listing, tag("Exclusions", tag("Exclusion", tag("Id", "318"), reason)))
    assert only_check(declaring(figures={"Cpk": "1.0"}, data=excluded)).n == 29


def test_raw_values_take_the_place_of_measurements() -> None:
    exclusion = tag("Exclusions", tag("Exclusion", tag("Index", "2")))
    raw = tag("MeasuredValues", tag("Values", " ".join(WIDE)), exclusion)
    check = only_check(declaring(figures={"Cpk": "1.9"}, data=raw))
    assert (check.n, check.verdict) == (29, Verdict.UNSUPPORTED)


def test_raw_subgroups_take_the_place_of_measurements() -> None:
    groups = (tag("Subgroup", tag("Values", " ".join(WIDE[n : n + 3]))) for n in range(0, 30, 3))
    check = only_check(declaring(figures={"Cpk": "1.0"}, data=tag("SubgroupValues", *groups)))
    by_ids = only_check(declaring(figures={"Cpk": "1.0"}, subgroups=THREES))
    assert check.estimates == by_ids.estimates


@pytest.mark.parametrize(
    ("reason", "char", "more"),
    [
        ("no_limits", Char(5, name="D", basic=True), {"measured": (300, 301)}),
        ("bonus", Char(5, kind="Position", name="P", zone="3", material="MAXIMUM"), {"measured": (300, 301)}),
        ("two_limits_needed", Char(5, name="D", lower=None), {"figures": {"Cp": "1.0"}, "measured": (300, 301)}),
        ("deviations", SHAFT, {"block": "DeviationStats", "measured": (300, 301)}),
        ("no_data", SHAFT, {}),
        ("no_characteristic", SHAFT, {"char_kind": "Length"}),
        ("no_spread", SHAFT, {"measured": (300,)}),
    ],
)
def test_what_cannot_be_decided_says_why(reason: str, char: Char, more: dict[str, object]) -> None:
    check = only_check(declaring(char=char, **({"figures": {"Cpk": "1.0"}} | more)))
    assert (check.verdict, check.reason) == (Verdict.NOT_DECIDABLE, reason)
    assert reason in REASONS


def test_a_zone_is_checked_against_its_upper_limit_with_one_value_for_each_part() -> None:
    worst = (0.11, 0.19, 0.15, 0.12, 0.18)
    rows = (
        Res(
            n,
            tuple(Row(300 + 2 * n + m, 5, str(value), kind="Flatness") for m, value in enumerate((size, 0.0))),
            400 + n,
        )
        for n, size in enumerate(worst)
    )
    declared = (0.4 - mean(worst)) / (3 * stdev(worst))
    stats = study_results(
        "3.0", char_kind="Flatness", figures={"Ppk": f"{declared:.4f}"}, measured=tuple(range(300, 310))
    )
    char = Char(5, kind="Flatness", name="F", zone="0.4")
    check = only_check(read_qif(document(chars=(char,), results=tuple(rows), statistics=stats)))
    assert (check.n, check.verdict) == (5, Verdict.SUPPORTED)


def test_signed_zone_values_are_not_decided() -> None:
    char = Char(5, kind="PointProfile", name="P", zone="1.0")
    results = parts(("-0.2", "0.1"), kind="PointProfile")
    stats = study_results("3.0", char_kind="PointProfile", figures={"Ppk": "1.0"}, measured=(300, 301))
    assert only_check(read_qif(document(chars=(char,), results=results, statistics=stats))).reason == "zone_signed"


def test_values_in_another_unit_are_checked_in_the_unit_of_the_limits() -> None:
    results = parts(tuple(f"{number / 25.4:.9f}" for number in NUMBERS), unit="inch")
    stats = study_results("3.0", figures={"Ppk": f"{cpk(stdev(NUMBERS)):.4f}"}, measured=tuple(range(300, 330)))
    check = only_check(read_qif(document(chars=(SHAFT,), results=results, statistics=stats)))
    assert check.verdict is Verdict.SUPPORTED


def test_identical_values_have_no_index() -> None:
    check = only_check(declaring(values=("2.0",) * 5, figures={"Cpk": "9.9"}, measured=tuple(range(300, 305))))
    assert check.reason == "no_spread"


@pytest.mark.parametrize("version", VERSIONS)
def test_studies_and_their_numbers_are_told(version: str) -> None:
    counts = tag("NumberOfAppraisers", "2") + tag("NumberOfParts", "5") + tag("NumberOfTrials", "3")
    stats = study_results(version, kind="GageRandR", figures={"GageRandR": "3.14"}, extra=counts)
    study = read_qif(shaft(version, statistics=stats)).studies[0]
    assert (study.kind, study.role, study.status) == ("GageRandR", "results", "PASS")
    assert study.counts == {"NumberOfAppraisers": 2, "NumberOfParts": 5, "NumberOfTrials": 3}


def test_a_production_plan_holds_run_rules_and_thresholds() -> None:
    rules = (
        tag("ControlMethod", tag("TrendGrouping", tag("Limit", "6")), id=1),
        tag("ControlMethod", tag("OneThirdGrouping", tag("Limit", "4"), tag("OutOf", "5")), id=2),
        tag("ControlMethod", tag("CpkThreshold", tag("Limit", "1.33")), id=3),
    )
    plan = tag(
        "ProductionStudyPlan", tag("ControlMethods", *rules), tag("SamplingMethod", tag("SampleSize", "5")), id=1
    )
    study = read_qif(shaft(statistics=study_plans(plan))).studies[0]
    assert study.rules == {"TrendGrouping": "6", "OneThirdGrouping": "4/5"}
    assert (study.thresholds, study.counts) == ({"Cpk": 1.33}, {"SampleSize": 5})


def test_the_only_plan_of_a_kind_belongs_to_the_results_of_that_kind() -> None:
    found = declaring(figures={"Cpk": "1.345"}, subgroups=THREES)
    assert [study.plan for study in found.studies] == [None, "1/Capability-plan/700"]


def test_two_plans_of_a_kind_belong_to_nobody_unless_named() -> None:
    limits = (tag("CpkThreshold", tag("Limit", text)) for text in ("1.33", "1.67"))
    plans = study_plans(*(tag("CapabilityStudyPlan", each, id=700 + n) for n, each in enumerate(limits)))
    unnamed = read_qif(shaft(statistics=plans + study_results("3.0", figures={"Cpk": "1.0"})))
    named = read_qif(shaft(statistics=plans + study_results("3.0", figures={"Cpk": "1.0"}, plan=701)))
    assert (unnamed.declared[0].thresholds, named.declared[0].thresholds) == ({}, {"Cpk": 1.67})


@pytest.mark.parametrize("version", VERSIONS)
def test_corrective_action_plans_are_counted(version: str) -> None:
    causes = tag("AssignableCauses", *(tag("AssignableCause", id=n) for n in (1, 2)))
    actions = tag("CorrectiveActions", tag("CorrectiveAction", tag("ActionToTake", "Stop"), id=1))
    plans = tag("CorrectiveActionPlans", tag("CorrectiveActionPlan", causes, actions, id=1))
    plan = read_qif(shaft(version, statistics=plans)).corrective_plans[0]
    assert (plan.causes, plan.actions) == (2, 1)


def test_a_first_article_study_has_its_share_in_specification() -> None:
    stats = study_results("2.1", kind="FirstArticle", figures={}, extra=tag("InSpecRatio", "0.5"))
    assert read_qif(shaft("2.1", statistics=stats)).studies[0].in_spec_ratio == 0.5
