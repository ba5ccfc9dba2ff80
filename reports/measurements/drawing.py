"""From computed figures to what their charts need, and to the pictures of a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.safestring import SafeString, mark_safe

from reports.builders.charts.control import Plotted, thinned
from reports.builders.charts.histogram import binned
from reports.builders.charts.probability import scored
from reports.builders.figures import PAGE_WIDTH, PHONE_WIDTH
from reports.builders.language import Language
from reports.builders.measured import Drawn, Gauge, Marks, Points, Source
from reports.builders.measured_figures import measured_figures
from scoring.engine.spc.control_charts import Chart
from scoring.engine.spc.distributions import law_of
from scoring.engine.spc.gauge_rr import GaugeStudy
from scoring.engine.spc.run_rules import Signal
from scoring.engine.spc.samples import FloatArray
from scoring.engine.spc.study import Study
from scoring.evidence.computing import Counted, Done, Gauged, Studied

CURVE_POINTS = 160


@dataclass(frozen=True)
class Picture:
    """One chart in two widths; the style sheet shows the one that fits. ``note`` says so where points are left out."""

    title: str
    narrow: SafeString
    wide: SafeString
    note: str = ""


def drawn_of(done: Done) -> Drawn:
    """Of bounded size however many values there are; nothing for a list of data."""
    if isinstance(done, Studied):
        return drawn_of_study(done.study, done.values)
    if isinstance(done, Counted):
        return Drawn(location=points_of(done.chart, done.signals))
    if isinstance(done, Gauged) and done.gauge is not None:
        return Drawn(gauge=_gauge(done.gauge))
    return Drawn()


def drawn_of_study(study: Study, values: FloatArray) -> Drawn:
    marks = Marks(study.limits.lsl, study.limits.usl, study.limits.target)
    return Drawn(
        bins=binned(values, marks, _curve(study, values)),
        location=points_of(study.charts.location, study.stability.signals),
        spread=points_of(study.charts.spread, study.spread_signals),
        scores=scored(values),
    )


def points_of(chart: Chart, signals: Iterable[Signal]) -> Points:
    rows = (chart.numbers, chart.points, chart.centre, chart.lower, chart.upper)
    return thinned(Plotted(*rows, _rules_by_point(signals)), chart.kind)


def _rules_by_point(signals: Iterable[Signal]) -> Mapping[int, list[str]]:
    rules: dict[int, list[str]] = {}
    for signal in signals:
        for point in signal.points:
            rules.setdefault(point, []).append(signal.rule)
    return rules


def _curve(study: Study, values: FloatArray) -> list[tuple[float, float]]:
    """The density of the fitted distribution, of the normal one where none was accepted."""
    fit = None if study.percentile is None else study.percentile.fit
    usable = fit is not None and fit.accepted
    law, arguments = (
        law_of(fit.name, fit.parameters) if fit and usable else law_of("normal", (study.mean, study.overall.value))
    )
    room = 0.3 * float(np.ptp(values))
    across = np.linspace(float(values.min()) - room, float(values.max()) + room, CURVE_POINTS)
    return list(zip(across.tolist(), law.pdf(across, *arguments).tolist(), strict=True))


def _gauge(study: GaugeStudy) -> Gauge:
    """An interaction that is pooled with the repeatability is no source of its own."""
    found = [study.grr, study.repeatability, study.appraiser, study.interaction, study.part_to_part]
    kept = [one for one in found if one is not study.interaction or not study.interaction_pooled]
    sources = tuple(
        Source(
            name=one.source,
            contribution=one.contribution,
            study_variation=one.study_variation,
            tolerance=one.tolerance,
        )
        for one in kept
    )
    return Gauge(parts=study.parts, appraisers=study.appraisers, trials=study.trials, sources=sources)


def pictures_of(drawn: Drawn, language: Language, prefix: str = "measured") -> tuple[Picture, ...]:
    """Every chart for a phone and for a wide page; ``prefix`` sets apart the ids of several sets on one page."""
    narrow = measured_figures(drawn, prefix=f"{prefix}-narrow", language=language, width=PHONE_WIDTH)
    wide = measured_figures(drawn, prefix=f"{prefix}-wide", language=language, width=PAGE_WIDTH)
    # The chart functions escape every text that they are given; nothing else may be marked safe.
    return tuple(
        Picture(one.title, mark_safe(narrow[name].svg), mark_safe(one.svg), one.note)  # noqa: S308
        for name, one in wide.items()
    )
