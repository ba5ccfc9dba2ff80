"""Whether a predicate can hold at all, and whether it can fail: over every ordinary answer."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from surveys.instruments.check_outline import Outline, Part, Raw, answer_range, option_values, within
from surveys.instruments.check_shape import leaves

MOST_COMBINATIONS = 4096
Subject = tuple[str, ...]
# One value for each subject: an item's answer, whether an option is ticked, a node's score.
World = Mapping[Subject, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """The scores that are possible: all from ``low`` to ``high``, or only ``values`` where these are known."""

    low: float
    high: float
    values: frozenset[float] | None = None

    def meets(self, start: float, stop: float) -> bool:
        """Whether a score from ``start``, included, to ``stop``, excluded, is possible."""
        if self.values is not None:
            return any(start <= value < stop for value in self.values)
        return self.low < stop and self.high >= start

    def above(self, start: float) -> "Span":
        """The part from ``start`` up."""
        values = None if self.values is None else frozenset(value for value in self.values if value >= start)
        return Span(max(self.low, start), self.high, values)


Spans = Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What can become of a predicate. Both are False only if nothing is known to be possible."""

    can_hold: bool
    can_fail: bool


UNKNOWN = Outcomes(can_hold=True, can_fail=True)


def outcomes(predicate: Raw | None, plan: Outline, spans: Spans) -> Outcomes:
    """Exact where the predicate looks at few items; otherwise its parts are taken as independent of each other."""
    if predicate is None or not usable(predicate, plan, spans):
        return UNKNOWN
    worlds = representative_answers(predicate, plan, spans)
    if math.prod(len(values) for values in worlds.values()) <= MOST_COMBINATIONS:
        found = {holds(predicate, dict(zip(worlds, world, strict=True))) for world in product(*worlds.values())}
        return Outcomes(True in found, False in found)
    return from_parts(predicate, plan, spans)


def from_parts(predicate: Raw, plan: Outline, spans: Spans) -> Outcomes:
    if "not" in predicate:
        inner = outcomes(predicate["not"], plan, spans)
        return Outcomes(inner.can_fail, inner.can_hold)
    found = [outcomes(part, plan, spans) for part in predicate.get("any") or predicate.get("all") or ()]
    holding, failing = [one.can_hold for one in found], [one.can_fail for one in found]
    if "any" in predicate:
        return Outcomes(any(holding), all(failing))
    return Outcomes(all(holding), any(failing))


def usable(predicate: Raw, plan: Outline, spans: Spans) -> bool:
    """False where the predicate has a fault of another kind, so that nothing may be said about it."""
    return whole(predicate) and all(
        leaf["node"] in spans if "node" in leaf else comparable(plan.item.get(leaf["item"]), leaf)
        for _path, leaf in leaves(predicate, ())
    )


def whole(predicate: Raw | None) -> bool:
    """Whether every part has the right form; a part that has not stands as None."""
    if predicate is None:
        return False
    parts = [*predicate.get("any", ()), *predicate.get("all", ()), *([predicate["not"]] if "not" in predicate else [])]
    return all(whole(part) for part in parts)


def comparable(item: Part | None, leaf: Raw) -> bool:
    if item is None or item.get("kind") is None:
        return False
    operator = next(key for key in leaf if key != "item")
    if item.get("kind") in ("share", "number"):
        return operator != "includes" and not isinstance(leaf[operator], str)
    values = option_values(item)
    if operator in ("at_least", "at_most"):
        return bool(values) and all(isinstance(value, int) for value in values)
    return bool(values) and (item.get("kind") == "multi") == (operator == "includes")


def representative_answers(predicate: Raw, plan: Outline, spans: Spans) -> dict[Subject, list[Any]]:
    """For each subject of the predicate, one answer of every class that its tests tell apart."""
    worlds: dict[Subject, set[Any]] = {}
    for _path, leaf in leaves(predicate, ()):
        subject, answers = answers_to(leaf, plan, spans)
        worlds.setdefault(subject, set()).update(answers)
    return {subject: sorted(answers, key=str) for subject, answers in worlds.items()}


def answers_to(leaf: Raw, plan: Outline, spans: Spans) -> tuple[Subject, Sequence[Any]]:
    operator = next(key for key in leaf if key not in ("item", "node"))
    if "node" in leaf:
        span = spans[leaf["node"]]
        known = span.values or around(leaf[operator], (span.low, span.high))
        return ("node", leaf["node"]), [*known]
    item = plan.item[leaf["item"]]
    if operator == "includes":
        return ("ticked", item.name, str(leaf[operator])), [True, False]
    if item.get("kind") in ("share", "number"):
        return ("item", item.name), [*around(leaf[operator], answer_range(item))]
    return ("item", item.name), option_values(item)


def around(threshold: float, bounds: tuple[float | None, float | None]) -> Iterator[float]:
    """The threshold and the nearest numbers on both sides of it, as far as they can be answered."""
    for number in (math.nextafter(threshold, -math.inf), threshold, math.nextafter(threshold, math.inf)):
        if within(number, bounds):
            yield number
    yield from (bound for bound in bounds if bound is not None)


def holds(predicate: Raw, world: World) -> bool:
    if "any" in predicate:
        return any(holds(part, world) for part in predicate["any"])
    if "all" in predicate:
        return all(holds(part, world) for part in predicate["all"])
    if "not" in predicate:
        return not holds(predicate["not"], world)
    operator = next(key for key in predicate if key not in ("item", "node"))
    wanted = predicate[operator]
    if operator == "includes":
        return bool(world["ticked", predicate["item"], str(wanted)])
    found = world["node", predicate["node"]] if "node" in predicate else world["item", predicate["item"]]
    match operator:
        case "at_least":
            return bool(float(found) >= wanted)
        case "at_most":
            return bool(float(found) <= wanted)
        case "below":
            return bool(float(found) < wanted)
        case _:
            return str(found) == str(wanted) or (not isinstance(wanted, str) and found == wanted)
