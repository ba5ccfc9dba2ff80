"""A plotting area with numbered axes, for charts of measured values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.builders.charts.lettering import text_width
from reports.builders.charts.palette import MUTED, RULE
from reports.builders.charts.svg import label, line

SIZE = 9.0


@dataclass(frozen=True)
class Span:
    """From ``low`` to ``high`` in the unit of the values; ``high`` lies above ``low``."""

    low: float
    high: float

    def part(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)

    def widened(self, share: float) -> "Span":
        room = (self.high - self.low) * share
        return Span(self.low - room, self.high + room)


@dataclass(frozen=True)
class Area:
    """Where values are plotted: the box in pixels and the spans that it shows."""

    left: float
    top: float
    width: float
    height: float
    across: Span
    up: Span

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def x(self, value: float) -> float:
        return self.left + self.width * self.across.part(value)

    def y(self, value: float) -> float:
        return self.bottom - self.height * self.up.part(value)


def span_of(values: Sequence[float]) -> Span:
    """From the smallest to the greatest; values that are all equal get room on both sides."""
    low, high = min(values), max(values)
    if high > low:
        return Span(low, high)
    room = abs(low) * 0.01 or 1.0
    return Span(low - room, high + room)


def ticks(span: Span, most: int) -> list[float]:
    """At most ``most`` + 1 round numbers within the span: multiples of 1, 2 or 5 times a power of ten."""
    rough = (span.high - span.low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first = math.ceil(span.low / step - 1e-9)
    last = math.floor(span.high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def tick_texts(values: Sequence[float]) -> list[str]:
    """All with the decimals that tell neighbours apart; very large and very small numbers in powers of ten."""
    if len(values) < 2:
        return [f"{value:.6g}" for value in values]
    step, largest = values[1] - values[0], max(abs(value) for value in values)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if largest >= 1e7 or decimals > 7:
        digits = max(1, math.ceil(math.log10(largest / step)))
        return [f"{value:.{digits}e}" for value in values]
    return [f"{value:.{decimals}f}" for value in values]


def bottom_axis(area: Area, most: int) -> str:
    """Numbers below the area; those that would touch a neighbour or leave the picture are left out."""
    values = ticks(area.across, most)
    shapes, free = [line(area.left, area.bottom, area.right, area.bottom, ink=MUTED)], area.left - 20
    for value, text in zip(values, tick_texts(values), strict=True):
        x, half = area.x(value), text_width(text, SIZE) / 2
        shapes.append(line(x, area.bottom, x, area.bottom + 4, ink=MUTED))
        if x - half > free and x + half < area.right + 4:
            shapes.append(label(x, area.bottom + 15, text, size=SIZE, ink=MUTED, anchor="middle"))
            free = x + half + 6
    return "".join(shapes)


def left_axis(area: Area, values: Sequence[float], texts: Sequence[str]) -> str:
    """Hairlines with their numbers to the left."""
    return "".join(
        line(area.left, area.y(value), area.right, area.y(value), ink=RULE)
        + label(area.left - 6, area.y(value) + 3, text, size=SIZE, ink=MUTED, anchor="end")
        for value, text in zip(values, texts, strict=True)
    )


def room_for(texts: Sequence[str], size: float = SIZE) -> float:
    """What the widest of the texts takes up."""
    return max((text_width(text, size) for text in texts), default=0.0)
