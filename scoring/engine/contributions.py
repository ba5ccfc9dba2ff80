"""What each child of a node adds to its score, rule by rule; for one firm. The contributions sum to the score."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.engine.one_firm import absent
from scoring.engine.rules import Sheet, node_children
from surveys.instruments.model import Node
from surveys.instruments.predicates import FALSE, TRUE, UNKNOWN, Predicate


@dataclass(frozen=True, slots=True)
class Part:
    """A child, a stair or a target. ``share`` is the weight after renormalising, None where the part stands aside."""

    name: str
    weight: float | None
    share: float | None
    contribution: float | None
    predicates: tuple[Predicate, ...] = ()


Parts = tuple[tuple[Part, ...], Mapping[str, Any]]


def parts_of(sheet: Sheet, node: Node) -> Parts:
    """The parts of a node and what else its rule looks at. Without a score there are no contributions."""
    parts, facts = PARTS[node.rule](sheet, node)
    if np.isnan(sheet.nodes[node.id][0]):
        parts = tuple(Part(part.name, part.weight, None, None, part.predicates) for part in parts)
    return parts, facts


def first(sheet: Sheet, name: str) -> float:
    return float(sheet.scores(name)[0])


def weighed(sheet: Sheet, node: Node, scale: float) -> tuple[Part, ...]:
    """Children of a mean: share = w / sum(w) over those with a score, contribution = share * score * scale."""
    children = [(name, weight, first(sheet, name)) for name, weight in node_children(sheet.key.instrument, node)]
    total = sum(weight for _, weight, score in children if not np.isnan(score))
    return tuple(
        Part(name, weight, None, None)
        if np.isnan(score) or not total
        else Part(name, weight, weight / total, weight / total * score * scale)
        for name, weight, score in children
    )


def wmean_parts(sheet: Sheet, node: Node) -> Parts:
    facts = {"min_rated": node.spec["min_rated"]} if "min_rated" in node.spec else {}
    return weighed(sheet, node, 1.0), facts


def points_parts(sheet: Sheet, node: Node) -> Parts:
    total = sum(points for _, points in node_children(sheet.key.instrument, node))
    return weighed(sheet, node, total / 100.0), {"points": total}


def deciding_parts(sheet: Sheet, node: Node) -> Parts:
    """min and cap: the first of the lowest children decides, the others add nothing."""
    scores = {name: first(sheet, name) for name, _ in node_children(sheet.key.instrument, node)}
    present = [name for name, score in scores.items() if not np.isnan(score)]
    decides = min(present, key=lambda name: scores[name], default=None)
    parts = tuple(
        Part(name, None, None if np.isnan(score) else float(name == decides), score if name == decides else 0.0)
        for name, score in scores.items()
    )
    return parts, {"decided_by": decides}


def piecewise_parts(sheet: Sheet, node: Node) -> Parts:
    part = Part(str(node.spec["of"]), None, 1.0, absent(sheet.nodes[node.id][0]))
    return (part,), {"points": node.spec["points"]}


def level_sum_parts(sheet: Sheet, node: Node) -> Parts:
    pass_at, lower = float(node.spec["pass_at"]), bool(node.spec.get("require_lower", False))
    parts, passed_so_far = [], True
    for name, _ in node_children(sheet.key.instrument, node):
        share = first(sheet, name) / 100.0
        counts = passed_so_far or not lower
        parts.append(Part(name, None, share, (1.0 if share >= pass_at else share) if counts else 0.0))
        passed_so_far = passed_so_far and share >= pass_at
    return tuple(parts), {"pass_at": pass_at, "require_lower": lower}


def staircase_parts(sheet: Sheet, node: Node) -> Parts:
    """Every level adds its rise over the one below, as far as the firm stands; then the gap and the credit held."""
    parts, standing, below, gap, credit = [], True, 0.0, None, []
    for stair in node.stairs:
        verdicts = [int(one[0]) for one in sheet.verdicts(stair.met)]
        met = FALSE not in verdicts and UNKNOWN not in verdicts
        if standing and not met:
            gap = stair.level
        elif not standing and TRUE in verdicts:
            credit.append(stair.level)
        standing = standing and met
        rise = stair.value - below if standing else 0.0
        parts.append(Part(str(stair.level), stair.value, float(standing), rise, stair.met))
        below = stair.value if standing else below
    return tuple(parts), {"blocking_gap": gap, "credit_held": credit}


def all_pass_parts(sheet: Sheet, node: Node) -> Parts:
    """The highest target that is met gives its number; the others add nothing."""
    reached = absent(sheet.nodes[node.id][0])
    parts = tuple(
        Part(target.level, None, float(number == reached), float(number) if number == reached else 0.0, target.require)
        for number, target in enumerate(node.targets, 1)
    )
    return parts, {}


PARTS: dict[str, Callable[[Sheet, Node], Parts]] = {
    "wmean": wmean_parts,
    "points": points_parts,
    "min": deciding_parts,
    "cap": deciding_parts,
    "piecewise": piecewise_parts,
    "staircase": staircase_parts,
    "level_sum": level_sum_parts,
    "all_pass": all_pass_parts,
}
