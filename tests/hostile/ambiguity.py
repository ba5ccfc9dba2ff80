"""Tells a regular expression that can take exponential time: one text, and twice as many ways through it per letter.

The expression becomes an automaton of positions (Glushkov). It is exponentially ambiguous where a position comes back
to itself on one text by two ways; then a text that fails at its end is tried by all of them (Weideman et al. 2016).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# Counted repeats up to this are written out; longer ones are taken for endless, which only makes the check stricter.
COUNTED = 3
SAMPLES = frozenset(map(chr, range(9, 127))) | frozenset("质电厂é½ß\u3000\x85")
CATEGORIES = {
    c.CATEGORY_DIGIT: r"\d", c.CATEGORY_NOT_DIGIT: r"\D", c.CATEGORY_SPACE: r"\s", c.CATEGORY_NOT_SPACE: r"\S",
    c.CATEGORY_WORD: r"\w", c.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
Letters = frozenset[str]


@dataclass(frozen=True)
class Part:
    """What a piece of an expression begins and ends with (positions), and whether it may be empty.

    A position stands twice where two ways lead to it.
    """

    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    empty: bool = True


@dataclass
class Automaton:
    """``letters`` of each position; ``follow`` pairs, one for each way from the one to the other."""

    fold: bool
    letters: list[Letters] = field(default_factory=list)
    follow: list[tuple[int, int]] = field(default_factory=list)
    hollow: bool = False

    def position(self, letters: Letters) -> Part:
        self.letters.append(letters)
        place = (len(self.letters) - 1,)
        return Part(place, place, empty=False)

    def join(self, one: Part, other: Part) -> Part:
        self.follow += [(a, b) for a in one.last for b in other.first]
        first = one.first + (other.first if one.empty else ())
        last = other.last + (one.last if other.empty else ())
        return Part(first, last, one.empty and other.empty)

    def loop(self, one: Part) -> Part:
        # An endless repeat of what may be nothing goes round in as many ways as there are letters.
        self.hollow |= one.empty
        self.follow += [(a, b) for a in one.last for b in one.first]
        return one

    def sequence(self, nodes: Any) -> Part:
        found = Part()
        for node in nodes:
            found = self.join(found, self.part(*node))
        return found

    def part(self, kind: Any, told: Any) -> Part:
        if kind in READERS:
            return READERS[kind](self, told)
        # Anchors, looks ahead and references take no letter of their own.
        return Part() if kind in SILENT else self.position(letters_of(kind, told, self.fold))

    def branch(self, told: Any) -> Part:
        parts = [self.sequence(one) for one in told[1]]
        first = tuple(place for one in parts for place in one.first)
        last = tuple(place for one in parts for place in one.last)
        return Part(first, last, any(one.empty for one in parts))

    def repeat(self, told: Any) -> Part:
        least, most, body = told
        endless = most == c.MAXREPEAT or most > COUNTED
        written = min(least, COUNTED) if endless else most
        found = Part()
        for number in range(written):
            one = self.sequence(body)
            found = self.join(found, one if number < least else Part(one.first, one.last, empty=True))
        if not endless:
            return found
        tail = self.loop(self.sequence(body))
        return self.join(found, Part(tail.first, tail.last, empty=True))


READERS: dict[Any, Callable[[Automaton, Any], Part]] = {
    c.BRANCH: Automaton.branch,
    c.MAX_REPEAT: Automaton.repeat,
    c.MIN_REPEAT: Automaton.repeat,
    c.SUBPATTERN: lambda automaton, told: automaton.sequence(told[3]),
}
SILENT = {c.AT, c.ASSERT, c.ASSERT_NOT, c.GROUPREF}


def letters_of(kind: Any, told: Any, fold: bool) -> Letters:
    found = frozenset(letter for letter in SAMPLES if matches(kind, told, letter))
    return found | {letter.swapcase() for letter in found} if fold else found


def matches(kind: Any, told: Any, letter: str) -> bool:
    if kind is c.IN:
        negated = told[0][0] is c.NEGATE
        return any(matches(*one, letter) for one in told[negated:]) is not negated
    tests: dict[Any, Callable[[], bool]] = {
        c.LITERAL: lambda: ord(letter) == told,
        c.NOT_LITERAL: lambda: ord(letter) != told,
        c.ANY: lambda: letter != "\n",
        c.RANGE: lambda: told[0] <= ord(letter) <= told[1],
        c.CATEGORY: lambda: bool(re.match(CATEGORIES[told], letter)),
    }
    return tests[kind]()


def exponential(pattern: "re.Pattern[Any]") -> bool:
    """Whether some text makes it try ways that double with each further letter."""
    raw = pattern.pattern
    told = parser.parse(raw.decode("latin-1") if isinstance(raw, bytes) else raw, pattern.flags & ~re.DEBUG)
    automaton = Automaton(bool(pattern.flags & re.IGNORECASE))
    automaton.sequence(told)
    return automaton.hollow or any(two_ways_round(automaton))


def two_ways_round(automaton: Automaton) -> Iterator[bool]:
    """Pairs of positions that are reached side by side on the same letters: (p, p) to (q, r) and back to (p, p)."""
    after: dict[int, list[int]] = {}
    for one, other in automaton.follow:
        after.setdefault(one, []).append(other)
    graph = {
        (a, b): {
            (x, y) for x in after.get(a, ()) for y in after.get(b, ()) if automaton.letters[x] & automaton.letters[y]
        }
        for a in after
        for b in after
    }
    reach = {pair: reached(graph, pair) for pair in graph if pair[0] == pair[1]}
    for pair, seen in reach.items():
        yield any(one != other and pair in reached(graph, (one, other)) for one, other in seen)
        yield any(
            after[one].count(other) > 1 and pair in seen and pair[0] in (one, other) for one, other in doubled(after)
        )


def doubled(after: dict[int, list[int]]) -> set[tuple[int, int]]:
    """Two ways without a letter between the same two positions."""
    return {(one, other) for one, others in after.items() for other in others if others.count(other) > 1}


def reached(graph: dict[tuple[int, int], set[tuple[int, int]]], start: tuple[int, int]) -> set[tuple[int, int]]:
    seen: set[tuple[int, int]] = set()
    left = [start]
    while left:
        fresh = graph.get(left.pop(), set()) - seen
        seen |= fresh
        left += fresh
    return seen
