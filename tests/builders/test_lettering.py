"""How texts break and shorten where no font can be measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.builders.charts.lettering import shorten, text_width, wrap

SIZE = 10.0
TEXTS = st.text(alphabet="质量管理过程SPC abc-/，。（）“”…", max_size=60)


@given(TEXTS, st.floats(30, 300))
def test_no_row_is_wider_than_its_room(text, room):
    assert all(text_width(row, SIZE) <= room for row in wrap(text, SIZE, room, lines=3))


@given(TEXTS, st.floats(30, 300))
def test_there_are_never_more_rows_than_allowed(text, room):
    assert len(wrap(text, SIZE, room, lines=2)) <= 2


@given(TEXTS, st.floats(30, 300))
def test_what_fits_whole_loses_nothing(text, room):
    rows = wrap(text, SIZE, room, lines=99)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "room", "rows"),
    [
        ("质量管理", 20, ("质量", "管理")),
        ("质量，管理", 20, ("质", "量，", "管理")),
        ("质（量）管", 30, ("质", "（量）", "管")),
        ("process control", 60, ("process", "control")),
        ("质量 SPC 控制", 50, ("质量 SPC", "控制")),
        ("self-assessment", 70, ("self-", "assessment")),
    ],
)
def test_rows_break_where_a_reader_expects_it(text, room, rows):
    assert wrap(text, SIZE, room, lines=9) == rows


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        ("质量", 20, "质量"),
        ("质量管理体系", 40, "质量管…"),
        ("quality management", 90, "quality…"),
        ("one two; three", 60, "one two…"),
    ],
)
def test_what_does_not_fit_ends_in_an_ellipsis(text, room, short):
    assert shorten(text, SIZE, room) == short


def test_chinese_is_reckoned_at_one_em_a_character():
    assert text_width("质量管理", 12) == 48
