"""Predicates over answers and scores: one language for branching, gates, checks and published shares.

A verdict is one of four, because "no" and "cannot be said" must not be mixed up:

========== ===========================================================================
TRUE/FALSE the answer decides; "don't know" counts as the lowest level, so it never reaches a threshold
INAPPLICABLE the item does not apply, or was not asked
UNKNOWN    the answer was declined, or is not there yet
========== ===========================================================================
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveys.instruments.answers import AnswerTable, Codes, Column, State, code_of

Verdicts = NDArray[np.uint8]
Flags = NDArray[np.bool_]
FALSE, TRUE, INAPPLICABLE, UNKNOWN = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class ItemTest:
    """``operator`` is at_least, at_most, is or includes; ``value`` as in the instrument file."""

    item: str
    operator: str
    value: int | float | str


@dataclass(frozen=True, slots=True)
class NodeTest:
    """``operator`` is at_least or below; ``value`` in the node's points."""

    node: str
    operator: str
    value: float


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: "tuple[Predicate, ...]"


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: "tuple[Predicate, ...]"


@dataclass(frozen=True, slots=True)
class Negation:
    part: "Predicate"


Predicate = ItemTest | NodeTest | AnyOf | AllOf | Negation

ITEM_OPERATORS = ("at_least", "at_most", "is", "includes")
NODE_OPERATORS = ("at_least", "below")


def walk(predicate: Predicate) -> Iterator[Predicate]:
    """The predicate and every part of it."""
    yield predicate
    parts: Sequence[Predicate] = ()
    if isinstance(predicate, AnyOf | AllOf):
        parts = predicate.parts
    elif isinstance(predicate, Negation):
        parts = (predicate.part,)
    for part in parts:
        yield from walk(part)


def items_in(predicate: Predicate) -> tuple[str, ...]:
    return tuple(part.item for part in walk(predicate) if isinstance(part, ItemTest))


# What an option's position means: position -> the option's value, for each coded item.
OptionValues = Mapping[str, Sequence[int | str]]
NodeScores = Mapping[str, NDArray[np.float64]]


def evaluate(
    predicate: Predicate, answers: AnswerTable, options: OptionValues, nodes: NodeScores | None = None
) -> Verdicts:
    """One verdict a firm, shape (n,). ``options`` gives each coded item's option values in order of position."""
    match predicate:
        case ItemTest():
            return _item_verdicts(predicate, answers[predicate.item], options.get(predicate.item, ()))
        case NodeTest():
            return _node_verdicts(predicate, (nodes or {})[predicate.node])
        case AnyOf():
            return _combine([evaluate(part, answers, options, nodes) for part in predicate.parts], TRUE, FALSE)
        case AllOf():
            return _combine([evaluate(part, answers, options, nodes) for part in predicate.parts], FALSE, TRUE)
        case Negation():
            inner = evaluate(predicate.part, answers, options, nodes)
            return np.where(inner <= TRUE, TRUE - inner, inner).astype(np.uint8)


def holds(predicate: Predicate, answers: AnswerTable, options: OptionValues, nodes: NodeScores | None = None) -> Flags:
    """Whether the predicate is shown to hold, shape (n,): ``evaluate(...) == TRUE`` for less work."""
    match predicate:
        case ItemTest():
            return _item_flags(predicate, answers[predicate.item], options.get(predicate.item, ()), (TRUE,))
        case NodeTest():
            return _compare((nodes or {})[predicate.node], predicate.operator, predicate.value)
        case AnyOf(parts):
            return _or([holds(part, answers, options, nodes) for part in parts])
        case AllOf(parts):
            failed = _or([fails(part, answers, options, nodes) for part in parts])
            return ~failed & _or([holds(part, answers, options, nodes) for part in parts])
        case Negation():
            return np.equal(evaluate(predicate, answers, options, nodes), TRUE)


def fails(predicate: Predicate, answers: AnswerTable, options: OptionValues, nodes: NodeScores | None = None) -> Flags:
    """Whether the predicate does not hold or is unknown: it neither holds nor stands aside."""
    match predicate:
        case ItemTest():
            return _item_flags(predicate, answers[predicate.item], options.get(predicate.item, ()), (FALSE, UNKNOWN))
        case NodeTest():
            turned = {"at_least": "below", "below": "at_least"}[predicate.operator]
            return _compare((nodes or {})[predicate.node], turned, predicate.value)
        case AnyOf(parts):
            held = holds(predicate, answers, options, nodes)
            return ~held & _or([fails(part, answers, options, nodes) for part in parts])
        case AllOf(parts):
            return _or([fails(part, answers, options, nodes) for part in parts])
        case Negation():
            verdicts = evaluate(predicate, answers, options, nodes)
            return np.isin(verdicts, (FALSE, UNKNOWN))


def _or(flags: Sequence[Flags]) -> Flags:
    found = flags[0].copy()
    for one in flags[1:]:
        found |= one
    return found


def _item_flags(test: ItemTest, column: Column, options: Sequence[int | str], wanted: tuple[int, ...]) -> Flags:
    if column.number is None:
        return _falls_in(_runs(test, tuple(options), wanted), column.code)
    verdicts = _item_verdicts(test, column, options)
    return _or([verdicts == one for one in wanted])


def _combine(verdicts: Sequence[Verdicts], decisive: int, otherwise: int) -> Verdicts:
    """Three-valued any/all in which what does not apply stands aside."""
    seen = {verdict: np.zeros(len(verdicts[0]), bool) for verdict in (otherwise, UNKNOWN, decisive)}
    for part in verdicts:
        for verdict, flags in seen.items():
            flags |= part == verdict
    result = np.full(len(verdicts[0]), INAPPLICABLE, np.uint8)
    for verdict, flags in seen.items():
        result[flags] = verdict
    return result


