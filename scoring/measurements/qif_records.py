"""Turns one XML record into the dataclass that stands for it. Nothing is looked up or interpreted here.

The names of the three versions stand side by side: QIF 2.0 and 2.1 write KeyCharacteristic, …Actual and ActualIds where
3.0 writes CharacteristicDesignator, …Measurement and MeasuredIds. A file mixes them only by mistake, and then both are
read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from scoring.measurements.qif_source import (
    Designation,
    Link,
    RawCalibration,
    RawComponent,
    RawDefinition,
    RawDevice,
    RawItem,
    RawMeasurement,
    RawNominal,
    RawTolerance,
)
from scoring.measurements.qif_values import moment, number, quantity, truth
from scoring.measurements.qif_xml import child, children, descendants, local_name, text

_ASPECTS: Final = (
    "CharacteristicDefinition",
    "CharacteristicNominal",
    "CharacteristicItem",
    "CharacteristicMeasurement",
    "CharacteristicActual",
    "CharacteristicStats",
)
# The basic dimension has another status name in each version.
_STATUS: Final[Mapping[str, str]] = {"BASIC_OR_TED": "BASIC"}
_VALUES: Final = ("Value", "RoughnessAverageValue")
ATTRIBUTE: Final = "UserDefinedAttribute"


def kind_of(element: Element) -> str:
    """``Diameter`` for DiameterCharacteristicItem and its fellows."""
    name = local_name(element)
    return next((name.removesuffix(aspect) for aspect in _ASPECTS if name.endswith(aspect)), name)


def identity(element: Element) -> str:
    return element.get("id", "").strip()


def link(element: Element | None) -> Link | None:
    """A reference: plain text is an id of this file; with ``xId`` the text names the other document instead."""
    written = text(element)
    if element is None or written is None:
        return None
    foreign = element.get("xId", "").strip()
    return Link(foreign, written) if foreign else Link(written)


def links(*elements: Element | None) -> tuple[Link, ...]:
    """The references of lists such as MeasurementDeviceIds."""
    found = (link(inner) for element in elements for inner in descendants(element, "Id"))
    return tuple(each for each in found if each is not None)


def qpid(written: str | None) -> str | None:
    """A QPId in the form used for comparison; the same one is written in capitals here and small letters there."""
    return written.strip("{}").lower() if written else None


def referenced_documents(element: Element) -> tuple[str, ...]:
    """QPIds of other documents named without a local id: the plan that was inspected, the results that were studied."""
    owners = descendants(element, "ReferencedQIFPlanInstance", "ResultsQPIds")
    found = (qpid(text(each)) for owner in owners for each in descendants(owner, "ItemQPId", "QPId"))
    return tuple(each for each in found if each is not None)


def attribute_qpid(element: Element | None) -> str | None:
    """QIF 2.1 keeps the QPId of an object among its user attributes."""
    return qpid(text(element, "Attributes", "AttributeQPId", "Value"))


def designation(element: Element) -> Designation:
    given = child(element, "CharacteristicDesignator", "KeyCharacteristic")
    criticality = child(given, "Criticality")
    uuid = text(given, "UUID") or text(element, "UUID") or text(element, "QPId")
    return Designation(
        text(given, "Designator") or text(given),
        text(criticality, "LevelEnum") or text(criticality, "OtherLevel"),
        qpid(uuid) or attribute_qpid(element),
    )


def tolerance(element: Element) -> RawTolerance:
    """Limits or deviations; in a shared definition they stand directly in the element."""
    return RawTolerance(
        quantity(child(element, "MaxValue")),
        quantity(child(element, "MinValue")),
        truth(text(element, "DefinedAsLimit")),
        link(child(element, "DefinitionId")),
        child(element, "LimitsAndFitsSpecification") is not None,
    )


def definition(element: Element) -> RawDefinition:
    written = child(element, "Tolerance")
    if written is None and child(element, "LimitsAndFitsSpecification") is not None:
        written = element
    return RawDefinition(
        identity(element),
        kind_of(element),
        text(element, "Name"),
        designation(element),
        None if written is None else tolerance(written),
        quantity(child(element, "ToleranceValue")),
        text(element, "MaterialCondition"),
        child(element, "NonTolerance") is not None,
    )


def nominal(element: Element) -> RawNominal:
    return RawNominal(
        identity(element),
        kind_of(element),
        text(element, "Name"),
        designation(element),
        link(child(element, "CharacteristicDefinitionId")),
        quantity(child(element, "TargetValue")),
    )


def item(element: Element) -> RawItem:
    return RawItem(
        identity(element),
        kind_of(element),
        text(element, "Name"),
        designation(element),
        link(child(element, "CharacteristicNominalId")),
        links(child(element, "MeasurementDeviceIds")),
    )


def measurement(element: Element, results: int) -> RawMeasurement:
    written = child(element, *_VALUES)
    # The value of an attribute is a text even where it looks like a number.
    value = None if kind_of(element) == ATTRIBUTE else quantity(written)
    features = descendants(child(element, "FeatureMeasurementIds", "FeatureActualIds"), "Id")
    return RawMeasurement(
        id=identity(element),
        kind=kind_of(element),
        results=results,
        item=link(child(element, "CharacteristicItemId")),
        status=status(child(element, "Status"), "Characteristic"),
        value=value,
        text=text(written) if value is None else None,
        bonus=number(text(element, "Bonus")),
        time=moment(text(element, "TimeStamp")),
        component=link(child(element, "ActualComponentId")),
        devices=links(child(element, "MeasurementDeviceIds")),
        features=tuple(feature for each in features if (feature := text(each)) is not None),
        process=link(child(element, "ManufacturingProcessId")),
    )


def status(element: Element | None, subject: str) -> str | None:
    """The status word of a characteristic, an inspection or a statistic, the same in every version."""
    word = text(element, f"{subject}StatusEnum") or text(element, f"Other{subject}Status")
    return _STATUS.get(word, word) if word else None


def component(element: Element) -> RawComponent:
    return RawComponent(
        identity(element), text(element, "SerialNumber"), status(child(element, "Status"), "Inspection")
    )


def device(element: Element) -> RawDevice:
    return RawDevice(
        identity(element),
        local_name(element),
        text(element, "Name"),
        text(element, "Description"),
        text(element, "Manufacturer"),
        text(element, "ModelNumber"),
        text(element, "SerialNumber"),
        tuple(_calibration(each) for each in children(child(element, "Calibrations"), "Calibration")),
    )


def _calibration(element: Element) -> RawCalibration:
    return RawCalibration(
        moment(text(element, "CalibrationDate")),
        moment(text(element, "ExpirationDate")),
        text(element, "CalibrationMaster", "SerialNumber"),
    )


def part_label(element: Element) -> str | None:
    """What a part is called: its name or label, else its model number, else its identifier."""
    named = text(element, "Name") or element.get("label", "").strip() or text(element, "ModelNumber")
    return named or qpid(text(element, "UUID")) or qpid(text(element, "QPId")) or attribute_qpid(element)


def software_names(element: Element) -> tuple[str, ...]:
    """Names of the software in a header, a list of software or an inspection traceability."""
    owners = descendants(element, "Application", "DMESoftware", "Software", "AnalysisSoftware", "InspectionProgram")
    return tuple(name for each in owners if (name := text(each, "Name") or text(each, "ApplicationName")))
