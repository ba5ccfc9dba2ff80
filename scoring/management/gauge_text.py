"""A gauge study as text in the reader's language."""

from django.utils.translation import gettext as _

from scoring.engine.spc.gauge_rr import Component, GaugeStudy
from scoring.engine.spc.intervals import Interval
from scoring.engine.spc.messages import COMPONENTS, INTERVALS


def gauge_text(name: str, unit: str, study: GaugeStudy) -> str:
    """What was read, the share that decides with its interval, then every component that was not pooled."""
    sizes = {"parts": study.parts, "appraisers": study.appraisers, "trials": study.trials}
    title = f"{name} [{unit}]" if unit else name
    lines = [
        _("%(name)s: gauge study") % {"name": title},
        _("%(parts)s parts × %(appraisers)s appraisers × %(trials)s trials") % sizes,
        _decisive(study),
        _("Interval: %(method)s") % {"method": _(INTERVALS["mls"])},
        _("Distinct categories (ndc): %(count)s") % {"count": study.distinct_categories or "–"},
    ]
    return "\n".join([*lines, "", *(_component(one) for one in study.components if one.sigma_limits)])


def _decisive(study: GaugeStudy) -> str:
    value, limits = study.grr.decisive
    said = {"value": f"{value:.2f}", "level": f"{100 * study.confidence:g}", **_ends(limits, ".2f")}
    if study.grr.tolerance is None:
        return _("GRR %(value)s %% of the study variation, %(level)s %% interval %(low)s %% to %(high)s %%") % said
    return _("GRR %(value)s %% of the tolerance, %(level)s %% interval %(low)s %% to %(high)s %%") % said


def _component(one: Component) -> str:
    said = {"name": _(COMPONENTS[one.source]), "sigma": f"{one.sigma:.6g}", **_ends(one.sigma_limits, ".6g")}
    return _("%(name)s: standard deviation %(sigma)s, interval %(low)s to %(high)s") % said


def _ends(limits: Interval | None, form: str) -> dict[str, str]:
    low, high = ("–", "–") if limits is None else (format(limits[0], form), format(limits[1], form))
    return {"low": low, "high": high}
