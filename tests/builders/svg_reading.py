"""Reads a drawing back: its shapes, its words, and where each word stands by the widths the charts reckon with."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from reports.builders.charts.lettering import text_width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    """A row of text: left, top, right, bottom, and what it says."""

    left: float
    top: float
    right: float
    bottom: float
    words: str

    def overlaps(self, other: "Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def parse(svg: str) -> Element:
    return fromstring(svg)


def size_of(svg: str) -> tuple[float, float]:
    _, _, width, height = parse(svg).attrib["viewBox"].split()
    return float(width), float(height)


def words_in(svg: str) -> str:
    return " ".join("".join(text.itertext()) for text in parse(svg).iter(f"{SVG}text"))


def boxes(svg: str) -> list[Box]:
    return [_box(text, row) for text in parse(svg).iter(f"{SVG}text") for row in text]


def _box(text: Element, row: Element) -> Box:
    size, x, y, words = float(text.attrib["font-size"]), float(row.attrib["x"]), float(row.attrib["y"]), row.text or ""
    # The reckoning is on the wide side, so a tenth of a character may lap over without touching.
    width = text_width(words, size) * 0.98
    shift = {"middle": width / 2, "end": width}.get(text.attrib.get("text-anchor", ""), 0.0)
    return Box(x - shift, y - size * 0.82, x - shift + width, y + size * 0.18, words)


def spilled(svg: str) -> list[str]:
    """What stands outside the picture, by more than half a pixel."""
    width, height = size_of(svg)
    return [
        box.words
        for box in boxes(svg)
        if box.left < -0.5 or box.top < -0.5 or box.right > width + 0.5 or box.bottom > height + 0.5
    ]


def collisions(svg: str) -> list[tuple[str, str]]:
    found = boxes(svg)
    return [
        (one.words, other.words)
        for place, one in enumerate(found)
        for other in found[place + 1 :]
        if one.overlaps(other)
    ]
