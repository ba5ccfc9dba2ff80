"""docs/settings.md describes every environment variable that the product reads, and no other."""

import ast
import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = (REPOSITORY / "qms_survey" / "settings.py", REPOSITORY / "qms_survey" / "environment.py")
READERS = {
    "get",
    "setdefault",
    "address",
    "boolean",
    "one_of",
    "positive_integer",
    "web_address",
    "whole_number_or_none",
    "words",
}
VARIABLE = re.compile(r"[A-Z][A-Z_]+")


def variables_read(source: Path) -> set[str]:
    """Names given as a literal to one of the functions that read the environment."""
    calls = [node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call) and node.args]
    firsts = [node.args[0] for node in calls if called(node) in READERS]
    return {first.value for first in firsts if isinstance(first, ast.Constant) and VARIABLE.fullmatch(first.value)}


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def variables_described() -> set[str]:
    text = (REPOSITORY / "docs" / "settings.md").read_text()
    first_cells = re.findall(r"^\| (`[^|]+`) \|", text, flags=re.MULTILINE)
    return set(VARIABLE.findall(" ".join(first_cells)))


def test_the_settings_page_names_each_variable_that_is_read_and_no_other() -> None:
    assert variables_described() == set().union(*map(variables_read, SOURCES))


def test_the_tests_clear_each_variable_that_is_read() -> None:
    from tests.settings import SETTINGS_VARIABLES  # noqa: PLC0415

    assert set(SETTINGS_VARIABLES) == set().union(*map(variables_read, SOURCES))
