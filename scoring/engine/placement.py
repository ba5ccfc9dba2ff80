"""Places firms against published shares: a range of ranks, never a false percentile (docs/scoring.md, section 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.published import Indicator
from surveys.instruments.answers import AnswerTable
from surveys.instruments.branching import option_values, with_branching
from surveys.instruments.model import Instrument
from surveys.instruments.predicates import FALSE, INAPPLICABLE, TRUE, UNKNOWN, Verdicts, evaluate

Ranks = NDArray[np.float64]

# Why a firm is not placed; the page says it in words.
OTHER_SIZE, SIZE_UNKNOWN, CONDITION_UNMET, NOT_APPLICABLE, NO_ANSWER = (
    "other_size",
    "size_unknown",
    "condition_unmet",
    "not_applicable",
    "no_answer",
)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where each firm stands on one indicator; every array has shape (n,).

    ``reached`` is 1.0, 0.0 or NaN. Ranks run from 0 to 1; ``rank_mid`` is NaN where the share is only a bound, and then
    the end that touches the bound lies beyond it (a firm that does not reach "fewer than 50 %" stands in 0 to more
    than 0.5). ``reason`` is "" where the firm is placed.
    """

    reached: Ranks
    low: Ranks
    mid: Ranks
    high: Ranks
    reason: NDArray[np.str_]


def place(
    instrument: Instrument, indicators: Sequence[Indicator], answers: AnswerTable, sizes: Sequence[str | None]
) -> dict[str, Placement]:
    """Every indicator's placement by id. ``sizes`` holds micro, small, medium, large or None for each firm."""
    asked = with_branching(instrument, answers)
    options = option_values(instrument)
    size = np.array([one or "" for one in sizes], dtype="U6")
    placed = {}
    for indicator in indicators:
        verdicts = evaluate(indicator.predicate, asked, options)
        condition = None if indicator.condition is None else evaluate(indicator.condition, asked, options)
        placed[indicator.id] = placement(indicator, verdicts, condition, size)
    return placed


def placement(
    indicator: Indicator, verdicts: Verdicts, condition: Verdicts | None, size: NDArray[np.str_]
) -> Placement:
    reason = reasons(indicator, verdicts, condition, size)
    placed = reason == ""
    reached = np.where(placed, (verdicts == TRUE).astype(float), np.nan)
    low, mid, high = rank_interval(indicator, reached)
    return Placement(reached, low, mid, high, reason)


def reasons(
    indicator: Indicator, verdicts: Verdicts, condition: Verdicts | None, size: NDArray[np.str_]
) -> NDArray[np.str_]:
    """The first thing that stands against placing each firm, "" where nothing does."""
    reason = np.full(len(verdicts), "", dtype="U16")
    reason[verdicts == UNKNOWN] = NO_ANSWER
    reason[verdicts == INAPPLICABLE] = NOT_APPLICABLE
    if condition is not None:
        reason[condition == UNKNOWN] = NO_ANSWER
        reason[condition == INAPPLICABLE] = NOT_APPLICABLE
        reason[condition == FALSE] = CONDITION_UNMET
    if indicator.sizes:
        reason[~np.isin(size, indicator.sizes)] = OTHER_SIZE
        reason[size == ""] = SIZE_UNKNOWN
    return reason


def rank_interval(indicator: Indicator, reached: Ranks) -> tuple[Ranks, Ranks, Ranks]:
    """Ridit interval: [1-q, 1] with middle 1 - q/2 where reached, [0, 1-q] with middle (1-q)/2 where not."""
    share = indicator.share.value
    others = 1.0 - share
    low = np.where(reached == 1, others, np.where(reached == 0, 0.0, np.nan))
    high = np.where(reached == 1, 1.0, np.where(reached == 0, others, np.nan))
    mid = np.where(reached == 1, 1.0 - share / 2, np.where(reached == 0, others / 2, np.nan))
    if indicator.share.is_bound:
        mid = np.full(len(reached), np.nan)
    return low, mid, high


def placements_of_one(placed: Mapping[str, Placement], row: int) -> dict[str, dict[str, float | str | None]]:
    """One firm's placements as plain values, absent as None."""
    return {
        id_: {
            "reached": _absent(placement.reached[row]),
            "rank_low": _absent(placement.low[row]),
            "rank_mid": _absent(placement.mid[row]),
            "rank_high": _absent(placement.high[row]),
            "reason": str(placement.reason[row]) or None,
        }
        for id_, placement in placed.items()
    }


def _absent(number: float) -> float | None:
    return None if np.isnan(number) else float(number)
