"""The shortest path to the next level is exact: it equals exhaustive search."""

from collections import Counter

import pytest

from scoring.engine.scorer import score
from scoring.engine.shortest_path import NextLevel, Way, next_level
from surveys.instruments.coding import table_from_written
from surveys.instruments.model import Instrument
from tests.engine.build import dimension, instrument, item
from tests.engine.bundled import EVERY, all_highest, all_lowest, bundled, figures
from tests.engine.exhaustive import contains, reaching
from tests.engine.population import random_answers
from tests.engine.random_instruments import random_case

# What a key may hold that the programme does not claim to answer.
NOT_CLAIMED = {"ticks_not_additive", "gate_skips_levels", "declined_in_compound"}


def found_for(instrument_: Instrument, answers: dict[str, str], **more: object) -> NextLevel:
    return next_level(instrument_, table_from_written(instrument_, [answers]), **more)  # type: ignore[arg-type]


def oracle(instrument_: Instrument, answers: dict[str, str]) -> list[tuple[int, float]]:
    """Steps and weight of the best way, empty where there is none."""
    best = min(((one.steps, -round(one.weight, 9)) for one in reaching(instrument_, answers)), default=None)
    return [] if best is None else [(best[0], -best[1])]


def told(found: NextLevel) -> list[tuple[int, float]]:
    return [(way.steps, round(sum(move.weight * move.steps for move in way.moves), 9)) for way in found.ways]


@pytest.mark.parametrize("block", range(10))
def test_the_shortest_way_equals_exhaustive_search_on_a_thousand_random_instruments(block: int) -> None:
    cases = {seed: random_case(seed) for seed in range(100 * block, 100 * block + 100)}
    answers = {seed: found_for(*case, most=1) for seed, case in cases.items()}
    claimed = [seed for seed in cases if answers[seed].reason not in NOT_CLAIMED]
    wrong = {seed for seed in claimed if told(answers[seed]) != oracle_or_nothing(*cases[seed], found=answers[seed])}
    assert wrong == set()
    assert len(claimed) > 90


def oracle_or_nothing(instrument_: Instrument, answers: dict[str, str], found: NextLevel) -> list[tuple[int, float]]:
    """Without a level now, or at the top, there is no next one to look for."""
    return [] if found.reason in ("no_level", "highest_level", "incomplete") else oracle(instrument_, answers)


def test_the_generator_draws_every_outcome() -> None:
    reasons = Counter(found_for(*random_case(seed), most=1).reason for seed in range(150))
    assert {None, "out_of_reach", "highest_level"} <= reasons.keys()
    assert reasons[None] > 75


def test_every_way_is_scored_by_the_engine_and_raises_the_level() -> None:
    bluebook = bundled("bluebook")
    answers = random_answers(bluebook, 3, seed=8)
    for row in range(3):
        one = answers.rows(row, row + 1)
        number = int(score(bluebook, one).level[0])
        assert {way.level for way in next_level(bluebook, one).ways} == {bluebook.levels[number].code}


PLAIN = instrument(
    dimension("A", item("A-01", weight=3), item("A-02", weight=1)), bands=(("low", 0), ("mid", 20), ("high", 90))
)


def test_the_item_of_greater_weight_goes_first_among_equals() -> None:
    even = instrument(
        dimension("A", item("A-01"), item("A-02"), weight=1),
        dimension("B", item("B-01"), item("B-02"), weight=1),
        bands=(("low", 0), ("mid", 25)),
        gates=({"id": "g", "level": "mid", "require": {"item": "A-01", "at_least": 2}},),
    )
    way = found_for(even, dict.fromkeys(("A-01", "A-02", "B-01", "B-02"), "1")).ways[0]
    assert "A-01" in [move.item for move in way.moves]
    assert [move.item for move in found_for(PLAIN, {"A-01": "1", "A-02": "5"}).ways[0].moves] == ["A-01"]


def moves_of(instrument_: Instrument, way: Way) -> dict[str, int]:
    """The moves as the oracle names them: a tick of a multi item is a move of its own."""
    found: dict[str, int] = {}
    for move in way.moves:
        ticks = sorted({*move.after.split(";")} - {*move.before.split(";")})
        multi = instrument_.item(move.item).kind == "multi"
        found |= {f"{move.item}:{tick}": 1 for tick in ticks} if multi else {move.item: move.steps}
    return found


