"""A study in words and pictures for a page: every figure with its interval and the way it was computed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.builders.language import Language
from reports.measurements.drawing import Picture, drawn_of_study, pictures_of
from scoring.engine.spc.figures import Figure
from scoring.engine.spc.messages import ESTIMATORS, INTERVALS, REMARKS, RULES, Remark, shown
from scoring.engine.spc.run_rules import Signal
from scoring.engine.spc.samples import FloatArray
from scoring.engine.spc.sigma import Sigma
from scoring.engine.spc.study import Study
from scoring.measurements.measured import Measured
from scoring.measurements.qif import QifDocument, declared_against_data
from scoring.measurements.qif import Verdict as Claim
from scoring.measurements.qif_declared import REASONS
from scoring.measurements.qif_messages import WARNINGS

POINTS_SHOWN = 20


@dataclass(frozen=True)
class IndexRow:
    """An index; the texts are empty where it does not exist."""

    name: str
    value: str = ""
    interval: str = ""
    method: str = ""


@dataclass(frozen=True)
class SignalRow:
    chart: str
    rule: str
    text: str
    points: str
    count: int


@dataclass(frozen=True)
class DeclaredRow:
    """A declared index against the data; ``supported`` is None when nothing could be decided."""

    name: str
    index: str
    declared: str
    recomputed: str
    supported: bool | None
    reason: str


@dataclass(frozen=True)
class StudyPage:
    """Everything that a page shows of one study."""

    name: str
    unit: str
    n: int
    blank: int
    facts: tuple[tuple[str, str], ...]
    indices: tuple[IndexRow, ...]
    signals: tuple[SignalRow, ...]
    assumptions: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    pictures: tuple[Picture, ...]
    outcome: str = ""
    reasons: tuple[str, ...] = ()
    template: str = "measurements/_study.html"


def study_page(
    found: Measured, study: Study, values: FloatArray, required: float | None, language: Language
) -> StudyPage:
    verdict = None if required is None else study.verdict(required)
    return StudyPage(
        name=found.name,
        unit=found.unit or "",
        n=study.n,
        blank=found.blank,
        facts=_facts(study),
        indices=_indices(study),
        signals=_signals(study),
        assumptions=_assumptions(study),
        remarks=(*(_(WARNINGS[each.code]) % each.params for each in found.warnings), *map(remark_text, study.remarks)),
        pictures=pictures_of(drawn_of_study(study, values), language),
        outcome="" if verdict is None else str(verdict.outcome),
        reasons=() if verdict is None else tuple(map(remark_text, verdict.reasons)),
    )


def declared_rows(document: QifDocument) -> tuple[DeclaredRow, ...]:
    """The indices that QIF files declare, against what their own data give."""
    names = {each.key: each.label for each in document.characteristics}
    return tuple(
        DeclaredRow(
            name=names.get(check.characteristic or "", "-"),
            index=check.index,
            declared=f"{check.declared:g}",
            recomputed=", ".join(dict.fromkeys(f"{each.value:.3f}" for each in check.estimates)),
            supported={Claim.SUPPORTED: True, Claim.UNSUPPORTED: False}.get(check.verdict),
            reason="" if check.reason is None else _(REASONS[check.reason]),
        )
        for check in declared_against_data(document)
    )


def remark_text(remark: Remark) -> str:
    return _(REMARKS[remark.code]) % shown(remark.params)


def _facts(study: Study) -> tuple[tuple[str, str], ...]:
    groups = study.subgroups
    grouping = _("Individual values")
    if groups is not None:
        sizes = {"count": groups.sizes.size, "smallest": groups.sizes.min(), "largest": groups.sizes.max()}
        even = groups.constant_size is not None
        grouping = (
            _("%(count)s subgroups of %(largest)s") if even else _("%(count)s subgroups of %(smallest)s to %(largest)s")
        ) % sizes
    return (
        (_("Grouping"), grouping),
        (_("Mean"), _number(study.mean)),
        (_("Standard deviation within"), _sigma(study.within)),
        (_("Standard deviation overall"), _sigma(study.overall)),
    )


def _sigma(sigma: Sigma) -> str:
    said = {"value": _number(sigma.value), "name": _(ESTIMATORS[sigma.estimator]), "df": f"{sigma.df:.6g}"}
    return _("%(value)s (%(name)s; %(df)s degrees of freedom)") % said


def _indices(study: Study) -> tuple[IndexRow, ...]:
    capability, performance, fitted = study.capability, study.performance, study.percentile
    rows = [
        ("Ppk", performance.minimum),
        ("Pp", performance.two_sided),
        ("Cpk", capability.minimum),
        ("Cp", capability.two_sided),
        ("Cpm", study.cpm),
    ]
    if study.normality.normal is False and fitted is not None:
        rows += [(_("Ppk (percentiles)"), fitted.ppk), (_("Pp (percentiles)"), fitted.pp)]
    return tuple(_index(name, figure) for name, figure in rows)


def _index(name: str, figure: Figure | None) -> IndexRow:
    if figure is None:
        return IndexRow(name)
    said = {"estimator": _(ESTIMATORS[figure.method.estimator]), "interval": _(INTERVALS[figure.method.interval])}
    method = _(figure.method.template) % {**said, "df": "" if figure.method.df is None else f"{figure.method.df:.6g}"}
    if figure.low is None or figure.high is None:
        return IndexRow(name, f"{figure.value:.3f}", "", method)
    ends = {"percent": f"{figure.confidence * 100:g}", "low": f"{figure.low:.3f}", "high": f"{figure.high:.3f}"}
    return IndexRow(name, f"{figure.value:.3f}", _("%(low)s to %(high)s (%(percent)s %%)") % ends, method)


def _signals(study: Study) -> tuple[SignalRow, ...]:
    location, spread = study.charts.location, study.charts.spread
    pairs = [*((location, one) for one in study.stability.signals), *((spread, one) for one in study.spread_signals)]
    return tuple(signal_row(signal, chart_name(chart.kind)) for chart, signal in pairs)


def signal_row(signal: Signal, name: str) -> SignalRow:
    points = ", ".join(map(str, signal.points[:POINTS_SHOWN])) + (", …" if len(signal.points) > POINTS_SHOWN else "")
    return SignalRow(name, rule_name(signal.rule), _(RULES[signal.rule]), points, len(signal.points))


def rule_name(rule: str) -> str:
    """WE1 and the like as they are; a point beyond the limits of a spread chart has no rule with a number."""
    return _("limit") if rule == "limit" else rule


def chart_name(kind: str) -> str:
    return {
        "i": _("Individual values"),
        "mr": _("Moving ranges"),
        "xbar": _("Subgroup means"),
        "r": _("Subgroup ranges"),
        "s": _("Subgroup standard deviations"),
    }[kind]


def _assumptions(study: Study) -> tuple[tuple[str, str], ...]:
    shape, correlation = study.normality, study.autocorrelation
    normal = {True: _("not rejected"), False: _("rejected"), None: _("too few values to say")}[shape.normal]
    figures = {"verdict": normal, "a": _number(shape.anderson_darling), "p": _number(shape.anderson_darling_p)}
    rows = [(_("Normal distribution"), _("%(verdict)s (Anderson-Darling A² = %(a)s, p = %(p)s)") % figures)]
    if correlation is not None:
        found = _("significant") if correlation.significant else _("not significant")
        values = {"verdict": found, "r": _number(correlation.r), "bound": _number(correlation.bound)}
        rows.append((_("Autocorrelation at lag 1"), _("%(verdict)s (r = %(r)s, bound ±%(bound)s)") % values))
    stable = _("no signal") if study.stability.stable else _("signals on the control chart")
    beyond = {"observed": _number(study.observed.total), "expected": _number(study.expected_overall.total)}
    rows.append((_("Stability"), stable))
    rows.append((_("Beyond the limits"), _("observed %(observed)s ppm, expected %(expected)s ppm") % beyond))
    return tuple(rows)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.6g}"
