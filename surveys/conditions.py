"""Branching as the browser mirrors it: predicates as JSON, only to hide items at once. The server stays the judge."""

from typing import Any

from surveys.instruments.model import Instrument
from surveys.instruments.predicates import AllOf, AnyOf, ItemTest, Negation, Predicate


def conditions(instrument: Instrument) -> dict[str, Any]:
    """Item code -> the condition under which it is asked, for the items that have one."""
    return {item.code: _plain(item.ask_when) for item in instrument.items if item.ask_when is not None}


def scales(instrument: Instrument) -> dict[str, Any]:
    """Item code -> what "don't know" stands for, for the items that a condition looks at: the lowest value, if any."""
    looked_at = {code for condition in conditions(instrument).values() for code in _items(condition)}
    return {item.code: _lowest(item) for item in instrument.items if item.code in looked_at}


def _lowest(item: Any) -> float | None:
    if item.is_numeric or item.kind == "multi":
        return 0.0
    first = item.options[0].value
    return float(first) if str(first).lstrip("-").isdigit() else None


def _plain(predicate: Predicate) -> dict[str, Any]:
    match predicate:
        case ItemTest():
            return {"item": predicate.item, "test": predicate.operator, "value": predicate.value}
        case AnyOf():
            return {"any": [_plain(part) for part in predicate.parts]}
        case AllOf():
            return {"all": [_plain(part) for part in predicate.parts]}
        case Negation():
            return {"not": _plain(predicate.part)}
    raise ValueError("A condition looks at answers only.")


def _items(condition: dict[str, Any]) -> set[str]:
    if "item" in condition:
        return {condition["item"]}
    if "not" in condition:
        return _items(condition["not"])
    return {code for part in condition.get("any", condition.get("all", [])) for code in _items(part)}
