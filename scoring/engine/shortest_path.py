"""The fewest single-level steps that raise a firm's maturity level, gates included, with alternatives.

An integer programme (HiGHS): one binary for every step of every item's ladder, the key as linear constraints, the
number of steps as the objective; among equals the greater weight, then the greater published share. The solver works in
floating point, so what it finds is scored by the engine before it is believed. docs/scoring.md, section 7.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

from scoring.engine.ladders import with_tick
from scoring.engine.levers import Answers, Lever, NotModelled, levers_of
from scoring.engine.linear_key import HOLDS, NOT_HOLDS, SLACK, LinearKey
from scoring.engine.one_firm import level_code
from scoring.engine.programme import Linear, Programme, TookTooLong, constant, total
from scoring.engine.published import Indicator
from scoring.engine.scorer import ScoreTable, score
from scoring.engine.steps import written_row
from surveys.instruments.answers import AnswerTable
from surveys.instruments.coding import table_from_written
from surveys.instruments.model import Gate, Instrument, Item
from surveys.instruments.predicates import items_in

MOST_PATTERNS = 64
MOST_TRIALS = 200


@dataclass(frozen=True, slots=True)
class PathStep:
    """One item raised by ``steps`` single levels. ``share`` is the published share that practises it, if known."""

    item: str
    before: str
    after: str
    steps: int
    weight: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Way:
    """A set of steps with the index and the level that the firm would then have."""

    moves: tuple[PathStep, ...]
    steps: int
    index: float
    level: str


@dataclass(frozen=True, slots=True)
class NextLevel:
    """``ways``, the shortest first. Where there is none, ``reason`` says why:

    incomplete, no_level, highest_level, out_of_reach (what would be needed does not apply or was declined),
    took_too_long, or the name of something in the key that cannot be modelled exactly.
    """

    level: str | None
    target: str | None
    ways: tuple[Way, ...] = ()
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def next_level(
    instrument: Instrument, answers: AnswerTable, indicators: Sequence[Indicator] = (), most: int = 3
) -> NextLevel:
    """The shortest way to the next maturity level for the firm of the first row, and up to ``most`` - 1 others."""
    row = written_row(instrument, answers)
    now = score(instrument, answers.rows(0, 1), keep_items=False)
    number = int(now.level[0])
    here = level_code(instrument, number)
    reason = no_next_level(instrument, now)
    if reason:
        return NextLevel(here, None, reason=reason)
    target = instrument.levels[number].code
    try:
        search = Search(instrument, row, number + 1, indicators)
        ways = tuple(search.ways(most))
    except NotModelled as stopped:
        return NextLevel(here, target, reason=str(stopped))
    except TookTooLong:
        return NextLevel(here, target, reason="took_too_long")
    return NextLevel(here, target, ways, None if ways else "out_of_reach")


def no_next_level(instrument: Instrument, now: ScoreTable) -> str | None:
    if not now.complete[0]:
        return "incomplete"
    if now.level[0] == 0:
        return "no_level"
    return "highest_level" if now.level[0] == len(instrument.levels) else None


@dataclass(frozen=True)
class Pattern:
    """One way the branches can fall, as a programme: which items are asked, what can be moved."""

    programme: Programme
    row: Mapping[str, str]
    levers: tuple[Lever, ...]
    objective: Linear

    def exclude(self, moves: Mapping[tuple[str, str | None], int]) -> None:
        """No more ways that hold all of these moves."""
        by_name = {(lever.item.code, lever.tick): lever for lever in self.levers}
        if moves.keys() <= by_name.keys():
            reached = [by_name[name].reached[steps - 1] for name, steps in moves.items()]
            self.programme.at_least_zero(constant(len(moves) - 1) - total(reached))

    def exclude_exactly(self, steps: Sequence[int]) -> None:
        """Not this very combination: the solver's tolerance let it through."""
        changes = []
        for lever, count in zip(self.levers, steps, strict=True):
            changes.append(constant(1.0) - lever.at(count))
        self.programme.at_least_zero(total(changes) - constant(1.0))


