"""Rows on a scale of 0 to 100: hairlines with their numbers, and the name of each row."""

from collections.abc import Callable

from reports.builders.charts.lettering import shorten
from reports.builders.charts.palette import MUTED, PAPER
from reports.builders.charts.svg import label, line, wrapped

TICKS = (0, 20, 40, 60, 80, 100)
SIZE = 11.5


def scale(x: Callable[[float], float], bottom: float, unit: str = "") -> str:
    """Hairlines from the top to ``bottom`` and the numbers below; ``x`` places a share of 0 to 1."""
    hairlines = [line(x(tick / 100), 0, x(tick / 100), bottom) for tick in TICKS]
    numbers = [
        label(x(tick / 100), bottom + 13, f"{tick}{unit}", size=9, ink=MUTED, anchor="middle" if tick else "start")
        for tick in TICKS
    ]
    return "".join(hairlines + numbers)


def name_beside(title: str, y: float, room: float) -> str:
    """On a wide picture: to the left of the row, centred on the height ``y``."""
    return wrapped(0, y, title, size=SIZE, room=room)


def name_above(title: str, top: float, width: float) -> str:
    """On a phone: above the row, on a ground of its own, so that no hairline crosses it."""
    cover = line(0, top + 11, width, top + 11, ink=PAPER, width=18)
    return cover + label(0, top + 15, shorten(title, SIZE, width), size=SIZE)
