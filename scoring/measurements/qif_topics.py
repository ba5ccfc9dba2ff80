"""What a document can be evidence for, judged by what it holds and not yet by what the figures say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from scoring.measurements.qif_model import Judgement, QifDocument, Strength

# Fewer values of one characteristic say nothing about a process.
FEWEST_VALUES: Final = 2
_MEASUREMENT_SYSTEM: Final = frozenset({"GageRandR", "Bias", "Linearity", "Stability"})


class Topic(StrEnum):
    """A subject of the questionnaire that measurement data can speak to."""

    CAPABILITY = "process_capability"
    SPC = "statistical_process_control"
    COLLECTION = "automatic_collection"
    MEASUREMENT_SYSTEM = "measurement_system_analysis"
    CALIBRATION = "calibration"
    TRACEABILITY = "traceability"
    FIRST_ARTICLE = "first_article"
    REACTION_PLAN = "reaction_plan"


def topics(document: QifDocument) -> frozenset[Topic]:
    """The topics for which the document holds something to look at."""
    kinds = {study.kind for study in document.studies}
    held = {
        Topic.CAPABILITY: _has_capability_data(document) or "Capability" in kinds,
        Topic.SPC: "Production" in kinds
        or _has_timed_values(document)
        or any(each.grouped for each in document.declared),
        Topic.COLLECTION: _says_how_collected(document),
        Topic.MEASUREMENT_SYSTEM: bool(kinds & _MEASUREMENT_SYSTEM),
        Topic.CALIBRATION: bool(document.calibrations),
        Topic.TRACEABILITY: _is_traceable(document),
        Topic.FIRST_ARTICLE: "FirstArticle" in kinds,
        Topic.REACTION_PLAN: any(plan.actions for plan in document.corrective_plans),
    }
    return frozenset(topic for topic, found in held.items() if found)


def _counts(document: QifDocument) -> Mapping[str, int]:
    return Counter(row.characteristic for row in document.measurements if row.value is not None)


def _has_capability_data(document: QifDocument) -> bool:
    counts = _counts(document)
    return any(
        counts.get(each.key, 0) >= FEWEST_VALUES and each.has_limits and not each.bonus
        for each in document.characteristics
    )


def _has_timed_values(document: QifDocument) -> bool:
    timed = Counter(
        row.characteristic for row in document.measurements if row.time is not None and row.value is not None
    )
    return any(count >= FEWEST_VALUES for count in timed.values())


def _says_how_collected(document: QifDocument) -> bool:
    judged = any(row.collected is not Judgement.UNKNOWN for row in document.measurements)
    return judged or any(each.strength is not Strength.NONE for each in document.devices) or document.manual_methods > 0


def _is_traceable(document: QifDocument) -> bool:
    return document.processes > 0 or any(part.identifies for part in document.parts)
