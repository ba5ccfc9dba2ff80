"""Shares of a group in rows, each beside the share it is read against: levels, the make-up of a pool."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.builders.charts.legend import legend
from reports.builders.charts.lettering import shorten, text_width
from reports.builders.charts.palette import ACCENT, PAPER, SIGNAL, TRACK
from reports.builders.charts.spoken import listed
from reports.builders.charts.svg import box, drawing, empty_track, label, line, wrapped
from reports.builders.language import Language
from reports.builders.wording import say

WIDE = 480.0
_SIZE = 11.5
_BAR = 14.0


@dataclass(frozen=True)
class Portion:
    """One row: a share of 0 to 1 with its words, or None where none is shown; ``beside`` is what it is read against."""

    title: str
    share: float | None
    said: str
    beside: float | None = None
    beside_said: str = ""


@dataclass(frozen=True)
class _Layout:
    width: float
    wide: bool
    left: float
    length: float
    row: float

    def x(self, share: float) -> float:
        return self.left + self.length * min(max(share, 0), 1)


def portions(
    rows: Sequence[Portion], *, key: str, title: str, language: Language, width: float = 640, beside: str = ""
) -> str:
    """A bar a row. ``beside`` names the upright marks; empty leaves them out. The whole track is all firms."""
    layout = _layout(rows, width)
    shapes = [_row(one, 4 + place * layout.row, layout, language) for place, one in enumerate(rows)]
    height = 8 + len(rows) * layout.row
    if beside:
        mark = [(lambda x, y: line(x + 10, y - 8, x + 10, y + 8, ink=SIGNAL, width=2.4), beside)]
        drawn, more = legend(mark, left=0, top=height + 6, width=width)
        shapes.append(drawn)
        height += more + 6
    return drawing(
        *shapes,
        key=key,
        title=title,
        description=portions_description(rows, language, beside),
        width=width,
        height=height,
        language=language,
    )


def portions_description(rows: Sequence[Portion], language: Language, beside: str = "") -> str:
    """Every row in words."""
    return listed((_spoken(one, language, beside) for one in rows), language)


def _spoken(one: Portion, language: Language, beside: str) -> str:
    own = one.said or say(language, "rel_no_figure")
    if one.beside is None or not beside:
        return say(language, "value_of", name=one.title, value=own)
    return say(language, "rel_portion_beside", name=one.title, value=own, beside=beside, other=one.beside_said)


def _layout(rows: Sequence[Portion], width: float) -> _Layout:
    wide = width >= WIDE
    left = min(max((text_width(one.title, _SIZE) for one in rows), default=0) + 16, width * 0.34) if wide else 0.0
    value = max((text_width(one.said, _SIZE) for one in rows), default=0) + 14
    return _Layout(width, wide, left, width - left - value, 30.0 if wide else 44.0)


def _row(one: Portion, top: float, layout: _Layout, language: Language) -> str:
    y = top + layout.row * (0.5 if layout.wide else 0.7)
    name = (
        wrapped(0, y, one.title, size=_SIZE, room=layout.left - 12)
        if layout.wide
        else label(0, top + 14, shorten(one.title, _SIZE, layout.width), size=_SIZE)
    )
    if one.share is None:
        return name + empty_track(layout.left, y - _BAR / 2, layout.length, _BAR, say(language, "rel_no_figure"))
    ground = box(layout.left, y - _BAR / 2, layout.length, _BAR, TRACK, radius=2)
    bar = box(layout.left, y - _BAR / 2, layout.x(one.share) - layout.left, _BAR, ACCENT, radius=2)
    said = label(layout.left + layout.length + 8, y + _SIZE * 0.36, one.said, size=_SIZE, weight=700)
    return name + ground + bar + _mark(one, y, layout) + said


def _mark(one: Portion, y: float, layout: _Layout) -> str:
    if one.beside is None:
        return ""
    x = layout.x(one.beside)
    return line(x, y - 10, x, y + 10, ink=PAPER, width=5) + line(x, y - 10, x, y + 10, ink=SIGNAL, width=2.4)
