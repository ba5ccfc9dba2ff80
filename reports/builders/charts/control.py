"""A control chart: points in their order, centre line and limits, and every signal marked by shape and rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reports.builders.charts.axes import Area, Span, bottom_axis, left_axis, room_for, span_of, tick_texts, ticks
from reports.builders.charts.legend import legend
from reports.builders.charts.lettering import text_width
from reports.builders.charts.palette import ACCENT, INK, PAPER, SIGNAL, Paint, paint
from reports.builders.charts.spoken import listed, sentences
from reports.builders.charts.svg import diamond, dot, drawing, label, line, polyline
from reports.builders.language import Language
from reports.builders.wording import say

WIDE = 480.0
MOST_POINTS = 300
SPOKEN = 20
_SIZE = 9.5
_GAP = 12.0


@dataclass(frozen=True)
class Plotted:
    """Points with centre line and limits for each of them, all of one length.

    ``numbers`` are the numbers of the points, counted from 1; ``signals`` the rules that flag a number.
    """

    numbers: Sequence[int]
    points: Sequence[float]
    centre: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]
    signals: Mapping[int, Sequence[str]] = field(default_factory=dict)


def control_chart(plotted: Plotted, *, key: str, title: str, language: Language, width: float = 640) -> str:
    """Beyond ``MOST_POINTS`` points only the extremes and the signals of each stretch are drawn."""
    names = _names(plotted, language)
    area = _area(plotted, room_for([text for text, _ in names], _SIZE), width)
    kept = _kept(plotted)
    shapes = [_values_axis(area)]
    shapes += [_stair(area, plotted, row, *style) for row, style in _lines(plotted)]
    shapes += [_path(area, plotted, kept), *_dots(area, plotted, kept), *_signals(area, plotted, kept)]
    shapes += [*_line_names(area, names), bottom_axis(area, 8 if width >= WIDE else 4)]
    key_shapes, key_height = _legend(bool(plotted.signals), language, area, width)
    return drawing(
        *shapes,
        key_shapes,
        key=key,
        title=title,
        description=control_description(plotted, language),
        width=width,
        height=area.bottom + 26 + key_height,
        language=language,
    )


def control_description(plotted: Plotted, language: Language) -> str:
    """Centre, limits, and the points with signals, the first twenty by number and rule."""
    lower, upper, centre = (f"{row[-1]:.6g}" for row in (plotted.lower, plotted.upper, plotted.centre))
    said = say(language, "control_says", n=len(plotted.points), centre=centre, lower=lower, upper=upper)
    varying = say(language, "control_varying") if _varies(plotted.upper) or _varies(plotted.lower) else ""
    if not plotted.signals:
        return sentences((said, varying, say(language, "control_no_signal")), language)
    named = [
        say(language, "control_point", point=number, rules=", ".join(rules))
        for number, rules in sorted(plotted.signals.items())
    ]
    more = [say(language, "control_more", count=len(named) - SPOKEN)] if len(named) > SPOKEN else []
    signals = say(language, "control_signals", signals=listed([*named[:SPOKEN], *more], language))
    return sentences((said, varying, signals), language)


def _varies(row: Sequence[float]) -> bool:
    return min(row) != max(row)


def _area(plotted: Plotted, right: float, width: float) -> Area:
    up = span_of([*plotted.points, *plotted.lower, *plotted.upper]).widened(0.12)
    across = Span(plotted.numbers[0] - 0.7, plotted.numbers[-1] + 0.7)
    left = room_for(tick_texts(ticks(up, 5))) + 10
    return Area(left, 8, width - left - right - 10, 200.0 if width >= WIDE else 160.0, across, up)


def _values_axis(area: Area) -> str:
    values = ticks(area.up, 5)
    return left_axis(area, values, tick_texts(values))


def _names(plotted: Plotted, language: Language) -> list[tuple[str, float]]:
    """What stands at the right end of the three lines, from the top."""
    rows = (("ucl_short", plotted.upper), ("cl_short", plotted.centre), ("lcl_short", plotted.lower))
    return [(say(language, name, value=f"{row[-1]:.5g}"), row[-1]) for name, row in rows]


def _line_names(area: Area, names: Sequence[tuple[str, float]]) -> list[str]:
    """Names at the height of their lines, pushed apart where the lines lie close."""
    heights = [area.y(value) for _, value in names]
    for above in range(len(heights) - 1):
        heights[above + 1] = max(heights[above + 1], heights[above] + _GAP)
    over = max(heights[-1] - area.bottom, 0)
    inks = (SIGNAL, INK, SIGNAL)
    return [
        label(area.right + 5, y - over + 3.4, text, size=_SIZE, ink=ink, weight=700)
        for (text, _), y, ink in zip(names, heights, inks, strict=True)
    ]


def _lines(plotted: Plotted) -> list[tuple[Sequence[float], tuple[Paint, str]]]:
    limit = (SIGNAL, "6 3")
    return [(plotted.centre, (INK, "")), (plotted.lower, limit), (plotted.upper, limit)]


def _stair(area: Area, plotted: Plotted, row: Sequence[float], ink: Paint, dash: str) -> str:
    """One straight line, or steps half way between the points where the limits vary."""
    if not _varies(row):
        y = area.y(row[0])
        return line(area.left, y, area.right, y, ink=ink, width=1.4, dash=dash)
    corners: list[tuple[float, float]] = []
    for number, value in zip(plotted.numbers, row, strict=True):
        corners += [(area.x(number - 0.5), area.y(value)), (area.x(number + 0.5), area.y(value))]
    return polyline(corners, stroke_width=1.4, stroke_dasharray=dash, **paint(stroke=ink))


def _kept(plotted: Plotted) -> list[int]:
    """Positions of the points to draw: all, or of each stretch the lowest, the highest and the first signal."""
    count = len(plotted.points)
    if count <= MOST_POINTS:
        return list(range(count))
    edges = [count * part // (MOST_POINTS // 2) for part in range(MOST_POINTS // 2 + 1)]
    kept: set[int] = set()
    for start, end in pairwise(edges):
        stretch = range(start, end)
        kept |= {min(stretch, key=plotted.points.__getitem__), max(stretch, key=plotted.points.__getitem__)}
        kept |= set([spot for spot in stretch if plotted.numbers[spot] in plotted.signals][:1])
    return sorted(kept)


def _path(area: Area, plotted: Plotted, kept: Sequence[int]) -> str:
    spots = [(area.x(plotted.numbers[spot]), area.y(plotted.points[spot])) for spot in kept]
    return polyline(spots, stroke_width=1.2, stroke_linejoin="round", **paint(stroke=ACCENT))


def _dots(area: Area, plotted: Plotted, kept: Sequence[int]) -> list[str]:
    """Dots while there is room for them."""
    if area.width / len(kept) < 4:
        return []
    return [
        dot(area.x(plotted.numbers[spot]), area.y(plotted.points[spot]), 2.6, fill=ACCENT, edge=PAPER)
        for spot in kept
        if plotted.numbers[spot] not in plotted.signals
    ]


def _signals(area: Area, plotted: Plotted, kept: Sequence[int]) -> list[str]:
    """A diamond on each flagged point, and its rules above or below where no other text stands."""
    shapes, texts, ends = [], [], {True: -1.0, False: -1.0}
    for spot in kept:
        rules = plotted.signals.get(plotted.numbers[spot])
        if not rules:
            continue
        x, y = area.x(plotted.numbers[spot]), area.y(plotted.points[spot])
        shapes.append(diamond(x, y, 5))
        above, words = plotted.points[spot] >= plotted.centre[spot], " ".join(rules)
        half = text_width(words, 8) / 2
        middle = min(max(x, area.left + half), area.right - half)
        if middle - half > ends[above]:
            texts.append(label(middle, y - 9 if above else y + 16, words, size=8, ink=SIGNAL, anchor="middle"))
            ends[above] = middle + half + 3
    return [*shapes, *texts]


def _legend(signals: bool, language: Language, area: Area, width: float) -> tuple[str, float]:
    entries = [
        (lambda x, y: dot(x + 9, y, 2.6, fill=ACCENT, edge=PAPER), "control_legend_point"),
        (lambda x, y: line(x, y, x + 18, y, ink=SIGNAL, width=1.4, dash="6 3"), "control_legend_limit"),
    ]
    if signals:
        entries.append((lambda x, y: diamond(x + 9, y, 5), "control_legend_signal"))
    said = [(symbol, say(language, words)) for symbol, words in entries]
    return legend(said, left=0, top=area.bottom + 22, width=width)
