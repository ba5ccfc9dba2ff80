"""Item rules: points for every answer, anchors and bands in order."""

from collections.abc import Iterator
from itertools import pairwise

from surveys.instruments import check_messages as say
from surveys.instruments.check_items import bound
from surveys.instruments.check_outline import (
    Outline,
    Part,
    Raw,
    answer_range,
    mapping,
    option_values,
    options_known,
    parts,
    within,
)
from surveys.instruments.check_shape import Path
from surveys.instruments.faults import Fault

RULES = {
    "level": ("map",),
    "choice": ("map",),
    "yesno": ("map",),
    "multi": ("map",),
    "share": ("piecewise", "percent_band"),
    "number": ("piecewise",),
}


def rule_faults(plan: Outline) -> Iterator[Fault]:
    scales = mapping(plan.scoring.get("item_scales"))
    for kind, rule in scales.items():
        served = [item for item in plan.items if item.get("kind") == kind and "score" not in item.raw]
        yield from one_rule(("scoring", "item_scales", kind), kind, rule, served)
    for item in plan.items:
        if "score" in item.raw and item.get("kind") is not None:
            yield from one_rule(item.at("score"), str(item.get("kind")), item.raw["score"], [item])


def one_rule(path: Path, kind: str, rule: Raw, served: list[Part]) -> Iterator[Fault]:
    """Faults of one rule, which scores the items ``served``."""
    name = rule.get("rule")
    if name not in RULES.get(kind, ()):
        detail = {"rule": name, "kind": kind, "known": ", ".join(RULES.get(kind, ()))}
        yield Fault((*path, "rule"), say.RULE_UNFIT, detail=detail)
    elif name == "map":
        yield from table_faults((*path, "table"), kind, mapping(rule.get("table")), served)
    elif name == "piecewise":
        yield from anchor_faults((*path, "points"), rule.get("points") or [], highest=100)
        yield from anchors_in_range((*path, "points"), rule.get("points") or [], served)
    else:
        yield from band_faults(path, rule)


def table_faults(path: Path, kind: str, table: Raw, served: list[Part]) -> Iterator[Fault]:
    if not table or not all(options_known(item) for item in served):
        return
    for item in served:
        values = [str(value) for value in option_values(item)]
        lacking = [value for value in values if value not in table]
        if lacking and kind != "multi":
            yield Fault(path, say.TABLE_LACKS, detail={"values": ", ".join(lacking), "item": item.name})
    known = {str(value) for item in served for value in option_values(item)}
    names = ", ".join(item.name for item in served[:3]) + (", …" if len(served) > 3 else "")
    for value in table:
        if served and value not in known:
            yield Fault((*path, value), say.TABLE_UNKNOWN, detail={"value": value, "item": names})
    total = sum(table.values())
    if kind == "multi" and total > 100:
        yield Fault(path, say.POINTS_OVER_100, detail={"total": f"{total:g}"})


def anchor_faults(path: Path, anchors: list[list[float]], highest: float) -> Iterator[Fault]:
    """Answers rise strictly; points do not fall, and lie between 0 and ``highest``."""
    for position, (before, after) in enumerate(pairwise(anchors), 1):
        if after[0] <= before[0]:
            yield Fault((*path, position), say.ANCHORS_FALL)
        elif after[1] < before[1]:
            yield Fault((*path, position), say.ANCHOR_POINTS_FALL)
    for position, (_answer, points) in enumerate(anchors):
        if not 0 <= points <= highest:
            yield Fault((*path, position), say.ANCHOR_POINTS_OUTSIDE, detail={"value": f"{points:g}"})


def anchors_in_range(path: Path, anchors: list[list[float]], served: list[Part]) -> Iterator[Fault]:
    for item in served:
        low, high = answer_range(item)
        for position, (answer, _points) in enumerate(anchors):
            if not within(answer, (low, high)):
                detail = {"value": f"{answer:g}", "low": bound(low), "high": bound(high)}
                yield Fault((*path, position), say.ANCHOR_OUTSIDE, detail=detail)


def band_faults(path: Path, rule: Raw) -> Iterator[Fault]:
    """percent_band: bands that rise without overlap and begin and end on a step."""
    bands = [band for band in parts(rule.get("bands"), (*path, "bands"), "from") if {"from", "to"} <= set(band.raw)]
    for band in bands:
        if band.raw["to"] < band.raw["from"]:
            yield band.fault(["to"], say.BAND_ENDS)
        for end in ("from", "to"):
            step = rule.get("step")
            if step and band.raw[end] % step:
                detail = {"value": f"{band.raw[end]:g}", "step": step}
                yield band.fault([end], say.BAND_OFF_STEP, **detail)
    for before, after in pairwise(bands):
        if after.raw["from"] <= before.raw["to"]:
            yield after.fault(["from"], say.BANDS_FALL)
