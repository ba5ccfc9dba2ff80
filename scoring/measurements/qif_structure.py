"""Reads one QIF file into a QifSource: dispatches each record to its reader and keeps count of what is not QIF.

Ids are kept apart by kind of element. QIF 2.0 makes them unique only within a kind, so ``1`` is at once a caliper, a
definition and a result there; the later versions, where an id is unique in the file, lose nothing by it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from xml.etree.ElementTree import Element

from scoring.measurements import qif_records as records
from scoring.measurements import qif_statistics as stats
from scoring.measurements.qif_messages import QifError, QifWarning, counted, listed
from scoring.measurements.qif_published import SECTIONS, is_published, is_record, version_of
from scoring.measurements.qif_source import (
    Link,
    QifSource,
    RawComponent,
    RawCorrectivePlan,
    RawDefinition,
    RawDevice,
    RawItem,
    RawMeasurement,
    RawNominal,
    RawResults,
    RawStatistics,
    RawStudy,
    RawTolerance,
)
from scoring.measurements.qif_units import UnitTable, read_units
from scoring.measurements.qif_values import Moment, moment
from scoring.measurements.qif_xml import Limits, child, children, descendants, local_name, namespace, steps, text


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Record = TypeVar("Record", bound=_Identified)


@dataclass(slots=True)
class _ResultsDraft:
    """A MeasurementResults while its measurements go by; what belongs to it may come after them."""

    id: str
    qpid: str | None = None
    status: str | None = None
    started: Moment | None = None
    components: tuple[Link, ...] = ()

    def finished(self, default_start: Moment | None) -> RawResults:
        return RawResults(self.id, self.qpid, self.status, self.started or default_start, self.components)


@dataclass(slots=True)
class _Reader:
    version: str = ""
    qpid: str | None = None
    created: Moment | None = None
    started: Moment | None = None
    externals: dict[str, str] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    parts: dict[str, str | None] = field(default_factory=dict)
    root_part: str | None = None
    units: UnitTable = field(default_factory=UnitTable)
    software: list[str] = field(default_factory=list)
    definitions: dict[str, RawDefinition] = field(default_factory=dict)
    nominals: dict[str, RawNominal] = field(default_factory=dict)
    items: dict[str, RawItem] = field(default_factory=dict)
    tolerances: dict[str, RawTolerance] = field(default_factory=dict)
    results: list[_ResultsDraft] = field(default_factory=list)
    measurements: dict[str, RawMeasurement] = field(default_factory=dict)
    components: dict[str, RawComponent] = field(default_factory=dict)
    devices: dict[str, RawDevice] = field(default_factory=dict)
    studies: list[RawStudy] = field(default_factory=list)
    statistics: list[RawStatistics] = field(default_factory=list)
    corrective_plans: list[RawCorrectivePlan] = field(default_factory=list)
    processes: int = 0
    manual_methods: int = 0
    sections: set[str] = field(default_factory=set)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    bad_times: list[str] = field(default_factory=list)
    warnings: list[QifWarning] = field(default_factory=list)

    def open(self, path: tuple[str, ...], element: Element) -> None:
        name = path[-1]
        if len(path) == 1:
            self._begin(element)
            return
        if not is_published(path[-2], name):
            self.unknown.append((path[1], name))
        if len(path) == 2:
            self.sections.add(name)
        if name == "MeasurementResults":
            self.results.append(_ResultsDraft(records.identity(element)))
        elif name.endswith("ManualMeasureFeatureMethod"):
            self.manual_methods += 1

    def record(self, path: tuple[str, ...], element: Element) -> None:
        parent, name = path[-2], path[-1]
        if len(path) == 2:
            self._in_document(name, element)
        elif parent == "MeasurementResults":
            self._in_results(name, element)
        else:
            self._listed(parent, element)

    def _begin(self, root: Element) -> None:
        if local_name(root) != "QIFDocument":
            raise QifError("not_qif", root=local_name(root)[:60])
        self.version, warning = version_of(namespace(root), root.get("versionQIF", "").strip())
        self.warnings.extend(warning)

    def _in_document(self, name: str, element: Element) -> None:
        match name:
            case "QPId":
                self.qpid = records.qpid(text(element))
            case "Version":
                self.qpid = self.qpid or records.qpid(text(element, "ThisInstanceQPId"))
                self.created = moment(text(element, "TimeCreated"))
            case "ExternalQIFReferences":
                self.externals.update(_externals(element))
            case "PreInspectionTraceability":
                self.references.extend(records.referenced_documents(element))
            case "FileUnits":
                self.units = read_units(element)
            case _:
                self.software.extend(records.software_names(element))

    def _in_results(self, name: str, element: Element) -> None:
        if not self.results:
            return
        draft = self.results[-1]
        match name:
            case "ThisResultsInstanceQPId":
                draft.qpid = records.qpid(text(element))
            case "Attributes":
                draft.qpid = draft.qpid or records.qpid(text(element, "AttributeQPId", "Value"))
            case "InspectionStatus":
                draft.status = text(element, "InspectionStatusEnum") or text(element, "OtherInspectionStatus")
            case "ActualComponentIds":
                draft.components = records.links(element)
            case _:
                draft.started = self._trace(element)

    def _listed(self, parent: str, element: Element) -> None:
        """A member of a list, known by the list it stands in."""
        match parent:
            case "CharacteristicDefinitions" | "DefaultCharacteristicDefinitions":
                self._keep(self.definitions, records.definition(element))
            case "CharacteristicNominals":
                self._keep(self.nominals, records.nominal(element))
            case "CharacteristicItems":
                self._keep(self.items, records.item(element))
            case "ToleranceDefinitions" | "DefaultToleranceDefinitions":
                self.tolerances.setdefault(records.identity(element), records.tolerance(element))
            case "CharacteristicMeasurements" | "CharacteristicActuals":
                self._measured(element)
            case "MeasurementDevices":
                self._keep(self.devices, records.device(element))
            case "ActualComponentSet":
                self._keep(self.components, records.component(element))
            case _:
                self._about(parent, element)

    def _about(self, parent: str, element: Element) -> None:
        match parent:
            case "PartSet":
                self.parts.setdefault(records.identity(element), records.part_label(element))
            case "Product":
                self.root_part = text(element, "Id")
            case "StatisticalStudyPlans" | "StatisticalStudiesResults":
                self._studied(element)
            case "CorrectiveActionPlans":
                self.corrective_plans.append(stats.corrective_plan(element))
            case "ManufacturingProcessTraceabilities":
                self.processes += 1
            case _:
                self.started = self._trace(element)

    def _measured(self, element: Element) -> None:
        if not self.results:
            self.results.append(_ResultsDraft(""))
        stamp = text(element, "TimeStamp")
        found = records.measurement(element, len(self.results) - 1)
        if stamp is not None and found.time is None:
            self.bad_times.append(stamp)
        self._keep(self.measurements, found)

    def _studied(self, element: Element) -> None:
        self.references.extend(records.referenced_documents(element))
        self.studies.append(stats.study(element))
        for each in children(child(element, "CharacteristicsStats")):
            if (found := stats.statistics(each, len(self.studies) - 1)) is not None:
                self.statistics.append(found)

    def _trace(self, element: Element) -> Moment | None:
        self.software.extend(records.software_names(element))
        return moment(text(element, "InspectionStart")) or moment(text(element, "InspectionEnd"))

    def _keep(self, shelf: dict[str, Record], found: Record) -> None:
        if found.id in shelf:
            self.repeated.append(found.id)
        shelf.setdefault(found.id, found)

    def finish(self, digest: str) -> QifSource:
        self._refuse_nothing()
        results = tuple(draft.finished(self.started) for draft in self.results)
        return QifSource(
            digest=digest,
            version=self.version,
            qpid=self.qpid,
            created=self.created,
            externals=self.externals,
            references=tuple(dict.fromkeys(self.references)),
            part=self._part(),
            units=self.units,
            software=tuple(dict.fromkeys(self.software)),
            definitions=self.definitions,
            nominals=self.nominals,
            items=self.items,
            tolerances=self.tolerances,
            results=results,
            measurements=tuple(self.measurements.values()),
            components=self.components,
            devices=self.devices,
            studies=tuple(self.studies),
            statistics=tuple(self.statistics),
            corrective_plans=tuple(self.corrective_plans),
            processes=self.processes,
            manual_methods=self.manual_methods,
            warnings=(*self.warnings, *self._own_warnings()),
        )

    def _part(self) -> str | None:
        if self.root_part in self.parts:
            return self.parts[self.root_part]
        return next(iter(self.parts.values())) if len(self.parts) == 1 else None

    def _refuse_nothing(self) -> None:
        """Never hand back zero rows in silence: a file that gives none is either not QIF or has nothing to give."""
        given = self._given()
        names = [name for section, name in self.unknown if not given.get(section, any(given.values()))]
        if names:
            raise QifError("not_as_published", names=listed(names))
        if not any(given.values()):
            code = "nothing_to_read" if self.sections & SECTIONS else "not_as_published"
            raise QifError(
                code, **({} if code == "nothing_to_read" else {"names": listed(sorted(self.sections)) or "—"})
            )

    def _given(self) -> dict[str, bool]:
        """For each section that can hold rows, whether this file's gave any."""
        measured = bool(self.measurements)
        return {
            "Characteristics": bool(self.definitions or self.nominals or self.items),
            "Results": measured,
            "MeasurementsResults": measured,
            "Statistics": bool(self.studies or self.corrective_plans),
            "MeasurementResources": bool(self.devices),
            # Results of a pass/fail inspection name parts and their status but measure no characteristic.
            "": bool(self.results or self.components),
        }

    def _own_warnings(self) -> tuple[QifWarning, ...]:
        return (
            *counted("unknown_elements", [name for _, name in self.unknown]),
            *counted("duplicate_id", self.repeated),
            *counted("time_unreadable", self.bad_times),
        )


def read_source(data: bytes, limits: Limits) -> QifSource:
    """Everything that one file says. Raises QifError when the file is refused."""
    reader = _Reader()
    act: dict[str, Callable[[tuple[str, ...], Element], None]] = {"open": reader.open, "record": reader.record}
    for step in steps(data, is_record, limits):
        if step.kind in act:
            act[step.kind](step.path, step.element)
    return reader.finish(hashlib.sha256(data).hexdigest())


def _externals(element: Element) -> dict[str, str]:
    pairs = (
        (records.identity(each), records.qpid(text(each, "QPId")))
        for each in descendants(element, "ExternalQIFDocument", "ExternalQIFReference")
    )
    return {local: target for local, target in pairs if target is not None}
