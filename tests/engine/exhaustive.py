"""The oracle of the shortest path: every combination of steps, scored by the engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, product

from scoring.engine.ladders import ladder, open_ticks, with_tick
from scoring.engine.scorer import score
from scoring.engine.shortest_path import weight_of
from scoring.engine.steps import written_row
from surveys.instruments.coding import table_from_written
from surveys.instruments.model import Instrument, Item


@dataclass(frozen=True)
class Reached:
    """A combination that raises the level: moves by item (or tick) to the number of steps taken there."""

    moves: Mapping[str, int]
    steps: int
    weight: float


def ways_of(instrument: Instrument, item: Item, written: str) -> Iterator[tuple[str, dict[str, int]]]:
    """Every answer the firm could move to, with the moves that it takes."""
    if item.kind == "multi":
        ticks = open_ticks(item, written)
        for chosen in chain.from_iterable(combinations(ticks, count) for count in range(len(ticks) + 1)):
            after = written
            for tick in chosen:
                after = with_tick(item, after, tick)
            yield after, {f"{item.code}:{tick}": 1 for tick in chosen}
    else:
        for count, rung in enumerate(ladder(instrument, item, written)):
            yield rung, {item.code: count} if count else {}


def reaching(instrument: Instrument, answers: Mapping[str, str]) -> list[Reached]:
    """Every combination of steps that raises the level."""
    here = table_from_written(instrument, [dict(answers)])
    row = written_row(instrument, here)
    opened = {item.code: "DK" for item in instrument.items if item.ask_when is not None} | row
    choices = [list(ways_of(instrument, item, opened[item.code])) for item in instrument.items]
    combined = list(product(*choices))
    codes = [item.code for item in instrument.items]
    rows = [dict(zip(codes, (after for after, _ in one), strict=True)) for one in combined]
    levels = score(instrument, table_from_written(instrument, rows), keep_items=False).level
    now = score(instrument, here, keep_items=False).level[0]
    return [summed(instrument, one) for one, level in zip(combined, levels, strict=True) if level > now]


def summed(instrument: Instrument, combination: tuple[tuple[str, dict[str, int]], ...]) -> Reached:
    moves = {name: count for _, one in combination for name, count in one.items()}
    weight = sum(weight_of(instrument, instrument.item(name.split(":")[0])) * count for name, count in moves.items())
    return Reached(moves, sum(moves.values()), weight)


def contains(one: Reached, other: Mapping[str, int]) -> bool:
    """Whether ``one`` holds every move of ``other``, or goes further."""
    return all(one.moves.get(name, 0) >= count for name, count in other.items())
