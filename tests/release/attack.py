"""An attacker who knows every published figure of one or two releases, and all answers of four firms of its choice.

It also knows which firms took part, in which groups and in which release, and how the protection works: a published
count stands for every true count within the noise's reach. With that it looks at every set of firms that publishing
singles out (groups: homogeneity; nested pairs: differencing; a group without its shown parts: subtraction; those who
joined or left; single cells), buys the firms whose answer is the odd one there, and lets linear programming say whether
the rest can still have answered otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron, vstack

from scoring.engine.release.groups import STANDARD, Hierarchy, Nesting, nesting
from scoring.engine.release.layout import DISTRIBUTION, FIRMS, SHARE, TICKS
from scoring.engine.release.released import ProtectedRelease
from scoring.engine.release.tallying import item_cells, score_cells
from tests.release.build import LAYOUT, TINY, Firms, rows_of

COALITION = 4
EPSILON = 1e-6
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Figures:
    """Published counts of one table: ``rows`` (m, atoms) says which atoms each stands for, ``counts`` is (m, cells)."""

    rows: Bools
    counts: Ints


@dataclass(frozen=True)
class World:
    """All firms of both releases (one that answered anew stands twice), the atoms they fall into, and what is public.

    An atom is a leaf and a fate: in both releases, only in the first, only in the second.
    """

    atom: Ints
    sizes: Ints
    answers: dict[str, Ints]
    tables: dict[str, Figures]
    sets: list[Bools]
    means: list[tuple[Bools, str, float]]
    scores: dict[str, NDArray[np.float64]]
    reach: int


@dataclass(frozen=True)
class Found:
    """What the attacker got: ``answers`` of firms, ``counts`` below the threshold, ``scores`` within 5 points."""

    answers: int
    counts: int
    scores: int
    tried: int


def world_of(stages: list[tuple[Firms, ProtectedRelease]], reach: int, hierarchy: Hierarchy = STANDARD) -> World:
    """From the firms behind one or two releases. The same firm unchanged in both is recognised by its first release."""
    first, last = stages[0][0], stages[-1][0]
    two = len(stages) > 1
    stayed = last.since < len(stages) - 1
    # ``last`` holds the unchanged firms of ``first``; what is left of ``first`` has gone or answered anew.
    gone = ~np.isin(first.unit_keys, last.unit_keys[stayed]) & two
    before, after = (np.array(leaf_names(hierarchy, firms), object) for firms in (first, last))
    leaf_of_firm = [tuple(leaf) for leaf in [*after, *before[gone]]]
    names = sorted(set(leaf_of_firm))
    nest = nesting(hierarchy, names)
    leaf = np.array([names.index(one) for one in leaf_of_firm])
    fate = np.concatenate([np.where(stayed | (not two), 0, 2), np.ones(int(gone.sum()), int)])
    occurring, atom = np.unique(leaf * 3 + fate, return_inverse=True)
    answers, scores = {}, {}
    for name, of_first in cells_of(first).items():
        answers[name] = np.concatenate([cells_of(last)[name], of_first[gone]])
    for name, of_first in scores_of(first).items():
        scores[name] = np.concatenate([scores_of(last)[name], of_first[gone]])
    alive = [(occurring % 3 != 2), (occurring % 3 != 1)] if two else [np.ones(len(occurring), bool)]
    inside = {group: nest.member[rung][occurring // 3] == place for rung, place, group in group_places(nest)}
    return World(
        atom,
        np.bincount(atom, minlength=len(occurring)),
        answers,
        tables_of([release for _, release in stages], inside, alive),
        list(singled_out([release for _, release in stages], nest, inside, alive)),
        means_of([release for _, release in stages], inside, alive),
        scores,
        reach,
    )


def group_places(nest: Nesting) -> list[tuple[int, int, str]]:
    return [(int(nest.rung[place]), place, group) for place, group in enumerate(nest.groups)]


def leaf_names(hierarchy: Hierarchy, firms: Firms) -> list[tuple[str, ...]]:
    return list(zip(*(firms.codes[name].tolist() for name in hierarchy.dimensions), strict=True))


def cells_of(firms: Firms) -> dict[str, Ints]:
    """Each firm's cell in every table; share and tick tables are taken apart into yes (0) and no (1)."""
    rows = rows_of(firms)
    found: dict[str, Ints] = {}
    for variable in LAYOUT.variables:
        kind, _, name = variable.id.partition(".")
        if variable.kind == SHARE:
            reached = rows.placements[name].reached
            found[f"{variable.id}/0"] = np.where(np.isnan(reached), 1, 0)
            found[f"{variable.id}/1"] = np.where(reached == 1, 0, 1)
        elif variable.kind == TICKS:
            column = rows.answers[name]
            for bit in range(len(TINY.item(name).options)):
                ticked = column.answered & ((np.nan_to_num(column.number).astype(int) >> bit & 1) == 1)
                found[f"{variable.id}/{bit}"] = np.where(ticked, 0, 1)
        elif kind == "item":
            found[variable.id] = item_cells(rows.answers[name], TINY.item(name).kind, len(variable.labels))
        elif kind == "evidence":
            found[variable.id] = rows.evidence[name]
        elif kind == "level":
            found[variable.id] = np.where(rows.scores.level == 0, len(variable.labels), rows.scores.level) - 1
        elif variable.kind == DISTRIBUTION:
            found[variable.id] = score_cells(rows.scores.nodes[name or kind])
    return {name: cells.astype(np.int64) for name, cells in found.items()}


