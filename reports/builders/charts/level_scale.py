"""The ladder of maturity levels with the firm's index on it and the level it was given."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.builders.charts.lettering import shorten, text_width
from reports.builders.charts.palette import ACCENT, ACCENT_TINT, INK, MUTED, PAPER, SIGNAL, STEP_INKS, Paint
from reports.builders.charts.spoken import listed, sentences
from reports.builders.charts.svg import box, diamond, drawing, label, line
from reports.builders.formatting import score_text, weight_text
from reports.builders.language import Language
from reports.builders.wording import say

_TOP = 34.0
_BAND = 30.0
_LEAST = 8.5
# A bold title is so much wider than a plain one.
_BOLD = 1.07


@dataclass(frozen=True)
class Band:
    """One level: its title and the index from which it begins (left-closed)."""

    title: str
    start: float


@dataclass(frozen=True)
class _Span:
    """A band as drawn: ``end`` is the index at which it ends, ``left`` and ``right`` where."""

    band: Band
    end: float
    left: float
    right: float

    def x(self, index: float) -> float:
        part = (index - self.band.start) / (self.end - self.band.start)
        return self.left + (self.right - self.left) * min(max(part, 0), 1)


def level_scale(
    bands: Sequence[Band],
    *,
    index: float | None,
    level: str | None,
    key: str,
    title: str,
    language: Language,
    width: float = 640,
    top: float = 100,
) -> str:
    """Bands from 0 to ``top`` with a marker at the index; the band that carries ``level`` is filled.

    Bands are as wide as they are long, unless one would be too narrow for its title: then all are equally wide. When
    the index lies in another band than ``level``, a gate holds the firm back, and the picture says so.
    """
    spans = _spans(bands, width, top)
    size = _fitting_size(spans)
    shapes = [_band(span, span.band.title == level, size) for span in spans]
    shapes += [_edge(span.band.start, span.left, width) for span in spans]
    if spans[-1].end == top:
        shapes.append(_edge(top, width, width))
    bottom = _TOP + _BAND + 18
    shapes.append(
        _no_marker(language)
        if index is None
        else _marker(_x(spans, index), score_text(index, language), width, language)
    )
    if level is not None and _reached(bands, index) not in (None, level):
        shapes.append(_held(spans, level, language, width, bottom))
        bottom += 20
    description = level_description(bands, index, level, language, top=top)
    return drawing(
        *shapes, key=key, title=title, description=description, width=width, height=bottom, language=language
    )


def level_description(
    bands: Sequence[Band], index: float | None, level: str | None, language: Language, *, top: float = 100
) -> str:
    """The scale in two or three sentences, for those who do not see it."""
    parts = [say(language, "band_from", title=band.title, start=weight_text(band.start)) for band in bands]
    said = [say(language, "levels_say", top=weight_text(top), bands=listed(parts, language))]
    if index is None:
        said.append(say(language, "levels_only", level=level) if level else say(language, "levels_no_index"))
    elif level is None:
        said.append(say(language, "levels_no_level", index=score_text(index, language)))
    else:
        said.append(say(language, "levels_index", index=score_text(index, language), level=level))
        reached = _reached(bands, index)
        if reached is not None and reached != level:
            said.append(say(language, "levels_held", reached=reached, level=level))
    return sentences(said, language)


def _reached(bands: Sequence[Band], index: float | None) -> str | None:
    """The band in which the index lies, gates aside."""
    below = [band.title for band in bands if index is not None and band.start <= index]
    return below[-1] if below else None


def _spans(bands: Sequence[Band], width: float, top: float) -> list[_Span]:
    """A last band that begins at the very top still gets a place, as long as the one before it."""
    starts = [band.start for band in bands]
    step = starts[-1] - starts[-2] if len(starts) > 1 else 1.0
    ends = [*starts[1:], top if top > starts[-1] else starts[-1] + step]
    long = [
        _Span(band, end, width * band.start / ends[-1], width * end / ends[-1])
        for band, end in zip(bands, ends, strict=True)
    ]
    if all(_room(span) >= text_width(span.band.title, _LEAST) * _BOLD for span in long):
        return long
    share = width / len(bands)
    return [_Span(one.band, one.end, share * place, share * (place + 1)) for place, one in enumerate(long)]


def _room(span: _Span) -> float:
    return span.right - span.left - 4


def _x(spans: Sequence[_Span], index: float) -> float:
    """Where an index stands: in the last band that has begun, or at the left edge below all of them."""
    begun = [span for span in spans if span.band.start <= index]
    return begun[-1].x(index) if begun else spans[0].left


def _fitting_size(spans: Sequence[_Span]) -> float:
    """One size for every title, so that the narrowest band still holds its own; never below the least."""
    fitting = [_room(span) / max(text_width(span.band.title, 1) * _BOLD, 0.1) for span in spans]
    return min(max(min(fitting), _LEAST), 12.0)


def _band(span: _Span, current: bool, size: float) -> str:
    fill: Paint = ACCENT if current else ACCENT_TINT
    room = _room(span)
    title = label(
        (span.left + span.right) / 2,
        _TOP + _BAND / 2 + size * 0.36,
        shorten(span.band.title, size, room),
        size=size,
        anchor="middle",
        ink=STEP_INKS[4] if current else INK,
        weight=700 if current else None,
    )
    return box(span.left + 0.75, _TOP, room + 2.5, _BAND, fill) + title


def _edge(score: float, x: float, width: float) -> str:
    anchor = "start" if x <= 0 else "end" if x >= width else "middle"
    return label(x, _TOP + _BAND + 13, weight_text(score), size=9, ink=MUTED, anchor=anchor)


def _marker(x: float, index: str, width: float, language: Language) -> str:
    """The firm at ``x``; ``index`` is the number as it is written."""
    x = min(max(x, 7), width - 7)
    words = say(language, "index_short", index=index)
    half = text_width(words, 12) * 0.53 + 3
    text_x = min(max(x, half), width - half)
    return (
        line(x, _TOP - 8, x, _TOP + 5, ink=PAPER, width=4)
        + line(x, _TOP - 8, x, _TOP + 5, ink=SIGNAL, width=2)
        + diamond(x, _TOP - 9, 6)
        + label(text_x, _TOP - 20, words, size=12, weight=700, ink=SIGNAL, anchor="middle")
    )


def _no_marker(language: Language) -> str:
    return label(0, _TOP - 14, say(language, "not_assessed"), size=12, ink=MUTED)


def _held(spans: Sequence[_Span], level: str, language: Language, width: float, bottom: float) -> str:
    """A note under the level given, since the marker stands in a higher band."""
    span = next((one for one in spans if one.band.title == level), spans[0])
    words = shorten(say(language, "held_short", level=level), 10, width)
    half = text_width(words, 10) * 0.53 + 2
    middle = min(max((span.left + span.right) / 2, half), width - half)
    return line(span.left + 1, bottom, span.right - 1, bottom, ink=ACCENT, width=2) + label(
        middle, bottom + 14, words, size=10, ink=ACCENT, anchor="middle", weight=700
    )