def _item_verdicts(test: ItemTest, column: Column, options: Sequence[int | str]) -> Verdicts:
    if column.number is None:
        return _verdict_table(test, options)[column.code]
    if test.operator in ("at_least", "at_most"):
        met = _compare(column.number, test.operator, float(test.value))
        lowest = bool(_compare(np.zeros(1), test.operator, float(test.value))[0])
    else:
        met, lowest = _number_is(column.number, test, options), False
    return _with_states(met, lowest, column)


def _verdict_table(test: ItemTest, options: Sequence[int | str]) -> Verdicts:
    """The verdict for each of the 256 codes that a coded item's column may hold."""
    met = [_option_meets(value, test) for value in options]
    # "Don't know" stands for the lowest level on a scale; on an unordered item it is no option at all.
    lowest = met[0] if met and test.operator in ("at_least", "at_most") else False
    table = np.zeros(256, np.uint8)
    table[: len(met)] = met
    table[code_of(State.DK)] = lowest
    table[[code_of(State.NA), code_of(State.NOT_ASKED)]] = INAPPLICABLE
    table[[code_of(State.DECLINE), code_of(State.NOT_YET)]] = UNKNOWN
    return table


@lru_cache(maxsize=4096)
def _runs(test: ItemTest, options: tuple[int | str, ...], wanted: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """The runs of codes, first and length, whose verdict is one of ``wanted``."""
    found = np.isin(_verdict_table(test, options), wanted)
    edges = np.flatnonzero(np.diff(found, prepend=False, append=False)).tolist()
    return tuple((start, stop - start) for start, stop in zip(edges[::2], edges[1::2], strict=True))


def _falls_in(runs: Sequence[tuple[int, int]], codes: Codes) -> Flags:
    """Whether each code lies in one of the runs. Runs are few, and numpy compares bytes many times faster than it
    gathers them."""
    found = np.zeros(len(codes), bool)
    for start, length in runs:
        # Codes wrap around below the start, so one comparison finds the run.
        found |= codes - np.uint8(start) < length
    return found


def _with_states(met: NDArray[np.bool_], lowest: bool, column: Column) -> Verdicts:
    verdicts = met.astype(np.uint8)
    verdicts[column.is_state(State.DK)] = TRUE if lowest else FALSE
    verdicts[(column.code == code_of(State.NA)) | (column.code == code_of(State.NOT_ASKED))] = INAPPLICABLE
    verdicts[(column.code == code_of(State.DECLINE)) | (column.code == code_of(State.NOT_YET))] = UNKNOWN
    return verdicts


def _option_meets(value: int | str, test: ItemTest) -> bool:
    match test.operator:
        case "at_least":
            return float(value) >= float(test.value)
        case "at_most":
            return float(value) <= float(test.value)
        case _:
            return str(value) == str(test.value)


def _number_is(numbers: NDArray[np.float64], test: ItemTest, options: Sequence[int | str]) -> NDArray[np.bool_]:
    if test.operator == "includes":
        position = [str(value) for value in options].index(str(test.value))
        return np.asarray((numbers.astype(np.int64) >> position) & 1, bool)
    return np.equal(numbers, float(test.value))


def _compare(numbers: NDArray[np.float64], operator: str, value: float) -> NDArray[np.bool_]:
    match operator:
        case "at_least":
            return numbers >= value
        case "at_most":
            return numbers <= value
        case _:
            return numbers < value


def _node_verdicts(test: NodeTest, scores: NDArray[np.float64]) -> Verdicts:
    verdicts = _compare(scores, test.operator, test.value).astype(np.uint8)
    verdicts[np.isnan(scores)] = INAPPLICABLE
    return verdicts


def predicate_from(raw: Mapping[str, Any]) -> Predicate:
    """A predicate from its form in a file. ValueError says what is wrong with it."""
    keys = set(raw)
    if "any" in keys or "all" in keys:
        name = "any" if "any" in keys else "all"
        parts = tuple(predicate_from(part) for part in raw[name])
        if keys != {name} or not parts:
            raise ValueError(f"'{name}' takes a list of one or more predicates and nothing beside it")
        return AnyOf(parts) if name == "any" else AllOf(parts)
    if "not" in keys and keys == {"not"}:
        return Negation(predicate_from(raw["not"]))
    return _leaf_from(raw, keys)


def _leaf_from(raw: Mapping[str, Any], keys: set[str]) -> Predicate:
    if len(keys) == 2 and "item" in keys:
        operator = (keys - {"item"}).pop()
        if operator in ("at_least", "at_most"):
            return ItemTest(str(raw["item"]), operator, _threshold(raw[operator], operator))
        if operator in ITEM_OPERATORS:
            return ItemTest(str(raw["item"]), operator, _word(raw[operator], operator))
    if len(keys) == 2 and "node" in keys:
        operator = (keys - {"node"}).pop()
        if operator in NODE_OPERATORS:
            return NodeTest(str(raw["node"]), operator, float(_threshold(raw[operator], operator)))
    raise ValueError(
        "a predicate is {item: CODE, at_least | at_most | is | includes: value}, {node: ID, at_least | below: points}, "
        "{any: [...]}, {all: [...]} or {not: {...}}"
    )


def _threshold(value: object, operator: str) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"'{operator}' takes a number")
    return value


def _word(value: object, operator: str) -> int | float | str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"'{operator}' takes a number or a quoted word, such as \"yes\"")
    return value
