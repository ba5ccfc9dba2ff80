"""A checksum of the figures that a report tells, whatever its language, format, sections and build date.

Two reports with the same checksum tell the same figures of the same answers by the same versions of instrument, engine
and published data. Advice, texts and the history of earlier assessments are no part of it.
"""

import json
from hashlib import sha256
from typing import Any

from reports.builders.model import Dimension, Indicator, Item, ReportModel


def figures_hash(model: ReportModel) -> str:
    """SHA-256 in hexadecimal of the canonical figures."""
    return sha256(canonical(model).encode()).hexdigest()


def canonical(model: ReportModel) -> str:
    """The figures as JSON without white space, keys sorted; numbers as texts of ten significant digits.

    Ten digits are more than any reader sees, and fewer than two processors may differ in.
    """
    return json.dumps(_figures(model), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _figures(model: ReportModel) -> dict[str, Any]:
    about = model.provenance
    return {
        "firm": model.firm.name,
        "submitted": about.submitted_on,
        "instrument": [about.instrument.code, about.instrument.version, about.instrument.hash],
        "engine": about.engine_version,
        "benchmark": [about.benchmark_code, about.benchmark_version],
        "index": _number(model.index),
        "level": model.level.code if model.level else None,
        "levels": [[one.code, _number(one.start)] for one in model.levels],
        "dimensions": [_dimension(one) for one in model.dimensions],
        "indicators": [_indicator(one) for one in model.indicators],
    }


def _dimension(one: Dimension) -> list[Any]:
    return [one.code, _number(one.score), _number(one.weight), [_item(item) for item in one.items]]


def _item(one: Item) -> list[Any]:
    return [one.code, one.state, _number(one.score), _number(one.weight), one.level]


def _indicator(one: Indicator) -> list[Any]:
    return [one.id, one.op, _number(one.value), one.reached]


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.10g}"
