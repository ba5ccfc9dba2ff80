"""A made-up country of firms that answer as firms do: for demonstrations, benchmarks and tests. No firm in it is real.

Each firm has a general maturity, one of each dimension and one of each item, all normal; larger firms stand higher.
Answers follow from an item's maturity by thresholds, so that items of a dimension go together, dimensions less so, and
a published share is met by about as many firms as the survey says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firms.later import later
from scoring.engine.published import Indicator
from surveys.instruments.answers import NO_ANSWER, AnswerTable, Column, State, code_of
from surveys.instruments.coding import NONE, none_bit
from surveys.instruments.model import Instrument, Item
from surveys.instruments.predicates import AnyOf, ItemTest, Predicate

special = later("scipy.special")

Numbers = NDArray[np.float64]

SIZES = ("micro", "small", "medium", "large")
SIZE_SHARES = (0.28, 0.46, 0.19, 0.07)
SIZE_EFFECTS = (-0.35, -0.1, 0.4, 0.9)
# How much of an item's maturity is the firm's, how much the dimension's; the rest is the item's own.
OF_FIRM, OF_DIMENSION = 0.6, 0.45
NO_ANSWERS = ((State.DK, 0.03), (State.DECLINE, 0.01), (State.NA, 0.03))
SHARE_STEP = 5
# The share of firms that reach the top, the middle and the bottom of a ladder of which nothing is published.
EASY, HARD = 0.86, 0.07


@dataclass(frozen=True, slots=True)
class Country:
    """``size``, ``industry`` and ``region`` are codes, shape (n,); ``answers`` has a row a firm."""

    size: NDArray[np.str_]
    industry: NDArray[np.str_]
    region: NDArray[np.str_]
    answers: AnswerTable


def country(
    instrument: Instrument,
    indicators: Sequence[Indicator],
    firms: int,
    seed: int,
    *,
    industries: Sequence[str],
    regions: Sequence[str],
) -> Country:
    """``firms`` made-up firms; the same arguments give the same firms."""
    rng = np.random.default_rng(seed)
    sizes = rng.choice(len(SIZES), firms, p=SIZE_SHARES)
    industry = rng.choice(len(industries), firms, p=rng.dirichlet(np.ones(len(industries)) * 3))
    region = rng.choice(len(regions), firms, p=rng.dirichlet(np.ones(len(regions)) * 3))
    by_industry = rng.normal(0, 0.25, len(industries))
    maturity = rng.normal(size=firms) + np.asarray(SIZE_EFFECTS)[sizes] + by_industry[industry]
    # Standing out is relative: over the whole country the mean stays 0 and the spread 1.
    maturity = (maturity - maturity.mean()) / (maturity.std() or 1.0)
    return Country(
        np.asarray(SIZES)[sizes],
        np.asarray(industries)[industry],
        np.asarray(regions)[region],
        AnswerTable(firms, answered(instrument, published_shares(indicators), maturity, rng)),
    )


def published_shares(indicators: Sequence[Indicator]) -> dict[str, tuple[str, float]]:
    """For each item with a published share: the value from which it is met, and by which share of firms."""
    found: dict[str, tuple[str, float]] = {}
    for indicator in indicators:
        share = indicator.share.value * (0.9 if indicator.share.is_bound else 1.0)
        for item, value, part in tests_in(indicator.predicate, share):
            found.setdefault(item, (value, part))
    return found


def tests_in(predicate: Predicate, share: float) -> list[tuple[str, str, float]]:
    """The single tests of a predicate; of three that each suffice, each is met by about half as many."""
    if isinstance(predicate, ItemTest) and predicate.operator in ("at_least", "is"):
        return [(predicate.item, str(predicate.value), share)]
    if isinstance(predicate, AnyOf):
        return [one for part in predicate.parts for one in tests_in(part, share / 2)]
    return []


def answered(
    instrument: Instrument, published: Mapping[str, tuple[str, float]], maturity: Numbers, rng: np.random.Generator
) -> dict[str, Column]:
    """Every item's column."""
    columns: dict[str, Column] = {}
    own = np.sqrt(1 - OF_FIRM**2 - OF_DIMENSION**2)
    for dimension in instrument.dimensions:
        together = OF_FIRM * maturity + OF_DIMENSION * rng.normal(size=len(maturity))
        for item in dimension.items:
            # Between 0 and 1, evenly spread: the firm's place among all firms on this item.
            place = np.asarray(special.ndtr(together + own * rng.normal(size=len(maturity))))
            columns[item.code] = answers_to(item, place, published.get(item.code), rng)
    return columns


def answers_to(item: Item, place: Numbers, published: tuple[str, float] | None, rng: np.random.Generator) -> Column:
    code = np.zeros(len(place), np.uint8)
    number: Numbers | None = None
    if item.kind == "share":
        number = shares(item, place, published)
    elif item.kind == "number":
        low, high = item.low or 0.0, item.high if item.high is not None else 100.0
        number = np.round(low + (high - low) * place)
    elif item.kind == "multi":
        number = ticks(item, place)
    else:
        code = options(item, place, published)
    for state, chance in NO_ANSWERS:
        if state is not State.NA or item.not_applicable is not None:
            code[rng.random(len(place)) < chance] = code_of(state)
    absent = 0.0 if item.kind == "multi" else np.nan
    return Column(code, None if number is None else np.where(code < NO_ANSWER, number, absent))


def ticks(item: Item, place: Numbers) -> Numbers:
    """Bit masks: the more, the further up a firm stands."""
    values = [str(option.value) for option in item.options]
    real = [at for at, value in enumerate(values) if value != NONE]
    ticked = place[:, None] > np.linspace(0.15, 0.85, len(real))
    mask = (ticked * (1 << np.asarray(real))).sum(axis=1)
    return np.asarray(np.where(mask == 0, none_bit(item) or 1, mask), float)


def options(item: Item, place: Numbers, published: tuple[str, float] | None) -> NDArray[np.uint8]:
    """Positions of the options that firms at these places choose."""
    steps = len(item.options)
    if item.kind == "yesno":
        share = published[1] if published else 0.5
        yes = next((at for at, option in enumerate(item.options) if str(option.value) == "yes"), 0)
        return np.where(place > 1 - share, yes, steps - 1 - yes).astype(np.uint8)
    return np.searchsorted(1 - ladder(item, published), place).astype(np.uint8)


def ladder(item: Item, published: tuple[str, float] | None) -> Numbers:
    """The share of firms that reach the second, third ... option, falling; a published share is met exactly."""
    values = [str(option.value) for option in item.options]
    reached = special.ndtri(np.linspace(EASY, HARD, max(1, len(values) - 1)))
    if published and published[0] in values[1:]:
        reached = reached + special.ndtri(published[1]) - reached[values.index(published[0]) - 1]
    return np.asarray(special.ndtr(reached))


def shares(item: Item, place: Numbers, published: tuple[str, float] | None) -> Numbers:
    """Percentages, in fives or as the item takes them: most firms low, few high."""
    at, share = (float(published[0]), published[1]) if published else (50.0, 0.3)
    bent = np.log(at / 100) / np.log(1 - share)
    percent = np.minimum(100.0, np.floor(100 * place**bent / SHARE_STEP) * SHARE_STEP)
    if item.steps is None:
        return np.asarray(percent)
    taken = np.asarray(item.steps.shares())
    return np.asarray(taken[np.minimum(len(taken) - 1, (percent / 100 * len(taken)).astype(int))])
