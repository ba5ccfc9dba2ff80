"""A whole published distribution as one stacked line, with the step the firm stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.builders.charts.lettering import shorten, text_width
from reports.builders.charts.palette import MUTED, SIGNAL, STEP_INKS, STEPS, paint, step
from reports.builders.charts.spoken import listed, sentences
from reports.builders.charts.svg import box, diamond, drawing, element, label
from reports.builders.formatting import share_text
from reports.builders.language import Language
from reports.builders.wording import say

_SIZE = 11.0
_BAR = 28.0
_MARKER = 30.0
_ROW = 19.0


@dataclass(frozen=True)
class Step:
    """One step of the ladder, lowest first, and its share of firms, 0 to 1."""

    title: str
    share: float


def distribution(
    steps: Sequence[Step], *, firm: int | None, key: str, title: str, language: Language, width: float = 640
) -> str:
    """Shares side by side from the lowest step to the highest.

    Args:
        firm: position of the firm's step, counted from 0; None when it is not placed.
    """
    edges, bar = _edges(steps, width), 4.0 if firm is None else _MARKER
    shapes = [_segment(one, edges[spot], edges[spot + 1], bar, spot, len(steps)) for spot, one in enumerate(steps)]
    if firm is not None:
        shapes.append(_marker(edges[firm], edges[firm + 1], language, width))
    top = bar + _BAR + 22
    columns = _columns(steps, width)
    shapes += [_entry(one, spot, len(steps), top, width / columns, columns) for spot, one in enumerate(steps)]
    height = top + -(-len(steps) // columns) * _ROW
    description = distribution_description(steps, firm, language)
    return drawing(
        *shapes, key=key, title=title, description=description, width=width, height=height, language=language
    )


def distribution_description(steps: Sequence[Step], firm: int | None, language: Language) -> str:
    """Every step with its share, then the firm's own step."""
    parts = [say(language, "value_of", name=one.title, value=share_text(one.share)) for one in steps]
    said = say(language, "distribution_says", steps=listed(parts, language))
    if firm is None:
        return sentences((said, say(language, "distribution_no_firm")), language)
    return sentences((said, say(language, "distribution_firm", step=steps[firm].title)), language)


def _edges(steps: Sequence[Step], width: float) -> list[float]:
    """Left edges and the last right edge. Printed shares need not sum to one; the line is always full."""
    total = sum(one.share for one in steps) or 1.0
    return [0.0, *(width * part / total for part in accumulate(one.share for one in steps))]


def _segment(one: Step, left: float, right: float, top: float, spot: int, count: int) -> str:
    shade = step(spot, count)
    share = share_text(one.share)
    fits = text_width(share, _SIZE) + 6 <= right - left
    inside = label(
        (left + right) / 2, top + _BAR / 2 + 4, share, size=_SIZE, anchor="middle", ink=STEP_INKS[shade], weight=700
    )
    return box(left + 0.75, top, right - left - 1.5, _BAR, STEPS[shade]) + (inside if fits else "")


def _marker(left: float, right: float, language: Language, width: float) -> str:
    """A frame round the firm's step, since that is all that is known, and its name above."""
    words = say(language, "your_firm")
    middle, half = (left + right) / 2, text_width(words, _SIZE) / 2 + 12
    text_x = min(max(middle, half), width - half)
    frame = element(
        "rect",
        x=max(left, 1),
        y=_MARKER - 3,
        width=max(min(right, width - 1) - max(left, 1), 2),
        height=_BAR + 6,
        stroke_width=2,
        **paint(stroke=SIGNAL),
    )
    return (
        frame
        + diamond(middle, _MARKER - 8, 5.5)
        + label(text_x, _MARKER - 18, words, size=_SIZE, weight=700, ink=SIGNAL, anchor="middle")
    )


def _columns(steps: Sequence[Step], width: float) -> int:
    """As many columns as hold the longest entry whole, four at most."""
    longest = max((text_width(f"{one.title}{share_text(one.share)}", 10) + 40 for one in steps), default=width)
    return min(max(int(width // longest), 1), 4)


def _entry(one: Step, spot: int, count: int, top: float, room: float, columns: int) -> str:
    """One line of the key: shade, title, share."""
    x, y = (spot % columns) * room, top + (spot // columns) * _ROW
    share = share_text(one.share)
    title_room = room - text_width(share, 10) - 34
    shown = shorten(one.title, 10, title_room)
    shade = STEPS[step(spot, count)]
    swatch = element(
        "rect", x=x + 0.5, y=y - 8, width=12, height=10, stroke_width=0.6, **paint(fill=shade, stroke=MUTED)
    )
    share_x = x + 18 + text_width(shown, 10) + 6
    return swatch + label(x + 18, y + 1, shown, size=10) + label(share_x, y + 1, share, size=10, ink=MUTED, weight=700)