def each_is_best_of_what_is_left(case: tuple[Instrument, dict[str, str]], found: NextLevel) -> bool:
    left, best = reaching(*case), []
    for way in found.ways:
        best.append(min(((one.steps, -round(one.weight, 9)) for one in left), default=None))
        left = [one for one in left if not contains(one, moves_of(case[0], way))]
    complete = len(found.ways) == 3 or not left
    return complete and [(steps, -weight) for steps, weight in told(found)] == best


def test_alternatives_are_the_next_best_and_never_a_longer_form_of_an_earlier_one() -> None:
    cases = [random_case(seed) for seed in range(2000, 2100)]
    found = [(case, found_for(*case, most=3)) for case in cases]
    open_ = [(case, one) for case, one in found if one.reason is None]
    assert len(open_) > 40
    assert [case for case, one in open_ if not each_is_best_of_what_is_left(case, one)] == []


def test_a_gate_is_part_of_the_way() -> None:
    bluebook = bundled("bluebook")
    answers = all_highest(bluebook) | {"PR-02": "2"}
    way = found_for(bluebook, answers).ways[0]
    assert [(move.item, move.before, move.after, move.steps) for move in way.moves] == [("PR-02", "2", "4", 2)]
    assert (way.steps, way.level) == (2, "excellence")


def test_of_equal_ways_through_a_gate_the_one_that_more_firms_practise_comes_first() -> None:
    bluebook = bundled("bluebook")
    answers = all_highest(bluebook) | {f"RD-0{n}": "2" for n in range(1, 6)}
    ways = found_for(bluebook, answers, indicators=figures().indicators).ways
    assert [move.item for move in ways[0].moves] == ["RD-05"]
    assert len(ways) == 3


def test_a_step_that_opens_a_branch_starts_it_at_its_lowest_answer() -> None:
    found = instrument(
        dimension("A", item("A-01", "yesno"), item("A-02", ask_when={"item": "A-01", "is": "yes"}, weight=9)),
        bands=(("low", 0), ("high", 30)),
    )
    way = found_for(found, {"A-01": "no"}).ways[0]
    assert [(move.item, move.before, move.after) for move in way.moves] == [("A-02", "DK", "2"), ("A-01", "no", "yes")]
    assert way.index == pytest.approx((100 + 9 * 25) / 10)


REASONS = [
    ("incomplete", {"A-01": "1"}),
    ("no_level", {"A-01": "NA", "A-02": "NA"}),
    ("highest_level", {"A-01": "5", "A-02": "5"}),
    ("out_of_reach", {"A-01": "DECLINE", "A-02": "DECLINE", "B-01": "1"}),
]


@pytest.mark.parametrize(("reason", "answers"), REASONS)
def test_where_there_is_no_way_the_reason_is_told(reason, answers) -> None:
    gated = instrument(
        dimension("A", item("A-01"), item("A-02")),
        *([dimension("B", item("B-01"))] if "B-01" in answers else []),
        bands=(("low", 0), ("high", 90)),
        gates=({"id": "g", "level": "high", "require": {"item": "A-01", "at_least": 2}},),
    )
    found = found_for(gated, answers)
    assert (found.reason, found.ways) == (reason, ())


UNCLAIMED = [
    ("asks_for_a_low_score", {"id": "g", "level": "high", "require": {"node": "A", "below": 60}}),
    ("asks_for_a_low_score", {"id": "g", "level": "high", "require": {"not": {"node": "A", "at_least": 60}}}),
]


@pytest.mark.parametrize(("reason", "gate"), UNCLAIMED)
def test_what_cannot_be_modelled_exactly_is_refused_with_its_name(reason, gate) -> None:
    found = instrument(dimension("A", item("A-01")), bands=(("low", 0), ("high", 50)), gates=(gate,))
    assert found_for(found, {"A-01": "1"}).reason == reason


def test_a_gate_that_lowers_past_the_next_level_is_refused() -> None:
    gate = {"id": "g", "level": "high", "require": {"item": "A-01", "at_least": 5}, "downgrade_to": "low"}
    found = instrument(dimension("A", item("A-01")), bands=(("low", 0), ("mid", 30), ("high", 60)), gates=(gate,))
    assert found_for(found, {"A-01": "1"}).reason == "gate_skips_levels"


@pytest.mark.parametrize("code", EVERY)
def test_every_bundled_instrument_has_a_way_up_from_the_bottom(code: str) -> None:
    found = bundled(code)
    ways = found_for(found, all_lowest(found), most=1)
    assert (ways.reason, ways.ways[0].level) == (None, found.levels[1].code)
