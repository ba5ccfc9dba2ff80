"""No cell of a CSV starts a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firms.csv_safe import BOM, csv_rows, defused


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        '=HYPERLINK("http://x")',
        "＝1",
        "＠x",
        "=cmd|' /C calc'!A0",
    ],
)
def test_what_a_spreadsheet_would_run_is_defused(cell):
    assert defused(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["苏州", "a=b", "3.5", "'quoted", ""])
def test_what_is_harmless_stays_as_it_is(cell):
    assert defused(cell) == cell


def test_absent_is_an_empty_cell():
    assert defused(None) == ""


def test_the_header_is_defused_as_well():
    assert "".join(csv_rows(["=A1"], [])) == f"{BOM}'=A1\r\n"


@given(st.text())
def test_no_text_starts_a_formula(text):
    assert not defused(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1))
def test_a_row_is_read_back_cell_by_cell(row):
    written = "".join(csv_rows(["head"], [row])).removeprefix(BOM)
    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [defused(cell) for cell in row]
