"""docs/capability.md names every option, estimator, interval, rule and bound, and its example is true."""

from pathlib import Path

import pytest

from scoring.engine.spc.capability import Limits
from scoring.engine.spc.distributions import DISTRIBUTIONS
from scoring.engine.spc.messages import INTERVALS, RULES
from scoring.engine.spc.run_rules import RULE_SETS
from scoring.engine.spc.samples import subgroups_of_size
from scoring.engine.spc.sigma import OF_INDIVIDUALS, OF_SUBGROUPS
from scoring.engine.spc.study import study
from scoring.management.commands.capability import Command
from scoring.measurements.table import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from scoring.measurements.workbook_zip import MAX_INFLATED
from tests.spc.published import RINGS

PAGE = (Path(__file__).parents[2] / "docs" / "capability.md").read_text(encoding="utf-8")
CODES = [*OF_SUBGROUPS, *OF_INDIVIDUALS, "overall", *INTERVALS, *RULES, *DISTRIBUTIONS, *RULE_SETS]


SHARED = {"-h", "--version", "-v", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color"}


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code):
    assert f"`{code}`" in PAGE


def test_every_option_is_explained():
    parser = Command().create_parser("manage.py", "capability")
    options = {action.option_strings[0] for action in parser._actions if action.option_strings}
    assert {option for option in options - SHARED if f"`{option}" not in PAGE} == set()


@pytest.mark.parametrize("bound", [MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_INFLATED])
def test_every_bound_is_stated(bound):
    assert f"| {bound} |" in PAGE


def test_the_worked_example_is_true():
    found = study(RINGS, Limits(73.95, 74.05, 74), subgroups_of_size(RINGS, 5))
    figures = {
        "Cp": found.capability.two_sided,
        "Cpk": found.capability.minimum,
        "Ppk": found.performance.minimum,
        "Cpm": found.cpm,
    }
    rows = [f"| {name} | {each.value:.5f} | {each.low:.5f} to {each.high:.5f} |" for name, each in figures.items()]
    assert [row for row in rows if row not in PAGE] == []
    assert f"| mean | {found.mean:.6f} |" in PAGE
    assert f"| within sigma | {found.within.value:.8f} |" in PAGE
