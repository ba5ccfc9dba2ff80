"""Branching: no circles, and only on what was asked before."""

from collections.abc import Iterator, Mapping

from surveys.instruments import check_messages as say
from surveys.instruments.check_outline import Outline
from surveys.instruments.check_shape import leaves
from surveys.instruments.faults import Fault

Graph = Mapping[str, list[str]]


def branching_faults(plan: Outline) -> Iterator[Fault]:
    graph = {item.name: conditions(item.get("ask_when")) for item in plan.items}
    circles = circles_in(graph)
    order = {item.name: position for position, item in enumerate(plan.items)}
    for item in plan.items:
        if item.name in circles:
            circle = " → ".join(circles[item.name])
            yield item.fault(["ask_when"], say.CIRCULAR, circle=circle)
            continue
        for path, leaf in leaves(item.get("ask_when"), item.at("ask_when")):
            name = leaf.get("item")
            if name in order and order[name] >= order[item.name]:
                yield Fault((*path, "item"), say.ASKED_LATER, detail={"name": name})


def conditions(predicate: object) -> list[str]:
    """The items that a condition looks at."""
    found = leaves(predicate, ()) if isinstance(predicate, Mapping) else ()
    return [leaf["item"] for _path, leaf in found if "item" in leaf]


def circles_in(graph: Graph) -> dict[str, list[str]]:
    """Each circle of the branching once, from the item that stands first in the file: name to the way round."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for start in graph:
        way = way_round(graph, start)
        if way and start not in seen:
            found[start] = way
            seen.update(way)
    return found


def way_round(graph: Graph, start: str) -> list[str]:
    """A shortest way from an item back to itself, or []."""
    ways = [[start, name] for name in graph[start]]
    visited: set[str] = set()
    for way in ways:
        if way[-1] == start:
            return way
        if way[-1] not in visited:
            visited.add(way[-1])
            ways.extend([*way, name] for name in graph.get(way[-1], ()))
    return []
