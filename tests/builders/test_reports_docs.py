"""docs/reports.md names everything there is to use."""

from pathlib import Path

import pytest

from reports.builders import charts
from reports.builders.figures import report_figures
from tests.builders.sample import sample

DOCS = (Path(__file__).parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in charts.__all__ if name.islower() and "description" not in name])
def test_every_chart_has_its_row(name):
    assert f"| `{name}` |" in DOCS


@pytest.mark.parametrize("name", sorted({name.split(".")[0] for name in report_figures(sample())} | {"trend"}))
def test_every_figure_is_named(name):
    assert f"`{name}" in DOCS


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[2] / "reports" / "builders" / "charts").glob("*.py")))
def test_every_module_says_what_it_is_for(path):
    assert path.read_text(encoding="utf-8").startswith('"""')
