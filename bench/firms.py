"""Reports of firms that differ, for what is measured in a row: a typesetter remembers what it has set before."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from random import Random
from typing import TypeVar

from reports.builders.model import Dimension, Item, ReportModel

LEVELS = 5
T = TypeVar("T")


def reports_of_firms(model: ReportModel) -> Iterator[ReportModel]:
    """The report again and again, each time of a firm with another name, other answers and other scores."""
    chance = Random(2026)  # noqa: S311 - no secret
    for number in count(1):
        dimensions = tuple(_dimension(one, chance) for one in model.dimensions)
        yield replace(
            model,
            firm=replace(model.firm, name=f"{model.firm.name} {number}"),
            dimensions=dimensions,
            index=chance.uniform(5, 95),
            strengths=_shuffled(model.strengths, chance),
            gaps=_shuffled(model.gaps, chance),
            next_steps=_shuffled(model.next_steps, chance),
            indicators=_shuffled(model.indicators, chance),
        )


def _shuffled(found: tuple[T, ...], chance: Random) -> tuple[T, ...]:
    return tuple(chance.sample(found, len(found)))


def _dimension(one: Dimension, chance: Random) -> Dimension:
    return replace(one, score=chance.uniform(5, 95), items=tuple(_item(item, chance) for item in one.items))


def _item(one: Item, chance: Random) -> Item:
    if one.level is None:
        return one if one.score is None else replace(one, score=chance.uniform(0, 100))
    level = chance.randint(1, LEVELS)
    return replace(one, level=level, score=100.0 * (level - 1) / (LEVELS - 1))
