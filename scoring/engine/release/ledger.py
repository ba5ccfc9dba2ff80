"""What the next release must know of those before it: which figures of a group are public, and of which firms.

The ledger holds exact numbers of firms. It is kept beside the tallies, for operators, and is never shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from scoring.engine.release.groups import Nesting, Places
from scoring.engine.release.layout import SHARE, Variable
from scoring.engine.release.released import ProtectedGroup, group_from_dict, group_to_dict
from scoring.engine.release.suppression import Flags

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Published:
    """Figures of a group that are public: from the release numbered ``number``, of ``n`` firms."""

    number: int
    n: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The last public figures of every group that was ever shown, with those who stood behind them.

    ``shares`` and ``distributions`` are kept apart, because their thresholds are.
    """

    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[str, ProtectedGroup] = field(default_factory=dict)
    shares: Mapping[str, Published] = field(default_factory=dict)
    distributions: Mapping[str, Published] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "tables": self.tables,
            "groups": {name: group_to_dict(group) for name, group in self.groups.items()},
            "shares": {name: asdict(one) for name, one in self.shares.items()},
            "distributions": {name: asdict(one) for name, one in self.distributions.items()},
        }


def ledger_from_dict(raw: Mapping[str, Any]) -> Ledger:
    """The ledger that ``to_dict`` wrote, also after a journey through JSON."""
    return Ledger(
        {key: tuple(labels) for key, labels in raw["tables"].items()},
        {key: group_from_dict(group) for key, group in raw["groups"].items()},
        {key: Published(**one) for key, one in raw["shares"].items()},
        {key: Published(**one) for key, one in raw["distributions"].items()},
    )


@dataclass(frozen=True, slots=True)
class History:
    """The ledger's part for one kind of figures, laid out over today's groups; first axis groups.

    ``number`` and ``n`` are ``UNKNOWN`` where nothing was published; ``counts`` has the columns of ``variables`` in
    order and is ``UNKNOWN`` where a figure was not shown.
    """

    known: Flags
    number: Places
    n: Places
    counts: Places

    def unchanged(self, since: Places, narrower: Places, of: Places) -> Places:
        """Firms in the groups ``narrower`` that stood unchanged behind the public figures of the groups ``of``."""
        if not since.shape[1]:
            return np.zeros(len(narrower), np.int64)
        upto = np.clip(self.number[of], 0, since.shape[1] - 1)
        return np.asarray(np.cumsum(since, axis=1)[narrower, upto])


def history_of(
    ledger: Ledger, published: Mapping[str, Published], nest: Nesting, variables: Sequence[Variable]
) -> History:
    """The ledger over today's groups; a variable whose cells have changed counts as never shown."""
    groups = len(nest.groups)
    number, n = np.full(groups, UNKNOWN, np.int64), np.full(groups, UNKNOWN, np.int64)
    counts = np.full((groups, sum(len(variable.labels) for variable in variables)), UNKNOWN, np.int64)
    for place, name in enumerate(nest.groups):
        if name in published:
            number[place], n[place] = published[name].number, published[name].n
            counts[place] = [
                count for variable in variables for count in old_counts(ledger, ledger.groups[name], variable)
            ]
    return History(n != UNKNOWN, number, n, counts)


def old_counts(ledger: Ledger, group: ProtectedGroup, variable: Variable) -> Sequence[int]:
    """A group's public figures for one variable."""
    missing = [UNKNOWN] * len(variable.labels)
    if ledger.tables.get(variable.id) != variable.labels:
        return missing
    if variable.kind == SHARE:
        share = group.share(variable.id.removeprefix("indicator."))
        return missing if share is None else (share.of, share.reached)
    if variable.id == "firms":
        return (group.firms,)
    return group.distribution(variable.id) or missing
