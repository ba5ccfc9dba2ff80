"""What holds for every instrument and every answer."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine import scorer
from scoring.engine.ladders import ladder
from scoring.engine.scorer import ScoreTable, score
from surveys.instruments.answers import AnswerTable, Column, State, code_of
from surveys.instruments.coding import table_from_written
from surveys.instruments.model import Instrument
from tests.engine.build import scored
from tests.engine.bundled import EVERY, bundled
from tests.engine.population import random_answers
from tests.engine.random_instruments import random_case

SEEDS = st.integers(0, 10_000_000)
INSTRUMENTS = st.sampled_from(EVERY).map(bundled)
quick = settings(max_examples=60, deadline=None, derandomize=True)


def rows_of(answers: AnswerTable, order: np.ndarray) -> AnswerTable:
    columns = {
        code: Column(one.code[order], None if one.number is None else one.number[order])
        for code, one in answers.columns.items()
    }
    return AnswerTable(len(order), columns)


def same(one: ScoreTable, other: ScoreTable, order: np.ndarray) -> None:
    for name, scores in one.nodes.items():
        np.testing.assert_array_equal(scores[order], other.nodes[name])
    np.testing.assert_array_equal(one.level[order], other.level)


@quick
@given(INSTRUMENTS, SEEDS)
def test_the_order_of_rows_does_not_matter(instrument: Instrument, seed: int) -> None:
    answers = random_answers(instrument, 40, seed)
    order = np.random.default_rng(seed).permutation(40)
    same(score(instrument, answers), score(instrument, rows_of(answers, order)), order)


@quick
@given(INSTRUMENTS, SEEDS)
def test_one_firm_scores_as_its_row_in_a_batch(instrument: Instrument, seed: int) -> None:
    answers = random_answers(instrument, 30, seed)
    batch = score(instrument, answers)
    row = seed % 30
    same(batch, score(instrument, answers.rows(row, row + 1)), np.array([row]))


@pytest.mark.parametrize("code", EVERY)
def test_firms_scored_some_at_a_time_score_as_all_at_once(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = random_answers(bundled(code), 100, seed=1)
    whole = score(bundled(code), answers)
    monkeypatch.setattr(scorer, "FIRMS_AT_ONCE", 7)
    same(whole, score(bundled(code), answers), np.arange(100))


def shuffled(instrument: Instrument, seed: int) -> Instrument:
    """The same instrument with its dimensions and their items in another order."""
    rng = np.random.default_rng(seed)
    dimensions = [
        replace(one, items=tuple(one.items[place] for place in rng.permutation(len(one.items))))
        for one in instrument.dimensions
    ]
    return replace(instrument, dimensions=tuple(dimensions[place] for place in rng.permutation(len(dimensions))))


@quick
@given(INSTRUMENTS, SEEDS)
def test_the_order_of_items_and_dimensions_does_not_matter(instrument: Instrument, seed: int) -> None:
    answers = random_answers(replace(instrument), 20, seed)
    one, other = score(instrument, answers), score(branches_last(shuffled(instrument, seed)), answers)
    np.testing.assert_allclose(one.index, other.index, atol=1e-11)
    np.testing.assert_array_equal(one.level, other.level)


def branches_last(instrument: Instrument) -> Instrument:
    """A branched item has to stand behind the item that opens it."""
    dimensions = tuple(
        replace(one, items=tuple(sorted(one.items, key=lambda item: item.ask_when is not None)))
        for one in instrument.dimensions
    )
    return replace(instrument, dimensions=dimensions)


@quick
@given(INSTRUMENTS, SEEDS, st.sampled_from([0.1, 0.3, 3.0, 7.0, 1000.0]))
def test_rescaling_all_weights_changes_nothing(instrument: Instrument, seed: int, factor: float) -> None:
    dimensions = tuple(
        replace(one, weight=one.weight * factor, items=tuple(replace(i, weight=i.weight * factor) for i in one.items))
        for one in instrument.dimensions
    )
    answers = random_answers(instrument, 20, seed)
    one, other = score(instrument, answers), score(replace(instrument, dimensions=dimensions), answers)
    np.testing.assert_allclose(one.index, other.index, atol=1e-11)
    np.testing.assert_array_equal(one.level, other.level)


@quick
@given(INSTRUMENTS, SEEDS)
def test_the_index_lies_between_zero_and_a_hundred(instrument: Instrument, seed: int) -> None:
    index = score(instrument, random_answers(instrument, 200, seed)).index
    assert np.isnan(index[~((index >= 0) & (index <= 100))]).all()


def raised(instrument: Instrument, answers: dict[str, str]) -> list[dict[str, str]]:
    """The answers with each item in turn raised by one step."""
    ladders = {code: ladder(instrument, instrument.item(code), written) for code, written in answers.items()}
    return [{**answers, code: rungs[1]} for code, rungs in ladders.items() if len(rungs) > 1]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SEEDS)
def test_raising_any_answer_never_lowers_the_index_or_the_level(seed: int) -> None:
    # Whether a branch that opens lowers the index depends on the weights that its author gives it.
    instrument, answers = random_case(seed)
    instrument = without_branches(instrument)
    table = scored(instrument, answers, *raised(instrument, answers))
    assert not (table.index[1:] < table.index[0]).any()
    assert not (table.level[1:] < table.level[0]).any()


def without_branches(instrument: Instrument) -> Instrument:
    dimensions = tuple(
        replace(one, items=tuple(replace(item, ask_when=None) for item in one.items)) for one in instrument.dimensions
    )
    return replace(instrument, dimensions=dimensions)


@quick
@given(SEEDS)
def test_in_bluebook_opening_the_branch_never_lowers_the_index_or_the_level(seed: int) -> None:
    bluebook = bundled("bluebook")
    answers = random_answers(bluebook, 50, seed)
    has_system = answers["DG-02"].code
    without, having = (table_with(answers, "DG-02", has_system * 0 + code) for code in (1, 0))
    low = table_with(having, "DG-03", np.full(50, code_of(State.DK), np.uint8))
    one, other = score(bluebook, without), score(bluebook, low)
    assert not (other.index < one.index).any()
    assert not (other.level < one.level).any()


def table_with(answers: AnswerTable, item: str, code: np.ndarray) -> AnswerTable:
    changed = Column(code.astype(np.uint8), answers[item].number)
    return AnswerTable(answers.size, {**answers.columns, item: changed})


@quick
@given(INSTRUMENTS, SEEDS)
def test_raising_a_bundled_level_or_choice_never_lowers_the_index_or_the_level(
    instrument: Instrument, seed: int
) -> None:
    answers = random_answers(instrument, 30, seed)
    stepped = [item for item in instrument.items if item.kind in ("level", "choice")] or [instrument.items[0]]
    item = stepped[seed % len(stepped)]
    code = answers[item.code].code
    higher = np.where(code < max(1, len(item.options)) - 1, code + (item.kind in ("level", "choice")), code)
    one, other = score(instrument, answers), score(instrument, table_with(answers, item.code, higher))
    assert not (other.index < one.index).any()
    assert not (other.level < one.level).any()


@quick
@given(SEEDS)
def test_not_applicable_on_one_item_changes_only_its_branch(seed: int) -> None:
    bluebook = bundled("bluebook")
    answers = random_answers(bluebook, 20, seed)
    allowed = [item for item in bluebook.items if item.not_applicable and item.code != "DG-02"]
    item = allowed[seed % len(allowed)]
    changed = table_with(answers, item.code, np.full(20, code_of(State.NA), np.uint8))
    one, other = score(bluebook, answers), score(bluebook, changed)
    others = [name for name in one.nodes if name not in (item.dimension, "index")]
    for name in others:
        np.testing.assert_array_equal(one.nodes[name], other.nodes[name])


@quick
@given(SEEDS)
def test_a_table_built_from_written_answers_scores_as_its_columns(seed: int) -> None:
    instrument, answers = random_case(seed)
    twice = score(instrument, table_from_written(instrument, [answers, answers]))
    assert np.array_equal(twice.index[:1], twice.index[1:], equal_nan=True)
