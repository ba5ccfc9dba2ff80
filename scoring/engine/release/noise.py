"""The cell-key method: a small amount of noise on every count that is always the same for the same firms.

Every assessment carries a secret record key; the keys of the firms in a cell add up to its cell key, and a table says
how much is added for a count and a cell key (Fraser and Wooton 2005; the Office for National Statistics' package
``cell_key_perturbation`` is the reference). The sums add over partitions, so the noise does not depend on how the rows
were cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b, sha256

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
KEYS = 256
UNIFORM_STEPS = 1 << 16
# An odd multiplier spreads neighbouring key sums over all 64 bits (Knuth 1998, section 6.4).
MIX = np.uint64(0x9E3779B97F4A7C15)


class NoiseRefused(ValueError):
    """A table that cannot be used; the text says why."""


@dataclass(frozen=True)
class NoiseTable:
    """``rows[count][cell key]`` is what is added; a count beyond the last row uses the last ``period`` rows over again.

    Row 0 is for empty cells.
    """

    rows: tuple[tuple[int, ...], ...]
    period: int = 1

    @cached_property
    def matrix(self) -> Integers:
        return np.array(self.rows, np.int64)

    @property
    def keys(self) -> int:
        return len(self.rows[0])

    @property
    def top(self) -> int:
        return len(self.rows) - 1

    @cached_property
    def reach(self) -> int:
        """The most that is ever added or taken away."""
        return int(np.abs(self.matrix).max())

    @cached_property
    def variance(self) -> float:
        """The variance of the noise on counts beyond the first rows."""
        return float(self.matrix[-self.period :].var())

    @cached_property
    def hides_neighbours(self) -> bool:
        """Whether every published count may stand for any true count within ``reach`` of it, down to 0."""
        # A last row for a count below the reach would bar larger counts from losing as much.
        return (
            self.period == 1
            and self.top >= self.reach
            and all(
                set(row) == set(range(-min(count, self.reach), self.reach + 1)) for count, row in enumerate(self.rows)
            )
        )

    @cached_property
    def content_hash(self) -> str:
        return sha256(repr((self.rows, self.period)).encode()).hexdigest()


def table_from(entries: Sequence[tuple[int, int, int]], period: int = 1) -> NoiseTable:
    """From (count, cell key, noise) triples, ``pcv, ckey, pvalue`` in a file. NoiseRefused if some are missing."""
    if not entries:
        raise NoiseRefused("the noise table is empty")
    found = {(count, key): value for count, key, value in entries}
    counts = 1 + max(count for count, _ in found)
    keys = 1 + max(key for _, key in found)
    # A table without row 0 leaves empty cells as they are.
    found = {(0, key): 0 for key in range(keys)} | found
    if len(found) != counts * keys:
        raise NoiseRefused(f"the noise table needs every count 0 to {counts - 1} with every key 0 to {keys - 1}")
    return NoiseTable(tuple(tuple(found[count, key] for key in range(keys)) for count in range(counts)), period)


def noise(table: NoiseTable, counts: Integers, key_sums: Integers) -> Integers:
    """What is added to each count. ``key_sums`` are the summed record keys of the firms in it (0 for none)."""
    row = np.where(counts <= table.top, counts, (counts - 1) % table.period + table.top - table.period + 1)
    return table.matrix[row, key_sums % table.keys]


def uniform(key_sums: Integers, salt: int) -> NDArray[np.float64]:
    """A number in (-1, 1) for each key sum: the same for the same firms, another for another ``salt``."""
    with np.errstate(over="ignore"):
        mixed = (key_sums.astype(np.uint64) + np.uint64(1)) * MIX + np.uint64(salt) * np.uint64(0xD6E8FEB86659FD93)
        mixed = (mixed ^ (mixed >> np.uint64(32))) * MIX
    steps = (mixed >> np.uint64(48)).astype(np.float64)
    return np.asarray((2 * steps + 1) / UNIFORM_STEPS - 1)


def record_key(secret: bytes, assessment: str) -> int:
    """The record key, 0 to 255, of one submitted assessment: unknowable without the secret, and never drawn anew."""
    return blake2b(assessment.encode(), key=secret[:64], digest_size=1).digest()[0]


def unit_key(secret: bytes, enterprise: str) -> int:
    """A 64-bit key of an enterprise group, or of a firm that belongs to none, for counting distinct ones."""
    return int.from_bytes(blake2b(enterprise.encode(), key=secret[:64], digest_size=8, person=b"unit").digest(), "big")
