"""One QIF file as written: records with the ids and links of the file, before anything is joined or interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.measurements.qif_messages import QifWarning
from scoring.measurements.qif_units import UnitTable
from scoring.measurements.qif_values import Moment, Quantity


@dataclass(frozen=True, slots=True)
class Link:
    """A reference by id; ``external`` is the local id of another QIF document when the target lies there."""

    id: str
    external: str | None = None


@dataclass(frozen=True, slots=True)
class RawTolerance:
    """Limits or deviations as written; ``reference`` leads to a shared tolerance instead."""

    upper: Quantity | None = None
    lower: Quantity | None = None
    as_limits: bool | None = None
    reference: Link | None = None
    fit: bool = False


@dataclass(frozen=True, slots=True)
class Designation:
    """How a drawing names a characteristic and how critical it is."""

    designator: str | None = None
    criticality: str | None = None
    uuid: str | None = None


@dataclass(frozen=True, slots=True)
class RawDefinition:
    id: str
    kind: str
    name: str | None
    designation: Designation
    tolerance: RawTolerance | None
    zone: Quantity | None
    material_condition: str | None
    basic: bool


@dataclass(frozen=True, slots=True)
class RawNominal:
    id: str
    kind: str
    name: str | None
    designation: Designation
    definition: Link | None
    target: Quantity | None


@dataclass(frozen=True, slots=True)
class RawItem:
    id: str
    kind: str
    name: str | None
    designation: Designation
    nominal: Link | None
    devices: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RawMeasurement:
    """``results`` is the position of the results it belongs to; ``text`` is a value that is not a number."""

    id: str
    kind: str
    results: int
    item: Link | None
    status: str | None
    value: Quantity | None
    text: str | None
    bonus: float | None
    time: Moment | None
    component: Link | None
    devices: tuple[Link, ...]
    features: tuple[str, ...]
    process: Link | None


@dataclass(frozen=True, slots=True)
class RawResults:
    """One MeasurementResults: the inspection of a part, or of a batch."""

    id: str
    qpid: str | None = None
    status: str | None = None
    started: Moment | None = None
    components: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class RawComponent:
    id: str
    serial: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class RawCalibration:
    performed: Moment | None
    expires: Moment | None
    master: str | None


@dataclass(frozen=True, slots=True)
class RawDevice:
    id: str
    kind: str
    name: str | None
    description: str | None
    manufacturer: str | None
    model: str | None
    serial: str | None
    calibrations: tuple[RawCalibration, ...]


@dataclass(frozen=True, slots=True)
class RawStudy:
    """A plan or the results of a study; ``counts`` has its numbers of samples, parts, appraisers and trials."""

    id: str
    kind: str
    role: str
    qpid: str | None
    name: str | None
    status: str | None
    plan: Link | None
    devices: tuple[Link, ...]
    counts: Mapping[str, int]
    thresholds: Mapping[str, float]
    rules: Mapping[str, str]
    corrective_plan: Link | None
    in_spec_ratio: float | None


@dataclass(frozen=True, slots=True)
class RawStatistics:
    """What a study declares for one characteristic, with the measurements or values it says it rests on.

    ``study`` is its position among the studies. ``subgroups`` holds links and ``subgroup_values`` numbers, one tuple
    for each subgroup; data without subgroups are one tuple and ``grouped`` is false.
    """

    study: int
    kind: str
    block: str
    unit: str | None
    values: Mapping[str, Quantity]
    grouped: bool
    subgroups: tuple[tuple[Link, ...], ...]
    subgroup_values: tuple[tuple[float, ...], ...]
    excluded: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RawCorrectivePlan:
    id: str
    causes: int
    actions: int


@dataclass(frozen=True, slots=True)
class QifSource:
    """Everything that one file says and this reader understands."""

    digest: str
    version: str
    qpid: str | None
    created: Moment | None
    externals: Mapping[str, str]
    references: tuple[str, ...]
    part: str | None
    units: UnitTable
    software: tuple[str, ...]
    definitions: Mapping[str, RawDefinition]
    nominals: Mapping[str, RawNominal]
    items: Mapping[str, RawItem]
    tolerances: Mapping[str, RawTolerance]
    results: tuple[RawResults, ...]
    measurements: tuple[RawMeasurement, ...]
    components: Mapping[str, RawComponent]
    devices: Mapping[str, RawDevice]
    studies: tuple[RawStudy, ...]
    statistics: tuple[RawStatistics, ...]
    corrective_plans: tuple[RawCorrectivePlan, ...]
    processes: int
    manual_methods: int
    warnings: tuple[QifWarning, ...] = field(default=())
