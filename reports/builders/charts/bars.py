"""Scores of 0 to 100 as bars in rows, with an optional mark for what each is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.builders.charts.legend import Symbol, legend
from reports.builders.charts.lettering import shorten, wrap
from reports.builders.charts.palette import ACCENT, INK, MUTED, PAPER, TRACK
from reports.builders.charts.spoken import sentences, spoken_scores
from reports.builders.charts.svg import box, drawing, empty_track, label, line, wrapped
from reports.builders.formatting import score_text
from reports.builders.language import Language
from reports.builders.wording import say

TICKS = (0, 20, 40, 60, 80, 100)
WIDE = 360.0
_SIZE = 11.5
_BAR = 12.0
_VALUE = 52.0


@dataclass(frozen=True)
class Bar:
    """One row: a score of 0 to 100 or None, and optionally the score it is compared with."""

    title: str
    score: float | None
    compared: float | None = None


@dataclass(frozen=True)
class _Layout:
    """Wide: title, track and value side by side. Narrow: the title above its track."""

    width: float
    wide: bool
    track: float
    length: float
    row: float

    def x(self, score: float) -> float:
        return self.track + self.length * min(max(score, 0), 100) / 100


def bars(
    rows: Sequence[Bar], *, key: str, title: str, language: Language, width: float = 640, compared_with: str = ""
) -> str:
    """One bar a row over a common scale. A row without a score is hatched and says so.

    Args:
        compared_with: name of the upright mark; empty leaves the marks out.
    """
    layout = _layout(rows, width)
    shapes = [_row(row, 4 + spot * layout.row, layout, language, compared_with) for spot, row in enumerate(rows)]
    bottom = 4 + len(rows) * layout.row
    shapes.insert(0, _scale(layout, bottom))
    bottom += 20
    if compared_with:
        key_shapes, key_height = _key(language, compared_with, layout, bottom)
        shapes.append(key_shapes)
        bottom += key_height
    description = bars_description(rows, language, compared_with)
    return drawing(
        *shapes, key=key, title=title, description=description, width=width, height=bottom, language=language
    )


def bars_description(rows: Sequence[Bar], language: Language, compared_with: str = "") -> str:
    """The chart in a sentence, for those who do not see it."""
    own = spoken_scores([(row.title, row.score) for row in rows], language)
    spoken = say(language, "bars_say", values=own)
    if not compared_with:
        return spoken
    others = spoken_scores([(row.title, row.compared) for row in rows], language)
    return sentences((spoken, say(language, "bars_compared", name=compared_with, values=others)), language)


def _layout(rows: Sequence[Bar], width: float) -> _Layout:
    """Rows stand further apart when a title beside its bar needs two lines."""
    if width < WIDE:
        return _Layout(width, False, 2, width - _VALUE - 4, 42.0)
    titles = width * (0.3 if width >= 480 else 0.34)
    wraps = any(len(wrap(row.title, _SIZE, titles - 12)) > 1 for row in rows)
    return _Layout(width, True, titles + 2, width - titles - _VALUE - 4, 37.0 if wraps else 30.0)


def _scale(layout: _Layout, bottom: float) -> str:
    """Hairlines through every row, with the numbers under them."""
    hairlines = [line(layout.x(tick), 0, layout.x(tick), bottom) for tick in TICKS]
    numbers = [
        label(layout.x(tick), bottom + 12, str(tick), size=9, ink=MUTED, anchor="start" if tick == 0 else "middle")
        for tick in TICKS
    ]
    return "".join(hairlines + numbers)


def _row(row: Bar, top: float, layout: _Layout, language: Language, compared_with: str) -> str:
    y = top + (layout.row - _BAR) / 2 if layout.wide else top + layout.row - _BAR - 6
    middle = y + _BAR / 2
    if layout.wide:
        title = wrapped(0, middle, row.title, size=_SIZE, room=layout.track - 14)
    else:
        title = label(0, y - 6, shorten(row.title, _SIZE, layout.width), size=_SIZE)
    if not layout.wide:
        title = box(0, y - 19, layout.width, 18, PAPER) + title
    mark = _mark(row.compared, middle, layout) if compared_with else ""
    return title + _bar(row.score, y, layout, language) + mark


def _bar(score: float | None, y: float, layout: _Layout, language: Language) -> str:
    if score is None:
        return empty_track(layout.track, y, layout.length, _BAR, say(language, "not_assessed"))
    value_x, baseline = layout.track + layout.length + 10, y + _BAR / 2 + _SIZE * 0.36
    return (
        box(layout.track, y, layout.length, _BAR, TRACK)
        + box(layout.track, y, layout.x(score) - layout.track, _BAR, ACCENT)
        + label(value_x, baseline, score_text(score, language), size=_SIZE, weight=700)
    )


def _mark(compared: float | None, middle: float, layout: _Layout) -> str:
    if compared is None:
        return ""
    x = layout.x(compared)
    return line(x, middle - 10, x, middle + 10, ink=PAPER, width=4.5) + line(
        x, middle - 10, x, middle + 10, ink=INK, width=2.2
    )


def _key(language: Language, compared_with: str, layout: _Layout, top: float) -> tuple[str, float]:
    entries: list[tuple[Symbol, str]] = [
        (lambda x, y: box(x, y - 5, 18, 10, ACCENT), say(language, "your_firm")),
        (lambda x, y: line(x + 9, y - 8, x + 9, y + 8, ink=INK, width=2.2), compared_with),
    ]
    return legend(entries, left=layout.track, top=top, width=layout.width - layout.track)
