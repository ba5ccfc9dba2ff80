"""Units: what a file says about them, and conversion between two units of one file.

A value may name its own unit, which goes before the primary unit of the file. QIF says that a file without units is in
metres and radians; real files without units never are, so here such a value simply has no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from scoring.measurements.qif_values import LARGEST, number
from scoring.measurements.qif_xml import child, children, local_name, text

# Unit name -> (factor, offset) to the SI unit: si = (value + offset) * factor. The inch and the foot are exact.
_KNOWN: Final[Mapping[str, tuple[float, float]]] = {
    **dict.fromkeys(("m", "meter", "metre"), (1.0, 0.0)),
    **dict.fromkeys(("cm", "centimeter", "centimetre"), (0.01, 0.0)),
    **dict.fromkeys(("mm", "millimeter", "millimetre"), (0.001, 0.0)),
    **dict.fromkeys(("um", "µm", "μm", "micron", "micrometer", "micrometre"), (1e-6, 0.0)),
    **dict.fromkeys(("in", "inch", "inches"), (0.0254, 0.0)),
    **dict.fromkeys(("ft", "foot", "feet"), (0.3048, 0.0)),
    **dict.fromkeys(("rad", "radian", "radians"), (1.0, 0.0)),
    **dict.fromkeys(("deg", "degree", "degrees"), (0.017453292519943295, 0.0)),
}
_ANGULAR: Final = frozenset({"Angle", "AngleBetween", "AngleFrom", "AngularCoordinate", "UserDefinedAngular"})
_USER_DEFINED: Final[Mapping[str, str]] = {
    "UserDefinedArea": "Area",
    "UserDefinedForce": "Force",
    "UserDefinedMass": "Mass",
    "UserDefinedPressure": "Pressure",
    "UserDefinedSpeed": "Speed",
    "UserDefinedTemperature": "Temperature",
    "UserDefinedTime": "Time",
}


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The units of one file: the primary unit for each quantity, and how each unit converts to SI."""

    primary: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def of(self, kind: str) -> str | None:
        """The primary unit for a kind of characteristic, None when the file names none."""
        return self.primary.get(quantity_of(kind))

    def scale(self, unit: str) -> tuple[float, float] | None:
        """Factor and offset to SI, the file's own before the generally known ones."""
        return self.scales.get(unit) or _KNOWN.get(unit.lower())

    def convert(self, value: float, unit: str | None, target: str | None) -> float | None:
        """The value in another unit; unchanged when a unit is not named, None when no conversion is known."""
        if unit is None or target is None or unit == target:
            return value
        source, aim = self.scale(unit), self.scale(target)
        if source is None or aim is None:
            return None
        converted = (value + source[1]) * source[0] / aim[0] - aim[1]
        return converted if abs(converted) < LARGEST else None


def quantity_of(kind: str) -> str:
    """What a kind of characteristic measures: ``Linear`` for a diameter, ``Angular`` for an angle."""
    if kind in _ANGULAR:
        return "Angular"
    return _USER_DEFINED.get(kind, "" if kind == "UserDefinedUnit" else "Linear")


def read_units(element: Element) -> UnitTable:
    """The FileUnits of a document, whose primary and other units have the same form."""
    primary: dict[str, str] = {}
    scales: dict[str, tuple[float, float]] = {}
    for group in ("PrimaryUnits", "OtherUnits"):
        for unit in children(child(element, group)):
            name = text(unit, "UnitName") or text(unit, "SIUnitName")
            if name is None:
                continue
            if group == "PrimaryUnits":
                # Some CAD exporters write the unit of the drawing's angles as PMIAngularUnit.
                primary.setdefault(local_name(unit).removeprefix("PMI").removesuffix("Unit"), name)
            if (factor := number(text(unit, "UnitConversion", "Factor"))) is not None and factor > 0:
                scales[name] = (factor, number(text(unit, "UnitConversion", "Offset")) or 0.0)
    return UnitTable(primary, scales)
