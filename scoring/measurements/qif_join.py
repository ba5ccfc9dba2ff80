"""Finds what a reference leads to, in the same file or in another, and joins characteristics across files.

A reference without ``xId`` stays in its file. With one, it leads to the document whose QPId the file's list of external
documents names; QPIds are compared in small letters. QIF 2.0 has no such list, so there a reference that its own file
cannot answer is tried in the documents that the file says it belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from scoring.measurements.qif_limits import GEOMETRIC, Reading, read_limits
from scoring.measurements.qif_model import Characteristic, Unresolved
from scoring.measurements.qif_records import ATTRIBUTE
from scoring.measurements.qif_source import (
    Designation,
    Link,
    QifSource,
    RawDefinition,
    RawItem,
    RawNominal,
    RawTolerance,
)
from scoring.measurements.qif_units import UnitTable
from scoring.measurements.qif_values import Quantity

Record = TypeVar("Record")
Shelves: TypeAlias = list[Mapping[str, Record]]
Found: TypeAlias = tuple[int, Record]
Signature: TypeAlias = tuple[object, ...]


def key(position: int, identifier: str) -> str:
    """The key of something in the file at a position, counted from 0."""
    return f"{position + 1}/{identifier}"


@dataclass(slots=True)
class Library:
    """The files of a join, and the references that could not be answered on the way."""

    sources: tuple[QifSource, ...]
    unresolved: dict[Unresolved, None] = field(default_factory=dict)
    _by_qpid: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for position, source in enumerate(self.sources):
            if source.qpid is not None:
                self._by_qpid[source.qpid].append(position)

    def find(
        self, position: int, link: Link | None, shelves: Shelves[Record], owner: str, kind: str
    ) -> Found[Record] | None:
        """The file and record that a link in the file at ``position`` leads to; None is noted as unresolved."""
        if link is None:
            return None
        for candidate in self._candidates(position, link):
            if link.id in shelves[candidate]:
                return candidate, shelves[candidate][link.id]
        self.unresolved[Unresolved(owner, kind, link.id, self.document(position, link))] = None
        return None

    def document(self, position: int, link: Link) -> str | None:
        """The QPId of the other document that a link names, None for a link within its file."""
        return None if link.external is None else self.sources[position].externals.get(link.external, link.external)

    def reused_qpids(self) -> list[str]:
        return [qpid for qpid, positions in self._by_qpid.items() if len(positions) > 1]

    def _candidates(self, position: int, link: Link) -> list[int]:
        document = self.document(position, link)
        if document is not None:
            return self._by_qpid.get(document, [])
        belongs = self.sources[position].references
        return [position, *(each for qpid in belongs for each in self._by_qpid.get(qpid, []) if each != position)]


@dataclass(slots=True)
class CharacteristicIndex:
    """Every characteristic once, however many files repeat it, and the way from each item to it."""

    library: Library
    by_key: dict[str, Characteristic] = field(default_factory=dict)
    of_item: dict[tuple[int, str], str] = field(default_factory=dict)
    devices_of_item: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    differing: dict[str, None] = field(default_factory=dict)
    _by_signature: dict[Signature, str] = field(default_factory=dict)
    _members: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _first_limits: dict[Signature, tuple[int, Signature]] = field(default_factory=dict)

    def add_source(self, position: int) -> None:
        seen: dict[Signature, int] = defaultdict(int)
        for item in self.library.sources[position].items.values():
            found, units = self._interpret(position, item)
            identity = (found.part, found.designator, found.name, found.kind)
            limits = _limit_signature(found, units)
            ordinal = seen[(*identity, *limits)]
            seen[(*identity, *limits)] += 1
            self._place(position, item, found, [*_signatures(item, identity, limits, ordinal)])
            self._note_difference(position, identity, limits, found)

    def placeholder(self, position: int, kind: str, link: Link | None, owner: str) -> str:
        """A characteristic for a measurement whose item no file holds, shared by all that name the same one."""
        if link is None:
            place = f"{position + 1}/?{owner}"
        else:
            place = f"{self.library.document(position, link) or position + 1}/?{link.id}"
        self.by_key.setdefault(
            place, Characteristic(place, kind, zone=kind in GEOMETRIC, attribute=kind == ATTRIBUTE, resolved=False)
        )
        return place

    def _interpret(self, position: int, item: RawItem) -> tuple[Characteristic, UnitTable]:
        sources, owner = self.library.sources, key(position, item.id)
        nominal = self.library.find(position, item.nominal, [each.nominals for each in sources], owner, "nominal")
        definition = self._definition(nominal, owner)
        tolerance = self._tolerance(definition, owner)
        units = sources[definition[0]].units if definition else sources[position].units
        target = _target(nominal, sources, item.kind)
        reading = read_limits(item.kind, definition[1] if definition else None, tolerance, target, units)
        named = [item.designation, *(each[1].designation for each in (nominal, definition) if each)]
        basic = bool(definition and definition[1].basic)
        found = _characteristic(owner, item, sources[position].part, named, reading, basic)
        devices = self.devices_of_item[position, item.id] = self.devices(position, item.devices, owner)
        return replace(found, devices=devices), units

    def devices(self, position: int, links: tuple[Link, ...], owner: str) -> tuple[str, ...]:
        """The keys of the devices that links lead to."""
        shelves = [each.devices for each in self.library.sources]
        found = (self.library.find(position, each, shelves, owner, "device") for each in links)
        return tuple(key(each[0], each[1].id) for each in found if each)

    def _definition(self, nominal: Found[RawNominal] | None, owner: str) -> Found[RawDefinition] | None:
        if nominal is None:
            return None
        shelves = [each.definitions for each in self.library.sources]
        return self.library.find(nominal[0], nominal[1].definition, shelves, owner, "definition")

    def _tolerance(self, definition: Found[RawDefinition] | None, owner: str) -> RawTolerance | None:
        own = definition[1].tolerance if definition else None
        if definition is None or own is None or own.reference is None:
            return own
        shelves = [each.tolerances for each in self.library.sources]
        shared = self.library.find(definition[0], own.reference, shelves, owner, "tolerance")
        return shared[1] if shared else None

    def _place(self, position: int, item: RawItem, found: Characteristic, signatures: list[Signature]) -> None:
        places = (self._by_signature.get(each) for each in signatures)
        # Two items of one file are two characteristics, whatever they share.
        known = (place for place in places if place is not None and position not in self._members[place])
        place = next(known, found.key)
        self.of_item[position, item.id] = place
        self._members[place].add(position)
        earlier = self.by_key.setdefault(place, found)
        self.by_key[place] = replace(earlier, devices=tuple(dict.fromkeys((*earlier.devices, *found.devices))))
        for signature in signatures:
            self._by_signature.setdefault(signature, place)

    def _note_difference(self, position: int, identity: Signature, limits: Signature, found: Characteristic) -> None:
        where, first = self._first_limits.setdefault(identity, (position, limits))
        if (found.designator or found.name) and where != position and first != limits:
            self.differing[found.label] = None


def _signatures(item: RawItem, identity: Signature, limits: Signature, ordinal: int) -> list[Signature]:
    """By what an item of another file is known to be the same: a shared UUID, else part, designator, name and kind.

    An item without any of these is the same when part, kind and id are, as in the files of one program. In every case
    the limits must agree, because a revised drawing makes another characteristic.
    """
    found: list[Signature] = []
    if item.designation.uuid is not None:
        found.append((item.designation.uuid, *limits))
    if identity[1] or identity[2]:
        found.append((*identity, *limits, ordinal))
    elif not found:
        found.append((*identity, *limits, item.id))
    return found


def _limit_signature(found: Characteristic, units: UnitTable) -> Signature:
    factor, offset = (units.scale(found.unit) if found.unit else None) or (1.0, 0.0)
    numbers = (found.nominal, found.lower, found.upper)
    return (found.zone, *(None if each is None else f"{(each + offset) * factor:.10g}" for each in numbers))


def _target(nominal: Found[RawNominal] | None, sources: tuple[QifSource, ...], kind: str) -> Quantity | None:
    """The nominal value with its unit made explicit, because the definition may stand in a file with other units."""
    if nominal is None or nominal[1].target is None:
        return None
    target = nominal[1].target
    return replace(target, unit=target.unit or sources[nominal[0]].units.of(kind))


def _characteristic(
    place: str, item: RawItem, part: str | None, named: list[Designation], reading: Reading, basic: bool
) -> Characteristic:
    return Characteristic(
        key=place,
        kind=item.kind,
        designator=next((each.designator for each in named if each.designator), None),
        name=item.name,
        part=part,
        criticality=next((each.criticality for each in named if each.criticality), None),
        nominal=reading.nominal,
        lower=reading.lower,
        upper=reading.upper,
        unit=None if item.kind == ATTRIBUTE else reading.unit,
        limits_from=reading.source,
        zone=item.kind in GEOMETRIC or reading.source == "zone",
        basic=basic,
        attribute=item.kind == ATTRIBUTE,
        material_condition=reading.material_condition,
        cautions=reading.cautions,
    )