def scores_of(firms: Firms) -> dict[str, NDArray[np.float64]]:
    rows = rows_of(firms)
    return {node: rows.scores.nodes[node] for node in LAYOUT.measures}


def tables_of(releases: list[ProtectedRelease], inside: dict[str, Bools], alive: list[Bools]) -> dict[str, Figures]:
    """Everything public, by table; figures carried over from an earlier release speak of that one's firms."""
    found: dict[str, list[tuple[Bools, tuple[int, ...]]]] = {}
    number = {release.id: place for place, release in enumerate(releases)}
    for release in releases:
        for name, group in release.groups.items():
            shares = inside[name] & alive[number[group.as_of]]
            found.setdefault(FIRMS, []).append((shares, (group.firms,)))
            for id_, share in group.shares.items():
                found.setdefault(f"indicator.{id_}/0", []).append((shares, (share.of,)))
                found.setdefault(f"indicator.{id_}/1", []).append((shares, (share.reached,)))
            if group.distributions_as_of is None:
                continue
            tables = inside[name] & alive[number[group.distributions_as_of]]
            for id_, counts in group.distributions.items():
                if LAYOUT.by_id[id_].kind != TICKS:
                    found.setdefault(id_, []).append((tables, counts))
                    continue
                for bit in range(len(LAYOUT.by_id[id_].labels) - 6):
                    found.setdefault(f"{id_}/{bit}", []).append((tables, (counts[bit],)))
    return {
        name: Figures(np.array([rows for rows, _ in one]), np.array([counts for _, counts in one], np.int64))
        for name, one in found.items()
    }


def means_of(
    releases: list[ProtectedRelease], inside: dict[str, Bools], alive: list[Bools]
) -> list[tuple[Bools, str, float]]:
    number = {release.id: place for place, release in enumerate(releases)}
    return [
        (inside[name] & alive[number[group.distributions_as_of]], node, mean)
        for release in releases
        for name, group in release.groups.items()
        if group.distributions_as_of is not None
        for node, mean in group.means.items()
    ]


def singled_out(
    releases: list[ProtectedRelease], nest: Nesting, inside: dict[str, Bools], alive: list[Bools]
) -> Iterator[Bools]:
    """Sets of atoms that publishing draws a line around."""
    names = nest.groups
    for place in range(len(alive[0])):
        yield np.arange(len(alive[0])) == place
    for now in alive:
        yield from (inside[name] & now for name in names)
        yield from (inside[names[a]] & ~inside[names[b]] & now for a, b in nest.pairs)
    if len(alive) > 1:
        for name in names:
            yield inside[name] & ~alive[0]
            yield inside[name] & ~alive[1]
            yield inside[name] & (alive[0] != alive[1])
    for release, now in zip(releases, alive, strict=True):
        for family in nest.families():
            for parent in np.unique(family[:, 0]):
                children = [names[child] for child in family[family[:, 0] == parent, 1]]
                shown = [inside[child] for child in children if child in release.groups]
                if shown:
                    yield inside[names[parent]] & ~np.any(shown, axis=0) & now


def attack(world: World, *, small: int = 5) -> Found:
    """Everything that the attacker can get, table by table."""
    answers = counts = tried = 0
    for table in tables_seen(world):
        for members in world.sets:
            tried += 1
            answers += table.firms_determined(members)
        counts += sum(table.count_recovered(row, small) for row in range(len(table.figures.rows)))
    return Found(answers, counts + sizes_recovered(world, small), scores_narrowed(world), tried)


def first_success(world: World) -> int:
    """The firms of the first set whose answers the attacker knows for sure, 0 if no attack on answers works."""
    return next((got for table in tables_seen(world) for one in world.sets if (got := table.firms_determined(one))), 0)


def tables_seen(world: World) -> "Iterator[Table]":
    return (Table(world, name, figures) for name, figures in world.tables.items() if name != FIRMS)


