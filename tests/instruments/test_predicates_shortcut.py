"""The quick ways to ask a predicate say what its full verdict says."""

from random import Random
from typing import Any

import numpy as np
import pytest

from surveys.instruments.branching import option_values
from surveys.instruments.predicates import FALSE, TRUE, UNKNOWN, evaluate, fails, holds, predicate_from
from tests.engine.bundled import bundled
from tests.engine.population import random_answers

BLUEBOOK = bundled("bluebook")
LEAVES: tuple[dict[str, Any], ...] = (
    {"item": "RD-01", "at_least": 3},
    {"item": "RD-02", "at_most": 2},
    {"item": "DG-01", "at_least": 50},
    {"item": "DG-02", "is": "yes"},
    {"node": "A", "at_least": 50},
    {"node": "B", "below": 50},
)


def drawn(draw: Random, depth: int) -> dict[str, Any]:
    form = draw.choice(("leaf", "any", "all", "not")) if depth else "leaf"
    if form == "leaf":
        return draw.choice(LEAVES)
    if form == "not":
        return {"not": drawn(draw, depth - 1)}
    return {form: [drawn(draw, depth - 1) for _ in range(draw.choice((1, 2, 3)))]}


@pytest.mark.parametrize("seed", range(100))
def test_holds_and_fails_agree_with_the_verdict(seed: int) -> None:
    answers, scores = random_answers(BLUEBOOK, 200, seed), np.random.default_rng(seed).random((2, 200)) * 100
    scores[scores < 15] = np.nan
    rest = (answers, option_values(BLUEBOOK), {"A": scores[0], "B": scores[1]})
    predicate = predicate_from(drawn(Random(seed), 3))
    verdicts = evaluate(predicate, *rest)
    np.testing.assert_array_equal(holds(predicate, *rest), verdicts == TRUE)
    np.testing.assert_array_equal(fails(predicate, *rest), np.isin(verdicts, (FALSE, UNKNOWN)))
