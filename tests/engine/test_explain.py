"""Explaining a score: a derivation down to the answers whose contributions add up to it."""

import json
import math

import numpy as np
import pytest

from scoring.engine.contributions import PARTS
from scoring.engine.explain import Explanation, NodeDerivation, explain
from scoring.engine.rules import RULES
from scoring.engine.scorer import score
from surveys.instruments.coding import table_from_written
from tests.engine.bundled import EVERY, all_highest, all_lowest, bundled, figures
from tests.engine.population import random_answers

BLUEBOOK = bundled("bluebook")
INDICATORS = figures().indicators


def explained(answers: dict[str, str], code: str = "bluebook", size: str | None = "small") -> Explanation:
    found = bundled(code)
    indicators = INDICATORS if code == "bluebook" else ()
    return explain(found, table_from_written(found, [answers]), indicators, size)


def test_every_rule_can_be_explained() -> None:
    assert PARTS.keys() == RULES.keys()


@pytest.mark.parametrize("code", EVERY)
def test_the_contributions_under_every_node_add_up_to_its_score(code: str) -> None:
    found = bundled(code)
    answers = random_answers(found, 60, seed=4)
    gaps = [gap(node) for row in range(60) for node in explain(found, answers.rows(row, row + 1)).nodes]
    assert max(gaps) <= 1e-12


def gap(node: NodeDerivation) -> float:
    """How far the sum of the contributions is from the score, on a scale of one; 0 where there is no score."""
    total = math.fsum(term.contribution or 0.0 for term in node.terms)
    return 0.0 if node.score is None else abs(total - node.score) / max(1.0, node.score)


@pytest.mark.parametrize("code", EVERY)
def test_an_explanation_tells_the_scores_of_the_batch(code: str) -> None:
    found = bundled(code)
    answers = random_answers(found, 20, seed=5)
    table = score(found, answers)
    told = [explain(found, answers.rows(row, row + 1)).index for row in range(20)]
    np.testing.assert_array_equal(np.array(told, float), table.index)


def test_an_explanation_is_json() -> None:
    told = explained(all_highest(BLUEBOOK, RD_01="NA", RD_02="DECLINE", PR_01="DK")).to_dict()
    assert json.loads(json.dumps(told, allow_nan=False))["level"] == "excellence"


def test_a_dimension_is_derived_down_to_answer_rule_and_points() -> None:
    told = explained(all_lowest(BLUEBOOK, RD_01="3", RD_02="NA", RD_03="DK"))
    terms = {term.name: term for term in told.node("RD").terms}
    left = len(BLUEBOOK.dimension_by_code["RD"].items) - 1
    assert (terms["RD-01"].weight, terms["RD-01"].share, terms["RD-01"].contribution) == (1, 1 / left, 1 / left * 50)
    assert (terms["RD-02"].share, terms["RD-02"].contribution) == (None, None)
    answers = {name: terms[name].child for name in ("RD-01", "RD-02", "RD-03")}
    assert [(a.answer, a.rule, a.score) for a in answers.values()] == [
        ("3", "map", 50),
        ("NA", "map", None),
        ("DK", "map", 0),
    ]


def test_the_index_is_derived_from_its_dimensions_and_they_from_their_items() -> None:
    index = explained(all_highest(BLUEBOOK)).node("index")
    assert [term.name for term in index.terms] == [one.code for one in BLUEBOOK.dimensions]
    assert {term.child.rule for term in index.terms} == {"wmean"}


def test_what_branching_hid_is_told_as_not_asked() -> None:
    terms = explained(all_lowest(BLUEBOOK, DG_03="50")).node("DG").terms
    hidden = next(term.child for term in terms if term.name == "DG-03")
    assert (hidden.state, hidden.answer, hidden.score) == ("not_asked", "", None)


def test_a_gate_tells_whether_it_is_met_and_whether_it_holds_the_firm_back() -> None:
    told = explained(all_highest(BLUEBOOK, PR_02="3"))
    gates = {gate.gate: gate for gate in told.gates}
    capability = gates["prevention-capability"]
    assert (capability.met, capability.holds_back, capability.verdict.outcome) == (False, True, "does_not_hold")
    assert (capability.verdict.name, capability.verdict.value, capability.verdict.found) == ("PR-02", 4, "3")
    assert (told.banded_level, told.level) == ("excellence", "assurance")


def test_a_gate_of_a_level_out_of_reach_does_not_hold_the_firm_back() -> None:
    gates = explained(all_lowest(BLUEBOOK)).gates
    assert {(gate.met, gate.holds_back) for gate in gates} == {(False, False)}


def test_every_part_of_a_compound_predicate_has_its_verdict() -> None:
    told = explained(all_lowest(BLUEBOOK, RD_01="NA", RD_02="DECLINE", RD_03="3"))
    parts = next(gate for gate in told.gates if gate.gate == "prevention-design").verdict.parts
    assert [part.outcome for part in parts] == ["does_not_apply", "unknown", "holds", "does_not_hold", "does_not_hold"]


def test_a_placement_tells_its_predicate_its_condition_and_why_it_is_empty() -> None:
    placements = {one.indicator: one for one in explained(all_lowest(BLUEBOOK), size="large").placements}
    assert placements["BB18-SPC"].placed["reached"] == 0
    assert placements["SME-QMIS50"].placed["reason"] == "other_size"
    assert placements["SME-QMIS50"].condition.outcome == "does_not_hold"


def test_a_staircase_names_its_blocking_gap_and_the_credit_held() -> None:
    ladder = bundled("capability-ladder")
    answers = all_highest(ladder) | {"PL-01": "1a;1b;2a;2b;3a;4a"}
    facts = explained(answers, "capability-ladder").node("PL-01-LEVEL").facts
    assert facts == {"blocking_gap": 3, "credit_held": [4]}


def test_min_names_the_child_that_decides() -> None:
    ladder = bundled("capability-ladder")
    answers = all_highest(ladder) | {"CK-02": "1a"}
    assert explained(answers, "capability-ladder").node("floor").facts["decided_by"] == "CK-02-LEVEL"


def test_an_incomplete_assessment_has_no_scores_and_its_placements_are_told_all_the_same() -> None:
    told = explained(all_lowest(BLUEBOOK, IM_01="", PR_01="4"))
    assert (told.complete, told.index, told.level) == (False, None, None)
    assert {term.contribution for node in told.nodes for term in node.terms} == {None}
    assert next(one for one in told.placements if one.indicator == "BB18-SPC").placed["reached"] == 1
