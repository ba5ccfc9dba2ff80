"""A firm among all firms, as far as one published share can tell: leading q, or among the other 1 - q.

Each row is a line of all firms from the trailing on the left to the leading on the right. A published share q cuts it
at 1 - q; the firm stands somewhere in one of the two parts, so the whole part is marked, and the diamond in its middle
is the mid-rank, not a measured position. Where only a bound was published the cut is unknown on one side: the edge
fades and there is no diamond.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.builders.charts.legend import Symbol, legend
from reports.builders.charts.lettering import shorten, text_width, wrap
from reports.builders.charts.palette import ACCENT, ACCENT_TINT, INK, MUTED, SIGNAL, TRACK, Paint, paint
from reports.builders.charts.spoken import listed
from reports.builders.charts.svg import LEADING, box, diamond, dot, drawing, hatch, label, line, polygon
from reports.builders.formatting import share_text
from reports.builders.language import Language
from reports.builders.published import BELOW, Op
from reports.builders.wording import say

WIDE = 520.0
_SIZE = 11.5
_SMALL = 9.5
_BAR = 11.0
_FADE = 0.18


@dataclass(frozen=True)
class Strip:
    """One published share and the firm's place against it.

    ``share`` is q, 0 to 1, exact or a bound as ``op`` says; ``published`` how it was printed. ``reached`` is None when
    the firm cannot be placed, and then ``reason`` says why. ``low`` and ``high`` are the firm's rank interval if
    narrower than what q alone gives (several thresholds on one item).
    """

    title: str
    share: float
    published: str
    reached: bool | None
    op: Op = "="
    low: float | None = None
    high: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class _Layout:
    width: float
    wide: bool
    left: float
    length: float
    verdict_width: float

    def x(self, rank: float) -> float:
        return self.left + self.length * rank


def benchmark_strip(rows: Sequence[Strip], *, key: str, title: str, language: Language, width: float = 640) -> str:
    """One row for each published share; a row that does not apply is hatched and gives its reason."""
    layout = _layout(width, language)
    shapes = [_ends(layout, language)]
    *tops, bottom = accumulate((_height(row, layout) for row in rows), initial=20.0)
    shapes += [_row(row, top, layout, language) for row, top in zip(rows, tops, strict=True)]
    top = bottom + 4
    key_shapes, key_height = legend(_key(rows, language), left=0, top=top, width=width)
    description = strip_description(rows, language)
    return drawing(
        *shapes,
        key_shapes,
        key=key,
        title=title,
        description=description,
        width=width,
        height=top + key_height,
        language=language,
    )


def strip_description(rows: Sequence[Strip], language: Language) -> str:
    """Every row in words: title, published share, where the firm stands."""
    spoken = [
        say(language, "strip_row", title=row.title, published=row.published, standing=_spoken_place(row, language))
        for row in rows
    ]
    return say(language, "strip_says", rows=listed(spoken, language))


def _spoken_place(row: Strip, language: Language) -> str:
    if row.reached is None:
        return row.reason or say(language, "not_placed")
    return say(language, "leading_share" if row.reached else "other_share", share=_part(row, row.reached))


def _part(row: Strip, leading: bool) -> str:
    return share_text(row.share if leading else 1 - row.share)


def _layout(width: float, language: Language) -> _Layout:
    words = [text_width(say(language, word), _SIZE) for word in ("reached", "not_reached", "not_placed")]
    verdict = max(words) * 1.06 + 34
    if width < WIDE:
        return _Layout(width, False, 0.0, width, verdict)
    titles = width * 0.3
    return _Layout(width, True, titles, width - titles - verdict, verdict)


def _ends(layout: _Layout, language: Language) -> str:
    return label(layout.x(0), 10, "← " + say(language, "trailing"), size=_SMALL, ink=MUTED) + label(
        layout.x(1), 10, say(language, "leading") + " →", size=_SMALL, ink=MUTED, anchor="end"
    )


def _height(row: Strip, layout: _Layout) -> float:
    """A wide row has one height; a narrow one grows with its title."""
    return 44.0 if layout.wide else 46 + len(_title_rows(row, layout)) * _SIZE * LEADING


def _title_rows(row: Strip, layout: _Layout) -> tuple[str, ...]:
    room = layout.left - 16 if layout.wide else layout.width - layout.verdict_width
    return wrap(row.title, _SIZE, room, 2)


def _row(row: Strip, top: float, layout: _Layout, language: Language) -> str:
    rows = _title_rows(row, layout)
    y = top + 12 if layout.wide else top + 12 + len(rows) * _SIZE * LEADING
    first = y + _BAR / 2 + 4 - (len(rows) - 1) * _SIZE * LEADING / 2 + _SIZE * 0.36 if layout.wide else top + 17
    heading = label(0, first, rows, size=_SIZE)
    verdict_x = layout.width - layout.verdict_width + 14
    verdict = _verdict(row, verdict_x, y + _BAR / 2 if layout.wide else top + 13, language)
    track = _unplaced(row, y, layout, language) if row.reached is None else _placed(row, y, layout, language)
    return line(0, top, layout.width, top) + heading + track + verdict


def _word(reached: bool | None, language: Language) -> tuple[str, Paint]:
    if reached is None:
        return say(language, "not_placed"), MUTED
    return say(language, "reached" if reached else "not_reached"), ACCENT if reached else INK


def _verdict(row: Strip, x: float, middle: float, language: Language) -> str:
    """A word with a shape of its own: full circle, ring, dash."""
    word, ink = _word(row.reached, language)
    shape = _sign(row.reached, x, middle)
    return shape + label(x + 14, middle + _SIZE * 0.36, word, size=_SIZE, ink=ink, weight=700 if row.reached else None)


def _sign(reached: bool | None, x: float, middle: float) -> str:
    if reached is None:
        return line(x, middle, x + 8, middle, ink=MUTED, width=1.6)
    return dot(x + 4, middle, 4, fill=ACCENT if reached else None, edge=ACCENT if reached else INK)


def _unplaced(row: Strip, y: float, layout: _Layout, language: Language) -> str:
    reason = shorten(row.reason or say(language, "not_placed"), _SMALL, layout.length)
    return hatch(layout.x(0), y, layout.length, _BAR) + label(
        layout.x(0), y + _BAR + 13, reason, size=_SMALL, ink=MUTED
    )


def _placed(row: Strip, y: float, layout: _Layout, language: Language) -> str:
    cut = 1 - row.share
    leading, others = box(layout.x(cut), y, layout.length * row.share, _BAR, ACCENT_TINT), layout.length * cut
    ground = box(layout.x(0), y, others, _BAR, TRACK) + leading
    return ground + _firm(row, cut, y, layout) + _cut(row, cut, y, layout) + _captions(row, y, layout, language)


def _cut(row: Strip, cut: float, y: float, layout: _Layout) -> str:
    """Where the share divides the firms; for a bound a dashed line with a head towards the side where the cut lies."""
    x = layout.x(cut)
    if row.op == "=":
        return line(x, y - 4, x, y + _BAR + 4, ink=INK, width=1.4)
    return _open_edge(x, y - 5, y + _BAR + 4, 1 if row.op in BELOW else -1)


def _open_edge(x: float, top: float, bottom: float, side: int) -> str:
    head = ((x, top - 4), (x + side * 7, top), (x, top + 4))
    return line(x, top, x, bottom, ink=INK, width=1.4, dash="2.5 2") + polygon(head, **paint(fill=INK))


def _firm(row: Strip, cut: float, y: float, layout: _Layout) -> str:
    """The part the firm stands in, and its mid-rank where there is one."""
    start, end = (cut, 1.0) if row.reached else (0.0, cut)
    if row.op == "=":
        start, end = row.low if row.low is not None else start, row.high if row.high is not None else end
        return _interval(start, end, y, layout) + diamond(layout.x((start + end) / 2), y + _BAR / 2, 6.5)
    return _interval(*_solid(row, start, end), y, layout) + _faded(row, cut, y, layout)


def _solid(row: Strip, start: float, end: float) -> tuple[float, float]:
    """The part of the firm's interval drawn solid: it stops short of an edge that lies further in, none knows where."""
    if row.op in BELOW:
        return (start + _FADE, end) if row.reached else (start, end)
    return (start, end) if row.reached else (start, end - _FADE)


