"""From definition and nominal to absolute limits, with the traps of real files.

The order of the rules: a geometric zone has its width as upper limit; a basic dimension and a fit class have no limits;
a tolerance is a pair of limits or of deviations from the nominal, as DefinedAsLimit says. Widespread software marks
limits as deviations, so a pair that is positive and encloses the nominal is read as limits and the user is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scoring.measurements.qif_model import LimitsFrom
from scoring.measurements.qif_source import RawDefinition, RawTolerance
from scoring.measurements.qif_units import UnitTable
from scoring.measurements.qif_values import Quantity

_GROWING: Final = frozenset({"MAXIMUM", "LEAST"})
GEOMETRIC: Final = frozenset(
    {
        "Angularity",
        "CircularRunout",
        "Circularity",
        "Coaxiality",
        "Concentricity",
        "Conicity",
        "Cylindricity",
        "Ellipticity",
        "Flatness",
        "LineProfile",
        "OtherForm",
        "Parallelism",
        "Perpendicularity",
        "PointProfile",
        "Position",
        "Profile",
        "Sphericity",
        "Straightness",
        "SurfaceProfile",
        "SurfaceProfileNonUniform",
        "Symmetry",
        "Toroidicity",
        "TotalRunout",
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Limits and nominal in one unit, where they come from and what has to be said about them."""

    nominal: float | None = None
    lower: float | None = None
    upper: float | None = None
    unit: str | None = None
    source: LimitsFrom = LimitsFrom.NONE
    material_condition: str | None = None
    cautions: frozenset[str] = frozenset()


def read_limits(
    kind: str,
    definition: RawDefinition | None,
    tolerance: RawTolerance | None,
    target: Quantity | None,
    units: UnitTable,
) -> Reading:
    """The absolute limits of a characteristic. ``tolerance`` is the one that holds, a shared one already looked up."""
    zone = definition.zone if definition else None
    written = [each for each in (target, zone, *_pair(tolerance)) if each is not None]
    unit = next((each.unit for each in written if each.unit), None) or units.of(kind)
    nominal = _in(target, unit, units)
    if definition is None:
        return Reading(nominal=nominal, unit=unit)
    if zone is not None:
        return _zone(definition, _in(zone, unit, units), unit)
    if definition.basic or tolerance is None:
        return Reading(nominal=nominal, unit=unit)
    lower, upper = (_in(each, unit, units) for each in _pair(tolerance))
    if lower is None and upper is None:
        return Reading(nominal=nominal, unit=unit, cautions=frozenset({"fit_not_read"} if tolerance.fit else ()))
    return _pair_of_limits(nominal, lower, upper, unit, tolerance.as_limits)


def _pair(tolerance: RawTolerance | None) -> tuple[Quantity | None, Quantity | None]:
    return (tolerance.lower, tolerance.upper) if tolerance else (None, None)


def _in(found: Quantity | None, unit: str | None, units: UnitTable) -> float | None:
    return None if found is None else units.convert(found.value, found.unit or unit, unit)


def _zone(definition: RawDefinition, width: float | None, unit: str | None) -> Reading:
    growing = definition.material_condition if definition.material_condition in _GROWING else None
    cautions = {"zone_one_sided"} | ({"material_condition"} if growing else set())
    return Reading(None, None, width, unit, LimitsFrom.ZONE, growing, frozenset(cautions))


def _pair_of_limits(
    nominal: float | None, lower: float | None, upper: float | None, unit: str | None, as_limits: bool | None
) -> Reading:
    cautions = {"limit_flag_missing"} if as_limits is None else set()
    if lower is not None and upper is not None and lower > upper:
        return Reading(nominal, None, None, unit, cautions=frozenset({*cautions, "limits_reversed"}))
    if as_limits:
        source = LimitsFrom.LIMITS
        cautions |= {"limits_suspicious"} if _outside(nominal, lower, upper) else set()
    elif _encloses(nominal, lower, upper):
        source = LimitsFrom.ASSUMED_LIMITS
        cautions.add("limits_declared_as_deviations")
    elif nominal is None:
        return Reading(None, None, None, unit, cautions=frozenset({*cautions, "nominal_missing"}))
    else:
        source = LimitsFrom.DEVIATIONS
        cautions |= {"limits_suspicious"} if _exceeds(nominal, lower, upper) else set()
        lower = None if lower is None else nominal + lower
        upper = None if upper is None else nominal + upper
    return Reading(nominal, lower, upper, unit, source, None, frozenset(cautions))


def _encloses(nominal: float | None, lower: float | None, upper: float | None) -> bool:
    """Whether a pair marked as deviations can only sensibly be limits. Without a nominal, a positive pair must be."""
    if lower is None or upper is None or lower <= 0:
        return False
    return nominal is None or lower <= nominal <= upper


def _outside(nominal: float | None, lower: float | None, upper: float | None) -> bool:
    below = nominal is not None and lower is not None and nominal < lower
    return below or (nominal is not None and upper is not None and nominal > upper)


def _exceeds(nominal: float, lower: float | None, upper: float | None) -> bool:
    """Deviations as large as the nominal itself are limits in disguise, or the links of the file are wrong."""
    return nominal > 0 and max(abs(lower or 0.0), abs(upper or 0.0)) >= nominal
