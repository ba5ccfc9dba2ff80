"""The charts of the results page, each drawn for a narrow and for a wide screen."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reports.builders import model as told
from reports.builders.charts.bars import Bar, bars
from reports.builders.charts.benchmark_strip import Strip, benchmark_strip
from reports.builders.charts.level_scale import Band, level_scale
from reports.builders.charts.radar import Axis, radar
from reports.builders.charts.trend import trend
from reports.trend import chart_moments

NARROW, WIDE = 340, 680


@dataclass(frozen=True)
class Chart:
    """One picture in two widths; the style sheet shows the one that fits."""

    narrow: SafeString
    wide: SafeString


@dataclass(frozen=True)
class ResultsPage:
    """The pictures of the results page."""

    scale: Chart
    radar: Chart | None
    bars: Chart
    strip: Chart | None
    trend: Chart | None


def results_page(model: told.ReportModel) -> ResultsPage:
    return ResultsPage(_scale(model), _radar(model), _bars(model), _strip(model), _trend(model))


def _chart(draw: Callable[[float, str], str], name: str, *, wide: float = WIDE) -> Chart:
    # The chart functions escape every text that they are given; nothing else may be marked safe.
    return Chart(
        mark_safe(draw(NARROW, f"{name}-narrow")),  # noqa: S308
        mark_safe(draw(wide, f"{name}-wide")),  # noqa: S308
    )


def _scale(model: told.ReportModel) -> Chart:
    bands = [Band(level.title, level.start) for level in model.levels]
    return _chart(
        lambda width, key: level_scale(
            bands,
            index=model.index,
            level=model.level.title if model.level else None,
            key=key,
            title=_("Index and maturity level"),
            language=model.language,
            width=width,
            top=model.index_top,
        ),
        "scale",
    )


def _radar(model: told.ReportModel) -> Chart | None:
    axes = [Axis(dimension.title, dimension.score) for dimension in model.dimensions]
    if len(axes) < 3:
        return None
    return _chart(
        lambda width, key: radar(axes, key=key, title=_("Dimensions"), language=model.language, width=width),
        "radar",
        wide=430,
    )


def _bars(model: told.ReportModel) -> Chart:
    rows = [Bar(dimension.title, dimension.score) for dimension in model.dimensions]
    return _chart(
        lambda width, key: bars(rows, key=key, title=_("Dimension scores"), language=model.language, width=width),
        "bars",
    )


def _trend(model: told.ReportModel) -> Chart | None:
    """Only where there is something before this assessment."""
    if not model.history:
        return None
    return _chart(
        lambda width, key: trend(
            chart_moments(model),
            key=key,
            title=_("Index over time"),
            language=model.language,
            width=width,
            top=model.index_top,
        ),
        "trend",
    )


def _strip(model: told.ReportModel) -> Chart | None:
    rows = [
        Strip(
            title=one.title,
            share=one.value,
            published=one.published_text,
            reached=one.reached,
            op=one.op,
            low=one.rank_low,
            high=one.rank_high,
            reason=one.reason,
        )
        for one in model.indicators
    ]
    if not rows:
        return None
    return _chart(
        lambda width, key: benchmark_strip(
            rows, key=key, title=_("Place against published shares"), language=model.language, width=width
        ),
        "strip",
    )
