"""Weighted sums over many items at once, at the speed of memory.

A coded item's column holds few different bytes, so points and weights are looked up, not computed. Four bits tell the
codes of an item with up to nine options apart (positions 0 to 8, states 201 to 205 whose low halves are 9 to 13), so
three items make one index into a table of 4096 sums: one gather serves three items. Numerator sum(w x) and denominator
sum(w) travel in one number, so that one addition serves both: as the parts of a complex number or, where weights and
weighted points are whole and small, as the low and high bits of an integer. Both give the same sums to the last bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.engine.items import Rule, item_rule, lookup, number_scores, numeric_scores
from scoring.engine.primitives import Scores, quotient, settled
from surveys.instruments.answers import NO_ANSWER, AnswerTable, Column
from surveys.instruments.model import Instrument, Item

Sums = NDArray[np.complex128]
Packed = NDArray[np.int32]
S = TypeVar("S", Sums, Packed)
HALF_BYTE = 15
MOST_OPTIONS = 9
ITEMS_AT_ONCE = 3
STATES = slice(NO_ANSWER + 1, NO_ANSWER + 6)
# Beyond what a share can be and below the states: marks a row whose number is not whole.
NOT_WHOLE = 150
# Where the denominator begins in a packed sum, and what then remains for it.
HIGH_BITS = 20
LARGEST_NUMERATOR, LARGEST_DENOMINATOR = 1 << HIGH_BITS, 1 << 10


@dataclass(frozen=True, slots=True)
class Pack:
    """Up to three items whose codes together index ``table``."""

    items: tuple[str, ...]
    table: Sums | Packed


@dataclass(frozen=True, slots=True)
class Measure:
    """An item answered by a number. ``table`` gives the sums of whole numbers and of the states."""

    item: Item
    rule: Rule
    weight: float
    table: Sums | None


@dataclass(frozen=True, slots=True)
class Scale:
    """The items of one mean, ready to be weighed. ``whole`` says that the packs' tables are integers."""

    packs: tuple[Pack, ...]
    measures: tuple[Measure, ...]
    whole: bool


def scale_for(instrument: Instrument, weighted: Sequence[tuple[Item, float]]) -> Scale:
    """Prepares the tables for these items with these weights; an item without a rule weighs nothing."""
    coded, measures = [], []
    for item, weight in weighted:
        rule = item_rule(instrument, item)
        if rule is not None and item.options and item.kind != "multi" and len(item.options) <= MOST_OPTIONS:
            coded.append((item.code, halves(entries(lookup(item, rule), weight))))
        elif rule is not None:
            measures.append(Measure(item, rule, weight, share_table(item, rule, weight)))
    groups = [coded[start : start + ITEMS_AT_ONCE] for start in range(0, len(coded), ITEMS_AT_ONCE)]
    packs = [Pack(tuple(code for code, _ in group), summed([table for _, table in group])) for group in groups]
    whole = is_whole([table for _, table in coded])
    if whole:
        packs = [Pack(pack.items, as_integers(pack.table)) for pack in packs]
    return Scale(tuple(packs), tuple(measures), whole)


def entries(scores: Scores, weight: float) -> Sums:
    """w x + i w for each score, 0 where there is none."""
    return np.where(np.isnan(scores), 0.0, scores * weight + 1j * weight)


def halves(table: Sums) -> Sums:
    """The table of 256 codes as one of the 16 low halves that tell them apart."""
    found = np.zeros(HALF_BYTE + 1, np.complex128)
    found[:MOST_OPTIONS] = table[:MOST_OPTIONS]
    found[np.arange(STATES.start, STATES.stop) & HALF_BYTE] = table[STATES]
    return found


def summed(tables: Sequence[Sums]) -> Sums:
    """The sums of every combination; the first item keeps the lowest bits of the index."""
    found = np.zeros(1, np.complex128)
    for table in tables:
        found = (table[:, None] + found[None, :]).ravel()
    return found


