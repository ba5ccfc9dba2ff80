"""The computations behind an answer: an opened source and a confirmed mapping in, figures out."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from scoring.engine.evidence.facts import ChartFacts, Order
from scoring.engine.evidence.inventory import automatic_share
from scoring.engine.evidence.messages import EvidenceError
from scoring.engine.spc.attribute_charts import c_chart, np_chart, p_chart, u_chart
from scoring.engine.spc.control_charts import Chart
from scoring.engine.spc.gauge_intervals import CONFIDENCE
from scoring.engine.spc.gauge_rr import GaugeStudy, gauge_rr
from scoring.engine.spc.run_rules import Signal, flagged_points
from scoring.engine.spc.samples import FloatArray, spread_checked
from scoring.engine.spc.study import Options, Study, study
from scoring.evidence.mapping import CountsMapping, GaugeMapping, InventoryMapping, Mapping, StudyMapping
from scoring.evidence.ordering import RowOrder, noted_points, noted_rows, points_of, row_order
from scoring.evidence.sources import Source
from scoring.measurements.measured import Measured, of_document, of_table
from scoring.measurements.qif import Judgement, QifDocument, collection_counts, digit_hint, series, time_hint
from scoring.measurements.qif import Order as QifOrder
from scoring.measurements.table import Table, read_labels, read_numbers
from scoring.measurements.table_messages import refused

_OF_QIF = {QifOrder.TIME: Order.TIME, QifOrder.TIME_WITH_TIES: Order.TIES}
_BEYOND = {"WE1", "N1", "limit"}
_SYSTEM_STUDIES = {"GageRandR", "Bias", "Linearity", "Stability"}


@dataclass(frozen=True, eq=False)
class Studied:
    """A study of measured values (in the order of the chart), and how its chart was kept."""

    found: Measured
    study: Study
    values: FloatArray
    chart: ChartFacts
    mapping: StudyMapping
    document: QifDocument | None = None


@dataclass(frozen=True, eq=False)
class Counted:
    """A chart of counts; ``totals`` are all that was counted and all that was inspected (None for a c chart)."""

    name: str
    chart: Chart
    signals: tuple[Signal, ...]
    facts: ChartFacts
    totals: tuple[float, float | None]


@dataclass(frozen=True, eq=False)
class Gauged:
    """A gauge study, or None with the kinds of the studies that QIF files only declare."""

    name: str
    unit: str
    gauge: GaugeStudy | None
    declared: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Listed:
    """The list of data: the share captured automatically in per cent, and what QIF devices tell."""

    mapping: InventoryMapping
    share: float
    devices: dict[str, int]
    hints: tuple[str, ...] = ()


Done: TypeAlias = Studied | Counted | Gauged | Listed


def compute(source: Source, mapping: Mapping) -> Done:
    """What the mapping asks for. Raises TableRefused, SpcError or EvidenceError."""
    if isinstance(mapping, StudyMapping):
        return study_of(source, mapping)
    if isinstance(mapping, CountsMapping):
        return counts_of(source, mapping)
    if isinstance(mapping, GaugeMapping):
        return gauge_of(source, mapping)
    return inventory_of(source, mapping)


def study_of(source: Source, mapping: StudyMapping) -> Studied:
    """Raises TableRefused, SpcError or EvidenceError."""
    if source.document is not None:
        found = of_document(source.document, mapping.wanted)
    else:
        found = of_table(_table(source), mapping.wanted, source.form or "csv")
    done = study(found.values, mapping.limits, found.subgroups, Options(rules=mapping.rules), found.remarks)
    values = spread_checked(found.values if found.subgroups is None else found.subgroups.values)
    named = replace(found, unit=mapping.unit or found.unit)
    return Studied(named, done, values, _chart_of_study(source, mapping, done), mapping, source.document)


def _table(source: Source) -> Table:
    if source.table is None:
        raise refused("unknown_format")
    return source.table


def _chart_of_study(source: Source, mapping: StudyMapping, done: Study) -> ChartFacts:
    signals = (*done.stability.signals, *done.spread_signals)
    chart = _facts(signals, done.stability.plotted, _order_of_study(source, mapping), done.subgroups is not None)
    if source.document is not None:
        return _with_plans(chart, source.document)
    if not mapping.reaction:
        return chart
    noted = noted_points(_table(source), mapping.wanted, mapping.reaction)
    return replace(chart, reacted=len(set(flagged_points(signals)) & noted))


def _order_of_study(source: Source, mapping: StudyMapping) -> RowOrder:
    document, table = source.document, source.table
    if table is not None:
        needed = np.zeros(table.rows.size, dtype=np.bool_)
        if mapping.time:
            needed[points_of(table, mapping.wanted)[0]] = True
        return row_order(table, mapping, needed)
    assert document is not None  # noqa: S101 - a source of measured values is one of the two.
    key = next(each for each in document.characteristics if mapping.columns[0] in {each.key, each.label})
    known = _OF_QIF.get(series(document, key).order)
    return RowOrder(known or (Order.CONFIRMED if mapping.in_order else Order.UNKNOWN))


def _with_plans(chart: ChartFacts, document: QifDocument) -> ChartFacts:
    planned = any(each.kind == "Production" for each in document.studies)
    return replace(chart, planned=planned, reaction_planned=any(plan.actions for plan in document.corrective_plans))


def _facts(signals: tuple[Signal, ...], points: int, order: RowOrder, subgrouped: bool) -> ChartFacts:
    beyond = tuple(signal for signal in signals if signal.rule in _BEYOND)
    return ChartFacts(
        order=order.order,
        points=points,
        flagged=len(flagged_points(signals)),
        beyond=len(flagged_points(beyond)),
        subgrouped=subgrouped,
        backwards_at=order.at,
    )


def counts_of(source: Source, mapping: CountsMapping) -> Counted:
    """Raises TableRefused, SpcError or EvidenceError."""
    if source.document is not None:
        raise EvidenceError("no_counts")
    table = _table(source)
    column = table.column(mapping.counts)
    counts = read_numbers(table, column, mapping.decimal).values
    present = ~np.isnan(counts)
    sizes = _sizes(table, mapping, present)
    chart = _attribute_chart(mapping.kind, counts[present], sizes)
    signals = chart.beyond_limits()
    facts = _facts(signals, chart.points.size, row_order(table, mapping, present), subgrouped=True)
    if mapping.reaction:
        noted = noted_rows(table, mapping.reaction)
        points = {point for point, at in enumerate(np.flatnonzero(present).tolist(), 1) if at in noted}
        facts = replace(facts, reacted=len(set(flagged_points(signals)) & points))
    total = None if sizes is None else float(sizes.sum())
    return Counted(column.name or column.letter, chart, signals, facts, (float(counts[present].sum()), total))


def _sizes(
    table: Table, mapping: CountsMapping, present: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> FloatArray | None:
    """The size of each sample that has a count; None for a c chart."""
    if mapping.kind == "c":
        return None
    if not mapping.sizes:
        if mapping.size is None:
            raise EvidenceError("no_sizes", kind=mapping.kind)
        return np.full(int(present.sum()), mapping.size)
    column = table.column(mapping.sizes)
    sizes = read_numbers(table, column, mapping.decimal).values
    missing = np.flatnonzero(present & np.isnan(sizes))
    if missing.size:
        raise EvidenceError("sizes_missing", row=int(table.rows[missing[0]]), column=column.label)
    return np.asarray(sizes[present])


def _attribute_chart(kind: str, counts: FloatArray, sizes: FloatArray | None) -> Chart:
    if sizes is None:
        return c_chart(counts)
    return {"p": p_chart, "np": np_chart, "u": u_chart}[kind](counts, sizes)


def gauge_of(source: Source, mapping: GaugeMapping, confidence: float = CONFIDENCE) -> Gauged:
    """Raises TableRefused, SpcError or EvidenceError."""
    if source.document is not None:
        kinds = tuple(each.kind for each in source.document.studies if each.kind in _SYSTEM_STUDIES)
        if not kinds:
            raise EvidenceError("no_studies")
        return Gauged(", ".join(dict.fromkeys(kinds)), "", None, kinds)
    table = _table(source)
    column = table.column(mapping.values)
    numbers = read_numbers(table, column, mapping.decimal)
    parts = read_labels(table, table.column(mapping.part), numbers.present)
    appraisers = read_labels(table, table.column(mapping.appraiser), numbers.present)
    done = gauge_rr(parts, appraisers, numbers.values[numbers.present], mapping.tolerance, confidence)
    return Gauged(column.name or column.letter, numbers.unit or "", done)


def inventory_of(source: Source, mapping: InventoryMapping) -> Listed:
    """Raises EvidenceError when no row has values."""
    try:
        share = automatic_share(mapping.rows)
    except ValueError:
        raise EvidenceError("no_values") from None
    document = source.document
    counts = {} if document is None else collection_counts(document)
    hints = () if document is None else (time_hint(document.measurements), digit_hint(document.measurements))
    devices = {str(judgement): counts.get(judgement, 0) for judgement in Judgement}
    return Listed(mapping, share, devices, tuple(hint for hint in hints if hint))
