"""Why a number is what it is: for one firm the derivation of every node down to the answers, gates and placements.

Everything is plain values, ready for a page, the API or a report. The contributions under a node add up to its score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from scoring.engine.contributions import Part, parts_of
from scoring.engine.items import item_rule
from scoring.engine.one_firm import absent, level_code
from scoring.engine.placement import place, placements_of_one
from scoring.engine.published import Indicator
from scoring.engine.rules import Sheet, key_of, score_nodes
from scoring.engine.scorer import banded_levels, gated_levels, gates_met
from scoring.engine.verdicts import Verdict, verdict_on
from surveys.instruments.answers import AnswerTable, State
from surveys.instruments.branching import complete, with_branching
from surveys.instruments.coding import written_answer
from surveys.instruments.model import Gate, Instrument, Item


@dataclass(frozen=True, slots=True)
class AnswerDerivation:
    """An item: the answer as written ("" for none), its rule and points. ``state`` is asked, or not_asked if hidden."""

    item: str
    answer: str
    state: str
    rule: str | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Term:
    """One child of a node.

    ``weight`` is as the key gives it, ``share`` what it comes to after renormalising (None where the child stands
    aside), ``contribution`` what the child adds to the node's score.
    """

    name: str
    weight: float | None
    share: float | None
    contribution: float | None
    child: "NodeDerivation | AnswerDerivation | None" = None
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeDerivation:
    """A node: its rule and its terms. ``facts`` holds what else the rule looks at: pass_at, the blocking gap."""

    node: str
    rule: str
    score: float | None
    terms: tuple[Term, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GateDerivation:
    """A gate: whether it is shown to be met, whether it holds the firm back, and every part of what it asks."""

    gate: str
    level: str
    downgrade_to: str | None
    met: bool
    holds_back: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class PlacementDerivation:
    """A published share: what it asks, what was found, where that puts the firm."""

    indicator: str
    operator: str
    value: float
    verdict: Verdict
    condition: Verdict | None
    placed: Mapping[str, float | str | None]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one firm's result. ``nodes`` stands in the order of the key."""

    complete: bool
    index: float | None
    level: str | None
    banded_level: str | None
    level_node: str | None
    nodes: tuple[NodeDerivation, ...]
    gates: tuple[GateDerivation, ...]
    placements: tuple[PlacementDerivation, ...]

    def node(self, id_: str) -> NodeDerivation:
        """The derivation of one node; KeyError if there is no such node."""
        return {node.node: node for node in self.nodes}[id_]

    def to_dict(self) -> dict[str, Any]:
        """The same as mappings, lists, numbers, strings and None."""
        return asdict(self)


def explain(
    instrument: Instrument, answers: AnswerTable, indicators: Sequence[Indicator] = (), size: str | None = None
) -> Explanation:
    """Explains the firm of the first row of ``answers``."""
    key = key_of(instrument)
    sheet = Sheet(key, with_branching(instrument, answers.rows(0, 1)))
    done = complete(instrument, sheet.asked)
    score_nodes(sheet, done)
    banded = banded_levels(instrument, sheet.nodes, 1)
    gates = gates_met(sheet)
    level = gated_levels(instrument, banded, gates)
    return Explanation(
        complete=bool(done[0]),
        index=absent(sheet.nodes["index"][0]),
        level=level_code(instrument, int(level[0])),
        banded_level=level_code(instrument, int(banded[0])),
        level_node=instrument.level_node,
        nodes=derivations(sheet),
        gates=tuple(explained_gate(sheet, gate, bool(gates[gate.id][0]), int(banded[0])) for gate in instrument.gates),
        placements=explained_placements(sheet, indicators, answers.rows(0, 1), size),
    )


def derivations(sheet: Sheet) -> tuple[NodeDerivation, ...]:
    """Every node in the order of the key, earlier ones standing inside those that use them."""
    found: dict[str, NodeDerivation | AnswerDerivation] = {}
    for item in sheet.key.instrument.items:
        found[item.code] = explained_answer(sheet, item)
    nodes = [explained_node(sheet, node.id, found) for node in sheet.key.instrument.nodes]
    return tuple(nodes)


def explained_node(sheet: Sheet, id_: str, found: dict[str, "NodeDerivation | AnswerDerivation"]) -> NodeDerivation:
    node = sheet.key.instrument.node_by_id[id_]
    parts, facts = parts_of(sheet, node)
    terms = tuple(term(sheet, part, found) for part in parts)
    derivation = NodeDerivation(id_, node.rule, absent(sheet.nodes[id_][0]), terms, facts)
    found[id_] = derivation
    return derivation


def term(sheet: Sheet, part: Part, found: Mapping[str, "NodeDerivation | AnswerDerivation"]) -> Term:
    return Term(
        name=part.name,
        weight=part.weight,
        share=part.share,
        contribution=part.contribution,
        child=found.get(part.name),
        verdicts=tuple(verdict_on(sheet, predicate) for predicate in part.predicates),
    )


def explained_answer(sheet: Sheet, item: Item) -> AnswerDerivation:
    column = sheet.asked[item.code]
    rule = item_rule(sheet.key.instrument, item)
    code = int(column.code[0])
    number = 0.0 if column.number is None else float(column.number[0])
    return AnswerDerivation(
        item=item.code,
        answer=written_answer(item, code, number),
        state="not_asked" if column.is_state(State.NOT_ASKED)[0] else "asked",
        rule=None if rule is None else str(rule["rule"]),
        score=absent(sheet.scores(item.code)[0]),
    )


def explained_gate(sheet: Sheet, gate: Gate, met: bool, banded: int) -> GateDerivation:
    holds_back = not met and banded >= sheet.key.instrument.level_number(gate.level)
    return GateDerivation(gate.id, gate.level, gate.downgrade_to, met, holds_back, verdict_on(sheet, gate.require))


def explained_placements(
    sheet: Sheet, indicators: Sequence[Indicator], answers: AnswerTable, size: str | None
) -> tuple[PlacementDerivation, ...]:
    placed = placements_of_one(place(sheet.key.instrument, indicators, answers, [size]), 0)
    return tuple(
        PlacementDerivation(
            indicator=one.id,
            operator=one.share.operator,
            value=one.share.value,
            verdict=verdict_on(sheet, one.predicate),
            condition=None if one.condition is None else verdict_on(sheet, one.condition),
            placed=placed[one.id],
        )
        for one in indicators
    )
