"""The access table (expectations.yaml) and the addresses of the site, brought together."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver
from ruamel.yaml import YAML

FILE = Path(__file__).with_name("expectations.yaml")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
# Whether a stranger is first told that the method is wrong or that one must sign in tells them nothing.
REFUSED = {"anonymous": "405 or login"}


@dataclass(frozen=True)
class Address:
    """``name`` as reverse() takes it, ``pattern`` as a person reads it."""

    name: str
    pattern: str


@dataclass(frozen=True)
class Row:
    """``methods`` maps a method to an audience; ``args`` maps an argument of the address to a thing of the world.

    ``body`` is what is sent along, in the words of the test client.
    """

    name: str
    args: dict[str, str]
    methods: dict[str, str]
    body: dict[str, str]
    asked: list[str]

    def expected(self, method: str, role: str) -> str:
        """A method without an audience is refused to everybody; HEAD goes with GET, where it is answered at all."""
        if method == "HEAD" and "GET" in self.methods:
            return f"{outcome(self.methods['GET'], role)} or 405"
        audience = self.methods.get(method)
        return outcome(audience, role) if audience else REFUSED.get(role, "405")


@cache
def table() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(FILE.read_text("utf-8"))
    return found


def roles() -> list[str]:
    return list(table()["roles"])


def rows() -> dict[str, Row]:
    return {name: _row(name, entry) for name, entry in table()["addresses"].items()}


def outcome(audience: str, role: str) -> str:
    by_role = table()["audiences"][audience]
    return str(by_role.get(role, by_role["everyone"]))


def addresses() -> list[Address]:
    """Every address of the site; an address without a name is listed under its pattern, and so fails the test."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _row(name: str, entry: dict[str, Any]) -> Row:
    methods = {key: audience for key, audience in entry.items() if key.isupper()}
    # Of a framework's own pages only the methods that the row lists are asked.
    asked = list(methods) if entry.get("framework") else METHODS
    return Row(name, entry.get("args", {}), methods, _body(entry), asked)


def _body(entry: dict[str, Any]) -> dict[str, str]:
    """What is sent along, as the test client takes it: a form (``data``), a document (``json``) or nothing."""
    if "json" in entry:
        return {"data": json.dumps(entry["json"]), "content_type": "application/json"}
    return {"data": urlencode(entry.get("data", {})), "content_type": "application/x-www-form-urlencoded"}


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[Address]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, path, inner)
        elif isinstance(entry, URLPattern):
            yield Address(f"{namespace}{entry.name}" if entry.name else path, "/" + path)
