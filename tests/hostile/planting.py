"""Puts a text into every place of the database where a person's words are kept, whatever a form would have refused."""

from typing import Any

from django.db import models

from scoring.models import MeasuredEvidence
from surveys.models import Snapshot
from tests.hostile.body_reading import our_models

# Columns of text that no person writes: codes, keys, sums, addresses, and the trail, which nobody can change.
STRUCTURE = {
    "accent", "action", "answers", "benchmark_code", "benchmark_hash", "benchmark_version", "claim", "code",
    "content_hash", "credit_code", "dimension", "email", "engine_version", "figures_hash", "file", "hash", "industry",
    "instrument_code", "instrument_hash", "instrument_version", "item", "kind", "language", "last_seal", "level",
    "number", "part", "password", "region", "request_id", "role", "seal", "secret_digest", "sections", "sha256", "size",
    "subject_id", "subject_type", "token_hash", "version", "written",
}  # fmt: skip
# A questionnaire is text and structure in one; its own tests read it.
SKIPPED = {("InstrumentDraft", "text"), ("MeasuredEvidence", "reason")}
WORDS = ("CharField", "TextField")


def fields() -> list[tuple[type[models.Model], Any]]:
    """Every column of free text, by introspection: a new one is planted without being listed here."""
    found = [(model, one) for model in our_models() for one in model._meta.concrete_fields]
    return [(model, one) for model, one in found if is_free_text(model, one)]


def is_free_text(model: type[models.Model], one: Any) -> bool:
    named = one.name in STRUCTURE or (model.__name__, one.name) in SKIPPED
    return one.get_internal_type() in WORDS and not one.choices and not named


def plant(payload: str) -> int:
    """In how many columns it stands now; each takes as much of it as its length allows."""
    planted = [(model, one) for model, one in fields() if model._base_manager.exists()]
    for model, one in planted:
        model._base_manager.update(**{one.name: payload[: one.max_length]})
    inside_documents(payload)
    return len(planted)


def inside_documents(payload: str) -> None:
    """The words that columns of JSON hold: reasons of answers, names of measured columns and of listed data."""
    for snapshot in Snapshot.objects.all():
        Snapshot.objects.filter(pk=snapshot.pk).update(reasons=dict.fromkeys(snapshot.answers, payload))
    for row in MeasuredEvidence.objects.all():
        rows = [{**one, "name": payload} for one in row.mapping.get("rows", [])]
        told = {"mapping": row.mapping | {"rows": rows}, "summary": row.summary | {"name": payload}}
        MeasuredEvidence.objects.filter(pk=row.pk).update(**told, title=payload[:200])
