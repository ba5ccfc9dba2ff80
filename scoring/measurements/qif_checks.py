"""What has to be said about a joined document: each warning once, with how often it applies and some names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from scoring.measurements.qif_copies import Copies
from scoring.measurements.qif_grouping import Order, Series, series_of, unnamed_batches
from scoring.measurements.qif_join import Library
from scoring.measurements.qif_messages import QifWarning, counted
from scoring.measurements.qif_model import Characteristic, DeclaredStatistics, Measurement, Part

Rows: TypeAlias = Mapping[str, Sequence[Measurement]]

_CAUTIONS: Final = (
    "limits_declared_as_deviations",
    "limit_flag_missing",
    "limits_suspicious",
    "limits_reversed",
    "nominal_missing",
    "fit_not_read",
    "zone_one_sided",
    "zone_signed",
    "material_condition",
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A characteristic with its rows."""

    characteristic: Characteristic
    rows: Sequence[Measurement]


def distinct(warnings: Iterable[QifWarning]) -> tuple[QifWarning, ...]:
    """Each warning once, as thirty files of one exporter say the same thing thirty times."""
    return tuple({(each.code, str(each.params)): each for each in warnings}.values())


def about_files(library: Library, copies: Copies, copied_files: int) -> list[QifWarning]:
    """Copies, identifiers used twice, and references that lead nowhere."""
    counts = {
        "duplicate_file": copied_files,
        "duplicate_results": len(copies.dropped),
        "results_id_reused": copies.reused_identifiers,
    }
    lost = [f"{each.target_kind} {each.target_id}" for each in library.unresolved]
    return [
        *(QifWarning(code, {"count": count}) for code, count in counts.items() if count),
        *counted("document_id_reused", library.reused_qpids()),
        *counted("unresolved_references", lost),
    ]


def about_characteristics(characteristics: Sequence[Characteristic], differing: Iterable[str]) -> list[QifWarning]:
    """The cautions of the characteristics, gathered by code."""
    named = {code: [each.label for each in characteristics if code in each.cautions] for code in _CAUTIONS}
    gathered = [warning for code, names in named.items() for warning in counted(code, names)]
    return [*gathered, *counted("characteristic_differs", list(differing))]


def about_statistics(declared: Iterable[DeclaredStatistics], found: Mapping[str, Characteristic]) -> list[QifWarning]:
    """Declared figures in another unit, which only the indices without a unit survive unharmed."""
    known = ((each.unit, found[each.characteristic]) for each in declared if each.unit and each.characteristic)
    return [*counted("statistics_unit_differs", [each.label for unit, each in known if each.unit not in (None, unit)])]


def about_rows(characteristics: Sequence[Characteristic], rows: Rows, parts: Iterable[Part]) -> list[QifWarning]:
    """Units, values that are none, grouping, order, serial numbers."""
    pairs = [_Pair(each, rows.get(each.key, ())) for each in characteristics]
    made = [series_of(pair.characteristic, pair.rows) for pair in pairs]
    texts = [part.serial for part in parts if part.serial is not None and not part.identifies]
    return [
        *_units(pairs),
        *_values([pair for pair in pairs if not pair.characteristic.attribute]),
        *_grouping(pairs, made),
        *_order(pairs, made),
        *counted("serial_text", texts),
    ]


def _units(pairs: Sequence[_Pair]) -> list[QifWarning]:
    measured = [(pair.characteristic, row) for pair in pairs for row in pair.rows if row.value is not None]
    limited = [pair.characteristic for pair in pairs if pair.characteristic.has_limits]
    missing = any(each.unit is None for each in limited) or any(row.unit is None for _, row in measured)
    foreign = [row.unit or "" for found, row in measured if found.unit is not None and row.unit != found.unit]
    converted = [row for _, row in measured if row.written is not None and row.value != row.written.value]
    return [
        *([QifWarning("units_missing")] if missing else []),
        *counted("unit_unknown", foreign),
        *([QifWarning("units_mixed", {"count": len(converted)})] if converted else []),
    ]


def _values(pairs: Sequence[_Pair]) -> list[QifWarning]:
    bare = [row for pair in pairs for row in pair.rows if row.value is None]
    absent = sum(row.text is None for row in bare)
    contradicted = sum(_status_differs(pair.characteristic, row) for pair in pairs for row in pair.rows)
    return [
        *([QifWarning("value_missing", {"count": absent})] if absent else []),
        *counted("value_not_number", [row.text for row in bare if row.text is not None]),
        *([QifWarning("status_differs", {"count": contradicted})] if contradicted else []),
    ]


def _status_differs(found: Characteristic, row: Measurement) -> bool:
    """Only for plain limits: a zone may have grown with its feature or its datums, which the file need not say."""
    if found.zone or row.value is None or row.status not in ("PASS", "FAIL"):
        return False
    if not found.has_limits or row.unit != found.unit:
        return False
    slack = 1e-9 * max(abs(row.value), 1e-9)
    inside = (found.lower is None or row.value >= found.lower - slack) and (
        found.upper is None or row.value <= found.upper + slack
    )
    return inside != (row.status == "PASS")


def _grouping(pairs: Sequence[_Pair], made: Sequence[Series]) -> list[QifWarning]:
    grouped = [each for each in made if each.grouped]
    points = sum(len(each.points) for each in grouped)
    batches = sum(unnamed_batches(pair.rows, pair.characteristic.zone) for pair in pairs)
    params = {"rows": points + sum(each.grouped for each in grouped), "parts": points}
    return [
        *([QifWarning("rows_grouped", params)] if grouped else []),
        *([QifWarning("batch_without_parts", {"count": batches})] if batches else []),
    ]


def _order(pairs: Sequence[_Pair], made: Sequence[Series]) -> list[QifWarning]:
    in_file_order = any(each.order is Order.FILE and len(each.points) > 1 for each in made)
    zoned = {row.time.zoned for pair in pairs for row in pair.rows if row.time is not None}
    return [
        *([QifWarning("no_times")] if in_file_order else []),
        *([QifWarning("time_zones_mixed")] if len(zoned) > 1 else []),
    ]
