"""Shares with noise in words and intervals, and what may be concluded beside a published share."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.builders.formatting import share_text
from reports.builders.language import Language
from reports.builders.published import published_text
from reports.builders.release.material import Material, named
from reports.builders.wording import say
from scoring.engine.published import Indicator
from scoring.engine.release.groups import codes_of
from scoring.engine.release.populations import Cell, PopulationMargins
from scoring.engine.release.released import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    HIGHEST_SHOWN,
    LOWEST_SHOWN,
    ReleasedShare,
    ShownShare,
)
from scoring.engine.release.shares import Comparison, Interval, compare_weighted, size_with_noise, wilson
from scoring.engine.release.weighting import PostStratified, Weights, post_stratify, weighted_share


@dataclass(frozen=True)
class Told:
    """A share as it may be told: its own words, its 95 % interval, and the comparison that follows."""

    shown: ShownShare
    interval: Interval
    comparison: Comparison

    def text(self, language: Language) -> str:
        return shown_text(self.shown, language)


def shown_text(shown: ShownShare | None, language: Language) -> str:
    """Whole percent, never 0 or 100."""
    if shown is None:
        return say(language, "rel_no_figure")
    if shown.kind != ABOUT:
        return say(language, "rel_at_most" if shown.kind == AT_MOST else "rel_at_least")
    return share_text(shown.value, 0)


def share_cell(shown: ShownShare | None, language: Language) -> float | str | None:
    """For a table: a number where a number may be told, to whole percent; else words."""
    if shown is None or shown.kind != ABOUT:
        return None if shown is None else shown_text(shown, language)
    return round(shown.value, 2)


def chart_text(shown: ShownShare) -> str:
    """The same in the little room beside a mark."""
    sign = {ABOUT: "", AT_MOST: "≤"}.get(shown.kind, "≥")
    return sign + share_text(shown.value, 0)


def interval_text(interval: Interval, language: Language) -> str:
    """An end within 5 % of none or all is left open, as the share itself is."""
    low, high = share_text(interval.low, 0), share_text(interval.high, 0)
    if interval.low <= LOWEST_SHOWN and interval.high >= HIGHEST_SHOWN:
        return say(language, "rel_open")
    if interval.low <= LOWEST_SHOWN:
        return say(language, "rel_up_to", high=high)
    if interval.high >= HIGHEST_SHOWN:
        return say(language, "rel_from", low=low)
    return say(language, "rel_range", low=low, high=high)


def shown_of(share: float) -> ShownShare:
    """The rule for counts, for a share that is no count."""
    if share <= LOWEST_SHOWN:
        return ShownShare(AT_MOST, LOWEST_SHOWN)
    return ShownShare(AT_LEAST, HIGHEST_SHOWN) if share >= HIGHEST_SHOWN else ShownShare(ABOUT, share)


def told(one: ReleasedShare, variance: float, indicator: Indicator) -> Told | None:
    """The share as counted; its interval takes in the noise. None where there is nothing to divide by."""
    shown = one.shown
    if shown is None:
        return None
    reached = min(one.reached, one.of)
    size = size_with_noise(reached, one.of, variance)
    # Wilson's interval on the size that noise leaves takes the place of the exact test, as for weighted shares.
    compared = compare_weighted(reached / one.of, size, indicator.share, indicator.population.n)
    return Told(shown, wilson(reached / one.of, size), compared)


def told_weighted(material: Material, indicator: Indicator) -> tuple[Told, PostStratified] | None:
    """The share weighted to the population's make-up; None where the population does not fit the group or figure."""
    population = material.population
    if population is None or indicator.sizes or not fits(population, material.group):
        return None
    strata = [stratum_share(material, cell, indicator.id) for cell in population.cells]
    wanted = {place: cell.share for place, cell in enumerate(population.cells)}
    fitted = post_stratify(wanted, {place: one.of for place, one in enumerate(strata)}, neighbours(len(strata)))
    weights = np.array([fitted.weights.get(place, 0.0) for place in range(len(strata))])
    counts = np.array([float(one.of) for one in strata])
    reached = np.array([float(min(one.reached, one.of)) for one in strata])
    found = weighted_share(weights, counts, reached)
    if found is None:
        return None
    size = weighted_size(found.share, found.n_effective, weights, counts, material.release.noise_variance)
    compared = compare_weighted(found.share, size, indicator.share, indicator.population.n)
    return Told(shown_of(found.share), wilson(found.share, size), compared), fitted


def weighted_size(share: float, effective: float, weights: Weights, counts: Weights, variance: float) -> float:
    """The effective size that noise of ``variance`` on every stratum's count leaves."""
    mass = float((weights * counts).sum())
    drawn = (share * effective + 1) / (effective + 2)
    spread = drawn * (1 - drawn)
    noise = variance * float((weights[counts > 0] ** 2).sum()) / mass**2
    return spread / (spread / effective + noise)


def fits(population: PopulationMargins, group: str) -> bool:
    """The population splits the group further, and by a cut that releases hold: all, or one industry, by size."""
    return population.dimensions == ("size",) and set(codes_of(group)) <= {"industry"}


def neighbours(count: int) -> dict[int, list[int]]:
    """The cells of an ordered dimension, nearest first."""
    return {
        place: sorted((other for other in range(count) if other != place), key=lambda o: abs(o - place))
        for place in range(count)
    }


def stratum_share(material: Material, cell: Cell, indicator: str) -> ReleasedShare:
    """The shown firms of one cell of the population, which may stand for several codes."""
    own = codes_of(material.group)
    groups = [material.release.group(named({**own, "size": code})) for code in cell.codes["size"]]
    found = [share for group in groups if group is not None and (share := group.share(indicator)) is not None]
    return ReleasedShare(sum(one.of for one in found), sum(one.reached for one in found))


def published_words(indicator: Indicator, language: Language) -> str:
    share = indicator.share
    return published_text(
        share.value,
        share.operator,  # type: ignore[arg-type]
        language,
        printed="" if share.complement else share.as_printed.lstrip("<>="),
    )


def said_text(one: Told, indicator: Indicator, language: Language) -> str:
    """The one sentence that the figures allow."""
    detail: Mapping[str, str | int] = {
        "share": one.text(language),
        "published": published_words(indicator, language),
        "interval": interval_text(one.interval, language),
        "survey_n": str(indicator.population.n or ""),
    }
    return say(language, f"rel_said_{one.comparison.said.code}", **detail)
