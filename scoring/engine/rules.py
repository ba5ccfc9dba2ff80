"""The rules of a scoring key, by name: what each node comes to, given the answers and earlier nodes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scoring.engine.items import item_scores
from scoring.engine.primitives import (
    Scores,
    all_pass,
    capped,
    level_sum,
    lowest,
    piecewise,
    points_total,
    settled,
    staircase,
    weighted_mean,
)
from scoring.engine.weighing import Scale, scale_for, weighed_mean
from surveys.instruments.answers import AnswerTable
from surveys.instruments.branching import option_values
from surveys.instruments.model import Instrument, Node
from surveys.instruments.predicates import OptionValues, Predicate, Verdicts, evaluate


@dataclass(frozen=True)
class Key:
    """An instrument's scoring key, prepared once for all firms. ``scales`` holds the means of items by node."""

    instrument: Instrument
    options: OptionValues
    scales: Mapping[str, Scale]


def key_of(instrument: Instrument) -> Key:
    scales = {}
    for node in instrument.nodes:
        children = node_children(instrument, node) if node.rule == "wmean" else []
        items = [(instrument.item(name), weight) for name, weight in children if name in instrument.item_by_code]
        if items and len(items) == len(children) and "min_rated" not in node.spec:
            scales[node.id] = scale_for(instrument, items)
    return Key(instrument, option_values(instrument), scales)


@dataclass(frozen=True)
class Sheet:
    """The firms being scored: their answers after branching, and what has been worked out of them so far."""

    key: Key
    asked: AnswerTable
    items: dict[str, Scores] = field(default_factory=dict)
    nodes: dict[str, Scores] = field(default_factory=dict)

    def scores(self, name: str) -> Scores:
        """The points of an earlier node, or of an item, worked out when first asked for."""
        if name in self.nodes:
            return self.nodes[name]
        if name not in self.items:
            instrument = self.key.instrument
            self.items[name] = item_scores(instrument, instrument.item(name), self.asked)
        return self.items[name]

    def verdicts(self, predicates: Sequence[Predicate]) -> list[Verdicts]:
        return [evaluate(one, self.asked, self.key.options, self.nodes) for one in predicates]


def node_children(instrument: Instrument, node: Node) -> list[tuple[str, float]]:
    """The names of what a node combines, each with its weight (its points under ``points``)."""
    of: Any = node.spec.get("of", "items")
    if of == "items":
        return [(item.code, item.weight) for item in instrument.dimension_by_code[node.id].items]
    if of == "dimensions":
        return [(dimension.code, dimension.weight) for dimension in instrument.dimensions]
    if isinstance(of, str):
        return [(name, 1.0) for name in (of, node.spec.get("by")) if name]
    if node.rule == "points":
        return [(str(child["node"]), float(child["points"])) for child in of]
    weights: Mapping[str, float] = node.spec.get("weights", {})
    return [(str(child), float(weights.get(child, own_weight(instrument, str(child))))) for child in of]


def own_weight(instrument: Instrument, name: str) -> float:
    if name in instrument.item_by_code:
        return instrument.item_by_code[name].weight
    if name in instrument.dimension_by_code:
        return instrument.dimension_by_code[name].weight
    return 1.0


def children_scores(sheet: Sheet, node: Node) -> tuple[list[Scores], list[float]]:
    children = node_children(sheet.key.instrument, node)
    return [sheet.scores(name) for name, _ in children], [weight for _, weight in children]


def wmean_node(sheet: Sheet, node: Node) -> Scores:
    scale = sheet.key.scales.get(node.id)
    if scale is not None:
        return weighed_mean(scale, sheet.asked)
    scores, weights = children_scores(sheet, node)
    return weighted_mean(scores, weights, int(node.spec.get("min_rated", 1)))


def points_node(sheet: Sheet, node: Node) -> Scores:
    return points_total(*children_scores(sheet, node))


def min_node(sheet: Sheet, node: Node) -> Scores:
    return lowest(children_scores(sheet, node)[0])


def cap_node(sheet: Sheet, node: Node) -> Scores:
    return capped(sheet.scores(node.spec["of"]), sheet.scores(node.spec["by"]))


def piecewise_node(sheet: Sheet, node: Node) -> Scores:
    return settled(piecewise(sheet.scores(node.spec["of"]), node.spec["points"]))


def staircase_node(sheet: Sheet, node: Node) -> Scores:
    return staircase([sheet.verdicts(stair.met) for stair in node.stairs], [stair.value for stair in node.stairs])


def level_sum_node(sheet: Sheet, node: Node) -> Scores:
    levels = children_scores(sheet, node)[0]
    return level_sum(levels, float(node.spec["pass_at"]), bool(node.spec.get("require_lower", False)))


def all_pass_node(sheet: Sheet, node: Node) -> Scores:
    return all_pass([sheet.verdicts(target.require) for target in node.targets])


RULES: dict[str, Callable[[Sheet, Node], Scores]] = {
    "wmean": wmean_node,
    "points": points_node,
    "min": min_node,
    "cap": cap_node,
    "piecewise": piecewise_node,
    "staircase": staircase_node,
    "level_sum": level_sum_node,
    "all_pass": all_pass_node,
}


def score_nodes(sheet: Sheet, done: "np.ndarray[Any, np.dtype[np.bool_]]") -> None:
    """Every node of the key in the order of the file; an assessment with an answer still to come has no score."""
    everyone = bool(done.all())
    for node in sheet.key.instrument.nodes:
        scores = RULES[node.rule](sheet, node)
        sheet.nodes[node.id] = scores if everyone else np.where(done, scores, np.nan)
