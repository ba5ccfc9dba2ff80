"""Every chart in every shape it can take, with the texts of the sample report: what the chart rules are tried on."""

from collections.abc import Callable

from reports.builders.charts import (
    Axis,
    Band,
    Bar,
    Interval,
    Marks,
    Moment,
    Plotted,
    Step,
    Strip,
    bars,
    benchmark_strip,
    components,
    control_chart,
    distribution,
    histogram,
    interval_plot,
    level_scale,
    probability_plot,
    radar,
    trend,
)
from reports.builders.charts.heat import HeatRow, heat
from reports.builders.charts.portions import Portion, portions
from reports.builders.charts.score_bins import score_bins
from reports.builders.charts.spreads import Spread, spreads
from reports.builders.language import Language
from reports.builders.measured import Gauge, Source
from reports.builders.published import published_text
from tests.builders.sample import sample

Draw = Callable[[Language, float, str], str]

COMPARED = {"zh-hans": "同行中位数", "en": "Peer median"}
SCORES = (38.2, 56.25, 100.0, None, 0.0, 44.0)
OTHERS = (50.0, 48.0, 35.0, 55.0, None, 58.0)


def draw_radar(language: Language, width: float, key: str) -> str:
    axes = [Axis(part.title, part.score) for part in sample(language).dimensions]
    return radar(axes, key=key, title="Radar", language=language, width=width)


def draw_radar_compared(language: Language, width: float, key: str) -> str:
    titles = [part.title for part in sample(language).dimensions]
    axes = [Axis(*row) for row in zip(titles, SCORES, OTHERS, strict=True)]
    return radar(axes, key=key, title="Radar", language=language, width=width, compared_with=COMPARED[language])


def draw_bars(language: Language, width: float, key: str) -> str:
    titles = [part.title for part in sample(language).dimensions]
    rows = [Bar(*row) for row in zip(titles, SCORES, OTHERS, strict=True)]
    return bars(rows, key=key, title="Bars", language=language, width=width, compared_with=COMPARED[language])


def draw_levels(language: Language, width: float, key: str) -> str:
    return _levels(language, width, key, 57.3, 2)


def draw_levels_held(language: Language, width: float, key: str) -> str:
    return _levels(language, width, key, 99.9, 2)


def draw_levels_lowest(language: Language, width: float, key: str) -> str:
    return _levels(language, width, key, 0.0, 0)


def draw_levels_unknown(language: Language, width: float, key: str) -> str:
    bands = _bands(language)
    return level_scale(bands, index=None, level=None, key=key, title="Levels", language=language, width=width)


def draw_levels_uneven(language: Language, width: float, key: str) -> str:
    names = {"zh-hans": "未定级 铜级 银级 金级 钻石级 铂金级", "en": "Unrated Bronze Silver Gold Diamond Platinum"}[
        language
    ]
    bands = [Band(*row) for row in zip(names.split(), (0, 2.2, 2.5, 3.0, 3.5, 4.0), strict=True)]
    given = bands[2].title
    return level_scale(bands, index=2.77, level=given, key=key, title="U", language=language, width=width, top=5)


def draw_levels_to_the_top(language: Language, width: float, key: str) -> str:
    bands = [Band(str(start), start) for start in (0, 25, 50, 75, 100)]
    return level_scale(bands, index=100, level="100", key=key, title="Top", language=language, width=width)


def _levels(language: Language, width: float, key: str, index: float, level: int) -> str:
    bands = _bands(language)
    given = bands[level].title
    return level_scale(bands, index=index, level=given, key=key, title="Levels", language=language, width=width)


def _bands(language: Language) -> list[Band]:
    return [Band(level.title, level.start) for level in sample(language).levels]


def draw_strip(language: Language, width: float, key: str) -> str:
    rows = [
        Strip(one.title, one.value, one.published_text, one.reached, op=one.op, reason=one.reason)
        for one in sample(language).indicators
    ]
    return benchmark_strip(rows, key=key, title="Strip", language=language, width=width)


