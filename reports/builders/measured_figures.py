"""The charts of one computation from measured data, for pages and reports alike."""

from dataclasses import dataclass

from reports.builders.charts.components import components, components_description
from reports.builders.charts.control import control_chart_of, points_description, points_note
from reports.builders.charts.histogram import bins_description, histogram_of
from reports.builders.charts.probability import probability_plot_of, scores_description, scores_note
from reports.builders.figure import Figure
from reports.builders.language import Language
from reports.builders.measured import Bins, Drawn, Gauge, Points, Scores
from reports.builders.wording import say

# Those that are read as well at half the width of a sheet.
HALVES = ("histogram", "probability")


def place_of(code: str, name: str) -> str:
    """The name of a chart among all charts of a report."""
    return f"measured.{code}.{name}"


def measured_figures(
    drawn: Drawn, *, prefix: str, language: Language, width: float, half: float | None = None
) -> dict[str, Figure]:
    """All charts there are, in reading order: ``histogram``, ``location``, ``spread``, ``probability``, ``gauge``.

    Args:
        prefix: begins every id inside the drawings.
        width: in pixels; below about 500 the charts arrange themselves for a phone.
        half: the width of the charts in ``HALVES``, the same as the others' unless given.
    """
    how = _How(prefix, language, width)
    less = _How(prefix, language, half or width)
    figures: dict[str, Figure | None] = {
        "histogram": None if drawn.bins is None else _histogram(drawn.bins, less),
        "location": None if drawn.location is None else _control(drawn.location, "location", how),
        "spread": None if drawn.spread is None else _control(drawn.spread, "spread", how),
        "probability": None if drawn.scores is None else _probability(drawn.scores, less),
        "gauge": None if drawn.gauge is None else _gauge(drawn.gauge, how),
    }
    return {name: figure for name, figure in figures.items() if figure is not None}


@dataclass(frozen=True)
class _How:
    """What every chart of a set is drawn with."""

    prefix: str
    language: Language
    width: float

    def key(self, name: str) -> str:
        return f"{self.prefix}-{name}"


def _histogram(bins: Bins, how: _How) -> Figure:
    title, key = say(how.language, "measured_histogram"), how.key("histogram")
    svg = histogram_of(bins, key=key, title=title, language=how.language, width=how.width)
    return Figure(title, bins_description(bins, how.language), svg)


def _control(points: Points, name: str, how: _How) -> Figure:
    title, key = say(how.language, f"measured_{points.kind}"), how.key(name)
    svg = control_chart_of(points, key=key, title=title, language=how.language, width=how.width)
    return Figure(title, points_description(points, how.language), svg, points_note(points, how.language))


def _probability(scores: Scores, how: _How) -> Figure:
    title, key = say(how.language, "measured_probability"), how.key("probability")
    svg = probability_plot_of(scores, key=key, title=title, language=how.language, width=how.width)
    return Figure(title, scores_description(scores, how.language), svg, scores_note(scores, how.language))


def _gauge(gauge: Gauge, how: _How) -> Figure:
    title, key = say(how.language, "measured_gauge"), how.key("gauge")
    svg = components(gauge, key=key, title=title, language=how.language, width=how.width)
    return Figure(title, components_description(gauge, how.language), svg)
