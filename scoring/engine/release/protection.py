"""From true tallies to a release that gives no firm away: the one door between what is known and what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.engine.release.groups import Hierarchy, Nesting, Places, nesting
from scoring.engine.release.layout import (
    COUNT,
    DISTRIBUTION,
    FIRMS,
    SCORE_BINS,
    SHARE,
    TICKS,
    Layout,
    Variable,
    measure_id,
    moments_of,
)
from scoring.engine.release.ledger import History, Ledger, Published, history_of
from scoring.engine.release.noise import NoiseRefused, NoiseTable, uniform
from scoring.engine.release.perturbing import Counted, crowded, noisy_counts
from scoring.engine.release.planning import Census, Plan, plan_groups
from scoring.engine.release.released import (
    ProtectedGroup,
    ProtectedRelease,
    ReleasedReliability,
    ReleasedShare,
    tables_of,
)
from scoring.engine.release.reliability import Moments, reliability
from scoring.engine.release.suppression import Flags, Hidden
from scoring.engine.release.tallies import PER_POINT, Tallies
from scoring.engine.release.thresholds import RELIABILITY_FIRMS, SHARE_FLOOR, Thresholds
from scoring.engine.release.units import Units, distinct, moved

FULL_SCALE = 100
"""The most that one firm can add to a sum of scores, in points: what the noise on a mean must cover."""


@dataclass(frozen=True, slots=True)
class ReleaseName:
    """``id`` as it is cited, such as "2026-11"; ``number`` counts the releases of a series from 0."""

    id: str
    number: int


@dataclass(frozen=True, slots=True)
class Protection:
    """``release`` may be shown to anyone. ``ledger`` (for the next release) and ``log`` are for operators only."""

    release: ProtectedRelease
    ledger: Ledger
    log: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything true, summed over each group of the hierarchy."""

    layout: Layout
    census: Census
    counts: Places
    keys: Places
    sums: Places
    moments: Places

    @property
    def nest(self) -> Nesting:
        return self.census.nest


def protect(
    tallies: Tallies,
    hierarchy: Hierarchy,
    thresholds: Thresholds,
    noise: NoiseTable,
    name: ReleaseName,
    previous: Ledger | None = None,
) -> Protection:
    """The release of these tallies. ``previous`` is the ledger of the release before, None for the first of a series.

    NoiseRefused where the table does not hide a firm from an attacker who knows ``SHARE_FLOOR`` - 1 others.
    """
    require_noise(noise)
    totals = totals_of(tallies, hierarchy)
    ledger = previous or Ledger()
    shares = kind_of_figures(totals, ledger, ledger.shares, (COUNT, SHARE))
    everyone = np.ones(len(totals.nest.groups), bool)
    share_plan = plan_groups(totals.census, shares.history, everyone, thresholds.share)
    tables = kind_of_figures(totals, ledger, ledger.distributions, (DISTRIBUTION, TICKS))
    with_shares = share_plan.fresh | share_plan.frozen
    table_plan = plan_groups(totals.census, tables.history, with_shares, thresholds.distribution)
    draft = Draft(totals, thresholds, noise, name, ledger)
    share_figures = draft.figures(shares, share_plan)
    table_figures = draft.figures(tables, table_plan)
    return draft.assembled(share_plan, share_figures, table_plan, table_figures)


def require_noise(noise: NoiseTable) -> None:
    if not noise.hides_neighbours or noise.reach < SHARE_FLOOR:
        raise NoiseRefused(
            f"nothing is published: the noise table reaches {noise.reach} firms and must reach at least "
            f"{SHARE_FLOOR}, with every value in between; use the one that comes with the product"
        )


def totals_of(tallies: Tallies, hierarchy: Hierarchy) -> Totals:
    """The sums over every group. ValueError where the tallies were cut by other dimensions."""
    if tallies.dimensions != hierarchy.dimensions:
        raise ValueError(f"the tallies are cut by {tallies.dimensions}, the hierarchy by {hierarchy.dimensions}")
    nest = nesting(hierarchy, tallies.leaves)
    counts = nest.total(tallies.counts)
    firms = counts[:, tallies.layout.by_id[FIRMS].start]
    census = Census(nest, firms, enterprises(nest, tallies.units), nest.total(tallies.since))
    return Totals(
        tallies.layout,
        census,
        counts,
        nest.total(tallies.keys),
        nest.total(tallies.sums),
        nest.total(tallies.moments),
    )


