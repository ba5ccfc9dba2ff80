"""Compares the indices that a file declares with what the data it points to give.

A declared figure proves nothing, so every index is computed anew with each estimator of the standard deviation that the
data allow, and the declared one is called supported when any of them gives it to the digits written. Software differs
in the estimator, in tables of constants and in what it calls Cp or Pp, so the name of the index does not restrict the
estimators; which one supports it is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

from scoring.engine.spc.capability import Limits
from scoring.engine.spc.messages import SpcError
from scoring.engine.spc.samples import Subgroups, subgroups_of_size, subgroups_of_sizes
from scoring.engine.spc.sigma import OF_INDIVIDUALS, OF_SUBGROUPS, mean_of, overall
from scoring.measurements.qif_grouping import NO_RESULT, series_of
from scoring.measurements.qif_messages import gettext_noop
from scoring.measurements.qif_model import Characteristic, DeclaredStatistics, Measurement, QifDocument
from scoring.measurements.qif_values import Quantity

INDICES: Final = ("Cp", "Cpk", "Pp", "Ppk")
# Printed tables of constants have three decimals, which moves an index by up to two parts in a thousand.
_TABLES: Final = 0.002


class Verdict(StrEnum):
    """What the data say to a declared index."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    NOT_DECIDABLE = "not_decidable"


