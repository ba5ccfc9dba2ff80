"""Measured values on normal probability paper: straight where the values are normal."""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from firms.later import later
from reports.builders.charts.axes import Area, Span, bottom_axis, left_axis, room_for, span_of
from reports.builders.charts.legend import legend
from reports.builders.charts.palette import ACCENT, PAPER, SIGNAL
from reports.builders.charts.spoken import sentences
from reports.builders.charts.svg import dot, drawing, line
from reports.builders.language import Language
from reports.builders.measured import Scores
from reports.builders.wording import say

special = later("scipy.special")

WIDE = 480.0
MOST_POINTS = 200
WHOLE_ENDS = 20
CROWDED = 40
_PERCENTS = (0.1, 1, 5, 20, 50, 80, 95, 99, 99.9)
_NORMAL = NormalDist()


def probability_plot(values: ArrayLike, *, key: str, title: str, language: Language, width: float = 640) -> str:
    """Ordered values across, the normal score of their median rank (i - 0.3) / (n + 0.4) up (Benard 1953)."""
    return probability_plot_of(scored(values), key=key, title=title, language=language, width=width)


def scored(values: ArrayLike) -> Scores:
    """Value and normal score, rising; of many values a selection that keeps both ends whole."""
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    n = ordered.size
    ranks = special.ndtri((np.arange(n) + 0.7) / (n + 0.4))
    mean, sigma = float(ordered.mean()), float(ordered.std(ddof=1)) if n > 1 else 0.0
    drawn = _drawn(n)
    return Scores(
        n=n,
        mean=mean,
        sigma=sigma,
        far=float(np.abs((ordered - mean) / sigma - ranks).max()) if sigma else 0.0,
        values=tuple(ordered[drawn].tolist()),
        scores=tuple(ranks[drawn].tolist()),
    )


def _drawn(n: int) -> NDArray[np.int64]:
    """Positions of the values to draw."""
    if n <= MOST_POINTS:
        return np.arange(n)
    spots = np.linspace(0, n - 1, MOST_POINTS - 2 * WHOLE_ENDS).astype(np.int64)
    return np.unique(np.concatenate([np.arange(WHOLE_ENDS), spots, np.arange(n - WHOLE_ENDS, n)]))


def probability_plot_of(found: Scores, *, key: str, title: str, language: Language, width: float = 640) -> str:
    """Values that have their scores already."""
    points = list(zip(found.values, found.scores, strict=True))
    score = max(abs(found.scores[0]), abs(found.scores[-1]), 1.7) + 0.25
    ends = ((found.mean - score * found.sigma, -score), (found.mean + score * found.sigma, score))
    left = room_for([f"{percent}%" for percent in _PERCENTS]) + 10
    across = span_of([found.values[0], found.values[-1]]).widened(0.05)
    area = Area(left, 8, width - left - 8, 200.0 if width >= WIDE else 170.0, across, Span(-score, score))
    shapes = [_percents(area), _normal_line(area, *ends)]
    # Where dots overlap, light edges would cover them one after another.
    reach, edge = (2.8, PAPER) if len(points) <= CROWDED else (1.6, ACCENT)
    shapes += [dot(area.x(value), area.y(z), reach, fill=ACCENT, edge=edge) for value, z in points]
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
        description=scores_description(found, language),
        width=width,
        height=area.bottom + 26 + key_height,
        language=language,
    )


def probability_description(values: ArrayLike, language: Language) -> str:
    return scores_description(scored(values), language)


def scores_description(found: Scores, language: Language) -> str:
    """How many values, and how far the worst of them lies from the line."""
    said = (
        say(language, "probability_says", n=found.n),
        say(language, "probability_far", distance=f"{found.far:.2f}"),
        scores_note(found, language),
    )
    return sentences(said, language)


def scores_note(found: Scores, language: Language) -> str:
    """Says so where not every value is drawn."""
    drawn = len(found.values)
    if drawn == found.n:
        return ""
    return say(language, "probability_thinned", n=f"{found.n:,}", drawn=drawn, ends=WHOLE_ENDS)


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
