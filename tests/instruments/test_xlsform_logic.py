"""Conditions between our predicates and XPath: what has a counterpart comes back, what has none is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instruments import check_messages as say
from surveys.instruments.xlsform_logic import Answers, NotRead, expression_of, predicate_of

QUESTIONS = {
    "level": Answers([1, 2, 3, 4, 5]),
    "word": Answers(["a", "b", "none"]),
    "ticks": Answers(["x", "y"], several=True),
    "number": Answers(),
}
READ = [
    ("${level} >= 3", {"item": "level", "at_least": 3}),
    ("${level} = '3'", {"item": "level", "is": 3}),
    ("${ level }=3", {"item": "level", "is": 3}),
    ("3 <= ${level}", {"item": "level", "at_least": 3}),
    ("${word} != 'a'", {"not": {"item": "word", "is": "a"}}),
    ("${number} > 2.5", {"not": {"item": "number", "at_most": 2.5}}),
    ("${number} < 2", {"not": {"item": "number", "at_least": 2}}),
    ("selected(${ticks}, 'x')", {"item": "ticks", "includes": "x"}),
    ("selected(${word}, \"a\")", {"item": "word", "is": "a"}),
    ("${word} = 'a' or ${word} = 'b' and ${level} = 1",
     {"any": [{"item": "word", "is": "a"}, {"all": [{"item": "word", "is": "b"}, {"item": "level", "is": 1}]}]}),
    ("not(${word} = 'a')", {"not": {"item": "word", "is": "a"}}),
    ("(${word} = 'a')", {"item": "word", "is": "a"}),
    ("${level} <= 2 or ${level} = 'DK'", {"item": "level", "at_most": 2}),
]  # fmt: skip
REFUSED = [
    ("${level} = ''", say.X_EMPTY),
    ("${ticks} = 'x'", say.X_SEVERAL),
    ("${word} = 'c'", say.X_NO_VALUE),
    ("${level} >= 9", say.X_NO_VALUE),
    ("${words} = 'a'", say.X_NO_QUESTION_NEAR),
    ("${other} = 'a'", say.X_NO_QUESTION),
    ("${number} = 'many'", say.X_NO_NUMBER),
    ("count-selected(${ticks}) > 1", say.X_NOT_READ),
    ("${level} + 1 > 3", say.X_NOT_READ),
    ("${level} >= ${number}", say.X_NOT_READ),
    (". > 3", say.X_NOT_READ),
    ("${level} >= 3)", say.X_NOT_READ),
    ("(${level} >= 3", say.X_TOO_EARLY),
    ("${level} >=", say.X_TOO_EARLY),
    ("(" * 100 + "${level} = 1" + ")" * 100, say.X_TOO_LONG),
    ("not(" * 10_000, say.X_TOO_LONG),
]


@pytest.mark.parametrize(("expression", "predicate"), READ)
def test_an_expression_with_a_counterpart_is_read(expression: str, predicate: dict[str, object]) -> None:
    assert predicate_of(expression, QUESTIONS) == predicate


@pytest.mark.parametrize(("expression", "message"), REFUSED)
def test_an_expression_without_one_is_refused_by_name(expression: str, message: str) -> None:
    with pytest.raises(NotRead) as refused:
        predicate_of(expression, QUESTIONS)
    assert refused.value.message == message


LEAVES = st.one_of(
    st.builds(lambda level: {"item": "level", "at_least": level}, st.integers(1, 5)),
    st.builds(lambda level: {"item": "level", "at_most": level}, st.integers(1, 5)),
    st.builds(lambda level: {"item": "level", "is": level}, st.integers(1, 5)),
    st.builds(lambda word: {"item": "word", "is": word}, st.sampled_from(["a", "b", "none"])),
    st.builds(lambda tick: {"item": "ticks", "includes": tick}, st.sampled_from(["x", "y"])),
    st.builds(lambda number: {"item": "number", "at_most": number}, st.integers(-9, 9)),
)
PREDICATES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=2, max_size=4)),
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=2, max_size=4)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=8,
)


@given(PREDICATES)
def test_every_predicate_comes_back(predicate: dict[str, object]) -> None:
    assert predicate_of(expression_of(predicate, QUESTIONS), QUESTIONS) == predicate


@given(st.text(alphabet="${}()'\"<>=!., abandornotselected0123456789level", max_size=60))
def test_any_text_is_read_or_refused(expression: str) -> None:
    try:
        assert predicate_of(expression, QUESTIONS)
    except NotRead as refused:
        assert str(refused)