def is_whole(tables: Sequence[Sums]) -> bool:
    """Whether all sums of these tables are whole numbers that fit a packed integer."""
    if any((table.real % 1).any() or (table.imag % 1).any() for table in tables):
        return False
    numerator, denominator = (sum(float(part(table).max()) for table in tables) for part in (np.real, np.imag))
    return numerator < LARGEST_NUMERATOR and denominator < LARGEST_DENOMINATOR


def as_integers(table: Sums | Packed) -> Packed:
    return (table.real + table.imag * (1 << HIGH_BITS)).astype(np.int32)


def share_table(item: Item, rule: Rule, weight: float) -> Sums | None:
    """Sums for the bytes that a share's column can be written as, or None for other kinds."""
    if item.kind != "share":
        return None
    codes = np.arange(256, dtype=np.uint8)
    whole = np.where(codes < NOT_WHOLE, codes, np.nan).astype(np.float64)
    return entries(numeric_scores(item, rule, Column(codes, whole)), weight)


def weighed_mean(scale: Scale, answers: AnswerTable) -> Scores:
    """sum(w x) / sum(w) over the items that have a score, shape (n,)."""
    if not scale.whole:
        sums = weighed(scale, answers, np.zeros(answers.size, np.complex128))
        sums = with_measures(scale, answers, sums)
        return settled(quotient(sums.real, sums.imag))
    packed = weighed(scale, answers, np.zeros(answers.size, np.int32))
    numerator, denominator = packed & (LARGEST_NUMERATOR - 1), packed >> HIGH_BITS
    if not scale.measures:
        # A quotient of such small whole numbers is a hundredth exactly or far from one: there is no noise to settle.
        return quotient(numerator, denominator)
    sums = with_measures(scale, answers, numerator + 1j * denominator)
    return settled(quotient(sums.real, sums.imag))


def weighed(scale: Scale, answers: AnswerTable, sums: S) -> S:
    """Adds every pack's entry for each firm to ``sums``."""
    index = np.empty(answers.size, np.uint16)
    half = np.empty(answers.size, np.uint16)
    for pack in scale.packs:
        np.bitwise_and(answers[pack.items[0]].code, HALF_BYTE, out=index)
        for place, code in enumerate(pack.items[1:], 1):
            np.bitwise_and(answers[code].code, HALF_BYTE, out=half)
            np.left_shift(half, 4 * place, out=half)
            np.bitwise_or(index, half, out=index)
        np.add(sums, pack.table.take(index, mode="clip"), out=sums)
    return sums


def with_measures(scale: Scale, answers: AnswerTable, sums: Sums) -> Sums:
    for measure in scale.measures:
        sums += measured(measure, answers[measure.item.code])
    return sums


def measured(measure: Measure, column: Column) -> Sums:
    """One measure's part of the sums. Most shares are whole numbers, and those are looked up like codes."""
    if measure.table is None or column.number is None:
        return entries(numeric_or_coded(measure, column), measure.weight)
    codes = written_as_bytes(column)
    sums = measure.table.take(codes, mode="clip")
    odd = np.flatnonzero(codes == NOT_WHOLE)
    if len(odd):
        sums[odd] = entries(number_scores(measure.item, measure.rule, column.number[odd]), measure.weight)
    return sums


def numeric_or_coded(measure: Measure, column: Column) -> Scores:
    if column.number is None:
        return lookup(measure.item, measure.rule)[column.code]
    return numeric_scores(measure.item, measure.rule, column)


def written_as_bytes(column: Column) -> NDArray[np.uint8]:
    """The share where it is a whole number, the state where there is no answer, else ``NOT_WHOLE``."""
    assert column.number is not None  # noqa: S101 - only numeric columns come here
    with np.errstate(invalid="ignore"):
        whole = column.number.astype(np.uint8)
    odd = whole != column.number
    # An answer's code is 0 and a state's lies above all else, so the larger of the two is the one that counts.
    whole *= ~odd
    np.maximum(whole, odd * np.uint8(NOT_WHOLE), out=whole)
    return np.maximum(whole, column.code)