def one_whole_number(low: float, high: float) -> bool:
    return bool(np.floor(high + EPSILON) - np.ceil(low - EPSILON) < 1)


class Table:
    """One table as the attacker sees it, with the truth at hand to tell quickly where an attack cannot work."""

    def __init__(self, world: World, name: str, figures: Figures) -> None:
        self.world, self.figures = world, figures
        self.cells = world.answers[name]
        self.published = figures.counts.shape[1]
        self.width = max(2, self.published)
        self.truth = np.zeros((len(world.sizes), self.width), np.int64)
        np.add.at(self.truth, (world.atom, self.cells), 1)
        true = figures.rows.astype(np.int64) @ self.truth[:, : self.published]
        slack = world.reach - np.abs(figures.counts - true)
        assert world.reach == 0 or slack.min() >= 0, "the noise went beyond its reach"
        # Room to take one firm out of a cell, or to put one in, in every published row that holds the atom.
        down = figures.counts - (true - 1) <= world.reach
        up = (true + 1) - figures.counts <= world.reach
        self.can_leave = self.in_every_row(down)
        self.can_enter = self.in_every_row(up)

    def in_every_row(self, room: Bools) -> Bools:
        blocked = self.figures.rows.T.astype(np.int64) @ (~room).astype(np.int64) > 0
        free = np.ones((len(self.world.sizes), self.width), bool)
        free[:, : self.published] = ~blocked
        return free

    def firms_determined(self, members: Bools) -> int:
        """How many firms' answers the attacker knows for sure, having bought the odd ones out among ``members``."""
        here = self.truth[members].sum(axis=0)
        size = int(here.sum())
        if size == 0:
            return 0
        common = int(here.argmax())
        odd = size - int(here[common])
        if odd > COALITION or odd == size or self.can_flip(members, common):
            return 0
        known = np.where(members[:, None], self.truth, 0)
        known[:, common] = 0
        # What is left of the coalition knows of firms that answered like the rest; they tell nothing new.
        rest = size - odd
        least = self.extreme(members, common, known, -1.0)
        return rest if least > rest - 1 + EPSILON else 0

    def can_flip(self, members: Bools, common: int) -> bool:
        """Whether one firm with the common answer could as well have given another, all published counts allowing."""
        holds = members & (self.truth[:, common] > 0) & self.can_leave[:, common]
        others = np.delete(self.can_enter, common, axis=1).any(axis=1)
        return bool((holds & others).any())

    def extreme(self, members: Bools, cell: int, known: Ints, sign: float) -> float:
        """The least (-1) or most (+1) firms of ``members`` in ``cell`` that agree with all that is seen and known."""
        atoms = len(self.world.sizes)
        objective = np.zeros((atoms, self.width))
        objective[members, cell] = -sign
        one_each = kron(eye_array(atoms), np.ones((1, self.width)), format="csr")
        pick = eye_array(self.width, format="csr")[: self.published]
        rows = kron(csr_array(self.figures.rows.astype(float)), pick, format="csr")
        counts = self.figures.counts.ravel()
        found = linprog(
            objective.ravel(),
            A_ub=vstack([rows, -rows]),
            b_ub=np.concatenate([counts + self.world.reach, self.world.reach - counts]),
            A_eq=one_each,
            b_eq=self.world.sizes,
            bounds=np.stack([known.ravel(), np.repeat(self.world.sizes, self.width)], axis=1),
            method="highs",
        )
        assert found.x is not None, found.message
        return float(objective.ravel() @ found.x) * -sign

    def count_recovered(self, row: int, small: int) -> int:
        """How many small counts of one published row are known exactly."""
        members = self.figures.rows[row]
        found = 0
        for cell in range(self.published):
            count = int(self.truth[members, cell].sum())
            if not 0 < count < small:
                continue
            leaves = members & (self.truth[:, cell] > 0) & self.can_leave[:, cell]
            others = np.delete(self.can_enter, cell, axis=1).any(axis=1)
            if (leaves & others).any():
                continue
            nothing = np.zeros_like(self.truth)
            ends = [self.extreme(members, cell, nothing, sign) for sign in (-1.0, 1.0)]
            found += one_whole_number(*ends)
        return found


def sizes_recovered(world: World, small: int) -> int:
    """How many numbers of firms below ``small`` follow from published ones, for one who does not know who took part."""
    figures = world.tables.get(FIRMS)
    if figures is None:
        return 0
    true = figures.rows.astype(np.int64) @ world.sizes
    counts = figures.counts[:, 0]
    can_leave = ~((figures.rows & ~((counts - (true - 1)) <= world.reach)[:, None]).any(axis=0))
    can_enter = ~((figures.rows & ~(((true + 1) - counts) <= world.reach)[:, None]).any(axis=0))
    found = 0
    for members in {tuple(one) for one in world.sets}:
        inside = np.array(members)
        size = int(world.sizes[inside].sum())
        if 0 < size < small and not ((can_leave | can_enter) & inside).any():
            ends = [size_extreme(world, figures, inside, sign) for sign in (-1.0, 1.0)]
            found += one_whole_number(*ends)
    return found


