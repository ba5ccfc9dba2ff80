"""Reads the Statistics of a QIF file: study plans, study results with what they declare, corrective action plans.

QIF 2.0 and 2.1 write a figure as text, ``<Cpk>1.3</Cpk>``; 3.0 wraps it, ``<Cpk><Value>1.3</Value></Cpk>``. Subgroups
stand directly in the statistics in 2.0 and in a Subgroups element later.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from scoring.measurements.qif_records import identity, kind_of, link, links, qpid, status
from scoring.measurements.qif_source import Link, RawCorrectivePlan, RawStatistics, RawStudy
from scoring.measurements.qif_values import Quantity, number, quantity, unit_of, whole
from scoring.measurements.qif_xml import child, children, descendants, local_name, text

_COUNTS: Final = (
    "NumberOfSamples",
    "SubgroupSize",
    "NumberOfAppraisers",
    "NumberOfParts",
    "NumberOfTrials",
    "SampleSize",
    "SampleFrequency",
)
_THRESHOLDS: Final = {"CpThreshold": "Cp", "CpkThreshold": "Cpk", "PpThreshold": "Pp", "PpkThreshold": "Ppk"}
_RULES: Final = (
    "NumOutOfTolerance",
    "NumOutOfControl",
    "TrendGrouping",
    "SkewGrouping",
    "OneThirdGrouping",
    "TwoThirdsGrouping",
    "Oscillation",
    "Stratification",
)
# In the order of preference: statistics of the values themselves before those of deviations or extremes.
_BLOCKS: Final = (
    "ValueStats",
    "DeviationStats",
    "RoughnessAverageValueStats",
    "AttributeStats",
    "MaxValueStats",
    "MinValueStats",
    "MaxDeviationStats",
    "MinDeviationStats",
)


def study(element: Element) -> RawStudy:
    """A plan or results of a study; the kind is ``Capability``, ``GageRandR``, ``Production`` and so on."""
    name = local_name(element)
    role = "plan" if name.endswith("StudyPlan") else "results"
    own_qpid = text(element, "ThisStatisticalStudyResultsInstanceQPId") or text(
        element, "ThisStatisticalStudyPlanInstanceQPId"
    )
    return RawStudy(
        id=identity(element),
        kind=name.removesuffix("StudyPlan").removesuffix("StudyResults"),
        role=role,
        qpid=qpid(own_qpid),
        name=text(element, "Name"),
        status=status(child(element, "Status"), "StatsEval"),
        plan=link(child(element, "StudyId")),
        devices=links(child(element, "MeasurementDeviceIds")),
        counts=_counts(element),
        thresholds=_thresholds(element),
        rules=_rules(element),
        corrective_plan=link(child(element, "CorrectiveActionPlanId")),
        in_spec_ratio=number(text(element, "InSpecRatio")),
    )


def _counts(element: Element) -> dict[str, int]:
    """Numbers of samples and the like; where one stands twice, the first."""
    counts: dict[str, int] = {}
    for each in descendants(element, *_COUNTS):
        if (found := whole(text(each))) is not None:
            counts.setdefault(local_name(each), found)
    return counts


def _thresholds(element: Element) -> dict[str, float]:
    limits = {
        _THRESHOLDS[local_name(each)]: number(text(each, "Limit") or text(each))
        for each in descendants(element, *_THRESHOLDS)
    }
    return {index: limit for index, limit in limits.items() if limit is not None}


def _rules(element: Element) -> dict[str, str]:
    """The run rules of a control method with their numbers, ``4/5`` for four out of five."""
    rules = {}
    for each in descendants(element, *_RULES):
        counts = [found for inner in each.iter() if inner is not each and (found := text(inner)) is not None]
        rules[local_name(each)] = "/".join(counts) or text(each) or ""
    return rules


def statistics(element: Element, study_position: int) -> RawStatistics | None:
    """What a study declares for one characteristic; None when it declares no figure at all."""
    blocks = {local_name(each): each for each in children(element)}
    name = next((block for block in _BLOCKS if block in blocks), None)
    values = _figures(blocks[name]) if name else {}
    if name is None or not values:
        return None
    holders, grouped = _holders(element)
    numbers = tuple(_numbers(each) for each in holders)
    return RawStatistics(
        study=study_position,
        kind=kind_of(element),
        block=name,
        unit=unit_of(blocks[name]),
        values=values,
        grouped=grouped,
        subgroups=tuple(found for each in holders if (found := _measured(each))),
        subgroup_values=tuple(found for found in numbers if found),
        excluded=links(*descendants(element, "Exclusion")),
    )


def _figures(block: Element) -> dict[str, Quantity]:
    figures: dict[str, Quantity] = {}
    for each in children(block):
        wrapped = child(each, "Value")
        found = quantity(each if wrapped is None else wrapped)
        if found is not None and not local_name(each).startswith("Subgroup"):
            figures.setdefault(local_name(each), found)
    return figures


def _holders(element: Element) -> tuple[list[Element], bool]:
    """The elements that hold the data, one for each subgroup, and whether there are subgroups at all."""
    wrappers = [element, *children(element, "Subgroups", "SubgroupValues")]
    subgroups = [each for wrapper in wrappers for each in children(wrapper, "Subgroup")]
    return (subgroups, True) if subgroups else ([element], False)


def _measured(holder: Element) -> tuple[Link, ...]:
    listing = child(holder, "MeasuredIds", "ActualIds")
    ids = child(listing, "Ids")
    return links(listing if ids is None else ids)


def _numbers(holder: Element) -> tuple[float, ...]:
    """Raw values without the excluded ones, which are named by their position counted from 1."""
    owner = child(holder, "MeasuredValues")
    owner = holder if owner is None else owner
    written = (text(owner, "Values") or "").split()
    dropped = {whole(text(each, "Index")) for each in descendants(owner, "Exclusion")}
    kept = (number(token) for position, token in enumerate(written, 1) if position not in dropped)
    return tuple(value for value in kept if value is not None)


def corrective_plan(element: Element) -> RawCorrectivePlan:
    causes = len(descendants(element, "AssignableCause"))
    return RawCorrectivePlan(identity(element), causes, len(descendants(element, "CorrectiveAction")))
