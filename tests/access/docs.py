"""Writes docs/access.md from the access table: ``python -m tests.access.docs [--check]``."""

import os
import sys
from pathlib import Path

import django

from tests.access import table

TARGET = Path(__file__).resolve().parents[2] / "docs" / "access.md"
HEAD = """# Who may see what

This page is written from `tests/access/expectations.yaml`, the same table that `tests/access/test_matrix.py` asks the
running site: every address, with every method, as every role. An address without a row fails the build.
Rewrite it with `python -m tests.access.docs`.

Only one way leads from a person and an id to what belongs to a firm: `firms/gate.py`. Refusal looks like absence:
who may not see something gets the same 404 as for an id that does not exist. Nothing is remembered between two
requests, so a consent that is withdrawn, a member who is removed and an account that is closed lose access with the
next request, whatever page is open and whatever link was handed out.

"""
MARKS = {"ok": "yes", "404": "404", "login": "sign in", "ok or 503": "yes", "401": "401"}


def document() -> str:
    parts = [HEAD, _roles(), _audiences(), _addresses()]
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def _roles() -> str:
    lines = [f"- **{role}**: {words['en']} ({words['zh-hans']})" for role, words in table.table()["roles"].items()]
    return "## The roles\n\n" + "\n".join(lines) + "\n"


def _audiences() -> str:
    """One row for each audience: how each role fares."""
    roles = table.roles()
    head = ["audience", *roles]
    body = [
        [audience, *(MARKS[table.outcome(audience, role)] for role in roles)] for audience in table.table()["audiences"]
    ]
    note = "yes = let in; sign in = sent to sign in; 401 = so for programs; 404 = looks like absence.\n\n"
    return "## The audiences\n\n" + note + _grid(head, body)


def _addresses() -> str:
    patterns = {address.name: address.pattern for address in table.addresses()}
    body = [
        [f"`{patterns.get(name, '?')}`", name, row.methods.get("GET", "–"), row.methods.get("POST", "–"), _others(row)]
        for name, row in table.rows().items()
    ]
    note = "A method that is not listed is refused to everybody with 405. HEAD goes with GET.\n\n"
    return "## The addresses\n\n" + note + _grid(["address", "name", "GET", "POST", "other methods"], body)


def _others(row: table.Row) -> str:
    others = {method: audience for method, audience in row.methods.items() if method not in {"GET", "POST"}}
    return ", ".join(f"{method}: {audience}" for method, audience in others.items()) or "–"


def _grid(head: list[str], body: list[list[str]]) -> str:
    rows = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows) + "\n"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qms_survey.settings")
    django.setup()
    text = document()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, "utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text("utf-8") == text:
        return 0
    sys.stderr.write("docs/access.md is not what the access table says: run python -m tests.access.docs\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
