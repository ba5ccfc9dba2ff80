"""Where the middle half of a group's firms lies on a scale of 0 to 100, in rows: quartiles, median and mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.builders.charts.legend import Symbol, legend
from reports.builders.charts.lettering import text_width
from reports.builders.charts.palette import ACCENT, ACCENT_MID, ACCENT_TINT, PAPER
from reports.builders.charts.rows import SIZE, name_above, name_beside, scale
from reports.builders.charts.spoken import listed
from reports.builders.charts.svg import box, dot, drawing, empty_track, label, line
from reports.builders.formatting import score_text
from reports.builders.language import Language
from reports.builders.wording import say

WIDE = 480.0
_VALUE = 46.0


@dataclass(frozen=True)
class Spread:
    """One row. ``quartiles`` and ``mean`` are None where the group is not shown."""

    title: str
    quartiles: tuple[float, float, float] | None
    mean: float | None


@dataclass(frozen=True)
class _Layout:
    width: float
    wide: bool
    left: float
    length: float
    row: float

    def x(self, score: float) -> float:
        return self.left + self.length * min(max(score, 0), 100) / 100


def spreads(rows: Sequence[Spread], *, key: str, title: str, language: Language, width: float = 640) -> str:
    """One row a group or dimension; the number at its end is the mean."""
    layout = _layout(rows, width)
    bottom = 4 + len(rows) * layout.row
    shapes = [scale(lambda share: layout.x(share * 100), bottom)]
    shapes += [_row(one, 4 + place * layout.row, layout, language) for place, one in enumerate(rows)]
    named, more = legend(_symbols(language), left=0, top=bottom + 22, width=width)
    return drawing(
        *shapes,
        named,
        key=key,
        title=title,
        description=spreads_description(rows, language),
        width=width,
        height=bottom + 22 + more,
        language=language,
    )


def spreads_description(rows: Sequence[Spread], language: Language) -> str:
    """Every row in words."""
    return listed((_spoken(one, language) for one in rows), language)


def _spoken(one: Spread, language: Language) -> str:
    if one.quartiles is None:
        return say(language, "value_of", name=one.title, value=say(language, "rel_no_figure"))
    low, middle, high = (f"{score:.0f}" for score in one.quartiles)
    mean = say(language, "rel_no_figure") if one.mean is None else mean_text(one.mean, language)
    return say(language, "rel_spread", name=one.title, low=low, middle=middle, high=high, mean=mean)


def mean_text(mean: float, language: Language) -> str:
    """A whole number was rounded on purpose and stays one."""
    return str(mean) if isinstance(mean, int) else score_text(mean, language)


def _symbols(language: Language) -> list[tuple[Symbol, str]]:
    return [
        (lambda x, y: box(x, y - 6, 20, 12, ACCENT_TINT, radius=2), say(language, "rel_legend_half")),
        (lambda x, y: line(x + 10, y - 7, x + 10, y + 7, ink=ACCENT, width=2.4), say(language, "rel_legend_median")),
        (lambda x, y: dot(x + 10, y, 4, fill=PAPER, edge=ACCENT), say(language, "rel_legend_mean")),
    ]


def _layout(rows: Sequence[Spread], width: float) -> _Layout:
    wide = width >= WIDE
    left = min(max((text_width(one.title, SIZE) for one in rows), default=0) + 16, width * 0.34) if wide else 6.0
    return _Layout(width, wide, left, width - left - _VALUE, 32.0 if wide else 46.0)


def _row(one: Spread, top: float, layout: _Layout, language: Language) -> str:
    y = top + layout.row * (0.5 if layout.wide else 0.7)
    name = name_beside(one.title, y, layout.left - 12) if layout.wide else name_above(one.title, top, layout.width)
    return name + _figures(one, y, layout, language)


def _figures(one: Spread, y: float, layout: _Layout, language: Language) -> str:
    if one.quartiles is None:
        return empty_track(layout.left, y - 6, layout.length, 12, say(language, "rel_no_figure"))
    low, middle, high = (layout.x(score) for score in one.quartiles)
    half = box(low, y - 7, high - low, 14, ACCENT_TINT, radius=2) + line(low, y, high, y, ink=ACCENT_MID)
    median = line(middle, y - 9, middle, y + 9, ink=ACCENT, width=2.4)
    if one.mean is None:
        return half + median
    value = label(
        layout.left + layout.length + 10, y + SIZE * 0.36, mean_text(one.mean, language), size=SIZE, weight=700
    )
    return half + median + dot(layout.x(one.mean), y, 4.2, fill=PAPER, edge=ACCENT) + value
