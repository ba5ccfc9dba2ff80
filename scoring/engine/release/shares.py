"""A group's share against a published share: intervals, an exact test, and the one sentence that they allow.

Wilson (1927), Clopper and Pearson (1934), Newcombe (1998, hybrid score method). docs/releases.md gives the worked
examples that these equal.
"""

import math
from dataclasses import dataclass

from firms.later import later
from scoring.engine.published import PublishedShare
from scoring.engine.release.messages import Said

special = later("scipy.special")
stats = later("scipy.stats")

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``, on 0 to 1 for shares and -1 to 1 for differences."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Comparison:
    """A group beside a published share. ``difference`` is None where the survey's number of firms is unknown.

    ``exact`` (Clopper-Pearson) and ``p_value`` are None for a weighted share, which is no count.
    """

    share: float | None
    n: float
    wilson: Interval | None
    exact: Interval | None
    p_value: float | None
    difference: Interval | None
    said: Said


def wilson(share: float, n: float, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval; ``n`` may be an effective size and so need not be whole. ValueError unless n > 0."""
    if not n > 0:
        raise ValueError(f"an interval needs at least one firm, not n = {n}")
    z = float(special.ndtri(0.5 + confidence / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def size_with_noise(reached: int, n: int, variance: float) -> float:
    """The number of firms whose sampling error equals that of ``n`` firms and of noise on ``reached`` together.

    p(1-p)/size = p(1-p)/n + variance/n^2, with p drawn towards one half by one firm each way: never 0 or 1.
    Intervals on released counts are taken on this size.
    """
    share = (reached + 1) / (n + 2)
    return n / (1 + variance / (n * share * (1 - share)))


def clopper_pearson(reached: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """The exact interval from beta quantiles; it covers at least as often as it says."""
    tail = (1 - confidence) / 2
    low = 0.0 if reached == 0 else float(special.betaincinv(reached, n - reached + 1, tail))
    high = 1.0 if reached == n else float(special.betaincinv(reached + 1, n - reached, 1 - tail))
    return Interval(low, high)


def exact_test(reached: int, n: int, share: float) -> float:
    """Two-sided p: the summed probability of all outcomes no more likely than the one seen."""
    return float(stats.binomtest(reached, n, share).pvalue)


def newcombe(first: float, n_first: float, second: float, n_second: float) -> Interval:
    """The difference first - second of two independent shares, from their two Wilson intervals."""
    a, b = wilson(first, n_first), wilson(second, n_second)
    difference = first - second
    low = difference - math.hypot(first - a.low, b.high - second)
    high = difference + math.hypot(a.high - first, second - b.low)
    return Interval(low, high)


def compare(reached: int, n: int, published: PublishedShare, survey_n: int | None = None) -> Comparison:
    """``reached`` of ``n`` firms beside a published value or bound, with what may be said."""
    if n == 0:
        return Comparison(None, 0, None, None, None, None, Said("nobody", allowed=False))
    share = reached / n
    interval = clopper_pearson(reached, n)
    difference = None if survey_n is None or published.is_bound else newcombe(share, n, published.value, survey_n)
    if published.is_bound:
        said = said_of_bound(share, interval, published)
    else:
        nearest = nearest_printed(share, published)
        differs = exact_test(reached, n, published.value) < 1 - CONFIDENCE
        survives = differs and nearest != share and exact_test(reached, n, nearest) < 1 - CONFIDENCE
        said = said_of_value(share, interval, published, survey_n, differs, survives, difference)
    p_value = exact_test(reached, n, published.value)
    return Comparison(share, n, wilson(share, n), interval, p_value, difference, said)


def compare_weighted(
    share: float, n_effective: float, published: PublishedShare, survey_n: int | None = None
) -> Comparison:
    """A weighted share beside a published one. It is no count, so Wilson's interval on n_eff decides."""
    interval = wilson(share, n_effective)
    difference = (
        None if survey_n is None or published.is_bound else newcombe(share, n_effective, published.value, survey_n)
    )
    if published.is_bound:
        said = said_of_bound(share, interval, published)
    else:
        differs = not interval.holds(published.value)
        survives = differs and not interval.holds(nearest_printed(share, published))
        said = said_of_value(share, interval, published, survey_n, differs, survives, difference)
    return Comparison(share, n_effective, interval, None, None, difference, said)


def nearest_printed(share: float, published: PublishedShare) -> float:
    """Of all values that print as published, the one nearest to the group: the least favourable to a difference."""
    low, high = published.value - published.rounding, published.value + published.rounding
    return min(max(share, low, 0.0), high, 1.0)


def said_of_value(
    share: float,
    interval: Interval,
    published: PublishedShare,
    survey_n: int | None,
    differs: bool,
    survives: bool,
    difference: Interval | None,
) -> Said:
    detail = detail_of(share, interval, published)
    if not differs:
        return Said("no_difference", False, detail)
    if not survives:
        return Said("print_too_coarse", False, detail)
    if difference is not None and survey_n is not None and difference.holds(0.0):
        return Said("survey_too_small", False, {**detail, "survey_n": survey_n})
    return Said("higher" if share > published.value else "lower", True, detail)


def said_of_bound(share: float, interval: Interval, published: PublishedShare) -> Said:
    """A bound can be contradicted or agreed with; it never tells higher from lower."""
    detail = detail_of(share, interval, published)
    upper = published.operator in ("<", "<=")
    if (interval.low > published.value) if upper else (interval.high < published.value):
        return Said("beyond_bound", True, detail)
    if (interval.high < published.value) if upper else (interval.low > published.value):
        return Said("within_bound", False, detail)
    return Said("bound_undecided", False, detail)


def detail_of(share: float, interval: Interval, published: PublishedShare) -> dict[str, float | str]:
    return {"share": share, "published": published.as_printed, "low": interval.low, "high": interval.high}
