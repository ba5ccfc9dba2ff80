"""The chapter that holds answers against measured data."""

from typing import Any

from reports.builders.model import Evidenced, ReportModel
from reports.builders.wording import say

MARKS = {"supported": "yes", "contradicted": "no", "not_decidable": "open"}


def evidence(model: ReportModel) -> list[dict[str, Any]]:
    """A row for each item that has data; empty where none has."""
    return [_row(one, model) for one in model.evidence]


def _row(one: Evidenced, model: ReportModel) -> dict[str, Any]:
    source = say(model.language, "evidence_source", name=one.source, count=one.count) if one.source else ""
    return {
        "code": one.code,
        "title": one.title,
        "declared": one.declared_text,
        "mark": MARKS[one.outcome],
        "outcome": one.outcome_text,
        "source": source,
        "reason": one.reason,
        "caveats": list(one.caveats),
    }
