"""What data say about an answer: each claim against each kind of data."""

from dataclasses import replace

import pytest

from scoring.engine.evidence.claims import decide, together
from scoring.engine.evidence.facts import (
    ChartFacts,
    CountFacts,
    DeclaredStudies,
    GaugeFacts,
    InventoryFacts,
    Order,
    ProcessFacts,
    Subject,
)
from scoring.engine.evidence.messages import CAVEATS, CLAIMS, REASONS
from scoring.engine.spc.figures import Figure, Method
from scoring.engine.spc.messages import shown
from scoring.engine.spc.verdict import Outcome

CHART = ChartFacts(Order.TIME, points=25, flagged=0, beyond=0, subgrouped=True)
GAUGE = GaugeFacts(10, 3, 3, grr=20.0, low=12.0, high=29.0, of_tolerance=True, ndc=7)


def ppk(value, low, high):
    return Figure(value, low, high, 0.95, Method("overall", "bissell", 99))


def process(figure, n=100, chart=CHART):
    return ProcessFacts(n, figure.value if figure else 1.0, figure, chart)


def found(subject, declared, facts):
    decision = decide(subject, declared, facts)
    return str(decision.outcome), decision.reason


@pytest.mark.parametrize(
    ("level", "figure", "n", "expected"),
    [
        (1, ppk(0.5, 0.4, 0.6), 100, ("not_decidable", "nothing_claimed")),
        (2, ppk(0.5, 0.4, 0.6), 100, ("supported", "was_evaluated")),
        (3, ppk(0.5, 0.4, 0.6), 100, ("supported", "was_evaluated")),
        (3, ppk(2.0, 1.9, 2.1), 29, ("not_decidable", "too_few_for_verdict")),
        (4, ppk(1.5, 1.33, 1.7), 100, ("supported", "lower_limit_reaches")),
        (4, ppk(1.5, 1.32, 1.7), 100, ("not_decidable", "interval_straddles")),
        (4, ppk(1.2, 1.1, 1.33), 100, ("not_decidable", "interval_straddles")),
        (4, ppk(1.2, 1.1, 1.32), 100, ("contradicted", "upper_limit_misses")),
        (4, ppk(2.0, 1.9, 2.1), 29, ("not_decidable", "too_few_for_verdict")),
        (4, None, 100, ("not_decidable", "no_distribution")),
        (5, ppk(1.8, 1.67, 1.9), 100, ("supported", "lower_limit_reaches")),
        (5, ppk(1.5, 1.4, 1.66), 100, ("contradicted", "upper_limit_misses")),
        (5, ppk(1.7, 1.5, 1.9), 100, ("not_decidable", "interval_straddles")),
        (None, ppk(2.0, 1.9, 2.1), 100, ("not_decidable", "no_answer")),
    ],
)
def test_capability_rests_on_the_limits_of_ppk(level, figure, n, expected):
    assert found(Subject.CAPABILITY, level, process(figure, n)) == expected


@pytest.mark.parametrize(
    ("level", "chart", "expected"),
    [
        (2, CHART, ("not_decidable", "nothing_claimed")),
        (3, CHART, ("supported", "measured_in_order")),
        (3, replace(CHART, order=Order.UNKNOWN), ("not_decidable", "order_unknown")),
        (4, replace(CHART, order=Order.UNKNOWN), ("not_decidable", "order_unknown")),
        (4, replace(CHART, order=Order.BACKWARDS, backwards_at=7), ("not_decidable", "order_backwards")),
        (4, replace(CHART, points=19), ("not_decidable", "too_few_points")),
        (4, CHART, ("supported", "in_control")),
        (5, CHART, ("supported", "in_control")),
        (4, replace(CHART, order=Order.CONFIRMED), ("supported", "in_control")),
        (4, replace(CHART, subgrouped=False), ("not_decidable", "no_subgroups")),
        (4, replace(CHART, subgrouped=False, planned=True), ("supported", "in_control")),
        (4, replace(CHART, flagged=3, beyond=2), ("not_decidable", "reactions_unknown")),
        (4, replace(CHART, flagged=3, beyond=2, reacted=3), ("supported", "reacted")),
        (4, replace(CHART, flagged=3, beyond=2, reacted=1), ("not_decidable", "partly_reacted")),
        (4, replace(CHART, flagged=3, beyond=2, reacted=0), ("contradicted", "not_reacted")),
        (4, replace(CHART, flagged=3, beyond=0, reacted=0), ("not_decidable", "partly_reacted")),
    ],
)
def test_control_charts_need_order_and_reactions(level, chart, expected):
    assert found(Subject.SPC, level, CountFacts(chart)) == expected
    assert found(Subject.SPC, level, process(ppk(1, 0.9, 1.1), chart=chart)) == expected


