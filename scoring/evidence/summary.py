"""Computed figures as the plain data that is kept; reading.py takes out of it again what a verdict needs."""

import math
from collections.abc import Mapping as Map
from dataclasses import asdict
from typing import Any, Final

from scoring.engine.evidence.inventory import by_way
from scoring.engine.spc.as_json import study_object
from scoring.engine.spc.figures import Figure
from scoring.engine.spc.verdict import Outcome, judge_declared
from scoring.evidence.computing import Counted, Done, Gauged, Listed, Studied
from scoring.measurements.qif import DeclaredCheck, QifDocument, declared_against_data

JsonObject = dict[str, Any]
LONGEST_LIST: Final = 200
MOST_DECLARED: Final = LONGEST_LIST - 2
"""With the two that a person may state they stay within the longest list."""
CLOSE: Final = 1e-9


def summary_of(done: Done) -> JsonObject:
    """The figures to keep, as any database takes them."""
    kept: JsonObject = bounded(_told(done))
    return kept


def _told(done: Done) -> JsonObject:
    if isinstance(done, Studied):
        return of_study(done)
    if isinstance(done, Counted):
        return of_counts(done)
    return of_gauge(done) if isinstance(done, Gauged) else of_inventory(done)


def of_study(done: Studied) -> JsonObject:
    return {
        "method": "study",
        "name": done.found.name,
        "unit": done.found.unit or "",
        "format": done.found.format,
        "blank": done.found.blank,
        "study": study_object(done.study),
        "ppk": _figure(done.study.decisive_ppk),
        "chart": asdict(done.chart),
        "declared": [*_stated(done), *_declared(done.document)],
    }


def of_counts(done: Counted) -> JsonObject:
    chart = done.chart
    counted, inspected = done.totals
    return {
        "method": "counts",
        "name": done.name,
        "kind": chart.kind,
        "counted": counted,
        "inspected": inspected,
        "centre": float(chart.centre[0]),
        "lower": chart.lower.tolist(),
        "upper": chart.upper.tolist(),
        "signals": [{"rule": one.rule, "points": list(one.points)} for one in done.signals],
        "chart": asdict(done.facts),
    }


def of_gauge(done: Gauged) -> JsonObject:
    study = None if done.gauge is None else asdict(done.gauge)
    return {"method": "gauge", "name": done.name, "unit": done.unit, "gauge": study, "declared": list(done.declared)}


def of_inventory(done: Listed) -> JsonObject:
    return {
        "method": "inventory",
        "name": "",
        "share": done.share,
        "complete": done.mapping.complete,
        "monthly": {str(way): count for way, count in by_way(done.mapping.rows).items()},
        "devices": done.devices,
        "hints": list(done.hints),
    }


def bounded(value: Any) -> Any:
    """The same with lists of at most 200 entries, how many there were, None for what is no finite number, no NUL."""
    if isinstance(value, dict):
        return {key: bounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        if len(value) > LONGEST_LIST:
            return {"first": [bounded(part) for part in value[:LONGEST_LIST]], "count": len(value)}
        return [bounded(part) for part in value]
    if isinstance(value, str):
        return value.replace("\0", "")
    return None if isinstance(value, float) and not math.isfinite(value) else value


def same(one: Any, other: Any) -> bool:
    """Whether two summaries tell the same figures, up to the last digits that another computer may round otherwise.

    ``one`` is computed now and may tell more than ``other``, which was kept by an earlier version.
    """
    if isinstance(one, Map) and isinstance(other, Map):
        return one.keys() >= other.keys() and all(same(one[key], other[key]) for key in other)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) or isinstance(other, float):
        numbers = isinstance(one, int | float) and isinstance(other, int | float)
        return numbers and math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-300)
    return bool(one == other)


def _figure(figure: Figure | None) -> JsonObject | None:
    if figure is None:
        return None
    method = figure.method
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "confidence": figure.confidence,
        "estimator": method.estimator,
        "interval": method.interval,
        "df": method.df,
    }


def _stated(done: Studied) -> list[JsonObject]:
    """The indices that a report of the firm states, against the recomputed ones."""
    pairs = (
        ("Cpk", done.mapping.stated_cpk, done.study.capability.minimum),
        ("Ppk", done.mapping.stated_ppk, done.study.performance.minimum),
    )
    return [
        _row(done.found.name, index, stated, figure.value, _OUTCOMES[judge_declared(index, stated, figure)[0]])
        for index, stated, figure in pairs
        if stated is not None
    ]


_OUTCOMES = {
    Outcome.SUPPORTED: "supported",
    Outcome.CONTRADICTED: "unsupported",
    Outcome.NOT_DECIDABLE: "not_decidable",
}


def _declared(document: QifDocument | None) -> list[JsonObject]:
    """The indices that QIF files declare, against what their own data give; the nearest recomputed value stands by."""
    if document is None:
        return []
    names = {each.key: each.label for each in document.characteristics}
    return [
        _row(
            names.get(check.characteristic or "", "-"), check.index, check.declared, _nearest(check), str(check.verdict)
        )
        for check in declared_against_data(document)[:MOST_DECLARED]
    ]


def _nearest(check: DeclaredCheck) -> float | None:
    found = (each.value for each in check.estimates)
    return min(found, key=lambda value: abs(value - check.declared), default=None)


def _row(name: str, index: str, declared: float, value: float | None, verdict: str) -> JsonObject:
    return {"name": name, "index": index, "declared": declared, "value": value, "verdict": verdict}
