"""A scoring key as linear constraints.

Every node is written as an expression that is never above the node's score and can always reach it. That is exact for
questions of the form "at least", which levels and gates ask. What a key asks in another form raises NotModelled.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from scoring.engine.levers import Answers, NotModelled
from scoring.engine.programme import Linear, Programme, constant, total
from scoring.engine.rules import node_children
from surveys.instruments.model import Instrument, Node
from surveys.instruments.predicates import (
    FALSE,
    INAPPLICABLE,
    TRUE,
    UNKNOWN,
    AllOf,
    AnyOf,
    ItemTest,
    Negation,
    NodeTest,
    Predicate,
    walk,
)

# The solver's tolerance; whatever it lets through is scored by the engine before it is believed.
SLACK = 1e-6

# The four things one may want of a predicate, the verdicts that fulfil each, and each one's opposite under "not".
HOLDS, FAILS, NOT_HOLDS, NOT_FAILS = "holds", "fails", "not_holds", "not_fails"
WANTED = {
    HOLDS: (TRUE,),
    FAILS: (FALSE,),
    NOT_HOLDS: (FALSE, INAPPLICABLE, UNKNOWN),
    NOT_FAILS: (TRUE, INAPPLICABLE, UNKNOWN),
}
TURNED = {HOLDS: FAILS, FAILS: HOLDS, NOT_HOLDS: NOT_FAILS, NOT_FAILS: NOT_HOLDS}


class LinearKey:
    """The nodes and predicates of one key, for one firm, in one programme."""

    def __init__(self, programme: Programme, instrument: Instrument, answers: Answers) -> None:
        self.programme, self.instrument, self.answers = programme, instrument, answers
        self.nodes: dict[str, Linear | None] = {}
        for node in instrument.nodes:
            self.nodes[node.id] = RULES[node.rule](self, node)

    def score(self, name: str) -> Linear | None:
        """An item's points or an earlier node's score; None where there is none."""
        if name in self.nodes:
            return self.nodes[name]
        return self.answers.points(self.instrument.item(name))

    # Predicates

    def applies(self, predicate: Predicate) -> bool:
        match predicate:
            case ItemTest():
                return self.answers.applies(predicate)
            case NodeTest(node):
                return self.nodes[node] is not None
            case Negation(part):
                return self.applies(part)
            case AnyOf(parts) | AllOf(parts):
                return any(self.applies(part) for part in parts)

    def want(self, predicate: Predicate, wanted: str) -> Linear:
        """An expression that can only be 1 where the predicate does as wanted, and then can be 1."""
        match predicate:
            case ItemTest():
                return self.answers.verdict(predicate, WANTED[wanted])
            case NodeTest():
                return self.want_node(predicate, wanted)
            case Negation(part):
                return self.want(part, TURNED[wanted])
            case AnyOf(parts):
                return self.want_parts(parts, wanted, decisive=HOLDS)
            case AllOf(parts):
                return self.want_parts(parts, wanted, decisive=FAILS)

    def want_parts(self, parts: Sequence[Predicate], wanted: str, decisive: str) -> Linear:
        """any: one part that holds decides. all: one part that fails decides. What does not apply stands aside."""
        not_decisive = {HOLDS: NOT_HOLDS, FAILS: NOT_FAILS}[decisive]
        if wanted == decisive:
            return self.one_of([self.want(part, wanted) for part in parts])
        if wanted == not_decisive:
            return self.each_of([self.want(part, wanted) for part in parts])
        applying = [self.want(part, wanted) for part in parts if self.applies(part)]
        if wanted == TURNED[decisive]:
            return self.each_of(applying) if applying else constant(0.0)
        return self.one_of(applying) if applying else constant(1.0)

    def one_of(self, parts: Sequence[Linear]) -> Linear:
        found = self.programme.binary()
        self.programme.at_least_zero(total(list(parts)) - found)
        return found

    def each_of(self, parts: Sequence[Linear]) -> Linear:
        found = self.programme.binary()
        for part in parts:
            self.programme.at_least_zero(part - found)
        return found

    def want_node(self, test: NodeTest, wanted: str) -> Linear:
        score = self.nodes[test.node]
        if score is None:
            return constant(float(INAPPLICABLE in WANTED[wanted]))
        upward = {"at_least": (HOLDS, NOT_FAILS), "below": (FAILS, NOT_HOLDS)}[test.operator]
        if wanted not in upward:
            raise NotModelled("asks_for_a_low_score")
        found = self.programme.binary()
        self.programme.at_least_zero(score - found * test.value + constant(SLACK))
        return found

    # Nodes

    def mean(self, node: Node) -> tuple[list[tuple[Linear, float]], float, float]:
        """The children that have a score with their weights, the sum of those weights, and of all."""
        children = [(self.score(name), weight) for name, weight in node_children(self.instrument, node)]
        present = [(score, weight) for score, weight in children if score is not None]
        return present, sum(weight for _, weight in present), sum(weight for _, weight in children)

    def wmean(self, node: Node) -> Linear | None:
        present, weight, _ = self.mean(node)
        if not weight or len(present) < int(node.spec.get("min_rated", 1)):
            return None
        return total([score * (one / weight) for score, one in present])

    def points(self, node: Node) -> Linear | None:
        present, weight, all_points = self.mean(node)
        return total([score * (one / weight * all_points / 100) for score, one in present]) if weight else None

    def minimum(self, node: Node) -> Linear | None:
        return self.below([score for score, _ in self.mean(node)[0]])

    def cap(self, node: Node) -> Linear | None:
        scores = [self.score(str(node.spec[end])) for end in ("of", "by")]
        present = [score for score in scores if score is not None]
        return self.below(present) if len(present) == len(scores) else None

    def below(self, scores: Sequence[Linear]) -> Linear | None:
        if not scores:
            return None
        found = self.programme.number()
        for score in scores:
            self.programme.at_least_zero(score - found)
        return found

    def piecewise(self, node: Node) -> Linear | None:
        """The score climbs segment by segment; each may only be entered when the one before is climbed."""
        score = self.score(str(node.spec["of"]))
        anchors = [(float(x), float(y)) for x, y in node.spec["points"]]
        if score is None:
            return None
        if any(right[1] < left[1] for left, right in pairwise(anchors)):
            raise NotModelled("falling_anchors")
        if anchors[0][0] > 0:
            anchors = [(0.0, anchors[0][1]), *anchors]
        found, climbed, entered = [constant(anchors[0][1])], [constant(anchors[0][0])], constant(1.0)
        for (x, y), (next_x, next_y) in pairwise(anchors):
            width = next_x - x
            part = self.programme.number(width)
            self.programme.at_least_zero(entered * width - part)
            entered = self.programme.binary()
            self.programme.at_least_zero(part - entered * width)
            found.append(part * ((next_y - y) / width))
            climbed.append(part)
        self.programme.at_least_zero(score - total(climbed))
        return total(found)

    def staircase(self, node: Node) -> Linear | None:
        values = [0.0, *(stair.value for stair in node.stairs)]
        if any(higher < lower for lower, higher in pairwise(values)):
            raise NotModelled("falling_stairs")
        if not self.decided([stair.met for stair in node.stairs]):
            return None
        found, below = [], constant(1.0)
        for stair, (lower, higher) in zip(node.stairs, pairwise(values), strict=True):
            step = self.each_of([below, *self.not_failed(stair.met)])
            found.append(step * (higher - lower))
            below = step
        return total(found)

    def all_pass(self, node: Node) -> Linear | None:
        if not self.decided([target.require for target in node.targets]):
            return None
        targets = [self.each_of(self.not_failed(target.require)) for target in node.targets]
        self.programme.at_least_zero(constant(1.0) - total(targets))
        return total([target * number for number, target in enumerate(targets, 1)])

    def not_failed(self, predicates: Sequence[Predicate]) -> list[Linear]:
        return [self.want(one, HOLDS) for one in predicates if self.applies(one)]

    def decided(self, steps: Sequence[Sequence[Predicate]]) -> bool:
        """Whether any predicate is true or false, now and after any step."""
        tests = [test for step in steps for predicate in step for test in walk(predicate)]
        compound = any(not isinstance(one, ItemTest) for step in steps for one in step)
        decided = [self.answers.decided(test) for test in tests if isinstance(test, ItemTest) and self.applies(test)]
        if compound and not all(decided):
            raise NotModelled("declined_in_compound")
        return any(decided) or any(isinstance(test, NodeTest) and self.applies(test) for test in tests)

    def level_sum(self, node: Node) -> Linear | None:
        """A level that passed is worth 1, another its share; with require_lower only above passed ones."""
        pass_at, lower = float(node.spec["pass_at"]), bool(node.spec.get("require_lower", False))
        found, below = [], constant(1.0)
        for name, _ in node_children(self.instrument, node):
            score = self.score(name)
            if score is None:
                return None
            passed, worth = self.programme.binary(), self.programme.number(1.0)
            self.programme.at_least_zero(score - passed * (100 * pass_at) + constant(SLACK))
            self.programme.at_least_zero(score * 0.01 + passed - worth)
            if lower:
                self.programme.at_least_zero(below - passed)
                self.programme.at_least_zero(below - worth)
            below = passed
            found.append(worth)
        return total(found)


RULES: dict[str, Callable[[LinearKey, Node], Linear | None]] = {
    "wmean": LinearKey.wmean,
    "points": LinearKey.points,
    "min": LinearKey.minimum,
    "cap": LinearKey.cap,
    "piecewise": LinearKey.piecewise,
    "staircase": LinearKey.staircase,
    "level_sum": LinearKey.level_sum,
    "all_pass": LinearKey.all_pass,
}
