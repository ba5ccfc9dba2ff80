"""Scores a table of answers with an instrument's key. One implementation, for the page, the command, the API, the report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine.items import item_scores
from scoring.engine.primitives import Scores, band_index, weighted_mean
from surveys.instruments.answers import AnswerTable, State
from surveys.instruments.branching import complete, option_values, with_branching
from surveys.instruments.model import Instrument, Node
from surveys.instruments.predicates import TRUE, evaluate

Flags = NDArray[np.bool_]
LevelNumbers = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """What ``size`` firms' answers come to; every array has shape (n,).

    ``nodes`` and ``items`` are points (0 to 100 in `bluebook`), NaN where there is no score.
    ``banded`` is the level number by the index alone, ``level`` the one that the gates allow; 0 stands for none.
    """

    size: int
    complete: Flags
    items: Mapping[str, Scores]
    nodes: Mapping[str, Scores]
    banded: LevelNumbers
    level: LevelNumbers
    gates_met: Mapping[str, Flags]
    partly_declined: Mapping[str, Flags]


def score(instrument: Instrument, answers: AnswerTable) -> ScoreTable:
    """Scores every firm of the table: items, dimensions, index, level with its gates."""
    asked = with_branching(instrument, answers)
    done = complete(instrument, asked)
    items = {item.code: item_scores(instrument, item, asked) for item in instrument.items}
    nodes = score_nodes(instrument, items, done)
    gates = gates_met(instrument, asked, nodes)
    banded = banded_levels(instrument, nodes, answers.size)
    return ScoreTable(
        size=answers.size,
        complete=done,
        items=items,
        nodes=nodes,
        banded=banded,
        level=gated_levels(instrument, banded, gates),
        gates_met=gates,
        partly_declined={
            dimension.code: np.any(
                [asked[item.code].is_state(State.DECLINE) for item in dimension.items], axis=0
            ).astype(bool)
            for dimension in instrument.dimensions
        },
    )


def score_nodes(instrument: Instrument, items: Mapping[str, Scores], done: Flags) -> dict[str, Scores]:
    """Every node of the key in the order of the file; an assessment with an answer still to come has no score."""
    nodes: dict[str, Scores] = {}
    for node in instrument.nodes:
        scores = RULES[node.rule](instrument, node, {**items, **nodes})
        nodes[node.id] = np.where(done, scores, np.nan)
    return nodes


def node_children(instrument: Instrument, node: Node) -> list[tuple[str, float]]:
    """The names of what a node combines, each with its weight."""
    of: Any = node.spec.get("of", "items")
    if of == "items":
        return [(item.code, item.weight) for item in instrument.dimension_by_code[node.id].items]
    if of == "dimensions":
        return [(dimension.code, dimension.weight) for dimension in instrument.dimensions]
    weights: Mapping[str, float] = node.spec.get("weights", {})
    return [(str(child), float(weights.get(child, own_weight(instrument, str(child))))) for child in of]


def own_weight(instrument: Instrument, name: str) -> float:
    if name in instrument.item_by_code:
        return instrument.item_by_code[name].weight
    if name in instrument.dimension_by_code:
        return instrument.dimension_by_code[name].weight
    return 1.0


def wmean_node(instrument: Instrument, node: Node, scores: Mapping[str, Scores]) -> Scores:
    children = node_children(instrument, node)
    return weighted_mean([scores[name] for name, _ in children], [weight for _, weight in children])


RULES: dict[str, Callable[[Instrument, Node, Mapping[str, Scores]], Scores]] = {"wmean": wmean_node}


def gates_met(instrument: Instrument, asked: AnswerTable, nodes: Mapping[str, Scores]) -> dict[str, Flags]:
    """Whether each gate's requirement is shown to be met; what does not apply or was declined does not show it."""
    options = option_values(instrument)
    return {gate.id: evaluate(gate.require, asked, options, nodes) == TRUE for gate in instrument.gates}


def banded_levels(instrument: Instrument, nodes: Mapping[str, Scores], size: int) -> LevelNumbers:
    if instrument.level_node is None:
        return np.zeros(size, np.uint8)
    starts = [level.start for level in instrument.levels]
    return (band_index(nodes[instrument.level_node], starts) + 1).astype(np.uint8)


def gated_levels(instrument: Instrument, banded: LevelNumbers, gates: Mapping[str, Flags]) -> LevelNumbers:
    """The banded level, held below the level of every gate that is not met."""
    level = banded.copy()
    for gate in instrument.gates:
        ceiling = np.uint8(instrument.level_number(gate.level) - 1)
        level = np.where(gates[gate.id], level, np.minimum(level, ceiling))
    return level
