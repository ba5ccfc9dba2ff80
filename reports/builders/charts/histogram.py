"""Measured values as a histogram with their specification limits and, over it, the fitted curve."""

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reports.builders.charts.axes import Area, Span, bottom_axis, left_axis, room_for, span_of, tick_texts, ticks
from reports.builders.charts.legend import legend
from reports.builders.charts.lettering import text_width
from reports.builders.charts.palette import ACCENT_MID, INK, PAPER, SIGNAL, Paint, paint
from reports.builders.charts.spoken import listed, sentences
from reports.builders.charts.svg import box, drawing, label, line, polyline
from reports.builders.language import Language
from reports.builders.measured import Bins, Marks
from reports.builders.wording import say

WIDE = 480.0
MOST_BINS = 40
_SIZE = 10.0
_ROW = 15.0


def histogram(
    values: ArrayLike,
    marks: Marks,
    *,
    key: str,
    title: str,
    language: Language,
    width: float = 640,
    curve: Sequence[tuple[float, float]] = (),
) -> str:
    """Counts in bins of equal width, the limits as upright lines with their names above.

    Args:
        curve: (value, density) of the fitted distribution, rising in value; the area under a density is 1.
    """
    return histogram_of(binned(values, marks, curve), key=key, title=title, language=language, width=width)


def binned(values: ArrayLike, marks: Marks, curve: Sequence[tuple[float, float]] = ()) -> Bins:
    """The values in bins, however many they are. A density without bound has no height and is left out."""
    array = np.asarray(values, dtype=np.float64)
    counts, edges = np.histogram(array, bins=_bins(array))
    below = 0 if marks.lsl is None else int((array < marks.lsl).sum())
    above = 0 if marks.usl is None else int((array > marks.usl).sum())
    return Bins(
        n=array.size,
        low=float(array.min()),
        high=float(array.max()),
        outside=below + above,
        counts=tuple(counts.tolist()),
        edges=tuple(edges.tolist()),
        marks=marks,
        curve=tuple((x, y) for x, y in curve if isfinite(y)),
    )


def histogram_of(bins: Bins, *, key: str, title: str, language: Language, width: float = 640) -> str:
    """Values that stand in bins already."""
    marks, density = bins.marks, bins.n * (bins.edges[1] - bins.edges[0])
    heights = [(x, y * density) for x, y in bins.curve]
    across = span_of([*bins.edges, *(value for _, value in marks.given)]).widened(0.04)
    area = _area(across, max([float(max(bins.counts)), *(y for _, y in heights)]), _rows(marks, across, width), width)
    shapes = [_counts_axis(area), *_bars(area, bins), _curve(area, heights)]
    shapes += [*_limits(area, marks, language, width), bottom_axis(area, 8 if width >= WIDE else 5)]
    key_shapes, key_height = _legend(marks, bool(heights), language, area, width)
    return drawing(
        *shapes,
        key_shapes,
        key=key,
        title=title,
        description=bins_description(bins, language),
        width=width,
        height=area.bottom + 26 + key_height,
        language=language,
    )


def histogram_description(values: ArrayLike, marks: Marks, language: Language) -> str:
    return bins_description(binned(values, marks), language)


def bins_description(bins: Bins, language: Language) -> str:
    """How many values lie between which ends, the limits, and how many values lie beyond them."""
    said = say(language, "histogram_says", n=bins.n, low=f"{bins.low:.6g}", high=f"{bins.high:.6g}")
    if not bins.marks.given:
        return said
    named = listed((say(language, name, value=f"{value:.6g}") for name, value in bins.marks.given), language)
    limits = say(language, "histogram_limits", limits=named)
    return sentences((said, limits, say(language, "histogram_outside", count=bins.outside)), language)


def _bins(values: NDArray[np.float64]) -> int:
    """Freedman and Diaconis (1981): 2 IQR / n^(1/3) wide; by Sturges where the quartiles coincide."""
    spread = float(np.ptp(values))
    wide = 2 * float(np.subtract(*np.percentile(values, (75, 25)))) / values.size ** (1 / 3)
    count = spread / wide if wide > 0 else np.log2(values.size) + 1
    return int(min(max(np.ceil(count), 5), MOST_BINS))


