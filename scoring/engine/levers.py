"""What a firm can move: each item's single steps as variables of an integer programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scoring.engine.items import item_scores
from scoring.engine.ladders import ladder, open_ticks, with_tick
from scoring.engine.programme import Linear, Programme, constant, total
from surveys.instruments.branching import option_values
from surveys.instruments.coding import STATE_WORDS, table_from_written
from surveys.instruments.model import Instrument, Item
from surveys.instruments.predicates import FALSE, INAPPLICABLE, TRUE, ItemTest, evaluate


class NotModelled(Exception):
    """The key holds something that the programme cannot say exactly; the text is the reason's code."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One item's ladder, or one tick of a multi item. ``reached[k]`` is 1 where the firm stands above rung k."""

    item: Item
    rungs: tuple[str, ...]
    reached: tuple[Linear, ...]
    tick: str | None = None

    def at(self, rung: int) -> Linear:
        """1 where the firm stands on exactly this rung."""
        up_to = constant(1.0) if rung == 0 else self.reached[rung - 1]
        return up_to - self.reached[rung] if rung < len(self.reached) else up_to

    def steps(self, solution: NDArray[np.float64]) -> int:
        return sum(round(one.at(solution)) for one in self.reached)


def levers_of(programme: Programme, instrument: Instrument, row: Mapping[str, str]) -> list[Lever]:
    """The levers of the items in ``row``, what is asked and how it is answered now."""
    found = []
    for item in instrument.items:
        written = row.get(item.code, "")
        ladders = [(ladder(instrument, item, written), None)]
        if item.kind == "multi":
            ladders = [((written, with_tick(item, written, tick)), tick) for tick in open_ticks(item, written)]  # type: ignore[misc]
        for rungs, tick in ladders:
            if len(rungs) > 1:
                found.append(Lever(item, rungs, rising(programme, len(rungs) - 1), tick))
    return found


def rising(programme: Programme, count: int) -> tuple[Linear, ...]:
    """Binaries of which each may only be 1 where the one before is."""
    found = [programme.binary() for _ in range(count)]
    for lower, higher in pairwise(found):
        programme.at_least_zero(lower - higher)
    return tuple(found)


@dataclass(frozen=True)
class Answers:
    """One firm's answers with all that it could move, seen by the rules of the key."""

    instrument: Instrument
    row: Mapping[str, str]
    levers: Mapping[str, list[Lever]]

    def points(self, item: Item) -> Linear | None:
        """The item's points as an expression, None where it has no score."""
        if not self.row.get(item.code):
            return None
        here = self._scores(item, [self.row[item.code]])[0]
        if np.isnan(here):
            return None
        found = [constant(float(here))]
        for lever in self.levers.get(item.code, []):
            scores = self._scores(item, list(lever.rungs))
            found += [one * float(gain) for one, gain in zip(lever.reached, np.diff(scores), strict=True)]
        self._check_ticks_add_up(item, float(here))
        return total(found)

    def _scores(self, item: Item, rungs: list[str]) -> NDArray[np.float64]:
        table = table_from_written(self.instrument, [{item.code: rung} for rung in rungs])
        return item_scores(self.instrument, item, table)

    def _check_ticks_add_up(self, item: Item, here: float) -> None:
        """Ticks are independent only if "none of these" and "don't know" are worth nothing."""
        nothing_ticked = self.row[item.code] in (*STATE_WORDS, "none")
        if item.kind == "multi" and nothing_ticked and here != 0:
            raise NotModelled("ticks_not_additive")

    def verdict(self, test: ItemTest, wanted: tuple[int, ...]) -> Linear:
        """1 where the test's verdict is one of ``wanted``, as an expression."""
        item = self.instrument.item(test.item)
        if item.code not in self.row:
            return constant(float(INAPPLICABLE in wanted))
        levers = self.levers.get(item.code, [])
        if item.kind == "multi":
            levers = [lever for lever in levers if lever.tick == str(test.value)]
            if test.operator != "includes":
                raise NotModelled("test_on_ticks")
        if not levers:
            return constant(float(self._verdicts(test, [self.row[item.code]])[0] in wanted))
        verdicts = self._verdicts(test, list(levers[0].rungs))
        return total([levers[0].at(rung) for rung, one in enumerate(verdicts) if one in wanted])

    def _verdicts(self, test: ItemTest, rungs: list[str]) -> list[int]:
        table = table_from_written(self.instrument, [{test.item: rung} for rung in rungs])
        return [int(one) for one in evaluate(test, table, option_values(self.instrument))]

    def applies(self, test: ItemTest) -> bool:
        """Whether the test can be told true or false at all, now and after any step."""
        return self.verdict(test, (INAPPLICABLE,)).constant == 0

    def decided(self, test: ItemTest) -> bool:
        verdict = self.verdict(test, (TRUE, FALSE))
        return bool(verdict.terms) or verdict.constant == 1
