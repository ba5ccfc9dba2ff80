"""Small instruments for the rules' tests: dimensions of items, a key, and answers as they stand in a file."""

from typing import Any

from scoring.engine.scorer import ScoreTable, score
from surveys.instruments.coding import table_from_written
from surveys.instruments.model import Instrument
from surveys.instruments.parse import instrument_from

WORDS = {"zh-hans": "字", "en": "words"}
LEVELS = {1: 0, 2: 25, 3: 50, 4: 75, 5: 100}
SCALES = {"level": {"rule": "map", "table": LEVELS}, "yesno": {"rule": "map", "table": {"yes": 100, "no": 0}}}
FIVE = (("experience", 0), ("inspection", 20), ("assurance", 40), ("prevention", 60), ("excellence", 80))


def item(code: str, kind: str = "level", values: tuple[int | str, ...] = (), **fields: Any) -> dict[str, Any]:
    """One item; "not applicable" may be chosen unless ``na=None``."""
    values = values or {"level": (1, 2, 3, 4, 5), "yesno": ("yes", "no")}.get(kind, ())
    options = {"options": [{"value": value, "label": WORDS} for value in values]} if values else {}
    raw = {"code": code, "kind": kind, "title": WORDS, "stem": WORDS, "na": WORDS, **options, **fields}
    return {key: value for key, value in raw.items() if value is not None}


def dimension(code: str, *items: dict[str, Any], weight: float = 1) -> dict[str, Any]:
    return {"code": code, "title": WORDS, "weight": weight, "items": list(items)}


def instrument(
    *dimensions: dict[str, Any],
    nodes: list[dict[str, Any]] | None = None,
    level_node: str = "index",
    bands: tuple[tuple[str, float], ...] = FIVE,
    gates: tuple[dict[str, Any], ...] = (),
    scales: dict[str, Any] | None = None,
) -> Instrument:
    """An instrument whose key is the mean of its dimensions' means unless ``nodes`` says otherwise."""
    means = [{"id": one["code"], "rule": "wmean", "of": "items"} for one in dimensions]
    raw = {
        "format": 1,
        "code": "tiny",
        "version": "1.0.0",
        "title": WORDS,
        "summary": WORDS,
        "dimensions": list(dimensions),
        "scoring": {
            "item_scales": scales or SCALES,
            "nodes": nodes or [*means, {"id": "index", "rule": "wmean", "of": "dimensions"}],
            "levels": {
                "node": level_node,
                "bands": [{"code": code, "from": start, "title": WORDS, "meaning": WORDS} for code, start in bands],
            },
            "gates": [{"text": WORDS, **gate} for gate in gates] or None,
        },
    }
    return instrument_from(raw, "hash")


def scored(found: Instrument, *firms: dict[str, str]) -> ScoreTable:
    return score(found, table_from_written(found, list(firms)))


def node(found: Instrument, name: str, answers: dict[str, str]) -> float:
    """What one node comes to for one firm; NaN for no score."""
    return float(scored(found, answers).nodes[name][0])


def level(found: Instrument, answers: dict[str, str]) -> str:
    """The code of the level that one firm reaches, "" for none."""
    number = int(scored(found, answers).level[0])
    return found.levels[number - 1].code if number else ""
