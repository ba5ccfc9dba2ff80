"""The charts of one report, each with its text alternative: the page and the PDF take them from here."""

from collections.abc import Mapping

from reports.builders.charts import (
    Axis,
    Band,
    Bar,
    Moment,
    Step,
    Strip,
    bars,
    bars_description,
    benchmark_strip,
    distribution,
    distribution_description,
    level_description,
    level_scale,
    radar,
    radar_description,
    strip_description,
    trend,
    trend_description,
)
from reports.builders.figure import Figure
from reports.builders.measured_figures import measured_figures, place_of
from reports.builders.model import Distribution, ReportModel
from reports.builders.sections import shown
from reports.builders.wording import say

PAGE_WIDTH = 680.0
PHONE_WIDTH = 340.0
RADAR_WIDTH = 400.0
# A4 between its margins, 170 mm, and the wider column of the summary, 98 mm, at 96 pixels an inch.
SHEET_WIDTH = 643.0
COLUMN_WIDTH = 370.0
# Two charts beside each other, with 5 mm between them.
HALF_WIDTH = 312.0


def report_figures(model: ReportModel, *, prefix: str = "chart", width: float = PAGE_WIDTH) -> Mapping[str, Figure]:
    """Every chart the model has data for, by name.

    Names: ``levels``, ``dimensions`` (bars), ``radar`` (with three or more dimensions), ``benchmarks``, ``trend``,
    ``distribution.ID`` for each published distribution.

    Args:
        prefix: begins every id inside the drawings; give each set on one page its own.
        width: in pixels; below about 500 the charts arrange themselves for a phone.
    """
    figures = {"levels": _levels(model, prefix, width)} if model.levels else {}
    if model.dimensions:
        figures["dimensions"] = _bars(model, prefix, width)
    if len(model.dimensions) >= 3:
        figures["radar"] = _radar(model, prefix, min(width, RADAR_WIDTH))
    if model.indicators:
        figures["benchmarks"] = _strip(model, prefix, width)
    if len(model.history) > 1:
        figures["trend"] = _trend(model, prefix, width)
    for one in model.distributions:
        figures[f"distribution.{one.id}"] = _distribution(one, model, prefix, width)
    return figures


def sheet_figures(model: ReportModel) -> Mapping[str, Figure]:
    """The same charts in the sizes that an A4 sheet gives them; the bars are drawn for one column of the summary."""
    figures = dict(report_figures(model, prefix="sheet", width=SHEET_WIDTH))
    if "dimensions" in figures:
        figures["dimensions"] = _bars(model, "sheet", COLUMN_WIDTH)
    return figures | _measured(model)


def _measured(model: ReportModel) -> dict[str, Figure]:
    """Charts of measured data by ``CODE.NAME``: those of an order across the sheet, those of a distribution in halves.

    A report that leaves them out draws none.
    """
    if "charts" not in shown(model.sections):
        return {}
    return {
        place_of(one.code, name): figure
        for one in model.measured
        for name, figure in measured_figures(
            one.drawn, prefix=f"sheet-{one.code}", language=model.language, width=SHEET_WIDTH, half=HALF_WIDTH
        ).items()
    }


def _levels(model: ReportModel, prefix: str, width: float) -> Figure:
    bands = [Band(level.title, level.start) for level in model.levels]
    given = model.level.title if model.level else None
    title = say(model.language, "level")
    svg = level_scale(
        bands,
        index=model.index,
        level=given,
        key=f"{prefix}-levels",
        title=title,
        language=model.language,
        width=width,
        top=model.index_top,
    )
    return Figure(title, level_description(bands, model.index, given, model.language, top=model.index_top), svg)


def _bars(model: ReportModel, prefix: str, width: float) -> Figure:
    rows = [Bar(part.title, part.score, part.compared_score) for part in model.dimensions]
    title, language, beside = say(model.language, "dimension_scores"), model.language, model.compared_with
    key = f"{prefix}-dimensions"
    svg = bars(rows, key=key, title=title, language=language, width=width, compared_with=beside)
    return Figure(title, bars_description(rows, language, beside), svg)


def _radar(model: ReportModel, prefix: str, width: float) -> Figure:
    axes = [Axis(part.title, part.score, part.compared_score) for part in model.dimensions]
    title, language, beside = say(model.language, "dimension_scores"), model.language, model.compared_with
    svg = radar(axes, key=f"{prefix}-radar", title=title, language=language, width=width, compared_with=beside)
    return Figure(title, radar_description(axes, language, beside), svg)


def _strip(model: ReportModel, prefix: str, width: float) -> Figure:
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
    title = say(model.language, "published_practices")
    svg = benchmark_strip(rows, key=f"{prefix}-benchmarks", title=title, language=model.language, width=width)
    return Figure(title, strip_description(rows, model.language), svg)


def _trend(model: ReportModel, prefix: str, width: float) -> Figure:
    moments = [Moment(one.date, one.index, one.comparable) for one in model.history]
    title = say(model.language, "trend")
    top, language = model.index_top, model.language
    svg = trend(moments, key=f"{prefix}-trend", title=title, language=language, width=width, top=top)
    return Figure(title, trend_description(moments, language, top=top), svg)


def _distribution(one: Distribution, model: ReportModel, prefix: str, width: float) -> Figure:
    steps = [Step(step.title, step.share) for step in one.steps]
    key = f"{prefix}-distribution-{one.id}"
    svg = distribution(steps, firm=one.firm_step, key=key, title=one.title, language=model.language, width=width)
    return Figure(one.title, distribution_description(steps, one.firm_step, model.language), svg)
