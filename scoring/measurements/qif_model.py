"""What a caller gets: one or several QIF files joined, with limits as absolute values and every assumption flagged.

Keys are texts such as ``1/2001``: the number of the file in the order given, then the id in that file. They are stable
for the same files in the same order and mean nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from scoring.measurements.qif_messages import QifWarning
from scoring.measurements.qif_source import QifSource
from scoring.measurements.qif_values import Moment, Quantity


class LimitsFrom(StrEnum):
    """How the limits came to be."""

    LIMITS = "limits"
    DEVIATIONS = "deviations"
    ASSUMED_LIMITS = "assumed_limits"
    ZONE = "zone"
    NONE = "none"


class Judgement(StrEnum):
    """How a value was collected."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"
    EITHER = "either"
    UNKNOWN = "unknown"


class Strength(StrEnum):
    """How far a judgement can be relied on: by the type of the device, or only by its name."""

    GOOD = "good"
    WEAK = "weak"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One characteristic of one part, with limits in ``unit``.

    ``zone`` marks a geometric tolerance, which has an upper limit only. ``bonus`` marks a tolerance that grows with the
    feature (maximum or least material condition): no index may be computed. ``cautions`` are codes of WARNINGS that
    concern this characteristic. ``resolved`` is false when a measurement names a characteristic that no file holds.
    """

    key: str
    kind: str
    designator: str | None = None
    name: str | None = None
    part: str | None = None
    criticality: str | None = None
    nominal: float | None = None
    lower: float | None = None
    upper: float | None = None
    unit: str | None = None
    limits_from: LimitsFrom = LimitsFrom.NONE
    zone: bool = False
    basic: bool = False
    attribute: bool = False
    material_condition: str | None = None
    devices: tuple[str, ...] = ()
    resolved: bool = True
    cautions: frozenset[str] = frozenset()

    @property
    def bonus(self) -> bool:
        return self.material_condition is not None

    @property
    def has_limits(self) -> bool:
        return self.lower is not None or self.upper is not None

    @property
    def one_sided(self) -> bool:
        return (self.lower is None) != (self.upper is None)

    @property
    def label(self) -> str:
        """The name to show: designator and name where they differ, else whichever there is."""
        parts = dict.fromkeys(part for part in (self.designator, self.name) if part)
        return " ".join(parts) or f"{self.kind} {self.key}"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One row of results; ``text`` holds the value of an attribute, or what stands where a number should.

    ``value`` is in the unit of its characteristic where the written one converts, else in its own; ``unit`` says which.

    ``part`` identifies the inspected part within the joined files and is None when the file does not say. ``serial`` is
    the file's text, which need not identify anything; see ``Part.identifies``.
    """

    key: str
    characteristic: str
    results: str
    value: float | None
    unit: str | None
    written: Quantity | None
    text: str | None
    status: str | None
    part: str | None
    serial: str | None
    time: Moment | None
    time_from: str | None
    devices: tuple[str, ...]
    collected: Judgement
    bonus: float | None
    features: tuple[str, ...]
    traced: bool


@dataclass(frozen=True, slots=True)
class Results:
    """One set of results: usually one part, sometimes a batch."""

    key: str
    qpid: str | None
    status: str | None
    started: Moment | None
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An inspected component. ``identifies`` says whether the serial number looks like one and is the part's alone."""

    key: str
    serial: str | None
    status: str | None
    identifies: bool


@dataclass(frozen=True, slots=True)
class Device:
    """A measuring device and what it tells about how values were collected; ``reason`` is a code."""

    key: str
    kind: str
    name: str | None
    manufacturer: str | None
    model: str | None
    serial: str | None
    judgement: Judgement
    strength: Strength
    reason: str


@dataclass(frozen=True, slots=True)
class Calibration:
    device: str
    performed: Moment | None
    expires: Moment | None
    master: str | None


@dataclass(frozen=True, slots=True)
class Study:
    """A statistical study, planned or done. ``rules`` are the run rules a production plan asks for."""

    key: str
    kind: str
    role: str
    name: str | None
    status: str | None
    plan: str | None
    devices: tuple[str, ...]
    counts: Mapping[str, int]
    thresholds: Mapping[str, float]
    rules: Mapping[str, str]
    corrective_plan: str | None
    in_spec_ratio: float | None


@dataclass(frozen=True, slots=True)
class DeclaredStatistics:
    """What a file declares for one characteristic. It is only a claim until the data support it.

    ``subgroups`` has measurement keys, one tuple for each subgroup, or a single tuple when ``grouped`` is false;
    ``subgroup_values`` has numbers that the file gives in place of measurements. ``thresholds`` are those of the plan.
    """

    study: str
    study_kind: str
    characteristic: str | None
    block: str
    unit: str | None
    values: Mapping[str, Quantity]
    thresholds: Mapping[str, float]
    grouped: bool
    subgroups: tuple[tuple[str, ...], ...]
    subgroup_values: tuple[tuple[float, ...], ...]
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectivePlan:
    key: str
    causes: int
    actions: int


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference that leads nowhere: from which element to which id, and in which other document if named."""

    owner: str
    target_kind: str
    target_id: str
    document: str | None = None


@dataclass(frozen=True)
class QifDocument:
    """One or several files, joined. ``sources`` are the files as written, from which a later join starts again."""

    sources: tuple[QifSource, ...]
    characteristics: tuple[Characteristic, ...]
    measurements: tuple[Measurement, ...]
    results: tuple[Results, ...]
    parts: tuple[Part, ...]
    devices: tuple[Device, ...]
    calibrations: tuple[Calibration, ...]
    studies: tuple[Study, ...]
    declared: tuple[DeclaredStatistics, ...]
    corrective_plans: tuple[CorrectivePlan, ...]
    software: tuple[str, ...]
    manual_methods: int
    processes: int
    unresolved: tuple[Unresolved, ...]
    warnings: tuple[QifWarning, ...] = field(default=())

    @cached_property
    def _characteristics(self) -> Mapping[str, Characteristic]:
        return {each.key: each for each in self.characteristics}

    @cached_property
    def _rows(self) -> Mapping[str, list[Measurement]]:
        rows: dict[str, list[Measurement]] = defaultdict(list)
        for each in self.measurements:
            rows[each.characteristic].append(each)
        return rows

    @property
    def versions(self) -> tuple[str, ...]:
        return tuple(source.version for source in self.sources)

    def characteristic(self, key: str) -> Characteristic:
        """The characteristic with a key; KeyError when there is none."""
        return self._characteristics[key]

    def measurements_of(self, characteristic: Characteristic | str) -> tuple[Measurement, ...]:
        """The rows of a characteristic in the order of the files."""
        key = characteristic if isinstance(characteristic, str) else characteristic.key
        return tuple(self._rows.get(key, ()))

    def warned(self, code: str) -> QifWarning | None:
        """The warning with a code, if it was given."""
        return next((each for each in self.warnings if each.code == code), None)
