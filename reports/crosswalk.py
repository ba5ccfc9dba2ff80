"""How the items and dimensions of two versions of an instrument stand to each other, by the later one's crosswalk."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from surveys.instruments.model import Dimension, Instrument, Item


class Tie(enum.StrEnum):
    """Of one item in two versions. The first two may be compared, the others may not."""

    SAME = "same"
    ADJUSTED = "adjusted"
    BROKEN = "broken"
    ADDED = "added"
    DROPPED = "dropped"
    # Of a whole: its parts compare, and are put together in another way.
    REBUILT = "rebuilt"
    # Nobody has said how the versions stand to each other.
    UNKNOWN = "unknown"

    @property
    def compares(self) -> bool:
        return self in (Tie.SAME, Tie.ADJUSTED)


# The worst first: what holds of a whole is the worst of its parts.
WORST_FIRST = (Tie.UNKNOWN, Tie.BROKEN, Tie.ADDED, Tie.DROPPED, Tie.REBUILT, Tie.ADJUSTED, Tie.SAME)


def worst(ties: Sequence[Tie]) -> Tie:
    return min(ties, key=WORST_FIRST.index, default=Tie.SAME)


def latest_of(instruments: Sequence[Instrument]) -> Instrument:
    """The latest version; all are of one code."""
    return max(instruments, key=lambda one: version_key(one.version))


def version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def item_ties(later: Instrument, earlier: Instrument) -> Mapping[str, Tie]:
    """Every item of either version. An item that a crosswalk does not name is identical, if both versions have it."""
    codes = dict.fromkeys((*later.item_by_code, *earlier.item_by_code))
    if later.content_hash == earlier.content_hash:
        return dict.fromkeys(codes, Tie.SAME)
    named = later.crosswalk.get(earlier.version)
    if named is None:
        return dict.fromkeys(codes, Tie.UNKNOWN)
    return {code: _tie(code, later, earlier, named) for code in codes}


def _tie(code: str, later: Instrument, earlier: Instrument, named: Mapping[str, str]) -> Tie:
    if code not in earlier.item_by_code:
        return Tie.ADDED
    if code not in later.item_by_code:
        return Tie.DROPPED
    return {"adjusted": Tie.ADJUSTED, "broken": Tie.BROKEN}.get(named.get(code, ""), Tie.SAME)


def makeup(instrument: Instrument, code: str) -> tuple[tuple[str, float], ...] | None:
    """The items of a dimension with their weights; None where the version has no such dimension."""
    dimension = instrument.dimension_by_code.get(code)
    return None if dimension is None else tuple(sorted((item.code, item.weight) for item in dimension.items))


def crown(instrument: Instrument) -> tuple[object, ...]:
    """What turns the dimensions into index and level."""
    weights = tuple((part.code, part.weight) for part in instrument.dimensions)
    bands = tuple((level.code, level.start) for level in instrument.levels)
    gates = tuple((gate.id, gate.level, repr(gate.require)) for gate in instrument.gates)
    return (weights, bands, gates, instrument.nodes, instrument.level_node)


@dataclass(frozen=True)
class Versions:
    """The instruments behind the firms compared, in the order of the firms; all are of one code."""

    instruments: tuple[Instrument, ...]

    @cached_property
    def newest(self) -> Instrument:
        return latest_of(self.instruments)

    @cached_property
    def earlier(self) -> tuple[Instrument, ...]:
        """The other versions, each once."""
        others = {one.content_hash: one for one in self.instruments if one.content_hash != self.newest.content_hash}
        return tuple(others.values())

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted({one.version for one in self.instruments}, key=version_key))

    @cached_property
    def ties(self) -> tuple[Mapping[str, Tie], ...]:
        return tuple(item_ties(self.newest, one) for one in self.earlier)

    @property
    def linked(self) -> bool:
        """Whether the newest version says how it stands to each of the others."""
        return all(Tie.UNKNOWN not in ties.values() for ties in self.ties)

    @property
    def index_compares(self) -> bool:
        items = all(tie.compares for ties in self.ties for tie in ties.values())
        return items and all(crown(one) == crown(self.newest) for one in self.earlier) and self._all_built_alike

    @property
    def _all_built_alike(self) -> bool:
        return all(self.of_dimension(dimension).compares for dimension in self.newest.dimensions)

    def of_item(self, code: str) -> Tie:
        return worst([ties[code] for ties in self.ties if code in ties])

    def of_dimension(self, dimension: Dimension) -> Tie:
        """The worst of its items; items that compare but weigh otherwise, or have moved, do not make it comparable."""
        tie = worst([self.of_item(item.code) for item in dimension.items])
        built = makeup(self.newest, dimension.code)
        alike = all(makeup(one, dimension.code) == built for one in self.earlier)
        return tie if alike or not tie.compares else Tie.REBUILT

    @cached_property
    def dropped(self) -> tuple[Item, ...]:
        """What only earlier versions ask, each once."""
        found = {code: item for one in self.earlier for code, item in one.item_by_code.items()}
        return tuple(item for code, item in found.items() if code not in self.newest.item_by_code)
