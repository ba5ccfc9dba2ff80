"""A control chart: points in their order, centre line and limits, and every signal marked by shape and rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reports.builders.charts.axes import Area, Span, bottom_axis, left_axis, room_for, span_of, tick_texts, ticks
from reports.builders.charts.legend import legend
from reports.builders.charts.lettering import text_width
from reports.builders.charts.palette import ACCENT, INK, PAPER, SIGNAL, Paint, paint
from reports.builders.charts.spoken import listed, sentences
from reports.builders.charts.svg import diamond, dot, drawing, label, line, polyline
from reports.builders.language import Language
from reports.builders.measured import Flag, Points
from reports.builders.wording import say

WIDE = 480.0
MOST_POINTS = 300
STRETCHES = MOST_POINTS // 2
SPOKEN = 20
# More diamonds than these would cover the line.
CROWDED = 60
_SIZE = 9.5
_GAP = 12.0


@dataclass(frozen=True)
class Plotted:
    """Points with centre line and limits for each of them, all of one length.

    ``numbers`` are the numbers of the points, counted from 1; ``signals`` the rules that flag a number.
    """

    numbers: Sequence[int] | NDArray[np.int64]
    points: Sequence[float] | NDArray[np.float64]
    centre: Sequence[float] | NDArray[np.float64]
    lower: Sequence[float] | NDArray[np.float64]
    upper: Sequence[float] | NDArray[np.float64]
    signals: Mapping[int, Sequence[str]] = field(default_factory=dict)


def control_chart(plotted: Plotted, *, key: str, title: str, language: Language, width: float = 640) -> str:
    """Beyond ``MOST_POINTS`` points only the extremes and the first signal of each stretch are drawn."""
    return control_chart_of(thinned(plotted), key=key, title=title, language=language, width=width)


def thinned(plotted: Plotted, kind: str = "") -> Points:
    """The points to draw: all, or of each stretch the lowest, the highest and the first signal, and both ends."""
    rows = [np.asarray(row) for row in (plotted.points, plotted.centre, plotted.lower, plotted.upper)]
    numbers, flagged = np.asarray(plotted.numbers), sorted(plotted.signals)
    kept = _kept(numbers, rows[0], np.isin(numbers, flagged))
    told = sorted({*flagged[:SPOKEN], *(set(numbers[kept].tolist()) & plotted.signals.keys())})
    points, centre, lower, upper = (tuple(row[kept].tolist()) for row in rows)
    return Points(
        kind=kind,
        count=numbers.size,
        flagged=len(flagged),
        varying=any(bool(np.ptp(row) > 0) for row in rows[2:]),
        numbers=tuple(numbers[kept].tolist()),
        points=points,
        centre=centre,
        lower=lower,
        upper=upper,
        flags=tuple(Flag(number=number, rules=tuple(plotted.signals[number])) for number in told),
    )


def _kept(numbers: NDArray[np.int64], points: NDArray[np.float64], flagged: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Positions of the points to draw."""
    count = numbers.size
    if count <= MOST_POINTS:
        return np.arange(count)
    edges = [count * part // STRETCHES for part in range(STRETCHES + 1)]
    kept = {0, count - 1}
    for start, end in pairwise(edges):
        kept |= {start + int(points[start:end].argmin()), start + int(points[start:end].argmax())}
        signals = flagged[start:end]
        kept |= {start + int(signals.argmax())} if signals.any() else set()
    return np.array(sorted(kept))


def control_chart_of(plotted: Points, *, key: str, title: str, language: Language, width: float = 640) -> str:
    """Points that are chosen already."""
    names = _names(plotted, language)
    area = _area(plotted, room_for([text for text, _ in names], _SIZE), width)
    shapes = [_values_axis(area)]
    shapes += [_stair(area, plotted, row, *style) for row, style in _lines(plotted)]
    shapes += [_path(area, plotted), *_dots(area, plotted), *_signals(area, plotted, language)]
    shapes += [*_line_names(area, names), bottom_axis(area, 8 if width >= WIDE else 4)]
    key_shapes, key_height = _legend(bool(plotted.flags), language, area, width)
    return drawing(
        *shapes,
        key_shapes,
        key=key,
        title=title,
        description=points_description(plotted, language),
        width=width,
        height=area.bottom + 26 + key_height,
        language=language,
    )


def control_description(plotted: Plotted, language: Language) -> str:
    return points_description(thinned(plotted), language)


def points_description(plotted: Points, language: Language) -> str:
    """Centre, limits, and the points with signals, the first twenty by number and rule."""
    lower, upper, centre = (f"{row[-1]:.6g}" for row in (plotted.lower, plotted.upper, plotted.centre))
    said = say(language, "control_says", n=plotted.count, centre=centre, lower=lower, upper=upper)
    varying = say(language, "control_varying") if plotted.varying else ""
    parts = (said, varying, _spoken_signals(plotted, language), points_note(plotted, language))
    return sentences(parts, language)


def _spoken_signals(plotted: Points, language: Language) -> str:
    if not plotted.flags:
        return say(language, "control_no_signal")
    named = [
        say(language, "control_point", point=flag.number, rules=", ".join(_rule(rule, language) for rule in flag.rules))
        for flag in plotted.flags[:SPOKEN]
    ]
    left = plotted.flagged - len(named)
    more = [say(language, "control_more", count=left)] if left else []
    return say(language, "control_signals", signals=listed([*named, *more], language))


def _rule(rule: str, language: Language) -> str:
    """WE1 and the like as they are; a point beyond the limits of a spread chart has no rule with a number."""
    return say(language, "control_beyond") if rule == "limit" else rule


def points_note(plotted: Points, language: Language) -> str:
    """Says so where not every point is drawn."""
    drawn = len(plotted.numbers)
    if drawn == plotted.count:
        return ""
    return say(language, "control_thinned", n=f"{plotted.count:,}", drawn=drawn, stretches=STRETCHES)


def _varies(row: Sequence[float]) -> bool:
    return min(row) != max(row)


def _area(plotted: Points, right: float, width: float) -> Area:
    up = span_of([*plotted.points, *plotted.lower, *plotted.upper]).widened(0.12)
    across = Span(plotted.numbers[0] - 0.7, plotted.numbers[-1] + 0.7)
    left = room_for(tick_texts(ticks(up, 5))) + 10
    return Area(left, 8, width - left - right - 10, 200.0 if width >= WIDE else 160.0, across, up)


def _values_axis(area: Area) -> str:
    values = ticks(area.up, 5)
    return left_axis(area, values, tick_texts(values))


def _names(plotted: Points, language: Language) -> list[tuple[str, float]]:
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


def _lines(plotted: Points) -> list[tuple[Sequence[float], tuple[Paint, str]]]:
    limit = (SIGNAL, "6 3")
    return [(plotted.centre, (INK, "")), (plotted.lower, limit), (plotted.upper, limit)]


def _stair(area: Area, plotted: Points, row: Sequence[float], ink: Paint, dash: str) -> str:
    """One straight line, or steps half way between the points where the limits vary."""
    if not _varies(row):
        y = area.y(row[0])
        return line(area.left, y, area.right, y, ink=ink, width=1.4, dash=dash)
    corners: list[tuple[float, float]] = []
    for number, value in zip(plotted.numbers, row, strict=True):
        corners += [(area.x(number - 0.5), area.y(value)), (area.x(number + 0.5), area.y(value))]
    return polyline(corners, stroke_width=1.4, stroke_dasharray=dash, **paint(stroke=ink))


def _path(area: Area, plotted: Points) -> str:
    spots = [(area.x(number), area.y(point)) for number, point in zip(plotted.numbers, plotted.points, strict=True)]
    return polyline(spots, stroke_width=1.2, stroke_linejoin="round", **paint(stroke=ACCENT))


def _dots(area: Area, plotted: Points) -> list[str]:
    """Dots while there is room for them."""
    if area.width / len(plotted.numbers) < 4:
        return []
    flagged = plotted.rules
    return [
        dot(area.x(number), area.y(point), 2.6, fill=ACCENT, edge=PAPER)
        for number, point in zip(plotted.numbers, plotted.points, strict=True)
        if number not in flagged
    ]


def _signals(area: Area, plotted: Points, language: Language) -> list[str]:
    """A diamond on each flagged point, and its rules above or below where no other text stands."""
    shapes, texts, ends, flagged = [], [], {True: -1.0, False: -1.0}, plotted.rules
    reach = 5.0 if len(flagged) <= CROWDED else 3.0
    for number, point, centre in zip(plotted.numbers, plotted.points, plotted.centre, strict=True):
        if number not in flagged:
            continue
        x, y, above, words = (
            area.x(number),
            area.y(point),
            point >= centre,
            " ".join(_rule(rule, language) for rule in flagged[number]),
        )
        shapes.append(diamond(x, y, reach))
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