def enterprises(nest: Nesting, units: Units) -> Places:
    """Separate enterprises in each group, exact up to ``units.LIMIT``."""
    found = [moved(units, places) for places in nest.member]
    every = distinct(np.concatenate([one.place for one in found]), np.concatenate([one.keys for one in found]))
    return every.counts(len(nest.groups))


@dataclass(frozen=True, slots=True)
class Figures:
    """Variables that share a threshold, their columns, and what is public of them."""

    variables: tuple[Variable, ...]
    columns: Places
    history: History

    def cells(self, variable: Variable) -> slice:
        """Where a variable's cells stand among ``columns``."""
        start = int(np.searchsorted(self.columns, variable.start))
        return slice(start, start + len(variable.labels))


def kind_of_figures(
    totals: Totals, ledger: Ledger, published: Mapping[str, Published], kinds: Sequence[str]
) -> Figures:
    variables = tuple(variable for variable in totals.layout.variables if variable.kind in kinds)
    columns = np.concatenate([np.arange(one.start, one.start + len(one.labels)) for one in variables])
    return Figures(variables, columns, history_of(ledger, published, totals.nest, variables))


@dataclass(frozen=True, slots=True)
class Noisy:
    """Counts to publish, and for each variable (by id) the groups that show it."""

    figures: Figures
    counts: Places
    shown: Mapping[str, Flags]
    log: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A release in the making."""

    totals: Totals
    thresholds: Thresholds
    noise: NoiseTable
    name: ReleaseName
    ledger: Ledger

    def figures(self, figures: Figures, plan: Plan) -> Noisy:
        """Noisy counts of the planned groups, without those variables that would still give something away."""
        counted = self.counted(figures)
        public = plan.fresh | plan.frozen
        counts = noisy_counts(self.totals.census, counted, self.noise, public, plan.frozen, figures.history)
        shown, log = {}, []
        for variable in figures.variables:
            cells = figures.cells(variable)
            known = figures.history.counts[:, cells.start] >= 0
            enough = public & np.where(plan.frozen, known, self.denominator(variable) >= self.thresholds.share)
            log += self.hidden(variable, public & ~enough & ~plan.frozen, "denominator")
            close = crowded(self.totals.nest, self.totals.census.n, counts[:, cells], enough, self.noise.reach)
            enough[close] = False
            log += self.hidden(variable, np.isin(np.arange(len(enough)), close), "crowded")
            shown[variable.id] = enough
        return Noisy(figures, counts, shown, tuple(log))

    def counted(self, figures: Figures) -> Counted:
        """The true counts with what bounds them: a share's parts by its denominator, all else by the group's firms."""
        counts = self.totals.counts[:, figures.columns]
        whole = np.repeat(self.totals.census.n[:, None], len(figures.columns), axis=1)
        least = np.zeros_like(counts)
        for variable in figures.variables:
            cells = figures.cells(variable)
            if variable.kind == SHARE:
                whole[:, cells.start + 1] = counts[:, cells.start]
                least[:, cells.start] = self.thresholds.share
            if variable.kind == COUNT:
                least[:, cells.start] = self.thresholds.share
        return Counted(counts, self.totals.keys[:, figures.columns], whole, least)

    def denominator(self, variable: Variable) -> Places:
        """How many firms of each group a variable speaks of."""
        return self.totals.counts[:, variable.start] if variable.kind == SHARE else self.totals.census.n

    def hidden(self, variable: Variable, groups: Flags, reason: str) -> list[Hidden]:
        names = self.totals.nest.groups
        detail: Mapping[str, str | int] = {"variable": variable.id, "threshold": self.thresholds.share}
        return [Hidden(names[place], reason, detail) for place in np.flatnonzero(groups)]

    def assembled(self, share_plan: Plan, shares: Noisy, table_plan: Plan, tables: Noisy) -> Protection:
        log = [*share_plan.log, *table_plan.log, *shares.log, *tables.log]
        groups: dict[str, ProtectedGroup] = {}
        for place in np.flatnonzero(share_plan.fresh | share_plan.frozen):
            groups[self.totals.nest.groups[place]] = self.group(int(place), share_plan, shares, table_plan, tables, log)
        release = ProtectedRelease(
            self.name.id,
            self.name.number,
            self.totals.layout.instrument,
            self.thresholds.share,
            self.thresholds.distribution,
            self.noise.reach,
            self.noise.variance,
            tables_of(self.totals.layout),
            {scale.dimension: scale.items for scale in self.totals.layout.scales},
            groups,
        )
        return Protection(release, self.next_ledger(release, share_plan, table_plan), tuple(log))

    def group(
        self, place: int, share_plan: Plan, shares: Noisy, table_plan: Plan, tables: Noisy, log: list[Hidden]
    ) -> ProtectedGroup:
        name = self.totals.nest.groups[place]
        public = self.ledger.groups.get(name)
        firms = int(shares.counts[place, shares.figures.cells(self.totals.layout.by_id[FIRMS]).start])
        as_of = public.as_of if public and share_plan.frozen[place] else self.name.id
        group = ProtectedGroup(name, firms, as_of, self.shares(place, shares))
        if table_plan.frozen[place] and public is not None:
            return ProtectedGroup(
                name,
                firms,
                as_of,
                group.shares,
                self.tables(place, tables),
                public.means,
                public.reliability,
                public.distributions_as_of,
            )
        if not table_plan.fresh[place]:
            return group
        return ProtectedGroup(
            name,
            firms,
            as_of,
            group.shares,
            self.tables(place, tables),
            self.means(place, log),
            self.reliability(place),
            self.name.id,
        )

    def shares(self, place: int, noisy: Noisy) -> dict[str, ReleasedShare]:
        found = {}
        for variable in noisy.figures.variables:
            if variable.kind == SHARE and noisy.shown[variable.id][place]:
                of, reached = (int(count) for count in noisy.counts[place, noisy.figures.cells(variable)])
                found[variable.id.removeprefix("indicator.")] = ReleasedShare(of, min(reached, of))
        return found

    def tables(self, place: int, noisy: Noisy) -> dict[str, tuple[int, ...]]:
        return {
            variable.id: tuple(int(count) for count in noisy.counts[place, noisy.figures.cells(variable)])
            for variable in noisy.figures.variables
            if noisy.shown[variable.id][place]
        }

    def means(self, place: int, log: list[Hidden]) -> dict[str, float]:
        """Means to one decimal, of sums with noise as large as one firm's whole scale."""
        found = {}
        for salt, node in enumerate(self.totals.layout.measures):
            variable = self.totals.layout.by_id[measure_id(node)]
            start = variable.start
            bins = self.totals.counts[place, start : start + len(SCORE_BINS)]
            n = int(bins.sum())
            if n < self.thresholds.distribution:
                continue
            if n - max(int(bins[0]), int(bins[-1])) < self.thresholds.share:
                log.append(Hidden(self.totals.nest.groups[place], "uniform", {"variable": variable.id}))
                continue
            keys = self.totals.keys[place, start : start + len(SCORE_BINS)].sum(keepdims=True)
            total = self.totals.sums[place, salt] / PER_POINT + FULL_SCALE * float(uniform(keys, salt)[0])
            found[node] = round(float(min(max(total / n, 0.0), FULL_SCALE)), 1)
        return found

    def reliability(self, place: int) -> dict[str, ReleasedReliability]:
        """Of large groups only, to two decimals."""
        found, start = {}, 0
        for scale in self.totals.layout.scales:
            width = moments_of(scale)
            cells = [int(cell) for cell in self.totals.moments[place, start : start + width]]
            start += width
            result = reliability(moments_from(cells)) if cells[0] >= RELIABILITY_FIRMS else None
            if result is not None:
                found[scale.dimension] = ReleasedReliability(
                    round(result.alpha, 2),
                    round(result.interval.low, 2),
                    round(result.interval.high, 2),
                    5 * round(result.n / 5),
                    tuple(None if one is None else round(one, 2) for one in result.item_rest),
                )
        return found

    def next_ledger(self, release: ProtectedRelease, share_plan: Plan, table_plan: Plan) -> Ledger:
        """What is public after this release. A group that it does not show keeps its earlier entry."""
        return Ledger(
            {**self.ledger.tables, **release.tables},
            {**self.ledger.groups, **release.groups},
            {**self.ledger.shares, **self.fresh_entries(share_plan)},
            {**self.ledger.distributions, **self.fresh_entries(table_plan)},
        )

    def fresh_entries(self, plan: Plan) -> dict[str, Published]:
        return {
            self.totals.nest.groups[place]: Published(self.name.number, int(self.totals.census.n[place]))
            for place in np.flatnonzero(plan.fresh)
        }


def moments_from(cells: Sequence[int]) -> Moments:
    """A scale's moments from its cells, as ``layout.moments_of`` orders them."""
    items = cells[3:]
    return Moments(cells[0], tuple(items[0::3]), tuple(items[1::3]), tuple(items[2::3]), cells[1], cells[2])
