"""A firm's place among its peers: the ladder of ever wider groups, and the mid-rank percentile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.engine.release.groups import PEER_LADDER, group_of
from scoring.engine.release.layout import SCORE_BINS
from scoring.engine.release.released import ProtectedRelease


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung as it was tried. ``reason`` is a code of ``messages.RUNGS``; ``n`` stands only where it was chosen."""

    dimensions: tuple[str, ...]
    group: str | None
    reason: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a firm stands. ``percentile`` (0 to 1) is None where no rung had enough firms; ``rungs`` says why not."""

    percentile: float | None
    n: int | None
    group: str | None
    release: str
    as_of: str | None
    rungs: tuple[Rung, ...]


def mid_rank(below: float, equal: float, n: float) -> float:
    """(below + 0.5 equal) / n among ``n`` other firms."""
    return (below + 0.5 * equal) / n


def percentile_in_bins(counts: Sequence[int], own_bin: int, *, counted: bool) -> float | None:
    """The mid-rank among the others, from a released histogram; ties are the firms of the same bin.

    ``counted`` says that the firm itself is in the histogram: it is taken out of its bin. None where nobody else is.
    """
    equal = max(0, counts[own_bin] - counted)
    n = sum(counts) - counts[own_bin] + equal
    return mid_rank(sum(counts[:own_bin]), equal, n) if n else None


def scored(counts: Sequence[int] | None) -> Sequence[int] | None:
    """The bins of a score's histogram, without the last cell: firms that have no score stand nowhere."""
    return None if counts is None else counts[: len(SCORE_BINS)]


def place_among_peers(
    release: ProtectedRelease, profile: Mapping[str, str | None], variable: str, own_bin: int, *, counted: bool
) -> Place:
    """The firm on the first rung of the ladder with enough firms; the narrower ones say why they were refused.

    ``profile`` holds the firm's industry, size and region; ``variable`` names a distribution such as ``index``.
    """
    rungs: list[Rung] = []
    found: Place | None = None
    for dimensions in PEER_LADDER:
        if found is not None:
            rungs.append(Rung(dimensions, None, "not_needed"))
            continue
        codes = [profile.get(dimension) for dimension in dimensions]
        if not all(codes):
            rungs.append(Rung(dimensions, None, "unknown"))
            continue
        group = group_of(dict(zip(dimensions, (str(code) for code in codes), strict=True)))
        shown = release.group(group)
        counts = scored(shown.distribution(variable)) if shown else None
        percentile = percentile_in_bins(counts, own_bin, counted=counted) if counts else None
        if shown is None or counts is None or percentile is None:
            rungs.append(Rung(dimensions, group, "too_few"))
            continue
        rungs.append(Rung(dimensions, group, "chosen", shown.firms))
        found = Place(percentile, shown.firms, group, release.id, shown.as_of, ())
    if found is None:
        return Place(None, None, None, release.id, None, tuple(rungs))
    return Place(found.percentile, found.n, found.group, found.release, found.as_of, tuple(rungs))
