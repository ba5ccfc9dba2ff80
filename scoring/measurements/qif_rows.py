"""Makes the rows: each measurement with its characteristic, part, device and time looked up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scoring.measurements.qif_devices import together
from scoring.measurements.qif_join import CharacteristicIndex, Library, key
from scoring.measurements.qif_model import Device, Measurement, Part, Results
from scoring.measurements.qif_source import Link, QifSource, RawMeasurement, RawResults

# What identifies a part is one word with a digit in it, perhaps after "SN" or "No."; "Tool Number" and
# "Run 3, Bin 17" are texts that someone typed into the field.
_IDENTIFYING: Final = re.compile(r"(?:(?:s/?n|no|nr|序列号|编号)[.:：#]* )?(?=\S*[0-9])[^\s,;，；]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement on its way: where it came from, and which results of its file it belongs to."""

    position: int
    results: int
    measurement: Measurement


def parts_of(sources: tuple[QifSource, ...]) -> dict[str, Part]:
    """Every inspected component by its key, with a judgement whether its serial number identifies it."""
    parts: dict[str, Part] = {}
    for position, source in enumerate(sources):
        uses = Counter(each.serial for each in source.components.values())
        for each in source.components.values():
            identifies = each.serial is not None and uses[each.serial] == 1 and looks_like_identity(each.serial)
            place = key(position, each.id)
            parts[place] = Part(place, each.serial, each.status, identifies)
    return parts


def looks_like_identity(serial: str) -> bool:
    """Whether a serial number is one word with a digit in it."""
    return _IDENTIFYING.fullmatch(serial) is not None


def results_key(position: int, number: int, raw: RawResults) -> str:
    """The key of a set of results; its place in the file stands in when it has no id."""
    return key(position, raw.id or f"#{number + 1}")


@dataclass(slots=True)
class RowMaker:
    """Looks up what a measurement refers to; what cannot be found is noted in the library."""

    library: Library
    index: CharacteristicIndex
    parts: Mapping[str, Part]
    devices: Mapping[str, Device]

    def rows(self, position: int) -> list[Row]:
        source = self.library.sources[position]
        return [Row(position, raw.results, self._row(position, source, raw)) for raw in source.measurements]

    def results(self, position: int, number: int) -> Results:
        raw = self.library.sources[position].results[number]
        place = results_key(position, number, raw)
        parts = (self._part(position, each, place) for each in raw.components)
        return Results(place, raw.qpid, raw.status, raw.started, tuple(part for part in parts if part))

    def _row(self, position: int, source: QifSource, raw: RawMeasurement) -> Measurement:
        owner, results = key(position, raw.id), source.results[raw.results]
        characteristic, devices = self._characteristic(position, raw, owner)
        part = self._part(position, _only_component(raw, results), owner)
        own_devices = self.index.devices(position, raw.devices, owner) or devices
        value, unit = self._value(source, raw, characteristic)
        known = self.parts.get(part) if part else None
        return Measurement(
            key=owner,
            characteristic=characteristic,
            results=results_key(position, raw.results, results),
            value=value,
            unit=unit,
            written=raw.value,
            text=raw.text,
            status=raw.status,
            part=part,
            serial=known.serial if known else None,
            time=raw.time or results.started,
            time_from="TimeStamp" if raw.time else "InspectionStart" if results.started else None,
            devices=own_devices,
            collected=together(self.devices[each].judgement for each in own_devices),
            bonus=raw.bonus,
            features=raw.features,
            traced=raw.process is not None,
        )

    def _characteristic(self, position: int, raw: RawMeasurement, owner: str) -> tuple[str, tuple[str, ...]]:
        shelves = [each.items for each in self.library.sources]
        found = self.library.find(position, raw.item, shelves, owner, "item")
        if found is None:
            return self.index.placeholder(position, raw.kind, raw.item, owner), ()
        place = found[0], found[1].id
        return self.index.of_item[place], self.index.devices_of_item[place]

    def _part(self, position: int, link: Link | None, owner: str) -> str | None:
        shelves = [each.components for each in self.library.sources]
        found = self.library.find(position, link, shelves, owner, "component")
        if found is not None:
            return key(found[0], found[1].id)
        # A part that no file describes is still one part, so its rows stay together.
        return key(position, link.id) if link else None

    def _value(self, source: QifSource, raw: RawMeasurement, characteristic: str) -> tuple[float | None, str | None]:
        if raw.value is None:
            return None, None
        target = self.index.by_key[characteristic].unit
        unit = raw.value.unit or source.units.of(raw.kind)
        converted = source.units.convert(raw.value.value, unit, target)
        return (raw.value.value, unit) if converted is None else (converted, target or unit)


def _only_component(raw: RawMeasurement, results: RawResults) -> Link | None:
    """The part of a measurement: its own, else that of its results when they are of a single part."""
    return raw.component or (results.components[0] if len(results.components) == 1 else None)
