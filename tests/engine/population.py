"""Answers drawn at random, with every kind of no answer; the same seed gives the same answers."""

import numpy as np

from surveys.instruments.answers import NO_ANSWER, AnswerTable, Column, State, code_of
from surveys.instruments.coding import none_bit
from surveys.instruments.model import Instrument, Item

# Chances of "don't know", "decline", "not applicable" (where it is allowed).
CHANCES = ((State.DK, 0.04), (State.DECLINE, 0.03), (State.NA, 0.06))


def random_answers(instrument: Instrument, firms: int, seed: int, no_answers: bool = True) -> AnswerTable:
    rng = np.random.default_rng(seed)
    return AnswerTable(firms, {item.code: _column(item, firms, rng, no_answers) for item in instrument.items})


def _column(item: Item, firms: int, rng: np.random.Generator, no_answers: bool) -> Column:
    typed = item.is_numeric or item.kind == "multi"
    code = np.zeros(firms, np.uint8) if typed else rng.integers(0, len(item.options), firms).astype(np.uint8)
    for state, chance in CHANCES if no_answers else ():
        if state is not State.NA or item.not_applicable is not None:
            code[rng.random(firms) < chance] = code_of(state)
    if not typed:
        return Column(code)
    number = _numbers(item, firms, rng)
    number[code >= NO_ANSWER] = 0.0 if item.kind == "multi" else np.nan
    return Column(code, number)


def _numbers(item: Item, firms: int, rng: np.random.Generator) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    if item.kind == "multi":
        bits = rng.integers(1, 1 << len(item.options), firms)
        others = bits & ~none_bit(item)
        return np.where(others > 0, others, bits).astype(float)
    if item.steps is not None:
        return rng.choice(item.steps.shares(), firms)
    if item.kind == "share":
        return np.where(rng.random(firms) < 0.9, rng.integers(0, 101, firms), rng.random(firms) * 100)
    low, high = item.low or 0.0, item.high or 100.0
    return low + rng.random(firms) * (high - low)
