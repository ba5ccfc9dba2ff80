"""The answers that lie above a firm's own, one single step at a time."""

from scoring.engine.items import Rule
from surveys.instruments.coding import NONE, STATE_WORDS
from surveys.instruments.model import Instrument, Item

NO_STEP = ("", "NA", "DECLINE")


def ladder(instrument: Instrument, item: Item, written: str) -> tuple[str, ...]:
    """The answer as it is, then every higher one, each a single step above the last.

    Levels and choices rise option by option, a yes-no item from no to yes, a share or number from mark to mark. An item
    that does not apply, was declined or is not answered has no steps; "don't know" stands at the lowest answer. The
    ticks of a multi item are independent of each other: see ``open_ticks``.
    """
    if written in NO_STEP or item.kind == "multi":
        return (written,)
    if item.is_numeric:
        here = lowest_number(item) if written in STATE_WORDS else float(written)
        return (written, *(f"{mark:g}" for mark in marks(item, instrument.item_rule(item)) if mark > here))
    values = rising_values(item)
    return (written, *values[max(1, values.index(written) + 1 if written in values else 1) :])


def rising_values(item: Item) -> list[str]:
    """The options from the lowest up."""
    values = [str(option.value) for option in item.options]
    return sorted(values, key=lambda value: value == "yes") if item.kind == "yesno" else values


def lowest_number(item: Item) -> float:
    return 0.0 if item.kind == "share" or item.low is None else item.low


def marks(item: Item, rule: Rule | None) -> tuple[float, ...]:
    """The numbers that count as the next step: those that advice is given for, else what the rule turns on."""
    if item.steps is not None:
        return item.steps.shares()
    if item.advice:
        return tuple(sorted(float(mark) for mark in item.advice))
    if rule is not None and rule["rule"] == "piecewise":
        return tuple(float(answer) for answer, _ in rule["points"] if item.high is None or answer <= item.high)
    return ()


def open_ticks(item: Item, written: str) -> tuple[str, ...]:
    """The options of a multi item that may still be ticked, each a single step of its own."""
    if written in NO_STEP or item.kind != "multi":
        return ()
    ticked = written.split(";")
    return tuple(str(o.value) for o in item.options if str(o.value) not in ticked and o.value != NONE)


def with_tick(item: Item, written: str, tick: str) -> str:
    """The answer with one more option ticked."""
    ticked = [] if written in STATE_WORDS or written == NONE else written.split(";")
    return ";".join(str(o.value) for o in item.options if str(o.value) in (*ticked, tick))
