"""Which items are asked."""

import pytest

from surveys.instruments.answers import State
from surveys.instruments.branching import complete, with_branching
from surveys.instruments.coding import table_from_written
from tests.engine.build import dimension, instrument, item

ANY = {"any": [{"item": "A-01", "is": "yes"}, {"item": "A-02", "at_least": 4}]}
FOUND = instrument(dimension("A", item("A-01", "yesno"), item("A-02"), item("A-03", ask_when=ANY)))
ASKED = [
    (("yes", "1"), True),
    (("no", "4"), True),
    (("no", "3"), False),
    (("NA", "4"), True),
    (("NA", "NA"), False),
    (("DECLINE", "1"), False),
    (("DECLINE", "4"), True),
    (("", "1"), False),
    (("DK", "DK"), False),
]


@pytest.mark.parametrize(("answers", "asked"), ASKED)
def test_an_item_is_asked_only_where_its_condition_is_shown_to_hold(answers, asked) -> None:
    table = table_from_written(FOUND, [dict(zip(("A-01", "A-02"), answers, strict=True))])
    assert bool(with_branching(FOUND, table)["A-03"].is_state(State.NOT_ASKED)[0]) is not asked


def test_branching_leaves_the_table_it_was_given_alone() -> None:
    table = table_from_written(FOUND, [{"A-01": "no", "A-02": "1", "A-03": "5"}])
    with_branching(FOUND, table)
    assert table["A-03"].code[0] == 4


COMPLETE = [
    ({"A-01": "yes", "A-02": "1", "A-03": "5"}, True),
    ({"A-01": "yes", "A-02": "1"}, False),
    ({"A-01": "no", "A-02": "1"}, True),
    ({"A-01": "NA", "A-02": "DECLINE"}, True),
    ({"A-01": "DK"}, False),
]


@pytest.mark.parametrize(("answers", "done"), COMPLETE)
def test_an_assessment_is_complete_when_all_that_was_asked_has_some_answer(answers, done) -> None:
    table = with_branching(FOUND, table_from_written(FOUND, [answers]))
    assert bool(complete(FOUND, table)[0]) is done
