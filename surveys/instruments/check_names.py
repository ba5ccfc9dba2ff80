"""Names: each used once, each reference to something that exists and stands early enough."""

from collections.abc import Iterable, Iterator, Mapping

from surveys.instruments import check_messages as say
from surveys.instruments.check_outline import Outline, Part, Place, tests
from surveys.instruments.check_shape import Path, nearest
from surveys.instruments.faults import Fault


def name_faults(plan: Outline) -> Iterator[Fault]:
    for group, key in (
        (plan.dimensions, "code"),
        (plan.items, "code"),
        (plan.nodes, "id"),
        (plan.bands, "code"),
        (plan.gates, "id"),
        (plan.checks, "id"),
    ):
        yield from repeated(group, key)
    yield from item_prefixes(plan)
    yield from node_names(plan)
    yield from reference_faults(plan)
    yield from crosswalk_faults(plan)


def crosswalk_faults(plan: Outline) -> Iterator[Fault]:
    """Every item that a crosswalk speaks of is an item of this file."""
    for version, items in (plan.raw.get("crosswalk") or {}).items():
        for name in items if isinstance(items, Mapping) else ():
            if name not in plan.item:
                path = ("crosswalk", str(version), str(name))
                yield unknown(path, name, plan.item, say.UNKNOWN_ITEM, say.UNKNOWN_ITEM_NEAR)


def repeated(group: Iterable[Part], key: str) -> Iterator[Fault]:
    first: dict[str, Part] = {}
    for part in group:
        if part.name and part.name in first:
            where = ".".join(str(step) for step in first[part.name].path)
            yield part.fault([key], say.REPEATED, name=part.name, first=where)
        first.setdefault(part.name, part)


def item_prefixes(plan: Outline) -> Iterator[Fault]:
    for dimension in plan.dimensions:
        for item in (item for item in plan.items if item.path[:2] == dimension.path):
            prefix, _dash, number = item.name.partition("-")
            if item.name and dimension.name and prefix != dimension.name:
                yield item.fault(["code"], say.ITEM_OUTSIDE_DIMENSION, dimension=dimension.name, number=number)


def node_names(plan: Outline) -> Iterator[Fault]:
    for node in plan.nodes:
        if node.name in plan.item:
            yield node.fault(["id"], say.NODE_IS_ITEM)
    for dimension in plan.dimensions:
        if dimension.name and dimension.name not in plan.node:
            yield Fault(("scoring", "nodes"), say.DIMENSION_WITHOUT_NODE, detail={"dimension": dimension.name})
    if "index" not in plan.node:
        yield Fault(("scoring", "nodes"), say.NO_INDEX)


def reference_faults(plan: Outline) -> Iterator[Fault]:
    for place, path, leaf in tests(plan):
        if "item" in leaf and leaf["item"] not in plan.item:
            yield unknown((*path, "item"), leaf["item"], plan.item, say.UNKNOWN_ITEM, say.UNKNOWN_ITEM_NEAR)
        elif "node" in leaf:
            yield from node_reference(plan, place, (*path, "node"), leaf["node"])
    levels = plan.level_node
    if levels is not None and levels not in plan.node:
        yield unknown(("scoring", "levels", "node"), levels, plan.node, say.UNKNOWN_NODE, say.UNKNOWN_NODE_NEAR)
    yield from level_references(plan)


def node_reference(plan: Outline, place: Place, path: Path, name: str) -> Iterator[Fault]:
    branching = place.path[-1] == "ask_when"
    if branching:
        yield Fault(path, say.BRANCH_ON_NODE)
    elif name not in plan.node:
        yield unknown(path, name, plan.node, say.UNKNOWN_NODE, say.UNKNOWN_NODE_NEAR)
    elif place.nodes is not None and name not in place.nodes:
        yield Fault(path, say.NODE_TOO_LATE, detail={"name": name})


def level_references(plan: Outline) -> Iterator[Fault]:
    known = [band.name for band in plan.bands]
    named = [(gate.at(key), gate.get(key)) for gate in plan.gates for key in ("level", "downgrade_to")]
    for node in plan.nodes:
        for position, target in enumerate(node.get("targets") or ()):
            named.append((node.at("targets", position, "level"), (target or {}).get("level")))
    for path, level in named:
        if level is not None and known and level not in known:
            yield Fault(path, say.UNKNOWN_LEVEL, detail={"name": level, "known": ", ".join(known)})


def unknown(path: Path, name: str, known: Iterable[str], plain: str, near: str) -> Fault:
    """The fault of a name that leads nowhere, with the name that was probably meant."""
    close = nearest(name, known)
    return Fault(path, near if close else plain, detail={"name": name, "near": close})
