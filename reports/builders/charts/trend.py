"""The index of a firm from one assessment to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.builders.charts.lettering import text_width
from reports.builders.charts.palette import ACCENT, MUTED, PAPER, RULE, SIGNAL
from reports.builders.charts.spoken import sentences, spoken_scores
from reports.builders.charts.svg import diamond, dot, drawing, label, line
from reports.builders.formatting import date_text, score_text, weight_text
from reports.builders.language import Language
from reports.builders.wording import say

PARTS = (0, 0.2, 0.4, 0.6, 0.8, 1)
_LEFT = 30.0
_TOP = 18.0
_HEIGHT = 150.0


@dataclass(frozen=True)
class Moment:
    """One assessment. ``comparable`` is False where its questions no longer measure what the ones before measured."""

    date: str
    score: float | None
    comparable: bool = True


@dataclass(frozen=True)
class _Spot:
    """Where a moment is drawn; no height where it has no score."""

    x: float
    y: float | None
    moment: Moment


def trend(
    moments: Sequence[Moment], *, key: str, title: str, language: Language, width: float = 640, top: float = 100
) -> str:
    """A line through the assessments, oldest first; it breaks where a score is missing or the questions changed."""
    spots = [
        _Spot(_x(place, len(moments), width), None if moment.score is None else _y(moment.score / top), moment)
        for place, moment in enumerate(moments)
    ]
    shapes = [_grid(width, top)]
    shapes += [_side(before, after) for before, after in pairwise(spots)]
    shapes += [_break((a.x + b.x) / 2, language) for a, b in pairwise(spots) if not b.moment.comparable]
    dates = _dates(moments, (width - _LEFT - 100) / max(len(moments) - 1, 1), language)
    shapes += [_point(spot, spot is spots[-1], date, language) for spot, date in zip(spots, dates, strict=True)]
    description = trend_description(moments, language, top=top)
    return drawing(
        *shapes,
        key=key,
        title=title,
        description=description,
        width=width,
        height=_TOP + _HEIGHT + 24,
        language=language,
    )


def trend_description(moments: Sequence[Moment], language: Language, *, top: float = 100) -> str:
    """Every date with its index, then each break."""
    scores = [(date_text(moment.date, language), moment.score) for moment in moments]
    breaks = [
        say(language, "trend_break", date=date_text(moment.date, language))
        for moment in moments[1:]
        if not moment.comparable
    ]
    said = say(language, "trend_says", top=weight_text(top), values=spoken_scores(scores, language))
    return sentences((said, *breaks), language)


def _x(place: int, count: int, width: float) -> float:
    inner = width - _LEFT - 100
    return _LEFT + 50 + (inner / 2 if count < 2 else inner * place / (count - 1))


def _y(part: float) -> float:
    """Height of a part, 0 to 1, of the scale."""
    return _TOP + _HEIGHT * (1 - part)


def _grid(width: float, top: float) -> str:
    return "".join(
        line(_LEFT, _y(part), width, _y(part))
        + label(_LEFT - 6, _y(part) + 3, weight_text(part * top), size=9, ink=MUTED, anchor="end")
        for part in PARTS
    )


def _side(before: _Spot, after: _Spot) -> str:
    if before.y is None or after.y is None or not after.moment.comparable:
        return ""
    return line(before.x, before.y, after.x, after.y, ink=ACCENT, width=2.2)


def _break(middle: float, language: Language) -> str:
    words = say(language, "trend_break_short")
    room = text_width(words, 9)
    return (
        line(middle, _TOP, middle, _TOP + _HEIGHT, ink=MUTED, dash="3 3")
        + line(middle - room / 2 - 3, _TOP + 1, middle + room / 2 + 3, _TOP + 1, ink=PAPER, width=14)
        + label(middle, _TOP + 4, words, size=9, ink=MUTED, anchor="middle")
    )


def _dates(moments: Sequence[Moment], room: float, language: Language) -> list[str]:
    """Written out where every one has room, else year and month for all."""
    whole = [date_text(moment.date, language) for moment in moments]
    return whole if all(text_width(date, 9.5) < min(room, 96) for date in whole) else [one.date[:7] for one in moments]


def _point(spot: _Spot, latest: bool, date: str, language: Language) -> str:
    x, y, moment = spot.x, spot.y, spot.moment
    below = label(x, _TOP + _HEIGHT + 17, date, size=9.5, ink=MUTED, anchor="middle")
    value = score_text(moment.score, language)
    if y is None:
        return (
            below
            + line(x, _TOP, x, _TOP + _HEIGHT, ink=RULE, dash="2 4")
            + label(x, _TOP + _HEIGHT - 8, value, size=9.5, ink=MUTED, anchor="middle")
        )
    mark = diamond(x, y, 6.5) if latest else dot(x, y, 4, fill=ACCENT, edge=PAPER)
    return (
        below + mark + label(x, y - 12, value, size=11, weight=700, ink=SIGNAL if latest else ACCENT, anchor="middle")
    )
