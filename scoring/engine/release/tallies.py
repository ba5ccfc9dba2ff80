"""Additive cells: everything that a release needs to know of its firms, as sums over the leaves of the hierarchy.

All cells are whole numbers (scores in hundredths of a point), so adding is exact and neither the order of the rows nor
the way they were cut can change a bit. What is read afterwards costs the same for a hundred firms and for a million.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from scoring.engine.release.groups import Leaf, Places
from scoring.engine.release.layout import Layout
from scoring.engine.release.units import Units, joined, moved

Cells = NDArray[np.int64]
PER_POINT = 100
"""Sums are kept in hundredths of a point: a million firms' squares stay far below 2^63."""


class TalliesDiffer(ValueError):
    """Tallies of unlike instruments or dimensions cannot be added."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """Sums over each leaf; first axis leaves, in sorted order.

    ``counts`` and ``keys`` (summed record keys of the firms counted) have a column for each cell of the layout;
    ``sums`` and ``squares`` one for each measure; ``moments`` those of the scales. ``since`` counts firms by the number
    of the release that first held them with these answers in this leaf: a later release sees how many have changed.
    """

    layout: Layout
    dimensions: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    counts: Cells
    keys: Cells
    sums: Cells
    squares: Cells
    moments: Cells
    since: Cells
    units: Units

    @property
    def arrays(self) -> dict[str, Cells]:
        return {
            "counts": self.counts,
            "keys": self.keys,
            "sums": self.sums,
            "squares": self.squares,
            "moments": self.moments,
            "since": self.since,
        }

    @property
    def firms(self) -> int:
        return int(self.since.sum())

    def content_hash(self) -> str:
        """The same for equal tallies, however they came about."""
        found = sha256(repr((self.layout.instrument, self.dimensions, self.leaves)).encode())
        for array in (*self.arrays.values(), self.units.place, self.units.keys):
            found.update(repr(array.shape).encode())
            found.update(np.ascontiguousarray(array).astype("<u8").tobytes())
        return found.hexdigest()


def empty(layout: Layout, dimensions: tuple[str, ...]) -> Tallies:
    """No firm at all: what ``merge`` adds nothing to."""
    none = {
        name: np.zeros((0, width), np.int64)
        for name, width in {
            "counts": layout.width,
            "keys": layout.width,
            "sums": len(layout.measures),
            "squares": len(layout.measures),
            "moments": layout.moment_width,
            "since": 0,
        }.items()
    }
    units = Units(np.zeros(0, np.int64), np.zeros(0, np.uint64))
    return Tallies(layout, dimensions, (), units=units, **none)


def merge(first: Tallies, second: Tallies) -> Tallies:
    """The tallies of both sets of firms. Associative and commutative. TalliesDiffer if they count unlike things."""
    if first.layout != second.layout or first.dimensions != second.dimensions:
        raise TalliesDiffer(
            f"tallies of {first.layout.instrument} by {', '.join(first.dimensions)} and of "
            f"{second.layout.instrument} by {', '.join(second.dimensions)} cannot be added"
        )
    leaves = tuple(sorted({*first.leaves, *second.leaves}))
    position = {leaf: place for place, leaf in enumerate(leaves)}
    spread = [placed(tallies, position) for tallies in (first, second)]
    deep = max(first.since.shape[1], second.since.shape[1])
    total = {
        name: scattered(widened(mine, deep if name == "since" else 0), spread[0], len(leaves))
        + scattered(widened(second.arrays[name], deep if name == "since" else 0), spread[1], len(leaves))
        for name, mine in first.arrays.items()
    }
    units = joined(moved(first.units, spread[0]), moved(second.units, spread[1]))
    return Tallies(first.layout, first.dimensions, leaves, units=units, **total)


def merge_all(parts: Iterable[Tallies]) -> Tallies:
    """The tallies of all parts; there must be at least one."""
    return reduce(merge, parts)


def placed(tallies: Tallies, position: Mapping[Leaf, int]) -> Places:
    return np.array([position[leaf] for leaf in tallies.leaves], np.int64)


def widened(array: Cells, width: int) -> Cells:
    """The array with columns of zeros up to ``width``."""
    missing = width - array.shape[1]
    return np.pad(array, ((0, 0), (0, missing))) if missing > 0 else array


def scattered(array: Cells, places: Places, leaves: int) -> Cells:
    found = np.zeros((leaves, array.shape[1]), np.int64)
    found[places] = array
    return found
