"""Does the instrument measure: Cronbach's alpha with Feldt's interval, and each item's part in it.

Works on sums, sums of squares and sums of products, which add up over partitions. Only firms that have a score on every
item of the dimension enter (a firm with one item that is not applicable or declined stands aside; "don't know" has the
lowest score and so takes part), because a scale's variance is not defined over different items. Feldt, Woodruff and
Salih (1987).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from firms.later import later
from scoring.engine.release.shares import CONFIDENCE, Interval

special = later("scipy.special")


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over the ``n`` firms that have a score on all items; ``total`` is a firm's sum over the items.

    Whole numbers in any fixed unit, so that nothing is lost however the firms were cut.
    """

    n: int
    item_sums: tuple[int, ...]
    item_squares: tuple[int, ...]
    item_totals: tuple[int, ...]
    total_sum: int
    total_square: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """Alpha with its interval, and each item's correlation with the rest of its scale (None where it has no spread)."""

    alpha: float
    interval: Interval
    n: int
    item_rest: tuple[float | None, ...]


def reliability(moments: Moments, confidence: float = CONFIDENCE) -> Reliability | None:
    """None with fewer than two items or three firms, or where all firms have the same total."""
    items = len(moments.item_sums)
    if items < 2 or moments.n < 3:
        return None
    total = scatter(moments.n, moments.total_square, moments.total_sum, moments.total_sum)
    if total == 0:
        return None
    parts = [
        scatter(moments.n, square, one, one)
        for one, square in zip(moments.item_sums, moments.item_squares, strict=True)
    ]
    # Whole numbers until the one division: no cancellation.
    alpha = items / (items - 1) * ((total - sum(parts)) / total)
    return Reliability(alpha, feldt(alpha, moments.n, items, confidence), moments.n, item_rest(moments, parts, total))


def scatter(n: int, products: int, first: int, second: int) -> int:
    """n^2 times the (co)variance: n * sum(xy) - sum(x) * sum(y)."""
    return n * products - first * second


def feldt(alpha: float, n: int, items: int, confidence: float) -> Interval:
    """(1 - alpha) / (1 - estimate) follows F with n - 1 and (n - 1)(items - 1) degrees of freedom."""
    tail = (1 - confidence) / 2
    first, second = n - 1, (n - 1) * (items - 1)
    return Interval(
        1 - (1 - alpha) * float(special.fdtri(first, second, 1 - tail)),
        1 - (1 - alpha) * float(special.fdtri(first, second, tail)),
    )


def item_rest(moments: Moments, parts: Sequence[int], total: int) -> tuple[float | None, ...]:
    """Each item's correlation with the sum of the others, which the item itself does not inflate."""
    found: list[float | None] = []
    for one, with_total, own in zip(moments.item_sums, moments.item_totals, parts, strict=True):
        shared = scatter(moments.n, with_total, one, moments.total_sum)
        rest = total + own - 2 * shared
        found.append((shared - own) / math.sqrt(own) / math.sqrt(rest) if own > 0 and rest > 0 else None)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What an item's answer counts tell. ``answered`` firms gave one; ``dont_know`` is a share of answered and DK.

    ``mean`` and ``spread`` (standard deviation, n - 1) are in the item's own values, without DK; NA and DECLINE are in
    no denominator.
    """

    answered: int
    mean: float | None
    spread: float | None
    dont_know: float | None


def item_statistics(values: Sequence[float], counts: Sequence[int], dont_know: int) -> ItemStatistics:
    """``counts`` firms gave each of ``values``; ``dont_know`` said that they do not know."""
    answered = sum(counts)
    asked = answered + dont_know
    mean = math.fsum(v * c for v, c in zip(values, counts, strict=True)) / answered if answered else None
    spread = None
    if mean is not None and answered > 1:
        squares = math.fsum(c * (v - mean) ** 2 for v, c in zip(values, counts, strict=True))
        spread = math.sqrt(squares / (answered - 1))
    return ItemStatistics(answered, mean, spread, dont_know / asked if asked else None)
