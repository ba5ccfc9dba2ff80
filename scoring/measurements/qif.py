"""Reads QIF (ISO 23952) 2.0, 2.1 and 3.0: the entry to the reader.

``read_qif`` takes the bytes of one file, ``merge_qif`` joins several documents. Both are pure: no file is opened, no
schema fetched, no clock read. docs/qif.md says what is read, what is assumed and what is refused.
"""

from __future__ import annotations

from collections.abc import Iterable

from scoring.measurements.qif_assemble import assemble
from scoring.measurements.qif_declared import DeclaredCheck, Verdict, declared_against_data
from scoring.measurements.qif_devices import collection_counts, digit_hint, expired_calibrations, time_hint
from scoring.measurements.qif_grouping import Order, Point, Series, series, series_of
from scoring.measurements.qif_messages import REFUSALS, WARNINGS, QifError, QifWarning
from scoring.measurements.qif_model import (
    Calibration,
    Characteristic,
    DeclaredStatistics,
    Device,
    Judgement,
    LimitsFrom,
    Measurement,
    QifDocument,
    Strength,
    Study,
)
from scoring.measurements.qif_structure import read_source
from scoring.measurements.qif_topics import Topic, topics
from scoring.measurements.qif_xml import MAX_BYTES, Limits

__all__ = [
    "MAX_BYTES",
    "REFUSALS",
    "WARNINGS",
    "Calibration",
    "Characteristic",
    "DeclaredCheck",
    "DeclaredStatistics",
    "Device",
    "Judgement",
    "LimitsFrom",
    "Measurement",
    "Order",
    "Point",
    "QifDocument",
    "QifError",
    "QifWarning",
    "Series",
    "Strength",
    "Study",
    "Topic",
    "Verdict",
    "collection_counts",
    "declared_against_data",
    "digit_hint",
    "expired_calibrations",
    "merge_qif",
    "read_qif",
    "series",
    "series_of",
    "time_hint",
    "topics",
]


def read_qif(data: bytes, *, max_bytes: int = MAX_BYTES) -> QifDocument:
    """The document in one file. Raises QifError when the file is refused."""
    return assemble((read_source(data, Limits(bytes=max_bytes)),))


def merge_qif(documents: Iterable[QifDocument]) -> QifDocument:
    """Several documents as one: references between files answered, characteristics accumulated, copies left out.

    The order matters only where values carry no times. Raises QifError when there is no document at all.
    """
    sources = tuple(source for document in documents for source in document.sources)
    if not sources:
        raise QifError("no_documents")
    return assemble(sources)
