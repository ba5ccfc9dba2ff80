"""Mean scores in a grid of shaded fields, each with its number: dimensions by groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.builders.charts.lettering import shorten, text_width, wrap
from reports.builders.charts.palette import INK, MUTED, STEP_INKS, STEPS
from reports.builders.charts.spoken import listed, spoken_scores
from reports.builders.charts.svg import box, drawing, hatch, label, wrapped
from reports.builders.language import Language
from reports.builders.wording import say

WIDE = 480.0
_SIZE = 11.0
_FIELD = 30.0
# Scores from which each shade begins.
SHADES = (0.0, 20.0, 40.0, 60.0, 80.0)


@dataclass(frozen=True)
class HeatRow:
    """One row of means, 0 to 100, in the order of the columns; None where none is shown."""

    title: str
    scores: tuple[float | None, ...]


def shade_of(score: float) -> int:
    """Which of the five shades a score of 0 to 100 takes; each is 20 points wide."""
    return min(int(max(score, 0) // 20), len(SHADES) - 1)


def heat(
    columns: Sequence[str], rows: Sequence[HeatRow], *, key: str, title: str, language: Language, width: float = 640
) -> str:
    """A field for each row and column. On a phone the columns' names are codes short enough to fit, or cut."""
    wide = width >= WIDE
    left = min(max((text_width(one.title, _SIZE) for one in rows), default=0) + 12, width * 0.3) if wide else 0.0
    room = (width - left) / max(len(columns), 1)
    head = _head(columns, left, room)
    high = _FIELD if wide else _FIELD + 18
    top = 14.0 * max((len(wrap(name, 9.5, room - 6, 3)) for name in columns), default=1) + 6
    drawn = [_row(one, top + place * (high + 3), left, room, width) for place, one in enumerate(rows)]
    bottom = top + len(rows) * (high + 3) + 6
    return drawing(
        head,
        *drawn,
        _scale(bottom, width, language),
        key=key,
        title=title,
        description=heat_description(columns, rows, language),
        width=width,
        height=bottom + 34,
        language=language,
    )


def heat_description(columns: Sequence[str], rows: Sequence[HeatRow], language: Language) -> str:
    """Every row in words."""
    parts = [
        say(
            language,
            "value_of",
            name=one.title,
            value=spoken_scores(list(zip(columns, one.scores, strict=True)), language),
        )
        for one in rows
    ]
    return listed(parts, language)


def _head(columns: Sequence[str], left: float, room: float) -> str:
    return "".join(
        label(left + room * (place + 0.5), 11, wrap(name, 9.5, room - 6, 3), size=9.5, ink=MUTED, anchor="middle")
        for place, name in enumerate(columns)
    )


def _row(one: HeatRow, top: float, left: float, room: float, width: float) -> str:
    fields = top if left else top + 18
    if left:
        name = wrapped(0, top + _FIELD / 2, one.title, size=_SIZE, room=left - 10)
    else:
        name = label(0, top + 13, shorten(one.title, _SIZE, width), size=_SIZE)
    return name + "".join(_field(score, left + room * place, fields, room) for place, score in enumerate(one.scores))


def _field(score: float | None, x: float, y: float, room: float) -> str:
    if score is None:
        return hatch(x + 1, y, room - 2, _FIELD)
    shade = shade_of(score)
    said = label(
        x + room / 2, y + _FIELD / 2 + 4, f"{score:.0f}", size=_SIZE, weight=700, anchor="middle", ink=STEP_INKS[shade]
    )
    return box(x + 1, y, room - 2, _FIELD, STEPS[shade], radius=3) + said


def _scale(top: float, width: float, language: Language) -> str:
    """What the shades stand for; the number in each field says the same."""
    one = min(64.0, width / 6)
    return "".join(
        box(place * one, top + 4, one - 2, 10, shade, radius=2)
        + label(
            place * one + one / 2 - 1,
            top + 27,
            f"{SHADES[place]:.0f}–{SHADES[place] + 20:.0f}",
            size=9,
            ink=INK,
            anchor="middle",
        )
        for place, shade in enumerate(STEPS)
    )
