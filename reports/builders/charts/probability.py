"""Measured values on normal probability paper: straight where the values are normal."""

from statistics import NormalDist, fmean, stdev

import numpy as np
from numpy.typing import ArrayLike

from reports.builders.charts.axes import Area, Span, bottom_axis, left_axis, room_for, span_of
from reports.builders.charts.legend import legend
from reports.builders.charts.palette import ACCENT, PAPER, SIGNAL
from reports.builders.charts.spoken import sentences
from reports.builders.charts.svg import dot, drawing, line
from reports.builders.language import Language
from reports.builders.wording import say

WIDE = 480.0
MOST_POINTS = 200
_PERCENTS = (0.1, 1, 5, 20, 50, 80, 95, 99, 99.9)
_NORMAL = NormalDist()


def probability_plot(values: ArrayLike, *, key: str, title: str, language: Language, width: float = 640) -> str:
    """Ordered values across, the normal score of their median rank (i - 0.3) / (n + 0.4) up (Benard 1953)."""
    points = _points(values)
    mean, sigma = _moments(values)
    score = max(abs(points[0][1]), abs(points[-1][1]), 1.7) + 0.25
    ends = ((mean - score * sigma, -score), (mean + score * sigma, score))
    left = room_for([f"{percent}%" for percent in _PERCENTS]) + 10
    across = span_of([points[0][0], points[-1][0]]).widened(0.05)
    area = Area(left, 8, width - left - 8, 200.0 if width >= WIDE else 170.0, across, Span(-score, score))
    shapes = [_percents(area), _normal_line(area, *ends)]
    shapes += [dot(area.x(value), area.y(z), 2.8, fill=ACCENT, edge=PAPER) for value, z in points]
    shapes.append(bottom_axis(area, 8 if width >= WIDE else 5))
    entries = [
        (lambda x, y: dot(x + 9, y, 2.8, fill=ACCENT, edge=PAPER), say(language, "probability_legend_point")),
        (lambda x, y: line(x, y, x + 18, y, ink=SIGNAL, width=1.6), say(language, "probability_legend_line")),
    ]
    key_shapes, key_height = legend(entries, left=0, top=area.bottom + 22, width=width)
    return drawing(
        *shapes,
        key_shapes,
        key=key,
        title=title,
        description=probability_description(values, language),
        width=width,
        height=area.bottom + 26 + key_height,
        language=language,
    )


def probability_description(values: ArrayLike, language: Language) -> str:
    """How many values, and how far the worst of them lies from the line."""
    mean, sigma = _moments(values)
    far = max(abs((value - mean) / sigma - z) for value, z in _points(values)) if sigma else 0.0
    count = np.asarray(values).size
    return sentences(
        (say(language, "probability_says", n=count), say(language, "probability_far", distance=f"{far:.2f}")), language
    )


def _moments(values: ArrayLike) -> tuple[float, float]:
    array = np.asarray(values, dtype=np.float64).tolist()
    return fmean(array), stdev(array) if len(array) > 1 else 0.0


def _points(values: ArrayLike) -> list[tuple[float, float]]:
    """Value and normal score, rising; of many values a selection that keeps both ends whole."""
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    n = ordered.size
    spots = np.arange(n)
    if n > MOST_POINTS:
        ends = np.concatenate([spots[:20], spots[-20:]])
        spots = np.unique(np.concatenate([ends, np.linspace(0, n - 1, MOST_POINTS - 40).astype(int)]))
    return [(float(ordered[spot]), _NORMAL.inv_cdf((spot + 0.7) / (n + 0.4))) for spot in spots.tolist()]


def _percents(area: Area) -> str:
    shown = [(_NORMAL.inv_cdf(percent / 100), f"{percent}%") for percent in _PERCENTS]
    inside = [(z, text) for z, text in shown if area.up.low <= z <= area.up.high]
    return left_axis(area, [z for z, _ in inside], [text for _, text in inside])


def _normal_line(area: Area, start: tuple[float, float], end: tuple[float, float]) -> str:
    """The line from one end to the other, cut where it leaves the area at either side."""
    (x1, z1), (x2, z2) = start, end
    if x1 == x2:
        return ""
    slope = (z2 - z1) / (x2 - x1)
    low, high = max(x1, area.across.low), min(x2, area.across.high)
    return line(
        area.x(low),
        area.y(z1 + slope * (low - x1)),
        area.x(high),
        area.y(z1 + slope * (high - x1)),
        ink=SIGNAL,
        width=1.6,
    )
