"""How the firms of a group spread over the scale of 0 to 100, in bins of five points, with quartiles and mean."""

from collections.abc import Sequence

from reports.builders.charts.axes import SIZE, Area, Span, bottom_axis
from reports.builders.charts.legend import Symbol, legend
from reports.builders.charts.palette import ACCENT, ACCENT_MID, MUTED, PAPER, RULE, SIGNAL
from reports.builders.charts.spoken import sentences
from reports.builders.charts.spreads import Spread, spreads_description
from reports.builders.charts.svg import box, drawing, label, line
from reports.builders.language import Language
from reports.builders.wording import say

_TOP = 14.0
_HEIGHT = 150.0
_LEFT = 40.0


def score_bins(
    counts: Sequence[int], spread: Spread, *, key: str, title: str, language: Language, width: float = 640
) -> str:
    """A column a bin, as high as its share of firms; upright marks at the quartiles and the mean."""
    total = sum(counts) or 1
    highest = max(max(counts) / total, 0.05) * 1.08
    area = Area(_LEFT, _TOP, width - _LEFT - 14, _HEIGHT, Span(0.0, 100.0), Span(0.0, highest))
    shapes = [_grid(area), *_columns(counts, total, area), bottom_axis(area, 10 if width >= 480 else 5)]
    shapes += _marks(spread, area)
    named, more = legend(_symbols(language), left=0, top=area.bottom + 26, width=width)
    return drawing(
        *shapes,
        named,
        key=key,
        title=title,
        description=score_bins_description(counts, spread, language),
        width=width,
        height=area.bottom + 26 + more,
        language=language,
    )


def score_bins_description(counts: Sequence[int], spread: Spread, language: Language) -> str:
    """Quartiles and mean, then where most firms stand."""
    wide = 100 // len(counts)
    fullest = max(range(len(counts)), key=lambda place: counts[place])
    most = say(language, "rel_bins_most", low=fullest * wide, high=fullest * wide + wide)
    return sentences((say(language, "rel_sentence", text=spreads_description([spread], language)), most), language)


def _grid(area: Area) -> str:
    step = 0.05 if area.up.high <= 0.3 else 0.2
    shares = [step * number for number in range(int(area.up.high / step) + 1)]
    return "".join(
        line(area.left, area.y(share), area.right, area.y(share), ink=RULE)
        + label(area.left - 6, area.y(share) + 3, f"{share * 100:.0f}%", size=SIZE, ink=MUTED, anchor="end")
        for share in shares
    )


def _columns(counts: Sequence[int], total: int, area: Area) -> list[str]:
    wide = 100 / len(counts)
    return [
        box(
            area.x(place * wide) + 1,
            area.y(count / total),
            area.width / len(counts) - 2,
            area.bottom - area.y(count / total),
            ACCENT_MID,
        )
        for place, count in enumerate(counts)
        if count
    ]


def _marks(spread: Spread, area: Area) -> list[str]:
    upright = [
        line(area.x(score), area.top, area.x(score), area.bottom, ink=ACCENT, width=2, dash="" if place == 1 else "4 3")
        for place, score in enumerate(spread.quartiles or ())
    ]
    if spread.mean is None:
        return upright
    x = area.x(spread.mean)
    return [
        *upright,
        line(x, area.top, x, area.bottom, ink=PAPER, width=5),
        line(x, area.top, x, area.bottom, ink=SIGNAL, width=2.4),
    ]


def _symbols(language: Language) -> list[tuple[Symbol, str]]:
    return [
        (lambda x, y: box(x, y - 6, 20, 12, ACCENT_MID), say(language, "rel_legend_firms")),
        (
            lambda x, y: line(x + 10, y - 7, x + 10, y + 7, ink=ACCENT, width=2, dash="4 3"),
            say(language, "rel_legend_quartiles"),
        ),
        (lambda x, y: line(x + 10, y - 7, x + 10, y + 7, ink=ACCENT, width=2), say(language, "rel_legend_median")),
        (lambda x, y: line(x + 10, y - 7, x + 10, y + 7, ink=SIGNAL, width=2.4), say(language, "rel_legend_mean_line")),
    ]
