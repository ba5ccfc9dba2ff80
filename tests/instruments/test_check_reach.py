"""What somebody can reach: exact on small predicates, silent where it cannot be sure."""

import pytest

from surveys.instruments.check_outcomes import Outcomes, Span, outcomes
from surveys.instruments.check_outline import outline
from surveys.instruments.check_source import read_source, read_value
from surveys.instruments.check_spans import spans_of
from surveys.instruments.export import content_of
from tests.instruments.rich import RICH

PLAN = outline(content_of(read_source(RICH).raw))
SPANS = spans_of(PLAN)
EITHER, NEVER, ALWAYS = Outcomes(True, True), Outcomes(False, True), Outcomes(True, False)

PREDICATES = [
    ("{item: PR-01, at_least: 2}", EITHER),
    ("{item: PR-01, at_least: 1}", ALWAYS),
    ("{item: PR-01, at_most: 5}", ALWAYS),
    ("{all: [{item: PR-01, at_least: 4}, {item: PR-01, at_most: 3}]}", NEVER),
    ("{any: [{item: PR-01, at_least: 4}, {item: PR-01, at_most: 3}]}", ALWAYS),
    ("{not: {any: [{item: PR-01, at_least: 4}, {item: PR-01, at_most: 3}]}}", NEVER),
    ('{all: [{item: PR-04, is: "yes"}, {item: PR-04, is: "no"}]}', NEVER),
    ("{all: [{item: PR-03, includes: spc}, {item: PR-03, includes: fmea}]}", EITHER),
    ("{all: [{item: PR-05, at_least: 50}, {not: {item: PR-05, at_least: 49.9}}]}", NEVER),
    ("{item: PR-05, at_least: 0}", ALWAYS),
    ("{item: PR-06, at_least: 5}", EITHER),
    ("{node: ST, at_least: 0}", ALWAYS),
    ("{node: ST, at_least: 100}", EITHER),
    ("{node: ST-01-LEVEL, below: 50}", EITHER),
    ("{all: [{node: ST-01-LEVEL, at_least: 51}, {node: ST-01-LEVEL, below: 100}]}", NEVER),
]


@pytest.mark.parametrize(("predicate", "expected"), PREDICATES)
def test_a_predicate_can_hold_and_can_fail(predicate: str, expected: Outcomes) -> None:
    assert outcomes(read_value(predicate), PLAN, SPANS) == expected


def test_a_predicate_over_many_items_is_judged_by_its_parts() -> None:
    many = {"all": [{"item": f"PR-0{n}", "at_least": 1} for n in (1,)] * 9 + [{"item": "PR-05", "at_least": 1}] * 9}
    assert outcomes(many, PLAN, SPANS) == EITHER


NODES = {
    "ST-01-LEVEL": Span(0, 100, frozenset({0.0, 50.0, 100.0})),
    "PR": Span(0, 100),
    "credited": Span(0, 100),
    "total": Span(0, 1000),
    "sum": Span(0, 2),
    "rating": Span(0, 5),
    "certificate": Span(0, 2, frozenset({0.0, 1.0, 2.0})),
    "index": Span(0, 100),
}


@pytest.mark.parametrize("name", NODES)
def test_a_node_runs_from_its_lowest_to_its_highest_score(name: str) -> None:
    assert SPANS[name] == NODES[name]


def test_a_band_between_two_possible_scores_is_never_reached() -> None:
    span = Span(0, 100, frozenset({0.0, 50.0, 100.0}))
    assert not span.meets(51, 100)
    assert span.meets(50, 51)


def test_a_band_is_left_closed() -> None:
    assert Span(0, 80).meets(80, 100)
    assert not Span(80, 100).meets(60, 80)
