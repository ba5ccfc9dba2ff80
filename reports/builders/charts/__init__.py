"""Charts as SVG strings, from one place for page and PDF: figures in, a drawing with its text alternative out.

Each chart takes its data, a ``key`` that is unique on the page, a title, a language and a width in pixels; below about
500 pixels it arranges itself for a phone. A missing figure is drawn as "not assessed", never as 0.
"""

from reports.builders.charts.bars import Bar, bars, bars_description
from reports.builders.charts.benchmark_strip import Strip, benchmark_strip, strip_description
from reports.builders.charts.components import components, components_description
from reports.builders.charts.control import Plotted, control_chart, control_description
from reports.builders.charts.distribution import Step, distribution, distribution_description
from reports.builders.charts.histogram import histogram, histogram_description
from reports.builders.charts.interval_plot import Interval, interval_description, interval_plot
from reports.builders.charts.level_scale import Band, level_description, level_scale
from reports.builders.charts.probability import probability_description, probability_plot
from reports.builders.charts.radar import Axis, radar, radar_description
from reports.builders.charts.trend import Moment, trend, trend_description
from reports.builders.measured import Marks

__all__ = [
    "Axis",
    "Band",
    "Bar",
    "Interval",
    "Marks",
    "Moment",
    "Plotted",
    "Step",
    "Strip",
    "bars",
    "bars_description",
    "benchmark_strip",
    "components",
    "components_description",
    "control_chart",
    "control_description",
    "distribution",
    "distribution_description",
    "histogram",
    "histogram_description",
    "interval_description",
    "interval_plot",
    "level_description",
    "level_scale",
    "probability_description",
    "probability_plot",
    "radar",
    "radar_description",
    "strip_description",
    "trend",
    "trend_description",
]