def size_extreme(world: World, figures: Figures, members: Bools, sign: float) -> float:
    rows = figures.rows.astype(float)
    counts = figures.counts[:, 0]
    found = linprog(
        -sign * members,
        A_ub=np.concatenate([rows, -rows]),
        b_ub=np.concatenate([counts + world.reach, world.reach - counts]),
        bounds=(0, None if not len(rows) else float(world.sizes.sum() * 2 + 10)),
        method="highs",
    )
    assert found.x is not None, found.message
    return float(members @ found.x)


NARROW = 5.0
FULL_SCALE = 100.0
ROUNDING = 0.05


@dataclass(frozen=True)
class Sums:
    """What the means of one measure tell of sums: each row of atoms sums to something from ``low`` to ``high``."""

    rows: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    atom: Ints
    score: NDArray[np.float64]
    scored: Ints

    def room(self, sign: float) -> NDArray[np.float64]:
        """How far the sum of each atom could really move up (1) or down (-1), all rows that hold it allowing."""
        true = self.rows @ np.bincount(self.atom, self.score, len(self.scored))
        slack = self.high - true if sign > 0 else true - self.low
        return np.where(self.rows > 0, slack[:, None], np.inf).min(axis=0, initial=np.inf)

    def extreme(self, members: Bools, bounds: NDArray[np.float64], sign: float) -> float:
        solved = linprog(
            -sign * members,
            A_ub=np.concatenate([self.rows, -self.rows]),
            b_ub=np.concatenate([self.high, -self.low]),
            bounds=bounds,
            method="highs",
        )
        assert solved.x is not None, solved.message
        return float(members @ solved.x)


def scores_narrowed(world: World) -> int:
    """Firms whose score the published means confine to fewer than five points, the highest or lowest four bought."""
    sets = [np.array(one) for one in {tuple(one) for one in world.sets}]
    return sum(narrowed(sums, members) for sums in sums_seen(world) for members in sets)


def sums_seen(world: World) -> Iterator[Sums]:
    for node, scores in world.scores.items():
        seen = [(atoms, mean) for atoms, which, mean in world.means if which == node]
        there = ~np.isnan(scores)
        scored = np.bincount(world.atom[there], minlength=len(world.sizes))
        rows = np.array([atoms for atoms, _ in seen], float).reshape(len(seen), len(scored))
        sizes = rows @ scored
        # Without the guard the means are exact; scores are summed in hundredths, which the hundredth allows for.
        width = np.where(world.reach > 0, FULL_SCALE + (ROUNDING + 0.01) * sizes, 0.01 * sizes)
        total = np.array([mean for _, mean in seen]) * sizes
        yield Sums(rows, total - width, total + width, world.atom[there], scores[there], scored)


def narrowed(sums: Sums, members: Bools) -> int:
    """The firms of one set that are pinned once the coalition has bought the highest, or the lowest, of it."""
    places = np.flatnonzero(members[sums.atom])
    order = places[np.argsort(sums.score[places])]
    cheap, dear = order[: max(1, len(order) - COALITION)], order[min(len(order) - 1, COALITION) :]
    return max(pinned(sums, members, cheap, 1.0), pinned(sums, members, dear, -1.0)) if len(order) else 0


def pinned(sums: Sums, members: Bools, rest: Ints, sign: float) -> int:
    """How many of the firms ``rest`` cannot be five points further from their end of the scale, the others known."""
    end = sums.score[rest] if sign > 0 else FULL_SCALE - sums.score[rest]
    # Several firms are only pinned where all stand at the end, and none where the truth itself could move.
    if (len(rest) > 1 and end.sum() >= NARROW) or sums.room(sign)[sums.atom[rest]].max() + end.max() >= NARROW:
        return 0
    known = np.setdiff1d(np.flatnonzero(members[sums.atom]), rest)
    floor = np.bincount(sums.atom[known], sums.score[known], len(sums.scored))
    loose = sums.scored - np.bincount(sums.atom[known], minlength=len(sums.scored))
    bounds = np.stack([floor, floor + FULL_SCALE * loose], axis=1)
    most, least = (sums.extreme(members, bounds, way) - float(floor[members].sum()) for way in (1.0, -1.0))
    if len(rest) == 1:
        return int(most - least < NARROW)
    return len(rest) * int((most if sign > 0 else FULL_SCALE * len(rest) - least) < NARROW)
