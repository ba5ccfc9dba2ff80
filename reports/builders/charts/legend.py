"""A key below a chart: symbols with words, flowing onto as many rows as the width asks for."""

from collections.abc import Callable, Sequence

from reports.builders.charts.lettering import shorten, text_width
from reports.builders.charts.palette import MUTED
from reports.builders.charts.svg import label

SIZE = 10.0
ROW = 18.0
_SYMBOL = 26.0
_GAP = 18.0

# Draws a symbol about 18 wide whose left end is at x and whose middle is at y.
Symbol = Callable[[float, float], str]


def legend(entries: Sequence[tuple[Symbol, str]], *, left: float, top: float, width: float) -> tuple[str, float]:
    """The drawn key and its height."""
    x, y, shapes = left, top + ROW / 2, []
    for symbol, words in entries:
        shown = shorten(words, SIZE, width - _SYMBOL)
        needed = _SYMBOL + text_width(shown, SIZE)
        if x > left and x + needed > left + width:
            x, y = left, y + ROW
        shapes.append(symbol(x, y) + label(x + _SYMBOL, y + SIZE * 0.36, shown, size=SIZE, ink=MUTED))
        x += needed + _GAP
    return "".join(shapes), y + ROW / 2 - top
