"""Items: options that suit the kind, advice that leads to an answer, predicates that suit the item."""

from collections.abc import Iterator

from surveys.instruments import check_messages as say
from surveys.instruments.check_outline import (
    Outline,
    Part,
    Raw,
    answer_range,
    mapping,
    numeric_options,
    option_values,
    options_known,
    parts,
    tests,
    within,
)
from surveys.instruments.check_shape import Path, is_number
from surveys.instruments.faults import Fault

NUMERIC = ("share", "number")
# A multi answer is kept as a bit mask in a double, which is exact up to 53 bits.
MOST_OPTIONS = {"multi": 50}
MOST_CODED = 100
OPERATORS = {
    "level": ("at_least", "at_most", "is"),
    "choice": ("at_least", "at_most", "is"),
    "yesno": ("is",),
    "multi": ("includes",),
    "share": ("at_least", "at_most", "is"),
    "number": ("at_least", "at_most", "is"),
}


def item_faults(plan: Outline) -> Iterator[Fault]:
    for item in plan.items:
        yield from option_faults(item)
        yield from range_faults(item)
        yield from advice_faults(item)
    for _place, path, leaf in tests(plan):
        tested = plan.item.get(leaf.get("item", ""))
        if tested is not None and tested.get("kind") in OPERATORS:
            yield from test_faults(tested, path, leaf)


def option_faults(item: Part) -> Iterator[Fault]:
    kind, values = item.get("kind"), option_values(item)
    options = item.get("options")
    if kind in NUMERIC:
        if options:
            yield item.fault(["options"], say.NO_OPTIONS, kind=kind)
    elif kind is not None and not options:
        yield item.fault(["options"], say.NEEDS_OPTIONS)
    elif kind == "level" and values != [1, 2, 3, 4, 5]:
        yield item.fault(["options"], say.LEVEL_OPTIONS)
    elif kind == "yesno" and sorted(map(str, values)) != ["no", "yes"]:
        yield item.fault(["options"], say.YESNO_OPTIONS)
    elif kind in ("choice", "multi"):
        yield from list_faults(item, values)
    yield from repeated_options(item)


def list_faults(item: Part, values: list[int | str]) -> Iterator[Fault]:
    limit = MOST_OPTIONS.get(str(item.get("kind")), MOST_CODED)
    if len(values) < 2:
        yield item.fault(["options"], say.NEEDS_OPTIONS)
    if len(values) > limit:
        yield item.fault(["options"], say.TOO_MANY_OPTIONS, count=len(values), limit=limit)
    if item.get("kind") == "choice":
        numbers = [value for value in values if isinstance(value, int)]
        if 0 < len(numbers) < len(values):
            yield item.fault(["options"], say.MIXED_OPTIONS)
        elif numbers != sorted(numbers):
            yield item.fault(["options"], say.OPTIONS_FALL)


def repeated_options(item: Part) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for option in parts(item.get("options"), item.at("options"), "value"):
        if option.name and option.name in first:
            yield option.fault(["value"], say.REPEATED, name=option.name, first=first[option.name])
        first.setdefault(option.name, ".".join(str(step) for step in option.path))


def range_faults(item: Part) -> Iterator[Fault]:
    limits = item.get("range")
    if limits is None:
        return
    if item.get("kind") not in (None, "number"):
        yield item.fault(["range"], say.NO_RANGE)
    elif "min" in limits and "max" in limits and limits["min"] >= limits["max"]:
        yield item.fault(["range"], say.RANGE_FALLS)


def advice_faults(item: Part) -> Iterator[Fault]:
    values = [str(value) for value in option_values(item)]
    for key in mapping(item.get("advice")):
        if item.get("kind") in NUMERIC:
            yield from numeric_advice(item, key)
        elif values and key not in values:
            yield item.fault(["advice", key], say.ADVICE_NOT_AN_ANSWER, value=key, known=", ".join(values))
        elif values and item.get("kind") in ("level", "choice") and key == values[0]:
            yield item.fault(["advice", key], say.ADVICE_LOWEST, value=key)


def numeric_advice(item: Part, key: str) -> Iterator[Fault]:
    low, high = answer_range(item)
    try:
        usable = within(float(key), (low, high))
    except ValueError:
        usable = False
    if not usable:
        known = f"{bound(low)} – {bound(high)}"
        yield item.fault(["advice", key], say.ADVICE_NOT_AN_ANSWER, value=key, known=known)


def test_faults(item: Part, path: Path, leaf: Raw) -> Iterator[Fault]:
    """What keeps a test from working on its item: the operator, or a value that is no answer."""
    operator = next(key for key in leaf if key != "item")
    kind, value = str(item.get("kind")), leaf[operator]
    where = (*path, operator)
    if operator not in OPERATORS[kind]:
        detail = {"operator": operator, "kind": kind, "known": ", ".join(OPERATORS[kind])}
        yield Fault(where, say.OPERATOR_UNFIT, detail=detail)
    elif kind in NUMERIC:
        yield from numeric_test(item, where, value)
    elif operator in ("at_least", "at_most") and not numeric_options(item):
        yield Fault(where, say.OPERATOR_NEEDS_NUMBERS, detail={"operator": operator})
    elif options_known(item) and str(value) not in [str(one) for one in option_values(item)]:
        known = ", ".join(str(one) for one in option_values(item))
        yield Fault(where, say.VALUE_NOT_AN_ANSWER, detail={"value": value, "item": item.name, "known": known})


def numeric_test(item: Part, where: Path, value: object) -> Iterator[Fault]:
    low, high = answer_range(item)
    if not isinstance(value, int | float) or not is_number(value) or not within(value, (low, high)):
        detail = {"value": value, "item": item.name, "low": bound(low), "high": bound(high)}
        yield Fault(where, say.VALUE_OUT_OF_RANGE, detail=detail)


def bound(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"
