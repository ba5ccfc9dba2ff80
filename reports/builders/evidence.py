"""The chapters that hold answers against measured data, and that draw these data."""

from collections.abc import Mapping
from typing import Any

from reports.builders.figure import Figure
from reports.builders.measured import Measured
from reports.builders.measured_figures import HALVES, place_of
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


def measured(model: ReportModel, figures: Mapping[str, Figure]) -> list[dict[str, Any]]:
    """A row for each item with charts; empty where the report leaves them out."""
    rows = [_drawn(one, model, figures) for one in model.measured]
    return [row for row in rows if row["charts"]]


def _drawn(one: Measured, model: ReportModel, figures: Mapping[str, Figure]) -> dict[str, Any]:
    here = place_of(one.code, "")
    charts = [
        _chart(name, name.removeprefix(here), figure) for name, figure in figures.items() if name.startswith(here)
    ]
    return {
        "title": say(model.language, "measured_heading", code=one.code, title=one.title),
        "source": say(model.language, "measured_source", name=one.source) if one.source else "",
        "wide": [chart for chart in charts if not chart["half"]],
        "halves": [chart for chart in charts if chart["half"]],
        "charts": charts,
    }


def _chart(place: str, name: str, figure: Figure) -> dict[str, Any]:
    return {"figure": place, "title": figure.title, "note": figure.note, "half": name in HALVES}
