"""A capability study as text in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from scoring.engine.spc.capability import Limits
from scoring.engine.spc.control_charts import Chart
from scoring.engine.spc.figures import Figure, Method
from scoring.engine.spc.messages import ESTIMATORS, INTERVALS, REMARKS, RULES, Remark, shown
from scoring.engine.spc.run_rules import Signal
from scoring.engine.spc.sigma import Sigma
from scoring.engine.spc.study import Study
from scoring.engine.spc.verdict import Outcome, Verdict
from scoring.measurements.measured import Measured
from scoring.measurements.qif_messages import WARNINGS
from scoring.measurements.table_messages import AND_MORE, FAULTS, TableRefused

POINTS_SHOWN = 20


def refusal_text(refusal: TableRefused) -> str:
    """Every fault on a line of its own, and how many more there are."""
    lines = [_(FAULTS[fault.code]) % fault.parameters for fault in refusal.faults]
    if refusal.more:
        lines.append(_(AND_MORE) % {"count": refusal.more})
    return "\n".join(lines)


def study_text(found: Measured, study: Study, required: float | None) -> str:
    """The whole study, section after section."""
    sections = [
        _described(found, study),
        _indices(study),
        _charts(study),
        _assumptions(study),
        [] if required is None else _verdict(study.verdict(required)),
        [*(_(WARNINGS[each.code]) % each.params for each in found.warnings), *map(_remark, study.remarks)],
    ]
    return "\n\n".join("\n".join(section) for section in sections if section)


def _described(found: Measured, study: Study) -> list[str]:
    unit = f" [{found.unit}]" if found.unit else ""
    name = {"name": found.name + unit, "n": study.n, "blank": found.blank}
    return [
        _("%(name)s: number of values %(n)s, blank cells left out %(blank)s") % name,
        _grouping(study),
        _limits(study.limits),
        _("Mean: %(value)s") % {"value": f"{study.mean:.8g}"},
        _("Standard deviation within: %(sigma)s") % {"sigma": _sigma(study.within)},
        _("Standard deviation overall: %(sigma)s") % {"sigma": _sigma(study.overall)},
    ]


def _grouping(study: Study) -> str:
    groups = study.subgroups
    if groups is None:
        return _("Individual values")
    values = {"count": groups.sizes.size, "smallest": groups.sizes.min(), "largest": groups.sizes.max()}
    if groups.constant_size is not None:
        return _("%(count)s subgroups of %(largest)s") % values
    return _("%(count)s subgroups of %(smallest)s to %(largest)s") % values


def _limits(limits: Limits) -> str:
    values = {"lsl": _number(limits.lsl), "usl": _number(limits.usl), "target": _number(limits.target)}
    return _("LSL %(lsl)s, USL %(usl)s, target %(target)s") % values


def _sigma(sigma: Sigma) -> str:
    values = {"value": f"{sigma.value:.8g}", "name": _(ESTIMATORS[sigma.estimator]), "df": f"{sigma.df:.6g}"}
    return _("%(value)s (%(name)s; %(df)s degrees of freedom)") % values


def _indices(study: Study) -> list[str]:
    capability, performance = study.capability, study.performance
    rows = (
        ("Cp", capability.two_sided),
        ("Cpk", capability.minimum),
        ("Pp", performance.two_sided),
        ("Ppk", performance.minimum),
        ("Cpm", study.cpm),
    )
    fitted = () if study.percentile is None else (study.percentile.pp, study.percentile.ppk)
    return [*(_index(name, figure) for name, figure in rows), *_fitted(fitted, study)]


def _fitted(figures: Iterable[Figure | None], study: Study) -> list[str]:
    """The percentile method, which matters only where the values are not normal or a distribution was asked for."""
    if study.normality.normal is not False and study.options.distribution is None:
        return []
    return [_index(name, figure) for name, figure in zip(("Pp", "Ppk"), figures, strict=False)]


def _index(name: str, figure: Figure | None) -> str:
    if figure is None:
        return _("%(name)s: does not exist") % {"name": name}
    values = {
        "name": name,
        "value": f"{figure.value:.5f}",
        "low": _rounded(figure.low),
        "high": _rounded(figure.high),
        "percent": f"{figure.confidence * 100:g}",
        "method": _method(figure.method),
    }
    return _("%(name)s: %(value)s (%(percent)s %% from %(low)s to %(high)s) — %(method)s") % values


def _method(method: Method) -> str:
    values = {"estimator": _(ESTIMATORS[method.estimator]), "interval": _(INTERVALS[method.interval])}
    return _(method.template) % {**values, "df": "" if method.df is None else f"{method.df:.6g}"}


def _charts(study: Study) -> list[str]:
    location, spread = study.charts.location, study.charts.spread
    return [
        _chart(location),
        _chart(spread),
        *(_signal(location, signal) for signal in study.stability.signals),
        *(_signal(spread, signal) for signal in study.spread_signals),
    ]


def _chart(chart: Chart) -> str:
    values = {
        "chart": chart.kind,
        "centre": _line(chart.centre.min(), chart.centre.max()),
        "lower": _line(chart.lower.min(), chart.lower.max()),
        "upper": _line(chart.upper.min(), chart.upper.max()),
    }
    return _("Chart %(chart)s: centre %(centre)s, lower limit %(lower)s, upper limit %(upper)s") % values


def _signal(chart: Chart, signal: Signal) -> str:
    points = ", ".join(str(point) for point in signal.points[:POINTS_SHOWN])
    values = {
        "chart": chart.kind,
        "rule": signal.rule,
        "text": _(RULES[signal.rule]),
        "points": points + (", …" if len(signal.points) > POINTS_SHOWN else ""),
        "count": len(signal.points),
    }
    return _("Signal on %(chart)s by %(rule)s (%(text)s), points flagged %(count)s: %(points)s") % values


def _assumptions(study: Study) -> list[str]:
    normality, correlation = study.normality, study.autocorrelation
    lines = [
        _("Anderson-Darling %(a)s (p = %(p)s), Shapiro-Wilk %(w)s (p = %(wp)s)")
        % {
            "a": _number(normality.anderson_darling),
            "p": _number(normality.anderson_darling_p),
            "w": _number(normality.shapiro_wilk),
            "wp": _number(normality.shapiro_wilk_p),
        },
        _("Observed beyond the limits: %(observed)s ppm; expected overall: %(expected)s ppm")
        % {"observed": _number(study.observed.total), "expected": _number(study.expected_overall.total)},
    ]
    if correlation is not None:
        values = {"r": _number(correlation.r), "bound": _number(correlation.bound)}
        lines.append(_("Autocorrelation at lag 1: %(r)s (bound %(bound)s)") % values)
    return lines


def _verdict(verdict: Verdict) -> list[str]:
    outcomes = {
        Outcome.SUPPORTED: _("Ppk of at least %(required)s: supported"),
        Outcome.CONTRADICTED: _("Ppk of at least %(required)s: contradicted"),
        Outcome.NOT_DECIDABLE: _("Ppk of at least %(required)s: not decidable"),
    }
    return [outcomes[verdict.outcome] % {"required": _number(verdict.required)}, *map(_remark, verdict.reasons)]


def _remark(remark: Remark) -> str:
    return _(REMARKS[remark.code]) % shown(remark.params)


def _line(lowest: float, highest: float) -> str:
    return _number(lowest) if lowest == highest else f"{_number(lowest)} … {_number(highest)}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.7g}"


def _rounded(value: float | None) -> str:
    return "-" if value is None else f"{value:.5f}"
