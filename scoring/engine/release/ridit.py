"""The mean ridit of a group against a whole published distribution (Bross 1958)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeanRidit:
    """``mean`` is the chance that a firm of the group stands above one of the reference, ties counting half.

    0.5 is no difference. ``standard_error`` treats the reference as known: sqrt((1 - sum p^3) / 12 / n).
    """

    mean: float
    standard_error: float
    n: int

    @property
    def z(self) -> float:
        return (self.mean - 0.5) / self.standard_error


def ridits(shares: Sequence[float]) -> list[float]:
    """r_j = p_1 + ... + p_(j-1) + p_j / 2 for the reference's shares (or counts) from the lowest step up."""
    total = math.fsum(shares)
    below, found = 0.0, []
    for share in shares:
        found.append((below + share / 2) / total)
        below += share
    return found


def mean_ridit(reference: Sequence[float], counts: Sequence[int]) -> MeanRidit | None:
    """The group's mean over steps ``counts``, against reference shares or counts. None for an empty group."""
    if len(reference) != len(counts):
        raise ValueError(f"the reference has {len(reference)} steps and the group {len(counts)}; they must match")
    n = sum(counts)
    if n == 0:
        return None
    total = math.fsum(reference)
    mean = math.fsum(r * count for r, count in zip(ridits(reference), counts, strict=True)) / n
    variance = (1 - math.fsum((share / total) ** 3 for share in reference)) / 12
    return MeanRidit(mean, math.sqrt(variance / n), n)
