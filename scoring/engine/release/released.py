"""A protected release as a value: the only thing that dashboards, exports, pages and pictures may read.

A group or figure that is not shown is simply absent, and looking it up gives None, whether it was hidden or never had
a firm. All counts carry noise; whatever is worked out from them discloses nothing more.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from hashlib import sha256
from typing import Any

from scoring.engine.release.layout import SCORE_BINS, Layout

AT_MOST, ABOUT, AT_LEAST = "at_most", "about", "at_least"
LOWEST_SHOWN, HIGHEST_SHOWN = 0.05, 0.95
FORMAT = 1


@dataclass(frozen=True, slots=True)
class ShownShare:
    """How a share may be worded: ``kind`` is at_most 0.05, about ``value`` or at_least 0.95."""

    kind: str
    value: float


def shown_share(part: int, whole: int) -> ShownShare | None:
    """0 and 100 % are never said, for they would speak of every single firm. None of nothing."""
    if whole <= 0:
        return None
    share = part / whole
    if share <= LOWEST_SHOWN:
        return ShownShare(AT_MOST, LOWEST_SHOWN)
    if share >= HIGHEST_SHOWN:
        return ShownShare(AT_LEAST, HIGHEST_SHOWN)
    return ShownShare(ABOUT, share)


@dataclass(frozen=True, slots=True)
class ReleasedShare:
    """``reached`` of ``of`` firms, both with noise."""

    of: int
    reached: int

    @property
    def shown(self) -> ShownShare | None:
        return shown_share(self.reached, self.of)


@dataclass(frozen=True, slots=True)
class ReleasedReliability:
    """Alpha with its interval to two decimals; ``firms`` is rounded to fives; ``item_rest`` is in the scale's order."""

    alpha: float
    low: float
    high: float
    firms: int
    item_rest: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ProtectedGroup:
    """What is shown of one group. ``as_of`` and ``distributions_as_of`` name the release that its figures date from."""

    name: str
    firms: int
    as_of: str
    shares: Mapping[str, ReleasedShare] = field(default_factory=dict)
    distributions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    means: Mapping[str, float] = field(default_factory=dict)
    reliability: Mapping[str, ReleasedReliability] = field(default_factory=dict)
    distributions_as_of: str | None = None

    def share(self, indicator: str) -> ReleasedShare | None:
        return self.shares.get(indicator)

    def distribution(self, variable: str) -> tuple[int, ...] | None:
        return self.distributions.get(variable)

    def mean(self, node: str) -> float | None:
        return self.means.get(node)

    def quartiles(self, variable: str) -> tuple[float, float, float] | None:
        """Quartiles of a score from its released histogram, linear within a bin; the extremes are never told."""
        counts = self.distributions.get(variable)
        return None if counts is None else quartiles(counts[: len(SCORE_BINS)])


def quartiles(counts: Sequence[int]) -> tuple[float, float, float] | None:
    """The three quartiles over equal bins of 0 to 100. None of nothing."""
    total, width = sum(counts), 100 / len(counts)
    if total == 0:
        return None
    found: list[float] = []
    for part in (0.25, 0.5, 0.75):
        wanted, below, place = part * total, 0, 0
        while below + counts[place] < wanted:
            below += counts[place]
            place += 1
        found.append(width * (place + (wanted - below) / counts[place]))
    return found[0], found[1], found[2]


@dataclass(frozen=True)
class ProtectedRelease:
    """One dated release. ``tables`` names each variable's cells, ``scales`` the items behind each reliability."""

    id: str
    number: int
    instrument: str
    share_threshold: int
    distribution_threshold: int
    noise_reach: int
    noise_variance: float
    tables: Mapping[str, tuple[str, ...]]
    scales: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, ProtectedGroup]

    def group(self, name: str) -> ProtectedGroup | None:
        """What is shown of a group; None if nothing is, for whatever reason."""
        return self.groups.get(name)

    def to_dict(self) -> dict[str, Any]:
        whole = {one.name: getattr(self, one.name) for one in fields(self)}
        return {"format": FORMAT, **whole, "groups": {name: group_to_dict(one) for name, one in self.groups.items()}}

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the release as canonical JSON."""
        return sha256(canonical(self.to_dict()).encode()).hexdigest()


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def release_from_dict(raw: Mapping[str, Any]) -> ProtectedRelease:
    """The release that ``to_dict`` wrote, also after a journey through JSON. ValueError for another format."""
    if raw.get("format") != FORMAT:
        raise ValueError(f"a release of format {raw.get('format')!r} cannot be read; this version reads {FORMAT}")
    fields = {key: value for key, value in raw.items() if key != "format"}
    return ProtectedRelease(
        **{
            **fields,
            "tables": {key: tuple(labels) for key, labels in raw["tables"].items()},
            "scales": {key: tuple(items) for key, items in raw["scales"].items()},
            "groups": {key: group_from_dict(group) for key, group in raw["groups"].items()},
        }
    )


def group_to_dict(group: ProtectedGroup) -> dict[str, Any]:
    """Written out by hand: a release has thousands of groups, and ``asdict`` would copy every count of them."""
    return {
        "name": group.name,
        "firms": group.firms,
        "as_of": group.as_of,
        "shares": {key: {"of": share.of, "reached": share.reached} for key, share in group.shares.items()},
        "distributions": group.distributions,
        "means": group.means,
        "reliability": {key: asdict(one) for key, one in group.reliability.items()},
        "distributions_as_of": group.distributions_as_of,
    }


def group_from_dict(raw: Mapping[str, Any]) -> ProtectedGroup:
    return ProtectedGroup(
        **{
            **raw,
            "shares": {key: ReleasedShare(**share) for key, share in raw["shares"].items()},
            "distributions": {key: tuple(counts) for key, counts in raw["distributions"].items()},
            "reliability": {
                key: ReleasedReliability(**{**one, "item_rest": tuple(one["item_rest"])})
                for key, one in raw["reliability"].items()
            },
        }
    )


def tables_of(layout: Layout) -> dict[str, tuple[str, ...]]:
    return {variable.id: variable.labels for variable in layout.variables}
