"""`manage.py score` against the calculation by hand in docs/scoring.md. If the engine differs, that is a bug."""

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import call_command

from scoring.engine.rules import RULES

HERE = Path(__file__).parent
DOC = (HERE.parent.parent / "docs" / "scoring.md").read_text(encoding="utf-8")
ITEM_RULES = ("map", "piecewise", "percent_band")


def table(header: str) -> list[dict[str, str]]:
    """The rows of the table of docs/scoring.md that begins with this header."""
    lines = DOC.split(header, 1)[1].splitlines()[2:]
    rows = [line.strip("|").split("|") for line in lines[: lines.index("")]]
    names = [name.strip() for name in header.strip("|").split("|")]
    return [dict(zip(names, (cell.strip() for cell in row), strict=True)) for row in rows]


ANSWERS = table("| firm | DE-01 | DE-02 | DE-03 | PR-01 | PR-02 | PR-03 |")
EXPECTED = table("| firm | complete | index | level | dimension.DE | dimension.PR |")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    out = tmp_path_factory.mktemp("score") / "results.csv"
    call_command("score", str(HERE / "by_hand.csv"), instrument=str(HERE / "by_hand.yaml"), out=str(out))
    return list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))


def test_the_file_holds_the_answers_that_the_page_shows() -> None:
    rows = csv.DictReader(io.StringIO((HERE / "by_hand.csv").read_text(encoding="utf-8")))
    assert [{name: row[name] for name in ANSWERS[0]} for row in rows] == ANSWERS


def test_rows_keep_the_order_of_the_input(results: list[dict[str, str]]) -> None:
    assert [row["firm"] for row in results] == [row["firm"] for row in EXPECTED]


@pytest.mark.parametrize("column", ["complete", "level"])
def test_words_are_as_worked_out_by_hand(results: list[dict[str, str]], column: str) -> None:
    assert [row[column] for row in results] == [row[column] for row in EXPECTED]


@pytest.mark.parametrize("column", ["index", "dimension.DE", "dimension.PR"])
def test_numbers_are_as_worked_out_by_hand(results: list[dict[str, str]], column: str) -> None:
    found = [float(row[column]) if row[column] else None for row in results]
    assert found == [float(Fraction(row[column])) if row[column] else None for row in EXPECTED]


@pytest.mark.parametrize("rule", [*ITEM_RULES, *RULES])
def test_every_rule_has_its_paragraph_with_an_example(rule: str) -> None:
    paragraph = DOC.split(f"\n#### `{rule}`", 1)[1].split("\n#", 1)[0]
    assert "Example" in paragraph
