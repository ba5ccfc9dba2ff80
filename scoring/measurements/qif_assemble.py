"""Joins the files as written into one document: characteristics, rows, copies, studies, and what must be said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from scoring.measurements import qif_checks as checks
from scoring.measurements.qif_copies import Copies, find_copies
from scoring.measurements.qif_devices import judge_device
from scoring.measurements.qif_join import CharacteristicIndex, Library, key
from scoring.measurements.qif_model import (
    Calibration,
    Characteristic,
    CorrectivePlan,
    Device,
    Measurement,
    QifDocument,
    Results,
)
from scoring.measurements.qif_rows import Row, RowMaker, parts_of
from scoring.measurements.qif_source import QifSource
from scoring.measurements.qif_studies import StudyMaker


@dataclass(frozen=True, slots=True)
class _Measured:
    rows: tuple[Row, ...]
    copies: Copies

    @property
    def kept(self) -> tuple[Measurement, ...]:
        dropped = self.copies.dropped
        return tuple(row.measurement for row in self.rows if (row.position, row.results) not in dropped)

    def by_characteristic(self) -> dict[str, list[Measurement]]:
        found: dict[str, list[Measurement]] = defaultdict(list)
        for each in self.kept:
            found[each.characteristic].append(each)
        return found


def assemble(sources: tuple[QifSource, ...]) -> QifDocument:
    """The document that the files make together, in the order given; a file that is there twice counts once."""
    unique = tuple({source.digest: source for source in sources}.values())
    library = Library(unique)
    index = CharacteristicIndex(library)
    for position in range(len(unique)):
        index.add_source(position)
    devices, calibrations = _devices(unique)
    maker = RowMaker(library, index, parts_of(unique), devices)
    rows = tuple(row for position in range(len(unique)) for row in maker.rows(position))
    measured = _Measured(rows, find_copies(unique, rows, maker.parts))
    return _document(library, index, maker, measured, calibrations, len(sources) - len(unique))


def _document(
    library: Library,
    index: CharacteristicIndex,
    maker: RowMaker,
    measured: _Measured,
    calibrations: tuple[Calibration, ...],
    copied_files: int,
) -> QifDocument:
    sources = library.sources
    rows = measured.by_characteristic()
    characteristics = tuple(_cautioned(each, rows.get(each.key, [])) for each in index.by_key.values())
    owner = {row.measurement.key: row.measurement.characteristic for row in measured.rows}
    studies = StudyMaker(library, index, measured.copies.kept_for, owner)
    declared, found_studies = studies.declared(), studies.studies()
    results = _results(library, maker, measured.copies)
    parts = tuple(maker.parts.values())
    warnings = [
        *(warning for source in sources for warning in source.warnings),
        *checks.about_files(library, measured.copies, copied_files),
        *checks.about_characteristics(characteristics, index.differing),
        *checks.about_rows(characteristics, rows, parts),
        *checks.about_statistics(declared, index.by_key),
    ]
    return QifDocument(
        sources=sources,
        characteristics=characteristics,
        measurements=measured.kept,
        results=results,
        parts=parts,
        devices=tuple(maker.devices.values()),
        calibrations=calibrations,
        studies=found_studies,
        declared=declared,
        corrective_plans=_corrective_plans(sources),
        software=tuple(dict.fromkeys(name for source in sources for name in source.software)),
        manual_methods=sum(source.manual_methods for source in sources),
        processes=sum(source.processes for source in sources),
        unresolved=tuple(library.unresolved),
        warnings=checks.distinct(warnings),
    )


def _devices(sources: tuple[QifSource, ...]) -> tuple[dict[str, Device], tuple[Calibration, ...]]:
    pairs = [(key(n, raw.id), raw) for n, source in enumerate(sources) for raw in source.devices.values()]
    calibrations = tuple(
        Calibration(place, each.performed, each.expires, each.master)
        for place, raw in pairs
        for each in raw.calibrations
    )
    return {place: judge_device(raw, place) for place, raw in pairs}, calibrations


def _results(library: Library, maker: RowMaker, copies: Copies) -> tuple[Results, ...]:
    places = ((n, number) for n, source in enumerate(library.sources) for number in range(len(source.results)))
    return tuple(maker.results(*place) for place in places if place not in copies.dropped)


def _corrective_plans(sources: tuple[QifSource, ...]) -> tuple[CorrectivePlan, ...]:
    pairs = [(n, raw) for n, source in enumerate(sources) for raw in source.corrective_plans]
    return tuple(CorrectivePlan(key(n, raw.id), raw.causes, raw.actions) for n, raw in pairs)


def _cautioned(found: Characteristic, rows: list[Measurement]) -> Characteristic:
    """What only the rows show: a bonus where the definition names no material condition, signed values of a zone."""
    signed = found.zone and any(row.value is not None and row.value < 0 for row in rows)
    grown = found.material_condition is None and any(row.bonus for row in rows)
    cautions = found.cautions | ({"zone_signed"} if signed else set()) | ({"material_condition"} if grown else set())
    return replace(found, cautions=cautions, material_condition="BONUS" if grown else found.material_condition)
