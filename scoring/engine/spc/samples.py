"""Measured values in the order of measurement, alone or in rational subgroups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoring.engine.spc.messages import SpcError

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
Values: TypeAlias = Sequence[float] | FloatArray

SMALLEST_SPREAD: Final = 1e-120
LARGEST_SPREAD: Final = 1e120


def checked(values: Values, minimum: int = 2) -> FloatArray:
    """The values as a vector; refuses fewer than ``minimum`` and the first that is not finite."""
    array = np.asarray(values, dtype=np.float64).ravel()
    finite = np.isfinite(array)
    if not finite.all():
        raise SpcError("not_finite", position=int(np.argmin(finite)) + 1)
    if array.size < minimum:
        raise SpcError("too_few", n=int(array.size), minimum=minimum)
    return array


def spread_checked(values: Values, minimum: int = 2) -> FloatArray:
    """Like ``checked``, and refuses values that are all the same or whose squares no computer can hold."""
    array = checked(values, minimum)
    spread = float(array.max() / 2 - array.min() / 2)
    if spread == 0:
        raise SpcError("zero_spread", n=int(array.size))
    if not SMALLEST_SPREAD < spread < LARGEST_SPREAD:
        raise SpcError("extreme_spread", spread=2 * spread)
    return array


@dataclass(frozen=True, eq=False, slots=True)
class Subgroups:
    """Values (length N) that lie subgroup after subgroup, and the size of each of the k subgroups (sum N)."""

    values: FloatArray
    sizes: IntArray

    @property
    def starts(self) -> IntArray:
        return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(self.sizes)[:-1]))

    @property
    def constant_size(self) -> int | None:
        """The size that all subgroups share, or None."""
        return int(self.sizes[0]) if (self.sizes == self.sizes[0]).all() else None

    @property
    def means(self) -> FloatArray:
        # Deviations from one value keep the digits of data such as 74.001 with a spread of 0.01.
        origin = self.values[0]
        return np.asarray(origin + np.add.reduceat(self.values - origin, self.starts) / self.sizes)

    @property
    def ranges(self) -> FloatArray:
        """Range of each subgroup; 0 for a single value."""
        return np.asarray(np.maximum.reduceat(self.values, self.starts) - np.minimum.reduceat(self.values, self.starts))

    @property
    def squares(self) -> FloatArray:
        """Sum of squared deviations from the subgroup mean, for each subgroup."""
        return np.asarray(np.add.reduceat((self.values - np.repeat(self.means, self.sizes)) ** 2, self.starts))

    @property
    def deviations(self) -> FloatArray:
        """Standard deviation (divisor n - 1) of each subgroup; 0 for a single value."""
        return np.asarray(np.sqrt(self.squares / np.maximum(self.sizes - 1, 1)))

    def plural(self) -> Subgroups:
        """Only the subgroups of two or more values; refuses when there is none or none has any spread."""
        keep = self.sizes > 1
        if not keep.any():
            raise SpcError("no_subgroup_of_two")
        kept = self if keep.all() else Subgroups(self.values[np.repeat(keep, self.sizes)], self.sizes[keep])
        if not kept.ranges.any():
            raise SpcError("zero_within_spread")
        return kept


def subgroups_of_sizes(values: Values, sizes: Sequence[int] | IntArray) -> Subgroups:
    """Subgroups of the given sizes, in order; the sizes must add up to the number of values."""
    array = checked(values)
    size_array = np.asarray(sizes, dtype=np.int64).ravel()
    if size_array.size == 0 or (size_array < 1).any() or size_array.sum() != array.size:
        raise SpcError("subgroup_sizes", total=int(size_array.sum()), n=int(array.size))
    return Subgroups(array, size_array)


def subgroups_of_size(values: Values, size: int) -> Subgroups:
    """Consecutive subgroups of one size; what is left at the end forms a shorter last one."""
    array = checked(values)
    if not 2 <= size <= array.size // 2:
        raise SpcError("subgroup_size", size=size, n=int(array.size))
    whole, rest = divmod(array.size, size)
    return subgroups_of_sizes(array, [size] * whole + [rest] * (rest > 0))


def subgroups_by_label(values: Values, labels: Sequence[object]) -> Subgroups:
    """Values put together by their label, in the order in which the labels first appear."""
    array = checked(values)
    numbers: dict[object, int] = {}
    member = np.fromiter((numbers.setdefault(label, len(numbers)) for label in labels), np.int64, len(labels))
    if member.size != array.size:
        raise SpcError("subgroup_sizes", total=int(member.size), n=int(array.size))
    return Subgroups(array[np.argsort(member, kind="stable")], np.bincount(member).astype(np.int64))


def labels_that_return(labels: Sequence[object]) -> int:
    """How many labels appear again after another label came between."""
    runs: dict[object, int] = {}
    previous: object = object()
    for label in labels:
        if label != previous:
            runs[label] = runs.get(label, 0) + 1
            previous = label
    return sum(count > 1 for count in runs.values())
