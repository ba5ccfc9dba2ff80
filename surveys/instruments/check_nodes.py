"""The scoring key: children that exist and stand earlier, weights that sum, steps that rise."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from surveys.instruments import check_messages as say
from surveys.instruments.check_names import unknown
from surveys.instruments.check_outline import Outline, Part, mapping, parts
from surveys.instruments.check_rules import anchor_faults
from surveys.instruments.check_shape import Path
from surveys.instruments.faults import Fault

Child = tuple[Path, str]


def node_faults(plan: Outline) -> Iterator[Fault]:
    before: set[str] = set()
    for node in plan.nodes:
        yield from child_faults(plan, node, before)
        yield from weight_faults(plan, node)
        yield from step_faults(node)
        if node.get("rule") == "piecewise":
            yield from anchor_faults(node.at("points"), node.get("points") or [], highest=1e9)
        before.add(node.name)


def named_children(node: Part) -> list[Child]:
    """The names that a node lists, each with its place; of "items" and "dimensions" none is listed."""
    of = node.get("of")
    if isinstance(of, str):
        found = [] if node.get("rule") == "wmean" else [(node.at("of"), of)]
    elif node.get("rule") == "points":
        found = [(child.at("node"), child.name) for child in parts(of, node.at("of"), "node")]
    else:
        found = [(node.at("of", position), name) for position, name in enumerate(of or ()) if name]
    if node.get("by"):
        found.append((node.at("by"), node.raw["by"]))
    return found


def children(plan: Outline, node: Part) -> list[str]:
    """The names of everything a node combines."""
    if node.get("rule") == "wmean" and node.get("of") == "items":
        dimension = plan.dimension.get(node.name)
        return [item.name for item in plan.items if dimension and item.path[:2] == dimension.path]
    if node.get("rule") == "wmean" and node.get("of") == "dimensions":
        return [dimension.name for dimension in plan.dimensions]
    return [name for _path, name in named_children(node)]


def child_faults(plan: Outline, node: Part, before: set[str]) -> Iterator[Fault]:
    if node.get("of") == "items" and node.name not in plan.dimension and node.get("rule") == "wmean":
        yield node.fault(["of"], say.NOT_A_DIMENSION)
    seen: set[str] = set()
    for path, name in named_children(node):
        if name in seen:
            yield Fault(path, say.CHILD_TWICE, detail={"name": name})
        seen.add(name)
        yield from one_child(plan, node, before, (path, name))
    if node.get("of") == "dimensions":
        for name in children(plan, node):
            if name in plan.node and name not in before:
                yield node.fault(["of"], say.NODE_TOO_LATE, name=name)


def one_child(plan: Outline, node: Part, before: set[str], child: Child) -> Iterator[Fault]:
    path, name = child
    if name == node.name:
        yield Fault(path, say.NODE_ITSELF)
    elif name in plan.node and name not in before:
        yield Fault(path, say.NODE_TOO_LATE, detail={"name": name})
    elif name not in plan.node and name not in plan.item:
        yield unknown(path, name, [*plan.node, *plan.item], say.UNKNOWN_NAME, say.UNKNOWN_NAME_NEAR)


def weight_faults(plan: Outline, node: Part) -> Iterator[Fault]:
    names = children(plan, node)
    if node.get("rule") == "points":
        points = [child.get("points") for child in parts(node.get("of"), (), "node")]
        if points and None not in points and not sum(points):
            yield node.fault(["of"], say.POINTS_ZERO)
    if node.get("rule") != "wmean" or not names:
        return
    for name in mapping(node.get("weights")):
        if name not in names:
            yield node.fault(["weights", name], say.NOT_A_CHILD, name=name)
    weights = [weight_of(plan, node, name) for name in names]
    if not any(weights):
        yield node.fault(["weights" if "weights" in node.raw else "of"], say.WEIGHTS_ZERO)
    if node.get("min_rated", 1) > len(names):
        yield node.fault(["min_rated"], say.MIN_RATED_TOO_HIGH, count=len(names))


def weight_of(plan: Outline, node: Part, name: str) -> float:
    """The weight of one child: the node's own table, else the item's or dimension's weight, else 1."""
    table: Mapping[str, float] = mapping(node.get("weights"))
    part = plan.item.get(name) or plan.dimension.get(name)
    return float(table.get(name, part.get("weight", 1) if part else 1))


def step_faults(node: Part) -> Iterator[Fault]:
    stairs = parts(node.get("levels"), node.at("levels"), "level")
    yield from rising(stairs, "level", say.STAIRS_FALL)
    yield from rising([stair for stair in stairs if "value" in stair.raw], "value", say.STAIR_VALUES_FALL)
    if node.get("pass_at") == 0:
        yield node.fault(["pass_at"], say.PASS_AT_ZERO)


def rising(steps: Iterable[Part], key: str, message: str) -> Iterator[Fault]:
    for before, after in pairwise(step for step in steps if key in step.raw):
        if after.raw[key] <= before.raw[key]:
            yield after.fault([key], message)
