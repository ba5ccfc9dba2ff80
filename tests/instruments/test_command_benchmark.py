"""`manage.py benchmark show`: every figure with where it comes from, without a database."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("benchmark", *arguments, stdout=out)
    return out.getvalue()


FIGURES = json.loads(run("show", "--format", "json"))[0]
INDICATORS = {figure["id"]: figure for figure in FIGURES["indicators"]}
EVERY = [figure for name in ("indicators", "distributions", "statistics") for figure in FIGURES[name]]
PUBLISHED = [
    ("BB18-RD-NEW", 0.196, "=", "19.6%", "bb18"),
    ("BB18-RD-TOOLS", 0.5, "<", "<50%", "bb18"),
    ("BB18-SPC", 0.16, "=", "16%", "bb18"),
    ("BB18-CPK", 0.139, "=", "13.9%", "bb18"),
    ("BB18-AUTO80", 0.084, "=", "8.4%", "bb18"),
    ("SME-QMIS", 0.4541, "=", "54.59%", "sme27"),
    ("SME-QMIS50", 0.1107, "=", "11.07%", "sme27"),
    ("CAQ-QDEPT", 0.219, "=", "21.9%", "caq"),
]


@pytest.mark.parametrize(("name", "value", "op", "printed", "source"), PUBLISHED)
def test_a_share_is_shown_as_printed_with_its_source(
    name: str, value: float, op: str, printed: str, source: str
) -> None:
    found = INDICATORS[name]
    assert (found["value"], found["op"], found["as_printed"], found["source"]["id"]) == (value, op, printed, source)


@pytest.mark.parametrize("figure", EVERY, ids=lambda figure: figure["id"])
def test_every_figure_states_its_provenance(figure: dict[str, object]) -> None:
    assert figure["status"] in ("primary", "secondary", "to_confirm")
    assert figure["population"] and figure["source"]
    assert {"n", "year", "quoted_through"} <= set(figure)


def test_what_is_not_known_stays_unknown() -> None:
    assert INDICATORS["BB18-CPK"]["n"] is None


def test_the_table_has_a_line_for_every_figure() -> None:
    assert [figure["id"] for figure in EVERY if figure["id"] not in run("show", "bluebook-figures")] == []


def test_a_column_begins_at_the_same_place_in_every_line() -> None:
    lines = run("show").splitlines()
    starts = {
        line.find(printed) for line in lines for name, _v, _o, printed, _s in PUBLISHED if line.startswith(name + " ")
    }
    assert len(starts) == 1


def test_unknown_figures_are_refused() -> None:
    with pytest.raises(CommandError) as error:
        run("show", "nothing")
    assert error.value.returncode == 1
