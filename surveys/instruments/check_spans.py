"""Which scores each item and node can have: an outer bound, so that what lies outside is certainly impossible."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from surveys.instruments.check_nodes import children, weight_of
from surveys.instruments.check_outcomes import Span, Spans, outcomes
from surveys.instruments.check_outline import Outline, Part, Raw, answer_range, mapping, option_values, parts

# A set of values grows with every rule that maps it; beyond this many the interval says enough.
MOST_VALUES = 500


def spans_of(plan: Outline) -> dict[str, Span]:
    """Item codes and node ids to their possible scores; what has none, or has a fault, is left out."""
    spans: dict[str, Span] = {}
    for item in plan.items:
        span = item_span(plan, item)
        if span is not None:
            spans.setdefault(item.name, span)
    for node in plan.nodes:
        span = node_span(plan, node, spans)
        if span is not None:
            spans.setdefault(node.name, span)
    return spans


def of_values(values: Iterable[float]) -> Span | None:
    found = frozenset(float(value) for value in values)
    if not found:
        return None
    return Span(min(found), max(found), found if len(found) <= MOST_VALUES else None)


def item_span(plan: Outline, item: Part) -> Span | None:
    scale = plan.scale(item)
    if scale is None or item.get("kind") is None:
        return None
    _path, rule = scale
    match rule.get("rule"):
        case "map":
            return table_span(item, mapping(rule.get("table")))
        case "piecewise":
            return piecewise_span(rule.get("points") or [], answer_range(item))
        case "percent_band":
            return of_values(chosen for band in parts(rule.get("bands"), (), "from") for chosen in steps(rule, band))
    return None


def table_span(item: Part, table: Mapping[str, float]) -> Span | None:
    points = [table[str(value)] for value in option_values(item) if str(value) in table]
    if item.get("kind") == "multi":
        return Span(0.0, float(sum(points))) if points else None
    return of_values(points)


def steps(rule: Raw, band: Part) -> Iterable[float]:
    step, start, stop = rule.get("step"), band.get("from"), band.get("to")
    if not step or start is None or stop is None or stop < start:
        return []
    return [start + step * count for count in range(int((stop - start) // step) + 1)]


def interpolated(anchors: list[list[float]], answer: float) -> float:
    """The value at ``answer`` on the line through the anchors, constant beyond both ends."""
    if answer <= anchors[0][0]:
        return anchors[0][1]
    for (x0, y0), (x1, y1) in pairwise(anchors):
        if answer <= x1:
            return y0 if x1 <= x0 else y0 + (y1 - y0) * (answer - x0) / (x1 - x0)
    return anchors[-1][1]


def piecewise_span(anchors: list[list[float]], bounds: tuple[float | None, float | None]) -> Span | None:
    if len(anchors) < 2:
        return None
    low, high = bounds
    ends = [interpolated(anchors, end) for end in bounds if end is not None]
    inner = [y for x, y in anchors if (low is None or x >= low) and (high is None or x <= high)]
    reached = [*ends, *inner, *([anchors[0][1]] if low is None else []), *([anchors[-1][1]] if high is None else [])]
    return Span(min(reached), max(reached))


def node_span(plan: Outline, node: Part, spans: Spans) -> Span | None:
    combine = COMBINE.get(str(node.get("rule")))
    return combine(plan, node, spans) if combine else None


def mixed(found: list[Span], *, between: bool) -> Span | None:
    """The span of something that lies among its children, or (not ``between``) is always one of them."""
    if not found:
        return None
    low, high = min(span.low for span in found), max(span.high for span in found)
    known = [span.values for span in found if span.values is not None]
    if len(known) == len(found) and (not between or len(found) == 1):
        return of_values(value for values in known for value in values)
    return Span(low, high)


def wmean_span(plan: Outline, node: Part, spans: Spans) -> Span | None:
    weighted = [name for name in children(plan, node) if weight_of(plan, node, name) > 0]
    return mixed([spans[name] for name in weighted if name in spans], between=True)


def min_span(plan: Outline, node: Part, spans: Spans) -> Span | None:
    return mixed([spans[name] for name in children(plan, node) if name in spans], between=False)


def points_span(plan: Outline, node: Part, spans: Spans) -> Span | None:
    children_ = parts(node.get("of"), (), "node")
    total = sum(child.get("points", 0) for child in children_)
    span = mixed([spans[child.name] for child in children_ if child.name in spans], between=True)
    return None if span is None else Span(total * span.low / 100, total * span.high / 100)


def cap_span(plan: Outline, node: Part, spans: Spans) -> Span | None:
    found = [spans.get(str(node.get(key))) for key in ("of", "by")]
    if found[0] is None or found[1] is None:
        return None
    return Span(min(found[0].low, found[1].low), min(found[0].high, found[1].high))


def carried_span(plan: Outline, node: Part, spans: Spans) -> Span | None:
    span, anchors = spans.get(str(node.get("of"))), node.get("points") or []
    if span is None or len(anchors) < 2:
        return None
    if span.values is not None:
        return of_values(interpolated(anchors, value) for value in span.values)
    return piecewise_span(anchors, (span.low, span.high))


def staircase_span(plan: Outline, node: Part, spans: Spans) -> Span | None:
    values = [0.0]
    for stair in parts(node.get("levels"), (), "level"):
        if not all(outcomes(predicate, plan, spans).can_hold for predicate in stair.get("met") or ()):
            break
        values.append(stair.get("value", stair.get("level", 0)))
    return of_values(values)


def level_sum_span(plan: Outline, node: Part, spans: Spans) -> Span | None:
    total, names = 0.0, children(plan, node)
    if not names or any(name not in spans for name in names) or node.get("pass_at") is None:
        return None
    for name in names:
        share = spans[name].high / 100
        passes = share >= node.raw["pass_at"]
        total += 1 if passes else share
        if not passes and node.get("require_lower"):
            break
    return Span(0.0, total)


def all_pass_span(plan: Outline, node: Part, spans: Spans) -> Span | None:
    targets = parts(node.get("targets"), (), "level")
    reachable = [
        number
        for number, target in enumerate(targets, 1)
        if all(outcomes(predicate, plan, spans).can_hold for predicate in target.get("require") or ())
    ]
    return of_values([0, *reachable])


Combine = Callable[[Outline, Part, Spans], Span | None]
COMBINE: dict[str, Combine] = {
    "wmean": wmean_span,
    "points": points_span,
    "min": min_span,
    "cap": cap_span,
    "piecewise": carried_span,
    "staircase": staircase_span,
    "level_sum": level_sum_span,
    "all_pass": all_pass_span,
}