def _area(across: Span, top: float, rows: int, width: float) -> Area:
    left = room_for(_whole(top)[1]) + 10
    head = 8 + rows * _ROW
    return Area(left, head, width - left - 8, 190.0 if width >= WIDE else 150.0, across, Span(0.0, top * 1.05))


def _whole(top: float) -> tuple[list[float], list[str]]:
    """Ticks of counts, which are whole numbers."""
    values = [value for value in ticks(Span(0.0, top * 1.05), 5) if value == int(value)]
    return values, tick_texts(values)


def _counts_axis(area: Area) -> str:
    values, texts = _whole(area.up.high / 1.05)
    return left_axis(area, values, texts)


def _bars(area: Area, bins: Bins) -> list[str]:
    return [
        box(
            area.x(left) + 0.5, area.y(count), area.x(right) - area.x(left) - 1, area.bottom - area.y(count), ACCENT_MID
        )
        for count, (left, right) in zip(bins.counts, pairwise(bins.edges), strict=True)
        if count
    ]


def _curve(area: Area, heights: Sequence[tuple[float, float]]) -> str:
    inside = [(area.x(x), area.y(y)) for x, y in heights if area.across.low <= x <= area.across.high]
    return polyline(inside, stroke_width=2, stroke_linejoin="round", **paint(stroke=INK)) if len(inside) > 1 else ""


def _style(name: str) -> tuple[Paint, str]:
    """Colour and dash: the limits whole, the target broken."""
    return (INK, "4 3") if name == "target_short" else (SIGNAL, "")


def _places(marks: Marks, across: Span, width: float, language: Language) -> list[tuple[str, float, str, float, int]]:
    """Name, value, text, middle of the text and row for each mark; a text that finds no room goes a row down."""
    places, ends = [], [-1.0] * 3
    left, length = 40.0, width - 48.0
    for name, value in marks.given:
        text = say(language, name, value=f"{value:.6g}")
        half = text_width(text, _SIZE) / 2
        x = min(max(left + length * across.part(value), half + 1), width - half - 1)
        row = next((row for row, end in enumerate(ends) if x - half > end + 6), len(ends) - 1)
        ends[row] = x + half
        places.append((name, value, text, x, row))
    return places


def _rows(marks: Marks, across: Span, width: float) -> int:
    """Rows above the area for the names of the marks, as many as either language needs."""
    rows = [place[-1] + 1 for language in ("zh-hans", "en") for place in _places(marks, across, width, language)]
    return max(rows, default=0)


def _limits(area: Area, marks: Marks, language: Language, width: float) -> list[str]:
    shapes = []
    for name, value, text, middle, row in _places(marks, area.across, width, language):
        colour, dash = _style(name)
        x, y = area.x(value), 4 + (row + 0.7) * _ROW
        shapes.append(line(x, y + 4, x, area.bottom, ink=PAPER, width=4))
        shapes.append(line(x, y + 4, x, area.bottom, ink=colour, width=2, dash=dash))
        shapes.append(label(middle, y, text, size=_SIZE, ink=colour, anchor="middle", weight=700))
    return shapes


def _legend(marks: Marks, curve: bool, language: Language, area: Area, width: float) -> tuple[str, float]:
    entries = [(lambda x, y: box(x, y - 5, 18, 10, ACCENT_MID), "histogram_legend_values")]
    if curve:
        entries.append((lambda x, y: line(x, y, x + 18, y, ink=INK, width=2), "histogram_legend_curve"))
    if marks.lsl is not None or marks.usl is not None:
        entries.append((lambda x, y: line(x + 9, y - 7, x + 9, y + 7, ink=SIGNAL, width=2), "histogram_legend_limit"))
    if marks.target is not None:
        dashed = lambda x, y: line(x + 9, y - 7, x + 9, y + 7, ink=INK, width=2, dash="4 3")  # noqa: E731
        entries.append((dashed, "histogram_legend_target"))
    said = [(symbol, say(language, words)) for symbol, words in entries]
    return legend(said, left=0, top=area.bottom + 22, width=width)