REASONS: Final[Mapping[str, str]] = {
    "no_characteristic": gettext_noop("The file does not say which characteristic the statistics belong to."),
    "no_data": gettext_noop("The statistics name no measurements, or the measurements are not in the files."),
    "no_limits": gettext_noop("The characteristic has no limits that the index could rest on."),
    "bonus": gettext_noop("The tolerance grows with the size of the feature, so the index cannot be recomputed."),
    "zone_signed": gettext_noop("The values are signed deviations, which the width of the zone does not limit."),
    "deviations": gettext_noop("The statistics are of deviations or extremes, not of the values."),
    "no_spread": gettext_noop("There are fewer than two values, or they do not vary."),
    "two_limits_needed": gettext_noop("The index needs two limits and the characteristic has one."),
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """The index by one estimator: a key of the engine's ESTIMATORS, or ``overall_n`` for the divisor n."""

    estimator: str
    value: float


@dataclass(frozen=True, slots=True)
class DeclaredCheck:
    """One declared index against the data. ``reason`` is a key of REASONS when nothing could be decided.

    ``reaches_threshold`` tells whether the declared value meets the threshold of its plan, and ``reached_by`` which
    estimators do.
    """

    study: str
    characteristic: str | None
    index: str
    declared: float
    threshold: float | None
    n: int
    estimates: tuple[Estimate, ...]
    verdict: Verdict
    supported_by: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def reaches_threshold(self) -> bool | None:
        return None if self.threshold is None else self.declared >= self.threshold

    @property
    def reached_by(self) -> tuple[str, ...]:
        limit = self.threshold
        return () if limit is None else tuple(each.estimator for each in self.estimates if each.value >= limit)


@dataclass(frozen=True, slots=True)
class _Data:
    """Values in the unit of the characteristic, and the sizes of the subgroups when there are any."""

    values: tuple[float, ...]
    sizes: tuple[int, ...] | None


def declared_against_data(document: QifDocument) -> tuple[DeclaredCheck, ...]:
    """One check for each declared Cp, Cpk, Pp and Ppk, in the order of the files."""
    rows = {row.key: row for row in document.measurements}
    sizes = {study.key: study.counts.get("SubgroupSize") for study in document.studies}
    return tuple(
        _check(document, rows, sizes.get(each.study), each, index, each.values[index])
        for each in document.declared
        for index in INDICES
        if index in each.values
    )


def _check(
    document: QifDocument,
    rows: Mapping[str, Measurement],
    size: int | None,
    claim: DeclaredStatistics,
    index: str,
    declared: Quantity,
) -> DeclaredCheck:
    found = document.characteristic(claim.characteristic) if claim.characteristic else None
    data = _data(claim, rows, found)
    reason = _undecidable(claim, found, data, index)
    estimates = () if reason or found is None else _estimates(found, data, size, index)
    agreeing = tuple(each.estimator for each in estimates if _agrees(declared, each.value))
    verdict = _verdict(estimates, agreeing)
    return DeclaredCheck(
        study=claim.study,
        characteristic=claim.characteristic,
        index=index,
        declared=declared.value,
        threshold=claim.thresholds.get(index),
        n=len(data.values),
        estimates=estimates,
        verdict=verdict,
        supported_by=agreeing,
        reason=(reason or "no_spread") if verdict is Verdict.NOT_DECIDABLE else None,
    )


def _verdict(estimates: tuple[Estimate, ...], agreeing: tuple[str, ...]) -> Verdict:
    if not estimates:
        return Verdict.NOT_DECIDABLE
    return Verdict.SUPPORTED if agreeing else Verdict.UNSUPPORTED


def _undecidable(claim: DeclaredStatistics, found: Characteristic | None, data: _Data, index: str) -> str | None:
    if found is None:
        return "no_characteristic"
    if claim.block not in ("ValueStats", "RoughnessAverageValueStats"):
        return "deviations"
    if found.bonus:
        return "bonus"
    if "zone_signed" in found.cautions:
        return "zone_signed"
    if not found.has_limits:
        return "no_limits"
    if index in ("Cp", "Pp") and found.one_sided:
        return "two_limits_needed"
    return None if data.values else "no_data"


def _data(claim: DeclaredStatistics, rows: Mapping[str, Measurement], found: Characteristic | None) -> _Data:
    if claim.subgroup_values:
        groups = [list(group) for group in claim.subgroup_values]
    else:
        groups = [_values_of(keys, claim.excluded, rows, found) for keys in claim.subgroups]
    filled = [group for group in groups if group]
    values = tuple(value for group in filled for value in group)
    return _Data(values, tuple(len(group) for group in filled) if claim.grouped else None)


def _values_of(
    keys: tuple[str, ...], excluded: tuple[str, ...], rows: Mapping[str, Measurement], found: Characteristic | None
) -> list[float]:
    named = [rows[each] for each in keys if each in rows and each not in excluded]
    usable = [row for row in named if row.value is not None and row.status not in NO_RESULT]
    if found is not None and found.zone:
        return list(series_of(found, usable).values)
    # Ids that a study lists one by one are single values, even when two of them are of one part.
    return [row.value for row in usable if row.value is not None and (found is None or row.unit == found.unit)]


def _estimates(found: Characteristic, data: _Data, size: int | None, index: str) -> tuple[Estimate, ...]:
    try:
        limits = Limits(found.lower, found.upper)
        sigmas = _sigmas(data, size)
    except SpcError:
        return ()
    mean = mean_of(data.values)
    # The spread of values near the smallest number there is vanishes when it is squared.
    return tuple(Estimate(name, _index(index, mean, sigma, limits)) for name, sigma in sigmas.items() if sigma > 0)


def _sigmas(data: _Data, size: int | None) -> dict[str, float]:
    """The standard deviation by every estimator that the data allow, in the unit of the values."""
    whole = overall(data.values)
    n = len(data.values)
    sigmas = {"overall": whole.value, "overall_n": whole.value * sqrt((n - 1) / n)}
    for name, of_individuals in OF_INDIVIDUALS.items():
        sigmas[name] = of_individuals(data.values).value
    subgroups = _subgroups(data, size)
    for name, of_subgroups in OF_SUBGROUPS.items():
        if subgroups is not None and subgroups.plural().ranges.any():
            sigmas[name] = of_subgroups(subgroups).value
    return sigmas


def _subgroups(data: _Data, size: int | None) -> Subgroups | None:
    """The subgroups of the file, else consecutive ones of the size that the study states."""
    try:
        if data.sizes is not None and max(data.sizes) > 1:
            found = subgroups_of_sizes(data.values, data.sizes)
        elif data.sizes is None and size is not None and size > 1:
            found = subgroups_of_size(data.values, size)
        else:
            return None
        return found.plural()
    except SpcError:
        return None


def _index(index: str, mean: float, sigma: float, limits: Limits) -> float:
    if index in ("Cp", "Pp"):
        return (limits.width or 0.0) / (6 * sigma)
    margins = [each for each in (limits.upper_margin(mean), limits.lower_margin(mean)) if each is not None]
    return min(margins) / (3 * sigma)


def _agrees(declared: Quantity, computed: float) -> bool:
    """To half a unit of the last digit written, or to the rounding of printed tables, whichever is wider."""
    return abs(declared.value - computed) <= max(0.5 * 10.0**-declared.decimals + 1e-12, _TABLES * abs(computed))
