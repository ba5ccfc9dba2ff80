"""Scores on axes around a centre, one axis a dimension."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.builders.charts.legend import legend
from reports.builders.charts.lettering import text_width, wrap
from reports.builders.charts.palette import ACCENT, INK, MUTED, PAPER, RULE, paint
from reports.builders.charts.spoken import sentences, spoken_scores
from reports.builders.charts.svg import Value, dot, drawing, element, label, line, polygon, polyline
from reports.builders.formatting import score_text
from reports.builders.language import Language
from reports.builders.wording import say

RINGS = (20, 40, 60, 80, 100)
_SIZE = 11.5
_ROW = _SIZE * 1.3
_GAP = 12.0
_WIDEST_WORD = 118.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Axis:
    """One spoke: a score of 0 to 100 or None, and optionally the score of what the firm is compared with."""

    title: str
    score: float | None
    compared: float | None = None


@dataclass(frozen=True)
class _Web:
    x: float
    y: float
    reach: float
    count: int

    def at(self, position: int, score: float) -> Point:
        """Where ``score`` lies on a spoke; the first spoke points up, the others follow clockwise."""
        angle = self.angle(position)
        distance = self.reach * score / 100
        return self.x + distance * math.cos(angle), self.y + distance * math.sin(angle)

    def angle(self, position: int) -> float:
        return -math.pi / 2 + 2 * math.pi * position / self.count


def radar(
    axes: Sequence[Axis], *, key: str, title: str, language: Language, width: float = 420, compared_with: str = ""
) -> str:
    """A web of three or more axes. An axis without a score has a dashed spoke and no corner: the outline stops there.

    Args:
        compared_with: name of the dashed second outline; empty leaves it out.

    Raises:
        ValueError: fewer than three axes; draw ``bars`` instead.
    """
    if len(axes) < 3:
        raise ValueError(f"a radar needs at least 3 axes, got {len(axes)}: use bars")
    web = _web(axes, width)
    labels = [_axis_label(web, position, axis, width, language) for position, axis in enumerate(axes)]
    shapes = [_grid(web, axes), _outlines(web, axes, compared_with), *(drawn for drawn, _ in labels)]
    bottom = max(end for _, end in labels) + _ROW * 0.8
    if compared_with:
        key_shapes, key_height = _key(language, compared_with, bottom, width)
        shapes.append(key_shapes)
        bottom += key_height
    description = radar_description(axes, language, compared_with)
    return drawing(
        *shapes, key=key, title=title, description=description, width=width, height=bottom, language=language
    )


def radar_description(axes: Sequence[Axis], language: Language, compared_with: str = "") -> str:
    """The chart in a sentence, for those who do not see it."""
    spoken = say(language, "radar_says", values=spoken_scores([(axis.title, axis.score) for axis in axes], language))
    if not compared_with:
        return spoken
    others = spoken_scores([(axis.title, axis.compared) for axis in axes], language)
    return sentences((spoken, say(language, "radar_compared", name=compared_with, values=others)), language)


def _web(axes: Sequence[Axis], width: float) -> _Web:
    """The largest web beside which every title keeps room for its longest word."""
    count = len(axes)
    reaches = [width * 0.36]
    for position, axis in enumerate(axes):
        sideways = abs(math.cos(-math.pi / 2 + 2 * math.pi * position / count))
        room = min(_longest_word(axis.title), _WIDEST_WORD)
        if sideways > 0.2:
            reaches.append((width / 2 - room) / sideways - _GAP)
    reach = max(min(reaches), width * 0.18)
    rows = len(wrap(axes[0].title, _SIZE, width * 0.6, 2)) + 1
    return _Web(width / 2, _ROW * rows + _GAP + reach + 3, reach, count)


def _longest_word(title: str) -> float:
    """Chinese may break after any character but reads badly below four of them in a row."""
    words = [text_width(word, _SIZE) for word in title.split()]
    return max(max(words, default=0), _SIZE * 4) + 2


def _grid(web: _Web, axes: Sequence[Axis]) -> str:
    rings = [
        polygon([web.at(spoke, ring) for spoke in range(web.count)], stroke_width=1, **paint(stroke=RULE))
        for ring in RINGS
    ]
    spokes = [
        line(web.x, web.y, *web.at(position, 100), dash="2 4" if axis.score is None else "")
        for position, axis in enumerate(axes)
    ]
    marks = [label(web.x - 4, web.at(0, ring)[1] + 3, str(ring), size=8, ink=MUTED, anchor="end") for ring in RINGS]
    return element("g", *rings, *spokes) + "".join(marks)


def _outlines(web: _Web, axes: Sequence[Axis], compared_with: str) -> str:
    own = [None if axis.score is None else web.at(spot, axis.score) for spot, axis in enumerate(axes)]
    others = [None if axis.compared is None else web.at(spot, axis.compared) for spot, axis in enumerate(axes)]
    dashed = _outline(others, stroke_width=1.4, stroke_dasharray="5 3", **paint(stroke=INK)) if compared_with else ""
    filled = polygon([spot for spot in own if spot], fill_opacity=0.16, **paint(fill=ACCENT)) if all(own) else ""
    drawn = _outline(own, stroke_width=2.2, stroke_linejoin="round", **paint(stroke=ACCENT))
    corners = [dot(*spot, 3.4, fill=ACCENT, edge=PAPER) for spot in own if spot]
    return filled + dashed + drawn + "".join(corners)


def _outline(spots: Sequence[Point | None], **attributes: Value | None) -> str:
    """Closed where every corner is known; otherwise only the sides between neighbours that both are."""
    known = [spot for spot in spots if spot is not None]
    if len(known) == len(spots):
        return polygon(known, **attributes)
    pairs = zip(spots, [*spots[1:], spots[0]], strict=True)
    return "".join(polyline([start, end], **attributes) for start, end in pairs if start and end)


def _axis_label(web: _Web, position: int, axis: Axis, width: float, language: Language) -> tuple[str, float]:
    """Title and value outside the end of the spoke, kept inside the picture on every side; and where they end."""
    across, down = math.cos(web.angle(position)), math.sin(web.angle(position))
    x, y = web.x + (web.reach + _GAP) * across, web.y + (web.reach + _GAP) * down
    upright = abs(across) < 0.2
    room = width * 0.6 if upright else width / 2 - abs(x - web.x) - 1
    rows = wrap(axis.title, _SIZE, room, 2 if upright else 3)
    top = y - (len(rows) + 1) * _ROW * (1 - down) / 2 + _SIZE * 0.9
    anchor = "middle" if upright else "start" if across > 0 else "end"
    value, last = score_text(axis.score, language), top + len(rows) * _ROW
    weight, ink = (None, MUTED) if axis.score is None else (700, ACCENT)
    title = label(x, top, rows, size=_SIZE, anchor=anchor)
    return title + label(x, last, value, size=_SIZE, anchor=anchor, weight=weight, ink=ink), last


def _key(language: Language, compared_with: str, top: float, width: float) -> tuple[str, float]:
    entries = [
        (lambda x, y: line(x, y, x + 18, y, ink=ACCENT, width=2.2), say(language, "your_firm")),
        (lambda x, y: line(x, y, x + 18, y, ink=INK, width=1.4, dash="5 3"), compared_with),
    ]
    return legend(entries, left=8, top=top, width=width - 16)
