"""A study as plain objects for JSON. The keys are part of the published contract: add to them, rename none."""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring.engine.spc.control_charts import Chart
from scoring.engine.spc.diagnostics import Autocorrelation, Normality
from scoring.engine.spc.fallout import Fallout, expected_of_fit
from scoring.engine.spc.figures import Figure
from scoring.engine.spc.gauge_rr import AnovaRow, Component, GaugeStudy
from scoring.engine.spc.intervals import Interval
from scoring.engine.spc.messages import Remark
from scoring.engine.spc.percentile import PercentileIndices
from scoring.engine.spc.run_rules import Signal
from scoring.engine.spc.samples import FloatArray, Subgroups
from scoring.engine.spc.sigma import Sigma
from scoring.engine.spc.study import Study
from scoring.engine.spc.verdict import Verdict

JsonObject = dict[str, Any]


def study_object(study: Study) -> JsonObject:
    """Indices under cp, cpk, pp, ppk, cpm and the one-sided cpu, cpl, ppu, ppl; one that does not exist is null."""
    return {
        "n": study.n,
        "mean": study.mean,
        "limits": {"lsl": study.limits.lsl, "usl": study.limits.usl, "target": study.limits.target},
        "confidence": study.options.confidence,
        **_indices(study),
        "sigma": {
            "within": _sigma(study.within),
            "overall": _sigma(study.overall),
            "estimates": [_sigma(sigma) for sigma in study.estimates],
        },
        "subgroups": _subgroups(study.subgroups),
        "control_charts": {chart.kind: _chart(chart) for chart in (study.charts.location, study.charts.spread)},
        "signals": _signals(study),
        "stability": _stability(study),
        "normality": _normality(study.normality),
        "autocorrelation": _autocorrelation(study.autocorrelation),
        "distribution": _percentile(study.percentile),
        "fallout_ppm": _fallouts(study),
        "warnings": [_remark(remark) for remark in study.remarks],
    }


def verdict_object(verdict: Verdict) -> JsonObject:
    return {
        "outcome": str(verdict.outcome),
        "required_ppk": verdict.required,
        "ppk": _figure(verdict.ppk),
        "reasons": [_remark(reason) for reason in verdict.reasons],
    }


def _indices(study: Study) -> JsonObject:
    capability, performance = study.capability, study.performance
    figures = {
        "cp": capability.two_sided,
        "cpk": capability.minimum,
        "pp": performance.two_sided,
        "ppk": performance.minimum,
        "cpm": study.cpm,
        "cpu": capability.upper,
        "cpl": capability.lower,
        "ppu": performance.upper,
        "ppl": performance.lower,
    }
    return {**{key: _figure(figure) for key, figure in figures.items()}, "k": study.off_centre}


def _figure(figure: Figure | None) -> JsonObject | None:
    if figure is None:
        return None
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "confidence": figure.confidence,
        "method": str(figure.method),
        "estimator": figure.method.estimator,
        "df": figure.method.df,
        "interval": figure.method.interval,
    }


def _sigma(sigma: Sigma) -> JsonObject:
    return {"value": sigma.value, "estimator": sigma.estimator, "name": sigma.name, "df": sigma.df}


def _subgroups(subgroups: Subgroups | None) -> JsonObject | None:
    if subgroups is None:
        return None
    size = subgroups.constant_size
    return {"count": subgroups.sizes.size, "size": size, "sizes": subgroups.sizes.tolist() if size is None else None}


def _chart(chart: Chart) -> JsonObject:
    return {"centre": _line(chart.centre), "lower": _line(chart.lower), "upper": _line(chart.upper)}


def _line(values: FloatArray) -> float | list[float]:
    """One number for a straight line, a list with one number for each point otherwise."""
    return float(values[0]) if np.ptp(values) == 0 else [float(value) for value in values]


def _signals(study: Study) -> list[JsonObject]:
    location, spread = study.charts.location.kind, study.charts.spread.kind
    return [
        *(_signal(location, signal) for signal in study.stability.signals),
        *(_signal(spread, signal) for signal in study.spread_signals),
    ]


def _signal(chart: str, signal: Signal) -> JsonObject:
    return {"chart": chart, "rule": signal.rule, "name": signal.text, "points": list(signal.points)}


def _stability(study: Study) -> JsonObject:
    stability = study.stability
    return {
        "stable": stability.stable,
        "rules": study.options.rules,
        "plotted": stability.plotted,
        "flagged": list(stability.flagged),
    }


def _normality(normality: Normality) -> JsonObject:
    return {
        "normal": normality.normal,
        "significance": normality.significance,
        "anderson_darling": {"statistic": normality.anderson_darling, "p": normality.anderson_darling_p},
        "shapiro_wilk": {"statistic": normality.shapiro_wilk, "p": normality.shapiro_wilk_p},
    }


def _autocorrelation(found: Autocorrelation | None) -> JsonObject | None:
    if found is None:
        return None
    return {"lag": 1, "value": found.r, "bound": found.bound, "significant": found.significant, "points": found.points}


def _percentile(percentile: PercentileIndices | None) -> JsonObject | None:
    if percentile is None or percentile.fit is None:
        return None
    fit, quantiles = percentile.fit, percentile.quantiles
    return {
        "name": fit.name,
        "parameters": list(fit.parameters),
        "accepted": fit.accepted,
        "anderson_darling": fit.anderson_darling,
        "quantiles": {"0.135": quantiles.low, "50": quantiles.median, "99.865": quantiles.high},
        "pp": _figure(percentile.pp),
        "ppk": _figure(percentile.ppk),
        "ppu": _figure(percentile.ppu),
        "ppl": _figure(percentile.ppl),
    }


def _fallouts(study: Study) -> JsonObject:
    fit = None if study.percentile is None else study.percentile.fit
    return {
        "observed": _fallout(study.observed),
        "expected_within": _fallout(study.expected_within),
        "expected_overall": _fallout(study.expected_overall),
        "expected_distribution": None if fit is None else _fallout(expected_of_fit(fit, study.limits)),
    }


def _fallout(fallout: Fallout) -> JsonObject:
    return {"below": fallout.below, "above": fallout.above, "total": fallout.total}


def _remark(remark: Remark) -> JsonObject:
    return {"code": remark.code, "message": remark.message, "params": dict(remark.params)}


def gauge_object(study: GaugeStudy) -> JsonObject:
    """A gauge study: every component under its code in small letters, and the share that decides under grr_percent."""
    return {
        "parts": study.parts,
        "appraisers": study.appraisers,
        "trials": study.trials,
        "confidence": study.confidence,
        "interval": "mls",
        "grr_percent": _bounded(*study.grr.decisive),
        "distinct_categories": study.distinct_categories,
        "interaction": {"p": study.interaction_p, "pooled": study.interaction_pooled},
        "components": {component.source.lower(): _component(component) for component in study.components},
        "anova": [_anova(row) for row in study.anova],
    }


def _component(component: Component) -> JsonObject:
    return {
        "sigma": _bounded(component.sigma, component.sigma_limits),
        "contribution": component.contribution,
        "study_variation": _bounded(component.study_variation, component.study_variation_limits),
        "tolerance": None if component.tolerance is None else _bounded(component.tolerance, component.tolerance_limits),
    }


def _bounded(value: float, limits: Interval | None) -> JsonObject:
    low, high = limits or (None, None)
    return {"value": value, "low": low, "high": high}


def _anova(row: AnovaRow) -> JsonObject:
    return {
        "source": row.source,
        "df": row.df,
        "sum_of_squares": row.sum_of_squares,
        "mean_square": row.mean_square,
        "f": row.f,
        "p": row.p,
    }
