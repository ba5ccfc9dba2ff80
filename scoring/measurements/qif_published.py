"""The element names that the published standard allows in the places this reader looks at.

They serve two purposes: to know a record when it comes by, and to tell QIF from a file that only borrows the namespace.
Most lists are substitution groups of dozens of types, so their members are known by their ending.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from scoring.measurements.qif_messages import QifError, QifWarning

_NAMESPACE: Final = re.compile(r"https?://(www\.)?qifstandards\.org/xsd/qif([0-9]{1,3})/?", re.IGNORECASE)
_VERSIONS: Final = frozenset({"2.0", "2.1", "3.0"})

DOCUMENT: Final = frozenset(
    {
        "QPId", "Attributes", "Version", "VersionHistory", "Header", "ValidationCounts", "ProductDataQuality",
        "ExternalQIFReferences", "StandardsDefinitions", "SoftwareDefinitions", "AlgorithmDefinitions",
        "PreInspectionTraceability", "FileUnits", "DatumDefinitions", "DatumTargetDefinitions", "Transforms",
        "CoordinateSystems", "DatumReferenceFrames", "MeasurementResources", "ThreadSpecifications", "Product",
        "Features", "FeatureZones", "Characteristics", "Plan", "MeasurementPlan", "Results", "MeasurementsResults",
        "Statistics", "ManufacturingProcessTraceabilities", "Rules", "QIFRules", "UserDataXML", "Signature",
        "CoordinateSystemActualTransformAssociations", "MaterialLibrary", "NotedEvents", "NotableEvents",
        "Locations", "Organizations",
    }
)  # fmt: skip

# Parent -> the children that may stand in it. A parent that is not named here is not looked into.
_CHILDREN: Final[Mapping[str, frozenset[str]]] = {
    "QIFDocument": DOCUMENT,
    "MeasurementResources": frozenset(
        {"Version", "Attributes", "MeasurementRooms", "Fixtures", "MeasurementDevices", "DetachableSensors", "Tools",
         "Tips", "TipExtensions", "Carriages", "Sensors", "Locations", "EffectiveWorkingVolume"}
    ),
    "Characteristics": frozenset(
        {"Attributes", "Version", "FormalStandard", "FormalStandardId", "ToleranceDefinitions",
         "CharacteristicDefinitions", "CharacteristicNominals", "CharacteristicItems", "CharacteristicGroups",
         "DefaultCharacteristicDefinitions", "DefaultToleranceDefinitions"}
    ),
    "Results": frozenset(
        {"Attributes", "Version", "MeasurementResultsSet", "ActualComponentSets", "InspectionTraceability"}
    ),
    "MeasurementsResults": frozenset(
        {"Attributes", "Version", "MeasurementResultsSet", "MeasurementResults", "ActualComponentSets",
         "ActualComponentSet", "InspectionTraceability"}
    ),
    "MeasurementResultsSet": frozenset({"Attributes", "MeasurementResults"}),
    "MeasurementResults": frozenset(
        {"Attributes", "Version", "InspectionTraceability", "ThisResultsInstanceQPId", "ExternalFileReferences",
         "MeasuredFeatures", "MeasuredPointSets", "MeasuredCharacteristics", "ActualTransforms",
         "CoordinateSystemActualTransformAssociations", "InspectionStatus", "ActualComponentIds", "NotedEvents",
         "ActualCoordinateSystems", "MeasuredCoordinateSystems"}
    ),
    "MeasuredCharacteristics": frozenset({"Attributes", "CharacteristicMeasurements", "CharacteristicActuals",
                                          "CharacteristicGroupMeasurements", "CharacteristicGroupActuals"}),
    "ActualComponentSets": frozenset({"Attributes", "ActualComponentSet"}),
    "ActualComponentSet": frozenset({"Attributes", "ActualComponent"}),
    "Statistics": frozenset(
        {"Attributes", "Version", "StatisticalStudyPlans", "StatisticalStudiesResults", "CorrectiveActionPlans"}
    ),
}  # fmt: skip

# Parent -> how the names of its members end. The member is a record and is read as a whole.
_MEMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    "ToleranceDefinitions": ("Tolerance", "ToleranceDefinition"),
    "DefaultToleranceDefinitions": ("Tolerance", "ToleranceDefinition"),
    "CharacteristicDefinitions": ("CharacteristicDefinition",),
    "DefaultCharacteristicDefinitions": ("CharacteristicDefinition",),
    "CharacteristicNominals": ("CharacteristicNominal",),
    "CharacteristicItems": ("CharacteristicItem",),
    "CharacteristicMeasurements": ("CharacteristicMeasurement",),
    "CharacteristicActuals": ("CharacteristicActual",),
    "StatisticalStudyPlans": ("StudyPlan",),
    "StatisticalStudiesResults": ("StudyResults",),
    "CorrectiveActionPlans": ("CorrectiveActionPlan",),
    "ManufacturingProcessTraceabilities": ("ManufacturingProcessTraceability",),
    "MeasurementDevices": ("",),
    "PartSet": ("Part",),
}

_RECORDS: Final[Mapping[str, frozenset[str]]] = {
    "QIFDocument": frozenset(
        {"QPId", "Version", "Header", "ExternalQIFReferences", "FileUnits", "SoftwareDefinitions",
         "PreInspectionTraceability"}
    ),
    "Product": frozenset({"RootPart"}),
    "Results": frozenset({"InspectionTraceability"}),
    "MeasurementsResults": frozenset({"InspectionTraceability"}),
    "MeasurementResults": frozenset(
        {"ThisResultsInstanceQPId", "Attributes", "InspectionStatus", "InspectionTraceability", "ActualComponentIds"}
    ),
    "ActualComponentSet": frozenset({"ActualComponent"}),
}  # fmt: skip

# Elements that hold data; a file that has one of them and gives no row is not what it says it is.
SECTIONS: Final = frozenset(
    {"Characteristics", "Results", "MeasurementsResults", "Statistics", "MeasurementResources", "Product",
     "Features", "Plan", "MeasurementPlan", "Rules", "QIFRules"}
)  # fmt: skip


def is_record(parent: str, name: str) -> bool:
    """Whether an element is one of the small pieces that are read whole."""
    if name in _RECORDS.get(parent, frozenset()):
        return True
    return parent in _MEMBERS and _is_member(parent, name)


def is_published(parent: str, name: str) -> bool:
    """Whether the standard lets ``name`` stand in ``parent``; true for every parent that is not looked into."""
    if parent in _MEMBERS:
        return name == "Attributes" or _is_member(parent, name)
    return parent not in _CHILDREN or name in _CHILDREN[parent]


def _is_member(parent: str, name: str) -> bool:
    return name != "Attributes" and name.endswith(_MEMBERS[parent])


def version_of(space: str, written: str) -> tuple[str, tuple[QifWarning, ...]]:
    """The version by the attribute, else by the namespace, with what is odd about the two."""
    found = _NAMESPACE.fullmatch(space)
    if space and found is None:
        raise QifError("namespace", namespace=space[:120])
    version = written or f"{found[2] if found else 3}.0"
    version = ".".join(version[:20].split(".")[:2])
    if version.startswith(("0", "1")) or (found and found[2] in ("0", "1")):
        raise QifError("version", version=version)
    warnings = [] if found else [QifWarning("namespace_missing", {"version": version})]
    if version not in _VERSIONS:
        warnings.append(QifWarning("version_unknown", {"version": version}))
    elif found and not version.startswith(found[2]):
        warnings.append(QifWarning("version_mismatch", {"version": version, "namespace": space}))
    return version, tuple(warnings)
