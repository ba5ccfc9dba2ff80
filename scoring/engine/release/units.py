"""Counting separate enterprises in a way that adds up: the smallest distinct keys of each group, up to a limit.

The number of distinct enterprises of two groups is not the sum of their numbers, but the union of their K smallest keys
holds the K smallest of the union. So up to K the count is exact, in whatever order and pieces it was gathered.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.release.groups import Places

LIMIT = 64
UnitKeys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Units:
    """``keys`` of enterprises in the groups ``place``, sorted by place, then key; at most ``LIMIT`` a place."""

    place: Places
    keys: UnitKeys

    def counts(self, places: int) -> Places:
        """Distinct enterprises in each of ``places`` groups; ``LIMIT`` stands for that many or more."""
        return np.bincount(self.place, minlength=places).astype(np.int64)


def distinct(place: Places, keys: UnitKeys) -> Units:
    """The smallest distinct keys of each place, shape (n,) each."""
    order = np.lexsort((keys, place))
    place, keys = place[order], keys[order]
    if not len(place):
        return Units(place, keys)
    fresh = np.r_[True, (place[1:] != place[:-1]) | (keys[1:] != keys[:-1])]
    place, keys = place[fresh], keys[fresh]
    first = np.r_[True, place[1:] != place[:-1]]
    begins = np.flatnonzero(first)
    rank = np.arange(len(place)) - np.repeat(begins, np.diff(np.r_[begins, len(place)]))
    return Units(place[rank < LIMIT], keys[rank < LIMIT])


def moved(units: Units, to: Places) -> Units:
    """The same enterprises in other places: ``to`` holds the new place of each old one, several may share one."""
    return distinct(to[units.place], units.keys)


def joined(first: Units, second: Units) -> Units:
    """The union, where both number their places alike."""
    return distinct(np.concatenate([first.place, second.place]), np.concatenate([first.keys, second.keys]))
