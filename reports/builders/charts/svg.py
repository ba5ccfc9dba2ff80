"""The few shapes that every chart is drawn with, as strings, with everything from outside escaped.

A drawing carries presentation attributes only: no style element, no style attribute, no script, so that it may stand
inside a page with a strict content security policy and inside a PDF alike.
"""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from reports.builders.charts.lettering import shorten, text_width, wrap
from reports.builders.charts.palette import INK, MUTED, PAPER, RULE, SIGNAL, Paint, paint
from reports.builders.language import Language

Value = str | float

# Everything XML 1.0 allows in a text, turned round.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENGLISH = "Inter, 'Helvetica Neue', Arial, 'Noto Sans SC', sans-serif"
_CHINESE = "'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
LEADING = 1.3


def clean(text: str) -> str:
    """The text without the characters that no XML document may hold."""
    return _NOT_XML.sub("", text)


def number(value: float) -> str:
    """Two decimals at most, without a trailing zero: the same figures give the same drawing, byte for byte."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def element(tag: str, *children: str, **attributes: Value | None) -> str:
    """One element. ``children`` are finished SVG; attribute values are escaped here. ``_`` in a name becomes ``-``."""
    written = "".join(
        f" {name.strip('_').replace('_', '-')}={_quoted(value)}"
        for name, value in attributes.items()
        if value is not None and value != ""
    )
    inside = "".join(children)
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def _quoted(value: Value) -> str:
    """Most values are numbers, and nothing in a number needs escaping."""
    return quoteattr(clean(value)) if isinstance(value, str) else f'"{number(value)}"'


def label(
    x: float,
    y: float,
    content: str | Sequence[str],
    *,
    size: float = 11,
    ink: Paint = INK,
    anchor: str | None = None,
    weight: int | None = None,
) -> str:
    """Text with its first baseline at (x, y); a sequence is set as rows below one another."""
    rows = (content,) if isinstance(content, str) else content
    spans = [
        element("tspan", escape(clean(row)), x=x, y=y + position * size * LEADING) for position, row in enumerate(rows)
    ]
    return element("text", *spans, font_size=size, font_weight=weight, text_anchor=anchor, **paint(fill=ink))


def wrapped(
    x: float, middle: float, text: str, *, size: float, room: float, lines: int = 2, anchor: str | None = None
) -> str:
    """Text wrapped into ``room``, its rows centred on the height ``middle``."""
    rows = wrap(text, size, room, lines)
    first = middle - (len(rows) - 1) * size * LEADING / 2 + size * 0.36
    return label(x, first, rows, size=size, anchor=anchor)


def box(x: float, y: float, width: float, height: float, fill: Paint, *, radius: float | None = None) -> str:
    return element("rect", x=x, y=y, width=max(width, 0), height=height, rx=radius, **paint(fill=fill))


def line(x1: float, y1: float, x2: float, y2: float, *, ink: Paint = RULE, width: float = 1, dash: str = "") -> str:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=width, stroke_dasharray=dash, **paint(stroke=ink))


def polygon(points: Sequence[tuple[float, float]], **attributes: Value | None) -> str:
    return element("polygon", points=_joined(points), **attributes)


def polyline(points: Sequence[tuple[float, float]], **attributes: Value | None) -> str:
    return element("polyline", points=_joined(points), **attributes)


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def diamond(x: float, y: float, reach: float, *, fill: Paint = SIGNAL, edge: Paint = PAPER) -> str:
    """The firm's own marker in every chart: a diamond with an edge that lifts it off whatever lies below."""
    corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    return polygon(corners, stroke_width=1.5, stroke_linejoin="round", **paint(fill=fill, stroke=edge))


def dot(x: float, y: float, reach: float, *, fill: Paint | None, edge: Paint) -> str:
    return element("circle", cx=x, cy=y, r=reach, stroke_width=1.5, **paint(fill=fill, stroke=edge))


def hatch(x: float, y: float, width: float, height: float) -> str:
    """A slanted hatching for "not assessed": lines, not a pattern, so that no identifier is needed."""
    gap = 7.0
    starts = [x + gap * step for step in range(1, int((width + height) // gap) + 1)]
    slants = [_slant(start, x, y, width, height) for start in starts]
    return element("g", element("rect", x=x, y=y, width=width, height=height, **paint(stroke=RULE)), *slants)


def empty_track(x: float, y: float, width: float, height: float, words: str) -> str:
    """A hatched track with the reason written on it, for a figure that is not there."""
    size = 9.5
    shown = shorten(words, size, width - 20)
    ground = box(x + 8, y, text_width(shown, size) + 12, height, PAPER)
    return (
        hatch(x, y, width, height) + ground + label(x + 14, y + height / 2 + size * 0.36, shown, size=size, ink=MUTED)
    )


def _slant(start: float, x: float, y: float, width: float, height: float) -> str:
    """One 45-degree line that meets the top edge at ``start``, clipped to the box by arithmetic."""
    top = min(start, x + width)
    bottom = max(start - height, x)
    return line(top, y + (start - top), bottom, y + (start - bottom), width=0.8)


def drawing(
    *shapes: str, key: str, title: str, description: str, width: float, height: float, language: Language
) -> str:
    """The whole picture. ``key`` must be unique on a page: the ids that tie title and description hang on it.

    It has no width or height of its own: a page lets it fill its column, a PDF states the width.
    """
    name, words = f"{key}-title", f"{key}-desc"
    return element(
        "svg",
        element("title", escape(clean(title)), id=name),
        element("desc", escape(clean(description)), id=words),
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=f"{name} {words}",
        class_="chart",
        font_family=_CHINESE if language == "zh-hans" else _ENGLISH,
    )
