"""Rules of our own that every line of the product keeps; ruff's rules on safety (S) are run beside them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PRODUCT = ("firms", "surveys", "scoring", "reports", "qms_survey")
# Where ready-made markup is put into a page: drawings of our own, in which texts are escaped when they are drawn.
DRAWINGS = {
    "reports/page.py", "reports/workspace/comparing.py", "reports/measurements/drawing.py",
    "reports/dashboard/pages.py",
}  # fmt: skip
# SQL of our own: locks, pragmas and counts, without anything that a person typed.
STATEMENTS = {
    "firms/compiled.py", "scoring/releases/services.py", "qms_survey/backup.py", "qms_survey/health.py",
}  # fmt: skip
# Where a statement is put together from the names of our own tables; values are always given beside it.
NAMING_TABLES = {"scoring/releases/services.py", "qms_survey/backup.py"}
# What starts programs: the command that serves, its guard, and signing; never a request.
PROGRAMS = {"qms_survey/guard.py", "qms_survey/serving.py"}
# What speaks to another program: the scanner for viruses; and whether the port is free that the site is to listen on.
NETWORK = {"surveys/malware.py", "qms_survey/management/commands/serve.py"}
NAMES: dict[str, set[str]] = {
    "mark_safe": DRAWINGS,
    "SafeString": DRAWINGS - {"reports/workspace/comparing.py"},
    "SafeText": set(),
    "format_html": set(),
    "csrf_exempt": set(),
    "RawSQL": set(),
    "raw": set(),
    "extra": set(),
    "eval": set(),
    "exec": set(),
    "compile": set(),
    "pickle": set(),
    "marshal": set(),
    "shelve": set(),
    "urlopen": set(),
    "requests": set(),
    "httpx": set(),
    "system": set(),
    "popen": set(),
    "subprocess": PROGRAMS,
    "socket": NETWORK,
    "cursor": STATEMENTS,
}
FETCHING = re.compile(
    r"\b(fetch|fetch_many|fetch_organisation|[a-z]+_fetch|note_outsiders)\(|person=person|self\.person"
)


def sources() -> Iterator[Path]:
    for app in PRODUCT:
        yield from (one for one in (REPOSITORY / app).rglob("*.py") if "migrations" not in one.parts)


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def used(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that code calls or imports, with its line; a method by its own name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            yield name, node.lineno
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((one.name.split(".")[0], node.lineno) for one in node.names)
            yield (getattr(node, "module", None) or "").split(".")[0], node.lineno


def found(file: Path, name: str) -> list[str]:
    place = file.relative_to(REPOSITORY).as_posix()
    # re.compile and the typesetter's compile are methods; the built-in is called by its bare name.
    lines = bare(tree_of(file), name) if name in {"compile", "eval", "exec"} else used(tree_of(file))
    return [f"{place}:{line}" for one, line in lines if one == name and place not in NAMES[name]]


def bare(tree: ast.AST, name: str) -> Iterator[tuple[str, int]]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return ((name, call.lineno) for call in calls if isinstance(call.func, ast.Name) and call.func.id == name)


@pytest.mark.parametrize("name", NAMES)
def test_a_dangerous_name_stands_only_where_it_is_known(name: str) -> None:
    assert [place for file in sources() for place in found(file, name)] == []


@pytest.mark.parametrize("name", [name for name in NAMES if NAMES[name]])
def test_every_exception_is_still_needed(name: str) -> None:
    needed = {file for file in NAMES[name] if name in dict(used(tree_of(REPOSITORY / file)))}
    assert NAMES[name] - needed == set()


def test_no_statement_of_sql_is_put_together_from_text() -> None:
    built = {
        file.relative_to(REPOSITORY).as_posix()
        for file in sources()
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"execute", "executemany", "executescript"}
        if node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    }
    assert built <= NAMING_TABLES


def view_functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for file in sources():
        if "views" in file.stem or "views" in file.parts:
            yield from ((file, node) for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef))


# Rows that no firm shows by itself: associations, to the platform's staff; a report by the number printed on it.
OPEN = {
    "firms/views/organisations.py:association_invite",
    "reports/verification/views.py:report_by_number",
    "reports/verification/views.py:was_issued",
    "reports/verification/views.py:newer_exists",
}


def test_a_view_reads_rows_only_through_the_gate() -> None:
    asking = [(file, node, ast.unparse(node)) for file, node in view_functions()]
    loose = [(file, node) for file, node, text in asking if ".objects" in text and not FETCHING.search(text)]
    assert {f"{file.relative_to(REPOSITORY)}:{node.name}" for file, node in loose} == OPEN


TEMPLATES = [one for app in PRODUCT for one in (REPOSITORY / app).rglob("*.html")]
# Markup that would run, or would let something in: |safe, autoescape off, scripts and handlers in the page itself.
UNSAFE_MARKUP = re.compile(
    r"\|\s*(safe|safeseq|striptags)\b|autoescape\s+off|<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=\s*[\"']"
    r"|javascript:|(?:src|action)=[\"']https?:|<base\b|<iframe\b|<object\b|<embed\b"
)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(REPOSITORY).as_posix())
def test_a_template_has_no_unsafe_markup(file: Path) -> None:
    assert [found[0] for found in UNSAFE_MARKUP.finditer(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(REPOSITORY).as_posix())
def test_every_form_that_changes_something_carries_its_token(file: Path) -> None:
    forms = re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", file.read_text(encoding="utf-8"), re.S | re.I)
    assert [form[:80] for form in forms if "csrf_token" not in form and "{% crispy" not in form] == []


SCRIPTS = sorted((REPOSITORY / "static" / "js").glob("*.js"))
RUNNING = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function|localStorage)\b")


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_of_ours_never_turns_text_into_markup(file: Path) -> None:
    assert RUNNING.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("code", ["html = mark_safe(x)", "from django.utils.safestring import mark_safe"])
def test_the_rules_see_what_they_forbid(code: str) -> None:
    assert "mark_safe" in dict(used(ast.parse(code)))
