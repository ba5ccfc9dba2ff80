"""What a view asks a request's body for, seen while it asks; and what the database holds, to be compared."""

import datetime
import uuid
from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.http import QueryDict

OURS = {"firms", "surveys", "scoring", "reports"}
# Sent with every body, to tell it from the address's own parameters.
BODY = "only-in-the-body"
ALL = "* all of it"
# Random by nature, or a hash over what is.
RANDOM = ("hash", "secret", "token", "key", "nonce", "number", "seal", "digest", "request_id", "subject_id")


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]


def columns() -> dict[str, Any]:
    """Every column of ours by name, with and without ``_id``."""
    fields = [one for model in our_models() for one in model._meta.concrete_fields]
    return {name: one for one in fields for name in (one.name, one.attname)}


class Reading:
    """Notes which names of a body are asked for; ``ALL`` where everything is taken, whatever it is called."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: set[str] = set()
        for method in ("__getitem__", "_getlist", "__contains__"):
            monkeypatch.setattr(QueryDict, method, self.noting(getattr(QueryDict, method)))
        for method in ("__iter__", "items", "lists", "dict", "keys", "urlencode", "copy"):
            monkeypatch.setattr(QueryDict, method, self.noting(getattr(QueryDict, method), ALL), raising=False)

    def noting(self, original: Any, name: str = "") -> Any:
        def noted(body: QueryDict, *arguments: Any, **named: Any) -> Any:
            if dict.__contains__(body, BODY):
                self.names.add(name or arguments[0])
            return original(body, *arguments, **named)

        return noted


def state(known: set[Any]) -> Counter[str]:
    """Every row of ours as text, without what differs between two runs of the same request; ``known`` keys stay."""
    rows: Counter[str] = Counter()
    for model in our_models():
        fields = [one for one in model._meta.concrete_fields if not one.name.endswith(RANDOM)]
        names = [one.attname for one in fields if not isinstance(one, models.AutoField)]
        rows.update(f"{model._meta.label} {comparable(row, known)}" for row in model._base_manager.values(*names))
    return rows


def comparable(row: dict[str, Any], known: set[Any]) -> dict[str, Any]:
    """Keys of new rows and moments are new each time; their types stay, and the names that a dictionary holds."""
    return {name: plain(value, known) for name, value in row.items()}


def plain(value: Any, known: set[Any]) -> Any:
    moving = isinstance(value, uuid.UUID | datetime.datetime) and value not in known
    return type(value).__name__ if moving else sorted(value) if isinstance(value, dict) else value
