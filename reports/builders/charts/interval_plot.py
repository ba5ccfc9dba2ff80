"""Shares of a group with their confidence intervals, each beside the published value it is read against."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.builders.charts.legend import legend
from reports.builders.charts.palette import ACCENT, INK, PAPER, SIGNAL, paint
from reports.builders.charts.rows import SIZE, name_above, name_beside, scale
from reports.builders.charts.spoken import listed
from reports.builders.charts.svg import dot, drawing, empty_track, label, line, polygon
from reports.builders.formatting import share_text
from reports.builders.language import Language
from reports.builders.published import BELOW, Op, published_text
from reports.builders.wording import say

WIDE = 480.0
_VALUE = 56.0
# Ends of intervals as near to none or all as this stand for themselves: 0 % and 100 % are never told.
OPEN_BELOW, OPEN_FROM = 0.05, 0.95


@dataclass(frozen=True)
class Interval:
    """One share, 0 to 1, with its interval; all three None when the group is too small to publish.

    ``published`` is the value it is read against, exact or a bound as ``op`` says, or None. ``said`` is what is printed
    of the share where its first decimal would be false precision; the interval is then told in whole percent.
    """

    title: str
    share: float | None
    low: float | None
    high: float | None
    published: float | None = None
    op: Op = "="
    said: str = ""

    @property
    def words(self) -> str:
        return self.said or share_text(self.share or 0.0, 1)


@dataclass(frozen=True)
class _Layout:
    width: float
    wide: bool
    left: float
    length: float
    row: float

    def x(self, share: float) -> float:
        return self.left + self.length * min(max(share, 0), 1)


def interval_plot(rows: Sequence[Interval], *, key: str, title: str, language: Language, width: float = 640) -> str:
    """One row a share: a dot with its interval, and an upright mark at the published value."""
    layout = _layout(width)
    bottom = 4 + len(rows) * layout.row
    shapes = [scale(layout.x, bottom, "%")]
    shapes += [_row(row, 4 + spot * layout.row, layout, language) for spot, row in enumerate(rows)]
    entries = [
        (lambda x, y: _whisker(x, x + 20, y) + dot(x + 10, y, 4, fill=ACCENT, edge=PAPER), "interval_legend_share"),
        (lambda x, y: line(x + 10, y - 8, x + 10, y + 8, ink=SIGNAL, width=2.4), "interval_legend_published"),
    ]
    said = [(symbol, say(language, words)) for symbol, words in entries]
    key_shapes, key_height = legend(said, left=0, top=bottom + 22, width=width)
    description = interval_description(rows, language)
    height = bottom + 22 + key_height
    return drawing(
        *shapes,
        key_shapes,
        key=key,
        title=title,
        description=description,
        width=width,
        height=height,
        language=language,
    )


def interval_description(rows: Sequence[Interval], language: Language) -> str:
    """Every row in words: the share, its interval, the published value."""
    return say(language, "interval_says", rows=listed((_spoken(row, language) for row in rows), language))


def _spoken(row: Interval, language: Language) -> str:
    if row.share is None or row.low is None or row.high is None:
        return say(language, "value_of", name=row.title, value=say(language, "interval_too_few"))
    published = (
        ""
        if row.published is None
        else say(language, "interval_row_published", value=published_text(row.published, row.op, language))
    )
    low, high = share_text(row.low, 1), share_text(row.high, 1)
    if row.said:
        low, high = _whole_percent(row.low, language), _whole_percent(row.high, language)
    return say(
        language,
        "interval_row",
        name=row.title,
        share=row.words,
        low=low,
        high=high,
        published=published,
    )


def _whole_percent(share: float, language: Language) -> str:
    """An end near none or all is told as open as the share itself would be."""
    if share <= OPEN_BELOW:
        return say(language, "rel_at_most")
    return say(language, "rel_at_least") if share >= OPEN_FROM else share_text(share, 0)


def _layout(width: float) -> _Layout:
    wide = width >= WIDE
    titles = width * 0.3 if wide else 6.0
    return _Layout(width, wide, titles, width - titles - _VALUE, 34.0 if wide else 46.0)


def _row(row: Interval, top: float, layout: _Layout, language: Language) -> str:
    y = top + layout.row * (0.5 if layout.wide else 0.68)
    title = name_beside(row.title, y, layout.left - 14) if layout.wide else name_above(row.title, top, layout.width)
    return title + _measured(row, y, layout, language) + _published(row, y, layout)


def _measured(row: Interval, y: float, layout: _Layout, language: Language) -> str:
    if row.share is None or row.low is None or row.high is None:
        return empty_track(layout.left, y - 6, layout.length, 12, say(language, "interval_too_few"))
    value = label(layout.left + layout.length + 10, y + SIZE * 0.36, row.words, size=SIZE, weight=700)
    return (
        _whisker(layout.x(row.low), layout.x(row.high), y)
        + dot(layout.x(row.share), y, 4.6, fill=ACCENT, edge=PAPER)
        + value
    )


def _whisker(start: float, end: float, y: float) -> str:
    return (
        line(start, y, end, y, ink=ACCENT, width=2.4)
        + line(start, y - 4.5, start, y + 4.5, ink=ACCENT, width=1.6)
        + line(end, y - 4.5, end, y + 4.5, ink=ACCENT, width=1.6)
    )


def _published(row: Interval, y: float, layout: _Layout) -> str:
    """An upright mark beside the share; a bound adds an arrow head towards the side on which the true value lies."""
    if row.published is None or row.share is None:
        return ""
    x = layout.x(row.published)
    mark = line(x, y - 11, x, y + 11, ink=SIGNAL, width=2.4)
    if row.op == "=":
        return mark
    side = -1 if row.op in BELOW else 1
    head = ((x + side * 8, y - 9), (x, y - 12), (x, y - 6))
    return mark + polygon(head, **paint(fill=SIGNAL, stroke=INK), stroke_width=0)
