"""A gauge study in shares: how much of the variance, of the study variation and of the tolerance each source takes."""

from dataclasses import dataclass

from reports.builders.charts.axes import SIZE as AXIS
from reports.builders.charts.axes import Span, ticks
from reports.builders.charts.legend import Symbol, legend
from reports.builders.charts.lettering import text_width
from reports.builders.charts.palette import ACCENT, ACCENT_MID, ACCENT_TINT, INK, MUTED, PAPER, SIGNAL, Paint, paint
from reports.builders.charts.rows import name_above, name_beside
from reports.builders.charts.svg import box, drawing, element, label, line, polygon
from reports.builders.language import Language
from reports.builders.measured import Gauge, Source
from reports.builders.wording import say

WIDE = 480.0
BOUNDS = (10.0, 30.0)
TOP = 100.0
_BAR = 11.0
_GAP = 12.0
_VALUE = 44.0
_NAME = 150.0
# In the order in which they are drawn and told, with the shade of each.
_KINDS: tuple[tuple[str, Paint], ...] = (
    ("contribution", ACCENT_TINT),
    ("study", ACCENT_MID),
    ("tolerance", ACCENT),
)


@dataclass(frozen=True)
class _Layout:
    width: float
    wide: bool
    left: float
    top: float
    across: Span
    row: float

    def x(self, share: float) -> float:
        return self.left + (self.width - self.left - _VALUE) * self.across.part(share)


def components(gauge: Gauge, *, key: str, title: str, language: Language, width: float = 640) -> str:
    """Two or three bars a source, and the bounds of 10 % and 30 % that GRR is judged by."""
    layout = _layout(gauge, width)
    bottom = layout.top + len(gauge.sources) * layout.row
    shapes = [_scale(layout, bottom)]
    shapes += [_row(one, layout.top + place * layout.row, layout, language) for place, one in enumerate(gauge.sources)]
    named, more = legend(_symbols(gauge, language), left=0, top=bottom + 22, width=width)
    return drawing(
        *shapes,
        named,
        key=key,
        title=title,
        description=components_description(gauge, language),
        width=width,
        height=bottom + 26 + more,
        language=language,
    )


def components_description(gauge: Gauge, language: Language) -> str:
    """The size of the study, then every source with its shares."""
    told = say(language, "gauge_separator").join(_spoken(one, language) for one in gauge.sources)
    sizes = {"parts": gauge.parts, "appraisers": gauge.appraisers, "trials": gauge.trials}
    return say(language, "gauge_says", sources=told, **sizes)


def _spoken(one: Source, language: Language) -> str:
    said = {"name": say(language, f"gauge_{one.name}")}
    said |= {kind: f"{share:.1f}" for kind, share in _shares(one).items()}
    return say(language, "gauge_source" if one.tolerance is None else "gauge_source_tolerance", **said)


def _shares(one: Source) -> dict[str, float]:
    shares = {"contribution": one.contribution, "study": one.study_variation, "tolerance": one.tolerance}
    return {kind: share for kind, share in shares.items() if share is not None}


def _layout(gauge: Gauge, width: float) -> _Layout:
    wide = width >= WIDE
    bars = max(len(_shares(one)) for one in gauge.sources)
    row = bars * _BAR + _GAP + (0 if wide else 20)
    return _Layout(width, wide, _NAME if wide else 6.0, 4.0, Span(0.0, TOP), row)


def _scale(layout: _Layout, bottom: float) -> str:
    shapes = []
    for tick in ticks(layout.across, 5):
        x = layout.x(tick)
        anchor = "middle" if tick else "start"
        shapes += [line(x, 0, x, bottom), label(x, bottom + 13, f"{tick:.0f}%", size=AXIS, ink=MUTED, anchor=anchor)]
    shapes += [line(layout.x(bound), 0, layout.x(bound), bottom, ink=SIGNAL, width=1.6, dash="5 3") for bound in BOUNDS]
    return "".join(shapes)


def _row(one: Source, top: float, layout: _Layout, language: Language) -> str:
    shares = _shares(one)
    name = say(language, f"gauge_{one.name}")
    first = top + _GAP / 2 + (0 if layout.wide else 20)
    middle = first + len(shares) * _BAR / 2
    shapes = [name_beside(name, middle, layout.left - 12) if layout.wide else name_above(name, top, layout.width)]
    for place, (kind, paint_) in enumerate((kind, shade) for kind, shade in _KINDS if kind in shares):
        y, end = first + place * _BAR, layout.x(min(shares[kind], TOP))
        shapes += [_bar(layout.x(0), y, end - layout.x(0), paint_), _value(end, y, shares[kind])]
    return "".join(shapes)


def _value(end: float, y: float, share: float) -> str:
    """The number behind its bar, on a ground of its own. A bar that is cut short has a head that points on."""
    words, size = f"{share:.1f}", AXIS - 0.5
    ground = box(end + 6, y, text_width(words, size) + 4, _BAR, PAPER)
    head = ((end, y + 1), (end + 5, y + _BAR / 2), (end, y + _BAR - 1))
    cut = polygon(head, **paint(fill=INK)) if share > TOP else ""
    return ground + cut + label(end + 8, y + _BAR - 2.8, words, size=size)


def _bar(x: float, y: float, length: float, fill: Paint) -> str:
    """With an edge: the lightest shade alone would hardly stand out from the ground."""
    return element(
        "rect", x=x, y=y + 1, width=length, height=_BAR - 2, stroke_width=0.8, **paint(fill=fill, stroke=INK)
    )


def _symbols(gauge: Gauge, language: Language) -> list[tuple[Symbol, str]]:
    present = {kind for one in gauge.sources for kind in _shares(one)}
    shown: list[tuple[Symbol, str]] = [
        (lambda x, y, fill=fill: _bar(x, y - 6, 18, fill), say(language, f"gauge_legend_{kind}"))  # type: ignore[misc]
        for kind, fill in _KINDS
        if kind in present
    ]
    if any(share > TOP for one in gauge.sources for share in _shares(one).values()):
        cut: Symbol = lambda x, y: polygon(((x + 6, y - 5), (x + 12, y), (x + 6, y + 5)), **paint(fill=INK))  # noqa: E731
        shown.append((cut, say(language, "gauge_legend_cut")))
    bounds: Symbol = lambda x, y: line(x + 9, y - 7, x + 9, y + 7, ink=SIGNAL, width=1.6, dash="5 3")  # noqa: E731
    return [*shown, (bounds, say(language, "gauge_legend_bounds"))]
