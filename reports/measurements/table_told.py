"""Charts of counts and gauge studies in words and pictures for a page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.builders.language import Language
from reports.measurements.drawing import Picture, drawn_of, pictures_of
from reports.measurements.told import SignalRow, signal_row
from scoring.engine.spc.gauge_rr import POOL_ABOVE_P, AnovaRow, Component, GaugeStudy
from scoring.engine.spc.messages import COMPONENTS, INTERVALS
from scoring.evidence.computing import Counted, Gauged

ACCEPTABLE, CONDITIONAL, LEAST_CATEGORIES = 10, 30, 5


@dataclass(frozen=True)
class CountsPage:
    """Everything that a page shows of a chart of counts."""

    name: str
    facts: tuple[tuple[str, str], ...]
    signals: tuple[SignalRow, ...]
    pictures: tuple[Picture, ...]
    template: str = "measurements/_counts.html"


@dataclass(frozen=True)
class GaugePage:
    """Everything that a page shows of a gauge study; of studies that files only declare, the kinds."""

    name: str
    unit: str
    facts: tuple[tuple[str, str], ...] = ()
    judgement: str = ""
    with_tolerance: bool = False
    components: tuple[tuple[str, ...], ...] = ()
    anova: tuple[tuple[str, ...], ...] = ()
    pictures: tuple[Picture, ...] = ()
    declared: tuple[str, ...] = ()
    template: str = "measurements/_gauge.html"


def counts_page(done: Counted, language: Language) -> CountsPage:
    chart, signals = done.chart, done.signals
    title = counts_chart_name(chart.kind)
    return CountsPage(
        name=done.name,
        facts=_counts_facts(done),
        signals=tuple(signal_row(signal, title) for signal in signals),
        pictures=pictures_of(drawn_of(done), language),
    )


def counts_chart_name(kind: str) -> str:
    return {
        "p": _("p chart: share of nonconforming items"),
        "np": _("np chart: number of nonconforming items"),
        "c": _("c chart: number of nonconformities"),
        "u": _("u chart: nonconformities for each unit"),
    }[kind]


def _counts_facts(done: Counted) -> tuple[tuple[str, str], ...]:
    chart, (counted, inspected) = done.chart, done.totals
    fixed = bool((chart.upper == chart.upper[0]).all() and (chart.lower == chart.lower[0]).all())
    ends = {"lower": f"{chart.lower[0]:.6g}", "upper": f"{chart.upper[0]:.6g}"}
    facts = [
        (_("Samples"), str(chart.points.size)),
        (_("Counted in all"), f"{counted:.6g}"),
        (_("Inspected in all"), "–" if inspected is None else f"{inspected:.6g}"),
        (_("Centre line"), _("%(value)s (ratio of the totals)") % {"value": f"{chart.centre[0]:.6g}"}),
        (_("Control limits"), _("%(lower)s to %(upper)s") % ends if fixed else _("one pair for each sample size")),
    ]
    return tuple(facts)


def gauge_page(done: Gauged, language: Language) -> GaugePage:
    study = done.gauge
    if study is None:
        return GaugePage(done.name, "", declared=done.declared)
    return GaugePage(
        name=done.name,
        unit=done.unit,
        facts=_gauge_facts(study),
        judgement=_judgement(study),
        with_tolerance=study.grr.tolerance is not None,
        components=tuple(_component(one) for one in study.components),
        anova=tuple(_anova(row) for row in study.anova),
        pictures=pictures_of(drawn_of(done), language),
    )


def _gauge_facts(study: GaugeStudy) -> tuple[tuple[str, str], ...]:
    sizes = {"parts": study.parts, "appraisers": study.appraisers, "trials": study.trials}
    tested = {"p": "–" if study.interaction_p is None else f"{study.interaction_p:.4g}", "limit": f"{POOL_ABOVE_P:g}"}
    pooled = (
        _("pooled with the repeatability (p = %(p)s, above %(limit)s)")
        if study.interaction_pooled
        else _("kept as a source of its own (p = %(p)s, up to %(limit)s)")
    )
    categories = "–" if study.distinct_categories is None else str(study.distinct_categories)
    return (
        (_("Study"), _("%(parts)s parts × %(appraisers)s appraisers × %(trials)s trials") % sizes),
        (_("Method"), _("analysis of variance, two random factors; 6 standard deviations as spread (AIAG)")),
        (_("Interaction part × appraiser"), pooled % tested),
        (_("Confidence interval of GRR"), _grr_interval(study)),
        (_("Distinct categories (ndc)"), categories),
    )


def _grr_interval(study: GaugeStudy) -> str:
    """Of the share that decides, with the method."""
    limits = study.grr.decisive[1]
    if limits is None:
        return "–"
    said = {"low": f"{limits[0]:.1f}", "high": f"{limits[1]:.1f}", "level": f"{100 * study.confidence:g}"}
    told = _("%(low)s %% to %(high)s %% at a confidence of %(level)s %%; %(method)s")
    return told % (said | {"method": _(INTERVALS["mls"])})


def _judgement(study: GaugeStudy) -> str:
    """The usual bands, on the tolerance where there is one; none where the interval holds the bound."""
    share, limits = study.grr.decisive
    said = {"share": f"{share:.1f}", "good": ACCEPTABLE, "limit": CONDITIONAL}
    if limits is not None and limits[0] <= CONDITIONAL < limits[1]:
        return _("GRR %(share)s %%: not decidable, for its 95 %% interval holds the bound of %(limit)s %%.") % said
    if share < ACCEPTABLE:
        return _("GRR %(share)s %%: acceptable (below %(good)s %%).") % said
    if share <= CONDITIONAL:
        return _("GRR %(share)s %%: conditionally acceptable (%(good)s %% to %(limit)s %%).") % said
    return _("GRR %(share)s %%: not acceptable (above %(limit)s %%).") % said


def component_name(source: str) -> str:
    return _(COMPONENTS[source])


def _component(one: Component) -> tuple[str, ...]:
    tolerance = "–" if one.tolerance is None else f"{one.tolerance:.1f}"
    return (
        component_name(one.source),
        f"{one.sigma:.5g}",
        "–" if one.sigma_limits is None else "{:.4g} – {:.4g}".format(*one.sigma_limits),
        f"{one.contribution:.1f}",
        f"{one.study_variation:.1f}",
        tolerance,
    )


def _anova(row: AnovaRow) -> tuple[str, ...]:
    name = {
        "part": _("Parts"),
        "appraiser": _("Appraisers"),
        "interaction": _("Interaction"),
        "repeatability": _("Repeatability"),
    }[row.source]
    f, p = ("–" if value is None else f"{value:.4g}" for value in (row.f, row.p))
    return (name, str(row.df), f"{row.sum_of_squares:.5g}", f"{row.mean_square:.5g}", f, p)
