"""The firm's place among the firms of a release, told so that it explains itself; and its chapter."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from reports.builders.charts.spoken import sentences
from reports.builders.formatting import date_text
from reports.builders.language import Language
from reports.builders.model import Peers, ReportModel, Rung
from reports.builders.release.material import Facts
from reports.builders.release.shares import interval_text, shown_of, shown_text
from reports.builders.wording import say
from scoring.engine.release import peers as placing
from scoring.engine.release.layout import SCORE_BINS
from scoring.engine.release.released import ABOUT, HIGHEST_SHOWN, LOWEST_SHOWN, ProtectedRelease
from scoring.engine.release.shares import Interval

CHOSEN, INDEX = "chosen", "index"
# Among fewer firms than this one firm more or less moves the place by more than a percent: it is told in fives.
EXACT_FROM = 100


def peers_told(
    place: placing.Place,
    facts: Facts,
    language: Language,
    name_of: Callable[[str], str],
    release: ProtectedRelease,
) -> Peers:
    """``name_of`` gives the words for a group's name; ``release`` is the one that the place was found in."""
    group = "" if place.group is None else name_of(place.group)
    date = date_text(facts.as_of, language)
    if place.percentile is None or place.n is None:
        sentence, source = say(language, "peer_nobody", label=facts.label, date=date), ""
    else:
        percent = percent_text(place.percentile, place.n, language)
        sentence = say(language, "peer_stands", group=group, percent=percent)
        source = say(language, "peer_from", n=place.n, label=facts.label, date=date)
        source = sentences((source, noise_text(place.percentile, place.group, release, language)), language)
    return Peers(
        percentile=place.percentile,
        count=place.n,
        group=group,
        release=facts.label,
        as_of=facts.as_of,
        hash=facts.content_hash,
        sentence=sentence,
        source=source,
        frozen=frozen(place, language),
        rungs=tuple(rung(one, language, name_of) for one in place.rungs),
    )


def percent_text(percentile: float, n: int, language: Language) -> str:
    """Among few firms in steps of five; never below all or above none."""
    rounded = percentile if n >= EXACT_FROM else round(percentile * 20) / 20
    shown = shown_of(rounded)
    text = shown_text(shown, language)
    return say(language, "rel_about", share=text) if shown.kind == ABOUT else text


def noise_text(percentile: float, name: str | None, release: ProtectedRelease, language: Language) -> str:
    group = None if name is None else release.group(name)
    counts = None if group is None else group.distribution(INDEX)
    if not counts:
        return ""
    found = noise_range(percentile, counts[: len(SCORE_BINS)], release.noise_variance)
    if found.low <= LOWEST_SHOWN and found.high >= HIGHEST_SHOWN:
        return say(language, "peer_noise_all")
    return say(language, "peer_noise", range=interval_text(found, language))


def noise_range(percentile: float, counts: Sequence[int], variance: float) -> Interval:
    """Where the true place lies, at least 19 times in 20, if each count carries noise of that variance.

    Counts of 0 too, for they may hide some firms.
    P = (B + E/2) / N has the variance v/N^2 (b (1-P)^2 + e (1/2-P)^2 + a P^2), where b, e and a are the numbers of
    counts below, at and above the firm.
    """
    total = sum(counts)
    if not total:
        return Interval(0.0, 1.0)
    ends = list(accumulate(counts))
    # Where the firm's own bin is empty it may lie anywhere between its neighbours: each side is taken at its widest.
    below = min(bisect_right(ends, percentile * total), len(counts) - 1)
    above = len(counts) - 1 - bisect_left(ends, percentile * total)
    spread = below * (1 - percentile) ** 2 + (0.5 - percentile) ** 2 + above * percentile**2
    reach = 1.96 * math.sqrt(variance * spread) / total
    return Interval(max(0.0, percentile - reach), min(1.0, percentile + reach))


def frozen(place: placing.Place, language: Language) -> str:
    """Whether the group's figures date from an earlier release."""
    if place.as_of is None or place.as_of == place.release:
        return ""
    return say(language, "rel_frozen", as_of=place.as_of)


def rung(one: placing.Rung, language: Language, name_of: Callable[[str], str]) -> Rung:
    return Rung(
        title=say(language, f"peer_dims_{'-'.join(one.dimensions) or 'all'}"),
        group="" if one.group is None else name_of(one.group),
        chosen=one.reason == CHOSEN,
        reason=say(language, f"peer_rung_{one.reason}"),
    )


def peers(model: ReportModel) -> dict[str, Any]:
    """The chapter; without rungs where there is no release to stand in."""
    told = model.peers
    if told is None:
        return {"sentence": "", "lines": [], "rungs": []}
    return {
        "sentence": told.sentence,
        "lines": [
            line for line in (told.source, told.frozen, say(model.language, "peer_hash", hash=told.hash)) if line
        ],
        "rungs": [
            {"title": one.title, "group": one.group, "chosen": one.chosen, "reason": one.reason} for one in told.rungs
        ],
    }
