"""Writes QIF files for the tests: one description, the structure and the names of any of the three versions."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

VERSIONS = ("2.0", "2.1", "3.0")


@dataclass(frozen=True)
class Char:
    """A characteristic with its definition, nominal and item; ids of the three follow from ``id``."""

    id: int
    kind: str = "Diameter"
    name: str | None = None
    designator: str | None = None
    uuid: str | None = None
    criticality: str | None = None
    nominal: str | None = "2.000"
    lower: str | None = "1.800"
    upper: str | None = "2.200"
    as_limits: str | None = "true"
    zone: str | None = None
    material: str | None = None
    basic: bool = False
    fit: bool = False
    shared: int | None = None
    unit: str | None = None
    devices: tuple[int, ...] = ()


@dataclass(frozen=True)
class Row:
    """A measurement of the item with id ``item``."""

    id: int
    item: int | str
    value: str | None
    kind: str = "Diameter"
    status: str = "PASS"
    unit: str | None = None
    time: str | None = None
    component: int | None = None
    devices: tuple[int, ...] = ()
    features: tuple[int, ...] = ()
    bonus: str | None = None


@dataclass(frozen=True)
class Res:
    """One set of results, of the part with id ``component``."""

    id: int
    rows: tuple[Row, ...] = ()
    component: int | None = None
    qpid: str | None = None
    started: str | None = None
    status: str = "PASS"


def tag(name: str, /, *content: str | None, **attributes: object) -> str:
    """An element; without any content it is left out, content that is None is skipped."""
    inner = "".join(each for each in content if each is not None)
    given = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items() if value is not None)
    return f"<{name}{given}>{inner}</{name}>"


def maybe(name: str, content: str | None, **attributes: object) -> str | None:
    return None if content is None else tag(name, escape(content), **attributes)


def ids(name: str, version: str, values: tuple[int, ...]) -> str | None:
    count = {"N" if version == "2.0" else "n": len(values)}
    return tag(name, *(tag("Id", str(each)) for each in values), **count) if values else None


def document(
    version: str = "3.0",
    *,
    qpid: str | None = None,
    units: str | None = "mm",
    part: str | None = "Bracket",
    devices: str = "",
    chars: tuple[Char, ...] = (),
    results: tuple[Res, ...] = (),
    serials: dict[int, str] | None = None,
    started: str | None = None,
    statistics: str = "",
    externals: dict[int, str] | None = None,
    tolerances: str = "",
    software: str | None = None,
    extra: str = "",
) -> bytes:
    """A whole file. ``qpid`` None leaves the identifier of the document out, as old exporters do."""
    body = [
        _identifier(version, qpid),
        tag("Header", tag("Application", tag("Name", software))) if software else None,
        _externals(externals or {}),
        _units(units),
        tag("MeasurementResources", tag("MeasurementDevices", devices)) if devices else None,
        _product(version, part),
        _characteristics(version, chars, tolerances),
        _results(version, results, serials or {}, started),
        tag("Statistics", statistics) if statistics else None,
        extra,
    ]
    space = "qif3" if version == "3.0" else "qif2"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + tag(
            "QIFDocument", *body, xmlns=f"http://qifstandards.org/xsd/{space}", versionQIF=f"{version}.0", idMax="9999"
        )
    ).encode()


def _identifier(version: str, qpid: str | None) -> str | None:
    if qpid is None:
        return None
    return tag("Version", tag("ThisInstanceQPId", qpid)) if version == "2.0" else tag("QPId", qpid)


def _externals(externals: dict[int, str]) -> str | None:
    found = [tag("ExternalQIFDocument", tag("QPId", qpid), id=local) for local, qpid in externals.items()]
    return tag("ExternalQIFReferences", *found, n=len(found)) if found else None


def _units(units: str | None) -> str | None:
    if units is None:
        return None
    linear = tag("LinearUnit", tag("SIUnitName", "meter"), tag("UnitName", units))
    angular = tag("AngularUnit", tag("SIUnitName", "radian"), tag("UnitName", "degree"))
    return tag("FileUnits", tag("PrimaryUnits", angular, linear))


def _product(version: str, part: str | None) -> str | None:
    if part is None:
        return None
    inner = tag("Part", tag("Name", part), id=1) if version == "2.0" else tag("Part", id=901, label=part)
    return tag("Product", tag("PartSet", inner))


def _characteristics(version: str, chars: tuple[Char, ...], tolerances: str) -> str | None:
    if not chars:
        return None
    standard = (
        tag("FormalStandardId", "99")
        if version == "3.0"
        else tag("FormalStandard", tag("FormalStandardEnum", "ASME-Y14.5-1994"))
    )
    return tag(
        "Characteristics",
        standard,
        tag("CharacteristicDefinitions", *(_definition(version, each) for each in chars)),
        tag("DefaultToleranceDefinitions", tolerances) if tolerances else None,
        tag("CharacteristicNominals", *(_nominal(version, each) for each in chars)),
        tag("CharacteristicItems", *(_item(version, each) for each in chars)),
    )


def _local(version: str, char: Char, offset: int) -> int:
    """Ids of QIF 2.0 are unique only within a kind, so there definition, nominal and item share one."""
    return char.id if version == "2.0" else char.id + offset


def _definition(version: str, char: Char) -> str:
    content = [maybe("ToleranceValue", char.zone, linearUnit=char.unit), maybe("MaterialCondition", char.material)]
    if char.basic:
        content.append(tag("NonTolerance", "MEASURED"))
    elif char.fit:
        content.append(tag("Tolerance", tag("LimitsAndFitsSpecification", tag("LimitsAndFitsClass", "H7"))))
    elif char.shared is not None:
        content.append(tag("Tolerance", tag("DefinitionId", str(char.shared))))
    elif char.zone is None and char.kind != "UserDefinedAttribute":
        content.append(tag("Tolerance", *limits(char.lower, char.upper, char.as_limits, char.unit)))
    return tag(f"{char.kind}CharacteristicDefinition", *content, id=_local(version, char, 1000))


def limits(lower: str | None, upper: str | None, as_limits: str | None, unit: str | None = None) -> list[str | None]:
    return [
        maybe("MaxValue", upper, linearUnit=unit),
        maybe("MinValue", lower, linearUnit=unit),
        maybe("DefinedAsLimit", as_limits),
    ]


def _nominal(version: str, char: Char) -> str:
    return tag(
        f"{char.kind}CharacteristicNominal",
        tag("CharacteristicDefinitionId", str(_local(version, char, 1000))),
        maybe("TargetValue", None if char.zone else char.nominal, linearUnit=char.unit),
        id=_local(version, char, 2000),
    )


def _item(version: str, char: Char) -> str:
    return tag(
        f"{char.kind}CharacteristicItem",
        _uuid_as_attribute(version, char),
        maybe("Name", char.name),
        maybe("QPId", char.uuid) if version == "2.0" else None,
        _designator(version, char),
        ids("MeasurementDeviceIds", version, char.devices),
        tag("CharacteristicNominalId", str(_local(version, char, 2000))),
        id=char.id,
    )


def _uuid_as_attribute(version: str, char: Char) -> str | None:
    if version != "2.1" or char.uuid is None:
        return None
    return tag("Attributes", tag("AttributeQPId", tag("Value", char.uuid), name="qpid"), n=1)


def _designator(version: str, char: Char) -> str | None:
    if char.designator is None and char.criticality is None:
        return None
    return tag(
        "CharacteristicDesignator" if version == "3.0" else "KeyCharacteristic",
        maybe("Designator", char.designator),
        maybe("UUID", char.uuid) if version == "3.0" else None,
        tag("Criticality", tag("LevelEnum", char.criticality)) if char.criticality else None,
    )


def _results(version: str, results: tuple[Res, ...], serials: dict[int, str], started: str | None) -> str | None:
    if not results:
        return None
    sets = "".join(_one_results(version, each) for each in results)
    components = [
        tag("ActualComponent", maybe("SerialNumber", serial), tag("Status", _inspection("PASS")), id=local)
        for local, serial in serials.items()
    ]
    component_sets = "".join(tag("ActualComponentSet", each) for each in components) or None
    if component_sets and version != "2.0":
        component_sets = tag("ActualComponentSets", component_sets)
    return tag(
        "Results" if version == "3.0" else "MeasurementsResults",
        sets if version == "2.0" else tag("MeasurementResultsSet", sets, n=len(results)),
        component_sets,
        tag("InspectionTraceability", tag("InspectionStart", started)) if started else None,
    )


def _inspection(status: str) -> str:
    return tag("InspectionStatusEnum", status)


def _one_results(version: str, results: Res) -> str:
    listing = "CharacteristicMeasurements" if version == "3.0" else "CharacteristicActuals"
    measured = tag(listing, *(row(version, each) for each in results.rows), n=len(results.rows))
    return tag(
        "MeasurementResults",
        tag("InspectionTraceability", tag("InspectionStart", results.started)) if results.started else None,
        maybe("ThisResultsInstanceQPId", results.qpid),
        tag("MeasuredCharacteristics", measured) if results.rows else None,
        tag("InspectionStatus", _inspection(results.status)),
        ids("ActualComponentIds", version, (results.component,)) if results.component else None,
        id=results.id,
    )


def row(version: str, each: Row) -> str:
    """One measurement; an item such as ``5@1`` lies in the external document with the local id 1."""
    item, _, external = str(each.item).partition("@")
    status = "BASIC_OR_TED" if each.status == "BASIC" and version == "3.0" else each.status
    reference = tag("CharacteristicItemId", external, xId=item) if external else tag("CharacteristicItemId", item)
    return tag(
        f"{each.kind}Characteristic{'Measurement' if version == '3.0' else 'Actual'}",
        tag("Status", tag("CharacteristicStatusEnum", status)),
        reference,
        maybe("TimeStamp", each.time),
        ids("FeatureMeasurementIds" if version == "3.0" else "FeatureActualIds", version, each.features),
        maybe("ActualComponentId", str(each.component) if each.component else None),
        ids("MeasurementDeviceIds", version, each.devices),
        maybe("Value", each.value, linearUnit=each.unit),
        maybe("Bonus", each.bonus),
        id=each.id,
    )


def figure(version: str, name: str, value: str) -> str:
    """A declared figure: text in QIF 2, a Value element in QIF 3."""
    return tag(name, tag("Value", value) if version == "3.0" else value)


def measured_ids(version: str, values: tuple[int | str, ...]) -> str:
    """Ids of measurements; ``3@1`` is the id 3 in the external document 1."""
    found = []
    for each in values:
        local, _, external = str(each).partition("@")
        found.append(tag("Id", external, xId=local) if external else tag("Id", local))
    return tag("MeasuredIds" if version == "3.0" else "ActualIds", tag("Ids", *found))


def study_results(
    version: str,
    *,
    kind: str = "Capability",
    char_kind: str = "Diameter",
    figures: dict[str, str],
    measured: tuple[int | str, ...] = (),
    subgroups: tuple[tuple[int, ...], ...] = (),
    block: str = "ValueStats",
    unit: str | None = None,
    data: str = "",
    plan: int | None = None,
    extra: str = "",
    qpid: str | None = None,
    identity: int = 800,
) -> str:
    """StatisticalStudiesResults with one characteristic."""
    groups = "".join(tag("Subgroup", measured_ids(version, each), id=500 + n) for n, each in enumerate(subgroups))
    if groups and version != "2.0":
        groups = tag("Subgroups", groups, n=len(subgroups))
    stats = tag(
        f"{char_kind}CharacteristicStats",
        measured_ids(version, measured) if measured else None,
        groups,
        data,
        tag("Status", tag("StatsEvalStatusEnum", "INFORMATIONAL")),
        tag(block, *(figure(version, name, value) for name, value in figures.items()), linearUnit=unit),
    )
    return tag(
        "StatisticalStudiesResults",
        tag(
            f"{kind}StudyResults",
            maybe("ThisStatisticalStudyResultsInstanceQPId", qpid),
            tag("Status", tag("StatsEvalStatusEnum", "PASS")),
            tag("StudyId", str(plan)) if plan else None,
            tag("CharacteristicsStats", stats) if figures else None,
            extra,
            id=identity,
        ),
    )


def study_plans(*plans: str) -> str:
    return tag("StatisticalStudyPlans", *plans, n=len(plans))


# The cast: one shaft whose diameter was measured on five parts by a caliper.
SHAFT = Char(5, name="Shaft diameter", designator="12", criticality="KEY", uuid="AAAA-01", devices=(7,))
CALIPER = tag("Caliper", tag("Name", "Caliper 150 mm"), tag("SerialNumber", "K-0731"), id=7)
VALUES = ("2.001", "1.999", "2.005", "1.997", "2.003")


def parts(
    values: tuple[str, ...] = VALUES, *, item: int | str = 5, first: int = 300, **more: object
) -> tuple[Res, ...]:
    """One set of results for each value, of parts 401, 402 and so on."""
    return tuple(
        Res(100 + n, (Row(first + n, item, value, **more),), 401 + n)  # type: ignore[arg-type]
        for n, value in enumerate(values)
    )


def serials(count: int = len(VALUES), prefix: str = "SN") -> dict[int, str]:
    return {401 + n: f"{prefix}{n + 1:04d}" for n in range(count)}


def shaft(version: str = "3.0", values: tuple[str, ...] = VALUES, **more: object) -> bytes:
    """The shaft with its results, in any version."""
    given: dict[str, object] = {
        "devices": CALIPER,
        "chars": (SHAFT,),
        "results": parts(values),
        "serials": serials(len(values)),
    }
    return document(version, **(given | more))  # type: ignore[arg-type]