def draw_bounds(language: Language, width: float, key: str) -> str:
    rows = [
        Strip(f"{op} {reached}", 0.4, published_text(0.4, op, language), reached, op=op)
        for op in ("<", "<=", ">", ">=")
        for reached in (True, False)
    ]
    return benchmark_strip(rows, key=key, title="Bounds", language=language, width=width)


def draw_distribution(language: Language, width: float, key: str) -> str:
    one = sample(language).distributions[0]
    steps = [Step(step.title, step.share) for step in one.steps]
    return distribution(steps, firm=2, key=key, title=one.title, language=language, width=width)


def draw_distribution_unplaced(language: Language, width: float, key: str) -> str:
    one = sample(language).distributions[1]
    steps = [Step(step.title, step.share) for step in one.steps]
    return distribution(steps, firm=None, key=key, title=one.title, language=language, width=width)


def draw_trend(language: Language, width: float, key: str) -> str:
    moments = (
        Moment("2024-10-01", 41.2),
        Moment("2025-05-02", 48.0),
        Moment("2025-11-02", None),
        Moment("2026-11-24", 57.3, comparable=False),
    )
    return trend(moments, key=key, title="Trend", language=language, width=width)


def draw_components(language: Language, width: float, key: str) -> str:
    rows = (("GRR", 9.2, 30.3), ("EV", 6.0, 24.5), ("AV", 3.2, 17.8), ("INT", 0.0, 0.0), ("PV", 90.8, 95.3))
    sources = tuple(Source(name=name, contribution=part, study_variation=spread) for name, part, spread in rows)
    gauge = Gauge(parts=10, appraisers=3, trials=3, sources=sources)
    return components(gauge, key=key, title="G", language=language, width=width)


def draw_components_of_a_tolerance(language: Language, width: float, key: str) -> str:
    rows = (("GRR", 1.0, 10.0, 60.4), ("PV", 99.0, 99.5, 601.2))
    sources = tuple(
        Source(name=name, contribution=part, study_variation=spread, tolerance=share)
        for name, part, spread, share in rows
    )
    gauge = Gauge(parts=10, appraisers=3, trials=3, sources=sources)
    return components(gauge, key=key, title="G", language=language, width=width)


def draw_intervals(language: Language, width: float, key: str) -> str:
    titles = [one.title for one in sample(language).indicators]
    rows = (
        Interval(titles[0], 0.275, 0.203, 0.361, 0.196),
        Interval(titles[1], 0.62, 0.5, 0.71, 0.5, "<"),
        Interval(titles[2], None, None, None, 0.16),
    )
    return interval_plot(rows, key=key, title="Intervals", language=language, width=width)


# Deterministic and without a pattern that a run rule would flag by design.
VALUES = tuple(10 + 0.02 * (((7 * step) % 29) - 14) / 14 + 0.005 * (step % 3) for step in range(80))
MANY = tuple(0.5 + ((step * 7919) % 1009) / 1009 for step in range(2000))


def draw_histogram(language: Language, width: float, key: str) -> str:
    marks = Marks(9.97, 10.04, 10.005)
    curve = [(9.97 + step * 0.001, 20.0 - abs(35 - step) / 2) for step in range(70)]
    return histogram(VALUES, marks, key=key, title="H", language=language, width=width, curve=curve)


def draw_histogram_of_close_limits(language: Language, width: float, key: str) -> str:
    marks = Marks(10.0001, 10.0003, 10.0002)
    return histogram([*VALUES, 12.5], marks, key=key, title="H", language=language, width=width)


def draw_histogram_without_limits(language: Language, width: float, key: str) -> str:
    return histogram([123456.5, 123457.25], Marks(), key=key, title="H", language=language, width=width)


