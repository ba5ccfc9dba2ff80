"""What the statistics say in words: refusals, remarks, estimators and interval methods, each a code with parameters.

Nothing is translated here. A page or a command looks the code up, hands the sentence to its own gettext and fills in
the parameters, so the sentences are marked for extraction and kept whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

Parameter = str | int | float


def gettext_noop(message: str) -> str:
    """Marks a sentence for the extraction of translations and changes nothing."""
    return message


REFUSALS: Final[Mapping[str, str]] = {
    "no_limits": gettext_noop("There is no specification limit. Give the lower limit, the upper limit or both."),
    "limits_not_finite": gettext_noop("A specification limit or the target is not a finite number."),
    "limits_reversed": gettext_noop(
        "The lower limit %(lsl)s is not below the upper limit %(usl)s. Exchange or correct the limits."
    ),
    "target_outside": gettext_noop(
        "The target %(target)s lies outside the specification limits. Correct the target or the limits."
    ),
    "confidence": gettext_noop("The confidence level %(confidence)s is not between 0 and 1. Use 0.95, for example."),
    "too_few": gettext_noop("Number of values: %(n)s; at least %(minimum)s are needed."),
    "not_finite": gettext_noop("Value %(position)s is not a finite number. Correct it or leave it out."),
    "zero_spread": gettext_noop(
        "All %(n)s values are the same, so there is no spread and no index. Measure with a finer resolution."
    ),
    "extreme_spread": gettext_noop(
        "The values spread over %(spread)s. Choose a unit that gives numbers of usual size."
    ),
    "zero_within_spread": gettext_noop(
        "The spread within the subgroups is zero, so Cp and Cpk do not exist. "
        "Measure with a finer resolution or form other subgroups."
    ),
    "not_positive_sigma": gettext_noop("The standard deviation %(sigma)s is not a positive number."),
    "not_positive_df": gettext_noop("The degrees of freedom %(df)s are not a positive number."),
    "subgroup_size": gettext_noop(
        "The subgroup size %(size)s does not fit %(n)s values. Use a whole number from 2 to half the number of values."
    ),
    "subgroup_sizes": gettext_noop("The subgroup sizes add up to %(total)s, but there are %(n)s values."),
    "no_subgroup_of_two": gettext_noop(
        "No subgroup has two or more values, so there is no spread within subgroups. Leave the subgroups out."
    ),
    "estimator_unknown": gettext_noop(
        "“%(estimator)s” is no estimator of the standard deviation. Choose from: %(known)s."
    ),
    "estimator_needs_subgroups": gettext_noop(
        "The estimator “%(estimator)s” needs subgroups. Name a subgroup column or a subgroup size."
    ),
    "estimator_needs_individuals": gettext_noop(
        "The estimator “%(estimator)s” is for individual values. Leave the subgroups out or choose another estimator."
    ),
    "constant_n": gettext_noop(
        "Control chart constants exist for subgroups of 2 to %(largest)s values, not for %(n)s."
    ),
    "counts_and_sizes": gettext_noop("There are %(counts)s counts but %(sizes)s sample sizes."),
    "count_not_whole": gettext_noop("The count of sample %(position)s is not a whole number of 0 or more."),
    "sample_size": gettext_noop("The size of sample %(position)s is not a positive number."),
    "sample_size_not_whole": gettext_noop("The size of sample %(position)s is not a whole number."),
    "count_above_size": gettext_noop(
        "Sample %(position)s has more nonconforming items than items. Correct the count or use a u chart for defects."
    ),
    "sizes_differ": gettext_noop("An np chart needs samples of one size. Use a p chart when the sizes differ."),
    "quantiles_order": gettext_noop(
        "The quantiles %(low)s, %(median)s and %(high)s do not rise. Give the percentiles 0.135, 50 and 99.865."
    ),
    "distribution_unknown": gettext_noop("“%(name)s” is no distribution. Choose from: %(known)s."),
    "distribution_needs_positive": gettext_noop(
        "The distribution “%(name)s” needs values above zero. Choose the normal distribution."
    ),
    "study_shape": gettext_noop(
        "A gauge study needs at least 2 parts, 2 appraisers and 2 trials; this one has %(parts)s, %(appraisers)s and "
        "%(trials)s."
    ),
    "study_unbalanced": gettext_noop(
        "Appraiser %(appraiser)s measured part %(part)s %(found)s times, others %(expected)s times. "
        "Every appraiser must measure every part equally often."
    ),
    "study_no_variation": gettext_noop("All values of the gauge study are the same. Measure with a finer resolution."),
    "tolerance": gettext_noop("The tolerance %(tolerance)s is not a positive number."),
}

REMARKS: Final[Mapping[str, str]] = {
    "few_values": gettext_noop(
        "Number of values: %(n)s; at least %(advised)s are advised for a capability study, so the intervals are wide."
    ),
    "not_normal": gettext_noop(
        "The values are not normally distributed (Anderson-Darling p = %(p)s); "
        "Cp, Cpk, Pp, Ppk and the expected fallout assume that they are."
    ),
    "normality_unknown": gettext_noop("With %(n)s values the shape of the distribution cannot be judged."),
    "no_distribution": gettext_noop(
        "None of the distributions tried (normal, lognormal, Weibull, gamma) fits the values."
    ),
    "distribution_rejected": gettext_noop(
        "The distribution asked for does not fit the values (Anderson-Darling test at the 5 percent level)."
    ),
    "percentile_lognormal": gettext_noop(
        "The values are not normal, so the percentile method was used with the lognormal distribution."
    ),
    "percentile_weibull": gettext_noop(
        "The values are not normal, so the percentile method was used with the Weibull distribution."
    ),
    "percentile_gamma": gettext_noop(
        "The values are not normal, so the percentile method was used with the gamma distribution."
    ),
    "percentile_normal": gettext_noop(
        "The percentile method was used with the normal distribution, as asked, although the values are not normal."
    ),
    "not_stable": gettext_noop(
        "The control chart shows %(points)s of %(plotted)s points with signals (%(rules)s): "
        "the process is not stable, and indices of an unstable process do not predict."
    ),
    "autocorrelated": gettext_noop(
        "Successive points are correlated (lag 1: %(r)s, bound %(bound)s): the limits and intervals assume that they "
        "are not."
    ),
    "moving_range_autocorrelated": gettext_noop(
        "The standard deviation from moving ranges is too small when successive values are correlated (lag 1: %(r)s), "
        "so Cp and Cpk are too good. Rely on Pp and Ppk."
    ),
    "short_subgroups": gettext_noop("Subgroups with fewer values than the others (%(largest)s): %(count)s."),
    "single_values": gettext_noop(
        "Subgroups with a single value: %(count)s. They count for the mean, not for the spread within."
    ),
    "subgroup_returns": gettext_noop(
        "Subgroup names that appear again after other subgroups: %(count)s. All values of one name were put together."
    ),
    "too_few_for_verdict": gettext_noop("Number of values: %(n)s; a verdict needs at least %(minimum)s."),
    "lower_limit_reaches": gettext_noop(
        "Ppk is %(ppk)s and its lower confidence limit %(low)s reaches the required %(required)s."
    ),
    "upper_limit_misses": gettext_noop(
        "Ppk is %(ppk)s and even its upper confidence limit %(high)s stays below the required %(required)s."
    ),
    "interval_straddles": gettext_noop(
        "Ppk is %(ppk)s; its confidence interval from %(low)s to %(high)s holds the required %(required)s."
    ),
    "interval_missing": gettext_noop("There is no confidence interval for Ppk, so a verdict would be a guess."),
    "declared_above_interval": gettext_noop(
        "The declared %(index)s of %(declared)s lies above the confidence interval of the recomputed value "
        "(%(value)s, up to %(high)s)."
    ),
    "declared_within_interval": gettext_noop(
        "The declared %(index)s of %(declared)s is higher than the recomputed %(value)s but within its confidence "
        "interval (up to %(high)s)."
    ),
    "declared_reached": gettext_noop("The recomputed %(index)s of %(value)s reaches the declared %(declared)s."),
}

ESTIMATORS: Final[Mapping[str, str]] = {
    "rbar": gettext_noop("mean subgroup range / d2"),
    "sbar": gettext_noop("mean subgroup standard deviation / c4"),
    "pooled": gettext_noop("pooled standard deviation of the subgroups"),
    "pooled_unbiased": gettext_noop("pooled standard deviation of the subgroups / c4"),
    "moving_range": gettext_noop("mean moving range of 2 / d2"),
    "sqrt_mssd": gettext_noop("square root of half the mean squared successive difference"),
    "overall": gettext_noop("overall standard deviation (n - 1)"),
    "target_overall": gettext_noop("overall standard deviation (n - 1) and distance of the mean from the target"),
    "given_quantiles": gettext_noop("percentiles 0.135, 50 and 99.865 as given"),
    "normal": gettext_noop("percentiles 0.135, 50 and 99.865 of the fitted normal distribution"),
    "lognormal": gettext_noop("percentiles 0.135, 50 and 99.865 of the fitted lognormal distribution"),
    "weibull": gettext_noop("percentiles 0.135, 50 and 99.865 of the fitted Weibull distribution"),
    "gamma": gettext_noop("percentiles 0.135, 50 and 99.865 of the fitted gamma distribution"),
}

INTERVALS: Final[Mapping[str, str]] = {
    "chi_square": gettext_noop("chi-square interval (Chou, Owen and Borrego 1990)"),
    "bissell": gettext_noop("normal approximation of Bissell (1990)"),
    "noncentral_t": gettext_noop("exact noncentral t interval"),
    "noncentral_t_df": gettext_noop("noncentral t interval with the degrees of freedom of the estimator"),
    "boyles": gettext_noop("chi-square interval of Boyles (1991)"),
    "delta": gettext_noop("delta method on the observed information of the fit"),
    "mls": gettext_noop("modified large sample method (Burdick, Borror and Montgomery 2005)"),
    "none": gettext_noop("no interval"),
}

COMPONENTS: Final[Mapping[str, str]] = {
    "GRR": gettext_noop("Repeatability and reproducibility (GRR)"),
    "EV": gettext_noop("Repeatability (EV)"),
    "AV": gettext_noop("Appraisers (AV)"),
    "INT": gettext_noop("Interaction (INT)"),
    "PV": gettext_noop("Parts (PV)"),
    "TV": gettext_noop("Total (TV)"),
}

METHOD: Final = gettext_noop("%(estimator)s; %(df)s degrees of freedom; %(interval)s")
METHOD_WITHOUT_DF: Final = gettext_noop("%(estimator)s; %(interval)s")

RULES: Final[Mapping[str, str]] = {
    "WE1": gettext_noop("one point beyond 3 sigma"),
    "WE2": gettext_noop("two of three points beyond 2 sigma on one side"),
    "WE3": gettext_noop("four of five points beyond 1 sigma on one side"),
    "WE4": gettext_noop("eight points in a row on one side of the centre line"),
    "N1": gettext_noop("one point beyond 3 sigma"),
    "N2": gettext_noop("nine points in a row on one side of the centre line"),
    "N3": gettext_noop("six points in a row rising or falling"),
    "N4": gettext_noop("fourteen points in a row alternating up and down"),
    "N5": gettext_noop("two of three points beyond 2 sigma on one side"),
    "N6": gettext_noop("four of five points beyond 1 sigma on one side"),
    "N7": gettext_noop("fifteen points in a row within 1 sigma"),
    "N8": gettext_noop("eight points in a row beyond 1 sigma, on both sides"),
    "limit": gettext_noop("one point beyond the control limits"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be said beside a figure. ``code`` is a key of REMARKS, ``params`` fills its sentence."""

    code: str
    params: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return REMARKS[self.code] % shown(self.params)


class SpcError(ValueError):
    """The figures cannot be computed. ``code`` is a key of REFUSALS and ``params`` fills its sentence."""

    def __init__(self, code: str, **params: Parameter) -> None:
        self.code = code
        self.params: Mapping[str, Parameter] = params
        super().__init__(self.message)

    @property
    def message(self) -> str:
        return REFUSALS[self.code] % shown(self.params)


def shown(params: Mapping[str, Parameter]) -> dict[str, str]:
    """Parameters as they stand in a sentence: floats with six significant digits, the rest as it is."""
    return {name: f"{value:.6g}" if isinstance(value, float) else str(value) for name, value in params.items()}
