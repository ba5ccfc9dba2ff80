"""Run rules: Western Electric (1956) and Nelson (Journal of Quality Technology, 1984).

"Beyond" is strict: a point on a zone line belongs to the inner zone, and a point on the centre line breaks a run on
one side. A rule that looks at k points needs k points, flags the point that completes the pattern, and starts again at
no signal. A "two of three" or "four of five" rule flags only a point that is itself beyond.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoring.engine.spc.messages import RULES, SpcError
from scoring.engine.spc.samples import FloatArray, Values, checked

Flags: TypeAlias = NDArray[np.bool_]
Rule: TypeAlias = Callable[[FloatArray], Flags]

ROUNDING: Final = 1e-9
"""In sigmas. Arithmetic must not push a point that lies on a line over it."""


@dataclass(frozen=True, slots=True)
class Signal:
    """The points (counted from 1) that a rule flags; ``rule`` is a key of RULES."""

    rule: str
    points: tuple[int, ...]

    @property
    def text(self) -> str:
        return RULES[self.rule]


def western_electric(values: Values, centre: float, sigma: float | FloatArray) -> tuple[Signal, ...]:
    """Rules WE1 to WE4, those that flag something. ``sigma`` is the standard error of a point, one or one for each."""
    return signals(values, centre, sigma, WESTERN_ELECTRIC)


def nelson(values: Values, centre: float, sigma: float | FloatArray) -> tuple[Signal, ...]:
    """Rules N1 to N8, those that flag something."""
    return signals(values, centre, sigma, NELSON)


def signals(values: Values, centre: float, sigma: float | FloatArray, rules: Mapping[str, Rule]) -> tuple[Signal, ...]:
    """What the given rules flag, in their order; rules without a flagged point are left out."""
    if not np.all(np.asarray(sigma) > 0):
        raise SpcError("not_positive_sigma", sigma=float(np.min(sigma)))
    z = (checked(values, minimum=1) - centre) / sigma
    found = ((name, np.flatnonzero(rule(z)) + 1) for name, rule in rules.items())
    return tuple(Signal(name, tuple(points.tolist())) for name, points in found if points.size)


def flagged_points(found: tuple[Signal, ...]) -> tuple[int, ...]:
    """All flagged points, each once, rising."""
    return tuple(sorted({point for signal in found for point in signal.points}))


def _beyond(zone: float) -> Rule:
    return lambda z: np.abs(z) > zone + ROUNDING


def _of(needed: int, window: int, zone: float) -> Rule:
    """``needed`` of ``window`` points beyond the zone on the same side, the last one among them."""

    def one_side(z: FloatArray) -> Flags:
        beyond = z > zone + ROUNDING
        return beyond & (_window_count(beyond, window) >= needed)

    return lambda z: one_side(z) | one_side(-z)


def _one_side(length: int) -> Rule:
    return lambda z: _all_of(z > ROUNDING, length) | _all_of(z < -ROUNDING, length)


def _trend(length: int) -> Rule:
    """``length`` points, each above (or each below) the one before: length - 1 steps the same way."""
    return lambda z: _all_of(_step(z) > 0, length - 1) | _all_of(_step(z) < 0, length - 1)


def _alternating(length: int) -> Rule:
    """length - 1 steps, each against the one before: length - 2 turns."""

    def rule(z: FloatArray) -> Flags:
        step = _step(z)
        turn = np.zeros(z.size, dtype=bool)
        turn[1:] = step[1:] * step[:-1] < 0
        return _all_of(turn, length - 2)

    return rule


def _within(length: int, zone: float) -> Rule:
    return lambda z: _all_of(np.abs(z) <= zone + ROUNDING, length)


def _avoiding_centre(length: int, zone: float) -> Rule:
    """All beyond the zone, some above and some below."""

    def rule(z: FloatArray) -> Flags:
        above, below = z > zone + ROUNDING, z < -zone - ROUNDING
        both = (_window_count(above, length) > 0) & (_window_count(below, length) > 0)
        return both & _all_of(above | below, length)

    return rule


def _step(z: FloatArray) -> FloatArray:
    """-1, 0 or 1 for the way from the point before; 0 for the first point."""
    change = np.diff(z, prepend=z[:1])
    return np.where(np.abs(change) > ROUNDING, np.sign(change), 0.0)


def _all_of(flags: Flags, length: int) -> Flags:
    return np.equal(_window_count(flags, length), length)


def _window_count(flags: Flags, length: int) -> NDArray[np.int64]:
    """How many of the last ``length`` points are flagged; 0 while there are fewer points than that."""
    total = np.zeros(flags.size + 1, dtype=np.int64)
    np.cumsum(flags, out=total[1:])
    count = np.zeros(flags.size, dtype=np.int64)
    if flags.size >= length:
        count[length - 1 :] = total[length:] - total[:-length]
    return count


WESTERN_ELECTRIC: Final[Mapping[str, Rule]] = {
    "WE1": _beyond(3),
    "WE2": _of(2, 3, zone=2),
    "WE3": _of(4, 5, zone=1),
    "WE4": _one_side(8),
}
NELSON: Final[Mapping[str, Rule]] = {
    "N1": _beyond(3),
    "N2": _one_side(9),
    "N3": _trend(6),
    "N4": _alternating(14),
    "N5": _of(2, 3, zone=2),
    "N6": _of(4, 5, zone=1),
    "N7": _within(15, zone=1),
    "N8": _avoiding_centre(8, zone=1),
}
RULE_SETS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "western-electric": WESTERN_ELECTRIC,
    "nelson": NELSON,
    "both": {**WESTERN_ELECTRIC, **NELSON},
}
