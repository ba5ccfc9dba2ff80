"""The firm's place among the firms of a release, told so that it explains itself; and its chapter."""

from collections.abc import Callable
from typing import Any

from reports.builders.formatting import date_text
from reports.builders.language import Language
from reports.builders.model import Peers, ReportModel, Rung
from reports.builders.release.material import Facts
from reports.builders.release.shares import shown_of, shown_text
from reports.builders.wording import say
from scoring.engine.release import peers as placing
from scoring.engine.release.released import ABOUT

CHOSEN = "chosen"
# Among fewer firms than this one firm more or less moves the place by more than a percent: it is told in fives.
EXACT_FROM = 100


def peers_told(place: placing.Place, facts: Facts, language: Language, name_of: Callable[[str], str]) -> Peers:
    """``name_of`` gives the words for a group's name."""
    group = "" if place.group is None else name_of(place.group)
    date = date_text(facts.as_of, language)
    if place.percentile is None or place.n is None:
        sentence, source = say(language, "peer_nobody", label=facts.label, date=date), ""
    else:
        percent = percent_text(place.percentile, place.n, language)
        sentence = say(language, "peer_stands", group=group, percent=percent)
        source = say(language, "peer_from", n=place.n, label=facts.label, date=date)
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
