"""Levels that somebody can reach, gates that hold somebody back, conditions that may turn out either way."""

import math
from collections.abc import Iterator
from itertools import pairwise

from surveys.instruments import check_messages as say
from surveys.instruments.check_outcomes import Spans, outcomes
from surveys.instruments.check_outline import Outline, Part, node_predicates, parts
from surveys.instruments.check_spans import spans_of
from surveys.instruments.faults import Fault

# Rounding in floating point may carry a mean a hair above 100.
HAIR = 1e-9


def reach_faults(plan: Outline) -> Iterator[Fault]:
    spans = spans_of(plan)
    yield from scale_faults(plan, spans)
    yield from branch_outcomes(plan, spans)
    yield from check_outcomes(plan, spans)
    yield from step_outcomes(plan, spans)
    yield from band_order(plan)
    yield from band_reach(plan, spans)
    for gate in plan.gates:
        yield from gate_faults(plan, gate, spans)


def scale_faults(plan: Outline, spans: Spans) -> Iterator[Fault]:
    """Dimensions and the index run from 0 to 100; in a published instrument they can have a score at all."""
    for node in plan.nodes:
        if node.name not in plan.dimension and node.name != "index":
            continue
        if node.name in spans and spans[node.name].high > 100 + HAIR:
            yield node.fault(["id"], say.SCORE_OUTSIDE, high=f"{spans[node.name].high:g}")
        elif node.name not in spans and node.get("rule") == "wmean" and plan.raw.get("status") == "published":
            yield node.fault(["of"], say.NOTHING_SCORED)


def branch_outcomes(plan: Outline, spans: Spans) -> Iterator[Fault]:
    for item in plan.items:
        if item.get("ask_when"):
            found = outcomes(item.raw["ask_when"], plan, spans)
            if not found.can_hold:
                yield item.fault(["ask_when"], say.NEVER_ASKED)
            elif not found.can_fail:
                yield item.fault(["ask_when"], say.ALWAYS_ASKED)


def check_outcomes(plan: Outline, spans: Spans) -> Iterator[Fault]:
    for check in plan.checks:
        if check.get("when"):
            found = outcomes(check.raw["when"], plan, spans)
            if not (found.can_hold and found.can_fail):
                yield check.fault(["when"], say.ALWAYS_HOLDS if found.can_hold else say.NEVER_HOLDS)


def step_outcomes(plan: Outline, spans: Spans) -> Iterator[Fault]:
    """Requirements inside staircases and targets that nobody can meet, alone or together."""
    for node in plan.nodes:
        single = {path for path, one in node_predicates(node) if not outcomes(one, plan, spans).can_hold}
        for path in sorted(single, key=str):
            yield Fault(path, say.NEVER_HOLDS)
        for list_key, key in (("levels", "met"), ("targets", "require")):
            for step in parts(node.get(list_key), node.at(list_key), "level"):
                together = {"all": step.get(key) or []}
                alone = any(path[: len(step.path)] == step.path for path in single)
                if not alone and not outcomes(together, plan, spans).can_hold and step.get(key):
                    yield step.fault([key], say.STEP_UNREACHABLE, level=step.name)


def band_order(plan: Outline) -> Iterator[Fault]:
    bands = [band for band in plan.bands if "from" in band.raw]
    if bands and bands[0].path[-1] == 0 and bands[0].raw["from"] != 0:
        yield bands[0].fault(["from"], say.FIRST_LEVEL_START)
    for before, after in pairwise(bands):
        if after.raw["from"] <= before.raw["from"]:
            yield after.fault(["from"], say.LEVELS_FALL)


def band_reach(plan: Outline, spans: Spans) -> Iterator[Fault]:
    span = spans.get(str(plan.level_node))
    bands = [band for band in plan.bands if "from" in band.raw]
    if span is None:
        return
    stops = [band.raw["from"] for band in bands[1:]]
    for band, stop in zip(bands, [*stops, math.inf], strict=False):
        if band.raw["from"] < stop and not span.meets(band.raw["from"], stop):
            detail = {"level": band.name, "node": plan.level_node, "low": f"{span.low:g}", "high": f"{span.high:g}"}
            yield band.fault(["from"], say.LEVEL_UNREACHABLE, **detail)


def gate_faults(plan: Outline, gate: Part, spans: Spans) -> Iterator[Fault]:
    levels = [band.name for band in plan.bands]
    if not levels:
        yield gate.fault(["level"], say.GATE_WITHOUT_LEVELS)
    if gate.get("level") not in levels:
        return
    place = levels.index(gate.raw["level"])
    if place == 0:
        yield gate.fault(["level"], say.GATE_ON_LOWEST, level=gate.raw["level"])
        return
    if gate.get("downgrade_to") in levels[place:]:
        known = ", ".join(levels[:place])
        yield gate.fault(["downgrade_to"], say.DOWNGRADE_NOT_LOWER, level=gate.raw["level"], known=known)
    yield from gate_outcomes(plan, gate, spans, plan.bands[place].get("from"))


def gate_outcomes(plan: Outline, gate: Part, spans: Spans, start: float | None) -> Iterator[Fault]:
    """Among the firms whose score lies in the gate's level or above: can the requirement be met, and missed?"""
    name = str(plan.level_node)
    if start is not None and name in spans:
        spans = {**spans, name: spans[name].above(start)}
    found = outcomes(gate.get("require"), plan, spans)
    if not found.can_hold:
        yield gate.fault(["require"], say.GATE_ALWAYS_FIRES, level=gate.raw["level"])
    elif not found.can_fail:
        yield gate.fault(["require"], say.GATE_NEVER_FIRES, level=gate.raw["level"])