@dataclass(frozen=True)
class Found:
    """What one pattern's programme came to, scored by the engine."""

    pattern: Pattern
    moves: Mapping[tuple[str, str | None], int]
    way: Way
    rank: tuple[float, float, float]


class Search:
    """Looks for the best ways over all patterns of branching."""

    def __init__(
        self, instrument: Instrument, row: Mapping[str, str], number: int, indicators: Sequence[Indicator]
    ) -> None:
        self.instrument, self.row, self.number = instrument, row, number
        self.weights = {item.code: weight_of(instrument, item) for item in instrument.items}
        self.shares = shares_of(indicators)
        self.patterns = [self.pattern(asked) for asked in branch_patterns(instrument, row)]

    def ways(self, most: int) -> Iterator[Way]:
        """The best ways, one after the other."""
        best = [self.solve(pattern) for pattern in self.patterns]
        for _ in range(most):
            found = min((one for one in best if one is not None), key=lambda one: one.rank, default=None)
            if found is None:
                return
            yield found.way
            for place, pattern in enumerate(self.patterns):
                pattern.exclude(found.moves)
                current = best[place]
                if current is not None and holds_all(current.moves, found.moves):
                    best[place] = self.solve(pattern)

    def pattern(self, asked: frozenset[str]) -> Pattern:
        """The programme for the firms in which of the branched items exactly ``asked`` are asked."""
        instrument = self.instrument
        branched = {item.code for item in instrument.items if item.ask_when is not None}
        row = {code: written for code, written in self.row.items() if code not in branched - asked}
        # An item that a step would open is at its lowest answer until it is raised as well.
        row |= {code: "DK" for code in asked if code not in self.row}
        programme = Programme()
        levers = levers_of(programme, instrument, row)
        by_item: dict[str, list[Lever]] = {}
        for lever in levers:
            by_item.setdefault(lever.item.code, []).append(lever)
        key = LinearKey(programme, instrument, Answers(instrument, row, by_item))
        self.require_branches(key, asked)
        self.require_level(key)
        return Pattern(programme, row, tuple(levers), self.objective(levers))

    def require_branches(self, key: LinearKey, asked: frozenset[str]) -> None:
        for item in self.instrument.items:
            if item.ask_when is not None:
                wanted = HOLDS if item.code in asked else NOT_HOLDS
                key.programme.at_least_zero(key.want(item.ask_when, wanted) - constant(1.0))

    def require_level(self, key: LinearKey) -> None:
        """The score reaches the band, and every gate up to it is shown to be met."""
        instrument, start = self.instrument, self.instrument.levels[self.number - 1].start
        score = key.nodes[str(instrument.level_node)]
        key.programme.at_least_zero(
            constant(-1.0) if score is None else score - constant(start) + constant(SLACK * max(1.0, start))
        )
        for gate in instrument.gates:
            if gate_matters(instrument, gate, self.number):
                key.programme.at_least_zero(key.want(gate.require, HOLDS) - constant(1.0))

    def objective(self, levers: Sequence[Lever]) -> Linear:
        """Steps, less a weight that no number of steps outweighs, less a share that no weight outweighs."""
        steps = sum(len(lever.reached) for lever in levers)
        costs = []
        for lever in levers:
            weight, share = self.weights[lever.item.code], self.shares.get(lever.item.code, 0.0)
            costs += [one * (1.0 - (0.4 * weight + 0.0004 * share) / max(1, steps)) for one in lever.reached]
        return total(costs)

    def solve(self, pattern: Pattern) -> Found | None:
        for _ in range(MOST_TRIALS):
            solution = pattern.programme.minimum(pattern.objective)
            if solution is None:
                return None
            steps = [lever.steps(solution) for lever in pattern.levers]
            found = self.believed(pattern, steps)
            if found is not None:
                return found
            pattern.exclude_exactly(steps)
        raise TookTooLong

    def believed(self, pattern: Pattern, steps: Sequence[int]) -> Found | None:
        """The way, if the engine agrees that it reaches the level."""
        after = moved(pattern, steps)
        table = score(self.instrument, table_from_written(self.instrument, [after]), keep_items=False)
        if not table.complete[0] or table.level[0] < self.number:
            return None
        moves = {
            (lever.item.code, lever.tick): count for lever, count in zip(pattern.levers, steps, strict=True) if count
        }
        path = self.path(pattern, moves, after)
        way = Way(path, sum(steps), float(table.index[0]), str(level_code(self.instrument, int(table.level[0]))))
        weight = sum(step.weight * step.steps for step in path)
        share = sum((step.share or 0.0) * step.steps for step in path)
        return Found(pattern, moves, way, (way.steps, -round(weight, 9), -round(share, 9)))

    def path(
        self, pattern: Pattern, moves: Mapping[tuple[str, str | None], int], after: Mapping[str, str]
    ) -> tuple[PathStep, ...]:
        counts: dict[str, int] = {}
        for (code, _), count in moves.items():
            counts[code] = counts.get(code, 0) + count
        steps = [
            PathStep(code, pattern.row[code], after[code], count, self.weights[code], self.shares.get(code))
            for code, count in counts.items()
        ]
        return tuple(sorted(steps, key=lambda step: (-step.weight, -(step.share or 0.0), step.item)))