def draw_control(language: Language, width: float, key: str) -> str:
    flat = [10.0] * 80
    rules = {5: ("WE1",), 6: ("WE1", "WE2"), 40: ("WE4",), 41: ("WE4",), 80: ("WE2",)}
    plotted = Plotted(range(1, 81), VALUES, flat, [9.985] * 80, [10.02] * 80, rules)
    return control_chart(plotted, key=key, title="C", language=language, width=width)


def draw_control_of_many(language: Language, width: float, key: str) -> str:
    lower, upper = [0.6 + (step % 5) / 100 for step in range(2000)], [1.4] * 2000
    plotted = Plotted(range(1, 2001), MANY, [1.0] * 2000, lower, upper, dict.fromkeys(range(1, 2001, 3), ("WE1",)))
    return control_chart(plotted, key=key, title="C", language=language, width=width)


def draw_control_of_close_limits(language: Language, width: float, key: str) -> str:
    plotted = Plotted((1, 2, 3), (1.0, 1.1, 900.0), [1.0] * 3, [0.9] * 3, [1.2] * 3, {3: ("limit",)})
    return control_chart(plotted, key=key, title="C", language=language, width=width)


def draw_probability(language: Language, width: float, key: str) -> str:
    return probability_plot(VALUES, key=key, title="P", language=language, width=width)


def draw_probability_of_many(language: Language, width: float, key: str) -> str:
    return probability_plot([value**3 for value in MANY], key=key, title="P", language=language, width=width)


def draw_intervals_in_whole_percent(language: Language, width: float, key: str) -> str:
    titles = [one.title for one in sample(language).indicators]
    rows = (
        Interval(titles[0], 0.28, 0.2, 0.36, 0.196, said="28%"),
        Interval(titles[1], 0.05, 0.0, 0.09, 0.5, "<", said="≤5%"),
    )
    return interval_plot(rows, key=key, title="Intervals", language=language, width=width)


def draw_portions(language: Language, width: float, key: str) -> str:
    names = [level.title for level in sample(language).levels]
    rows = [Portion(name, 0.1 * place, f"{10 * place}%") for place, name in enumerate(names, 1)]
    return portions([*rows, Portion(names[0], None, "")], key=key, title="Portions", language=language, width=width)


def draw_portions_beside(language: Language, width: float, key: str) -> str:
    rows = [Portion("A", 0.07, "7%", 0.02, "2%"), Portion("B", 0.95, "≥95%", 0.86, "86%")]
    beside = {"zh-hans": "总体", "en": "Population"}[language]
    return portions(rows, key=key, title="Make-up", language=language, width=width, beside=beside)


def draw_spreads(language: Language, width: float, key: str) -> str:
    titles = [part.title for part in sample(language).dimensions]
    figures = [((20.0, 35.5, 50.0), 36.2), ((0.0, 2.5, 100.0), 40), (None, None), ((60.0, 70.0, 80.0), None)]
    rows = [Spread(title, *figure) for title, figure in zip(titles, figures, strict=False)]
    return spreads(rows, key=key, title="Spreads", language=language, width=width)


def draw_score_bins(language: Language, width: float, key: str) -> str:
    counts = [0, 0, 3, 5, 9, 12, 20, 31, 25, 18, 11, 9, 4, 2, 0, 0, 1, 0, 0, 2]
    spread = Spread("Index", (31.2, 38.0, 47.5), 39.4)
    return score_bins(counts, spread, key=key, title="Index", language=language, width=width)


def draw_heat(language: Language, width: float, key: str) -> str:
    codes = ["RD", "PR", "DG", "OR", "SC", "IM"]
    columns = codes if width < 480 else [part.title for part in sample(language).dimensions]
    rows = [HeatRow("A", SCORES), HeatRow("B", OTHERS)]
    return heat(columns, rows, key=key, title="Heat", language=language, width=width)


CHARTS: dict[str, Draw] = {
    name.removeprefix("draw_"): draw for name, draw in list(globals().items()) if name.startswith("draw_")
}
