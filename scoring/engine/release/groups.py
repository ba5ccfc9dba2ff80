"""The fixed hierarchy of groups: which cuts of the firms are ever looked at, and how they nest.

A leaf is one combination of codes of all dimensions, such as ("C36", "small", "31"); "" stands for "not specified"
and is a code like any other. A group is a leaf or a union of leaves, named ``industry=C36;size=small``; all firms
together are ``all``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Leaf = tuple[str, ...]
Places = NDArray[np.int64]
ALL = "all"


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """``rungs`` are the sets of dimensions that firms are ever grouped by, each after every rung it refines."""

    dimensions: tuple[str, ...]
    rungs: tuple[tuple[str, ...], ...]


STANDARD = Hierarchy(
    ("industry", "size", "region"),
    ((), ("size",), ("industry",), ("region",), ("industry", "size"), ("industry", "size", "region")),
)
PEER_LADDER = (("industry", "size", "region"), ("industry", "size"), ("industry",), ("size",), ())


def group_of(codes: Mapping[str, str]) -> str:
    """The name of the group of firms with these codes; empty for all firms."""
    return ";".join(f"{dimension}={code}" for dimension, code in codes.items()) or ALL


def codes_of(group: str) -> dict[str, str]:
    """The codes that a group's name stands for: the inverse of ``group_of``."""
    if group == ALL:
        return {}
    return dict(part.split("=", 1) for part in group.split(";"))


@dataclass(frozen=True, slots=True)
class Nesting:
    """The groups that have leaves, and how they nest.

    ``groups`` are names, coarser rungs first; ``rung`` is each group's rung. ``member`` has one row a rung: the group
    of each leaf there. ``pairs`` are (wider, narrower) positions of every two nested groups, shape (m, 2).
    """

    hierarchy: Hierarchy
    groups: tuple[str, ...]
    rung: Places
    member: Places
    pairs: Places

    def total(self, leaves: NDArray[np.int64]) -> NDArray[np.int64]:
        """Sums over each group of what the leaves hold, first axis leaves to first axis groups."""
        found = np.zeros((len(self.groups), *leaves.shape[1:]), np.int64)
        for places in self.member:
            np.add.at(found, places, leaves)
        return found

    def families(self) -> list[Places]:
        """For each two rungs of which one refines the other, the (parent, child) pairs."""
        wider, narrower = self.rung[self.pairs[:, 0]], self.rung[self.pairs[:, 1]]
        kinds = sorted(set(zip(wider.tolist(), narrower.tolist(), strict=True)))
        return [self.pairs[(wider == one) & (narrower == other)] for one, other in kinds]


def nesting(hierarchy: Hierarchy, leaves: Sequence[Leaf]) -> Nesting:
    """Every group of the hierarchy over these leaves."""
    groups: list[str] = []
    rung: list[int] = []
    member = np.empty((len(hierarchy.rungs), len(leaves)), np.int64)
    for number, dimensions in enumerate(hierarchy.rungs):
        axes = [hierarchy.dimensions.index(dimension) for dimension in dimensions]
        names = [group_of({hierarchy.dimensions[axis]: leaf[axis] for axis in axes}) for leaf in leaves]
        distinct = sorted(set(names))
        places = {name: len(groups) + place for place, name in enumerate(distinct)}
        member[number] = [places[name] for name in names]
        groups += distinct
        rung += [number] * len(distinct)
    return Nesting(hierarchy, tuple(groups), np.array(rung, np.int64), member, nested_pairs(hierarchy, member))


def nested_pairs(hierarchy: Hierarchy, member: Places) -> Places:
    """(wider, narrower) for every leaf and every two rungs of which one refines the other, each once."""
    found = [
        np.unique(np.stack([member[wide], member[narrow]], axis=1), axis=0)
        for wide, dimensions in enumerate(hierarchy.rungs)
        for narrow, others in enumerate(hierarchy.rungs)
        if set(dimensions) < set(others)
    ]
    return np.concatenate(found) if found and member.shape[1] else np.empty((0, 2), np.int64)