def holds_all(moves: Mapping[tuple[str, str | None], int], others: Mapping[tuple[str, str | None], int]) -> bool:
    """Whether the moves go at least as far as the others everywhere."""
    return all(moves.get(name, 0) >= count for name, count in others.items())


def moved(pattern: Pattern, steps: Sequence[int]) -> dict[str, str]:
    """The firm's answers after the steps."""
    after = dict(pattern.row)
    for lever, count in zip(pattern.levers, steps, strict=True):
        if count and lever.tick is None:
            after[lever.item.code] = lever.rungs[count]
        elif count:
            after[lever.item.code] = with_tick(lever.item, after[lever.item.code], str(lever.tick))
    return after


def gate_matters(instrument: Instrument, gate: Gate, number: int) -> bool:
    """Whether failing the gate keeps a firm below the level of this number."""
    if instrument.ceiling(gate) >= number:
        return False
    if instrument.level_number(gate.level) > number:
        # It would bite only if the score rose even further: more could then be less.
        raise NotModelled("gate_skips_levels")
    return True


def branch_patterns(instrument: Instrument, row: Mapping[str, str]) -> list[frozenset[str]]:
    """Which branched items may be asked together; those that no step can change stay as they are."""
    branched = [item for item in instrument.items if item.ask_when is not None]
    movable: set[str] = {
        item.code
        for item in instrument.items
        if item.ask_when is None and row.get(item.code, "") not in ("", "NA", "DECLINE")
    }
    open_: list[str] = []
    for item in branched:
        assert item.ask_when is not None  # noqa: S101 - selected above
        if movable & set(items_in(item.ask_when)):
            open_.append(item.code)
            movable.add(item.code)
    if 2 ** len(open_) > MOST_PATTERNS:
        raise NotModelled("too_many_branches")
    fixed = {item.code for item in branched if item.code in row and item.code not in open_}
    return [
        frozenset(fixed | {code for code, asked in zip(open_, chosen, strict=True) if asked})
        for chosen in product((False, True), repeat=len(open_))
    ]


def weight_of(instrument: Instrument, item: Item) -> float:
    """The item's part of the whole by the weights of items and dimensions; all items together make 1."""
    dimension = instrument.dimension_by_code[item.dimension]
    items = sum(one.weight for one in dimension.items)
    dimensions = sum(one.weight for one in instrument.dimensions)
    return item.weight / items * dimension.weight / dimensions if items and dimensions else 0.0


def shares_of(indicators: Sequence[Indicator]) -> dict[str, float]:
    """For each item the largest published share of firms that practise it; a bound is no share."""
    found: dict[str, float] = {}
    for indicator in indicators:
        if not indicator.share.is_bound:
            for code in items_in(indicator.predicate):
                found[code] = max(found.get(code, 0.0), indicator.share.value)
    return found