def _interval(start: float, end: float, y: float, layout: _Layout) -> str:
    return box(layout.x(start), y + _BAR / 2 - 2.5, layout.length * (end - start), 5, SIGNAL)


def _faded(row: Strip, cut: float, y: float, layout: _Layout) -> str:
    """Stripes that thin out over the piece of the line where the edge may lie."""
    below = row.op in BELOW
    origin = cut + _FADE if below and row.reached else cut - _FADE if not below and not row.reached else cut
    outwards = -1 if bool(row.reached) else 1
    stripes = [(origin + outwards * _FADE * (step + 0.5) / 6, 0.02 - step * 0.0028) for step in range(6)]
    return "".join(_interval(at - wide / 2, at + wide / 2, y, layout) for at, wide in stripes)


def _captions(row: Strip, y: float, layout: _Layout, language: Language) -> str:
    """What either side of the cut is called, with its share."""
    suffix = "share" if row.op == "=" else "bound_below" if row.op in BELOW else "bound_above"
    other = say(language, f"other_{suffix}", share=_part(row, leading=False))
    lead = say(language, f"leading_{suffix}", share=_part(row, leading=True))
    y = y + _BAR + 13
    return label(
        layout.x(0), y, other, size=_SMALL, ink=MUTED if row.reached else SIGNAL, weight=None if row.reached else 700
    ) + label(
        layout.x(1),
        y,
        lead,
        size=_SMALL,
        anchor="end",
        ink=SIGNAL if row.reached else MUTED,
        weight=700 if row.reached else None,
    )


def _key(rows: Sequence[Strip], language: Language) -> list[tuple[Symbol, str]]:
    entries: list[tuple[Symbol, str]] = [
        (lambda x, y: box(x, y - 2.5, 20, 5, SIGNAL) + diamond(x + 10, y, 6), say(language, "strip_legend_firm")),
        (lambda x, y: box(x, y - 5, 20, 10, ACCENT_TINT), say(language, "strip_legend_leading")),
    ]
    if any(row.op != "=" for row in rows):
        entries.append((_open_edge_symbol, say(language, "strip_legend_bound")))
    return entries


def _open_edge_symbol(x: float, y: float) -> str:
    return _open_edge(x + 7, y - 5, y + 7, 1)