@pytest.mark.parametrize(
    ("level", "facts", "expected"),
    [
        (2, GAUGE, ("not_decidable", "nothing_claimed")),
        (3, replace(GAUGE, grr=55.0), ("supported", "was_studied")),
        (3, replace(GAUGE, parts=4), ("not_decidable", "study_small")),
        (3, DeclaredStudies(2), ("not_decidable", "study_declared_only")),
        (4, GAUGE, ("supported", "grr_within")),
        (4, replace(GAUGE, high=30.0), ("supported", "grr_within")),
        (4, replace(GAUGE, high=30.1), ("not_decidable", "grr_straddles")),
        (4, replace(GAUGE, grr=42.0, low=30.0, high=90.0), ("not_decidable", "grr_straddles")),
        (4, replace(GAUGE, grr=42.0, low=30.1, high=90.0), ("contradicted", "grr_beyond")),
        (4, replace(GAUGE, ndc=4), ("not_decidable", "grr_coarse")),
        (4, replace(GAUGE, ndc=None), ("supported", "grr_within")),
        (4, replace(GAUGE, low=None, high=None), ("not_decidable", "interval_missing")),
        (5, replace(GAUGE, grr=42.0, low=33.0, high=90.0, ndc=2), ("contradicted", "grr_beyond")),
        (4, DeclaredStudies(1), ("not_decidable", "study_declared_only")),
    ],
)
def test_measurement_systems_need_a_gauge_study(level, facts, expected):
    assert found(Subject.MEASUREMENT_SYSTEM, level, facts) == expected


@pytest.mark.parametrize(
    ("declared", "share", "complete", "expected"),
    [
        (50, 50.0, True, ("supported", "share_agrees")),
        (50, 45.0, True, ("supported", "share_agrees")),
        (50, 44.9, True, ("contradicted", "share_below")),
        (50, 55.1, True, ("supported", "share_above")),
        (80, 20.0, False, ("not_decidable", "inventory_open")),
        (None, 50.0, True, ("not_decidable", "no_answer")),
    ],
)
def test_the_declared_share_may_be_five_points_off(declared, share, complete, expected):
    assert found(Subject.COLLECTION, declared, InventoryFacts(share, complete)) == expected


@pytest.mark.parametrize("subject", [Subject.CAPABILITY, Subject.SPC, Subject.MEASUREMENT_SYSTEM])
def test_data_of_another_kind_decide_nothing(subject):
    assert found(subject, 4, InventoryFacts(50.0, True)) == ("not_decidable", "nothing_claimed")


def test_devices_of_qif_files_are_a_hint_beside_the_verdict():
    decision = decide(Subject.COLLECTION, 50, InventoryFacts(50.0, True, measurements=40, known=30, automatic=10))
    assert [caveat.code for caveat in decision.caveats] == ["inventory_own_word", "devices"]


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], None),
        (["not_decidable"], "not_decidable"),
        (["not_decidable", "supported"], "supported"),
        (["supported", "contradicted", "not_decidable"], "contradicted"),
    ],
)
def test_what_contradicts_weighs_most(outcomes, expected):
    assert together(map(Outcome, outcomes)) == expected


@pytest.mark.parametrize(
    "decision",
    [
        decide(Subject.CAPABILITY, 4, process(ppk(1.5, 1.4, 1.7))),
        decide(Subject.SPC, 5, CountFacts(replace(CHART, flagged=3, beyond=2, reacted=1, reaction_planned=True))),
        decide(Subject.SPC, 4, CountFacts(replace(CHART, order=Order.BACKWARDS, backwards_at=7))),
        decide(Subject.MEASUREMENT_SYSTEM, 4, replace(GAUGE, low=42.0, high=90.0, ndc=None, of_tolerance=False)),
        decide(Subject.MEASUREMENT_SYSTEM, 4, replace(GAUGE, low=20.0, high=90.0)),
        decide(Subject.MEASUREMENT_SYSTEM, 4, replace(GAUGE, ndc=3)),
        decide(Subject.MEASUREMENT_SYSTEM, 3, GAUGE),
        decide(Subject.MEASUREMENT_SYSTEM, 3, replace(GAUGE, parts=2)),
        decide(Subject.COLLECTION, 50, InventoryFacts(20.0, True, 40, 30, 10)),
    ],
)
def test_the_figures_fill_every_sentence(decision):
    sentences = [CLAIMS[decision.claim], REASONS[decision.reason]]
    told = [sentence % shown(decision.params) for sentence in sentences]
    told += [CAVEATS[caveat.code] % shown(caveat.params) for caveat in decision.caveats]
    assert not any("%(" in sentence or "%%" in sentence for sentence in told)
