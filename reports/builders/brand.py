"""The look of whoever a report is made for: its own cover, logo, texts and colour.

Everything in it is data that a template places: a text is only ever text, and a logo is nothing but pixels.
"""

import json
from base64 import b64encode
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from reports.builders.charts.palette import ACCENT, PAINTS
from reports.builders.language import Language
from reports.builders.model import Brand, ReportModel
from reports.builders.wording import say


@dataclass(frozen=True, kw_only=True)
class Look:
    """A look in both languages, as its owner wrote it; ``accent`` is ``#rrggbb``, ``logo`` a PNG."""

    name: str
    contact: str = ""
    title_zh: str = ""
    title_en: str = ""
    text_zh: str = ""
    text_en: str = ""
    footer: str = ""
    accent: str = ACCENT.light
    logo: bytes | None = None


def look_hash(look: Look) -> str:
    """SHA-256 in hexadecimal over every text, the colour and the logo: the same content gives the same hash."""
    content = asdict(look) | {"logo": sha256(look.logo).hexdigest() if look.logo else ""}
    return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def brand_told(look: Look, language: Language) -> Brand:
    """What a report in one language shows of a look."""
    chinese = language == "zh-hans"
    return Brand(
        name=look.name,
        contact=look.contact,
        title=look.title_zh if chinese else look.title_en,
        paragraphs=_paragraphs(look.text_zh if chinese else look.text_en),
        footer=look.footer,
        accent=look.accent,
        logo=look.logo,
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def colours(model: ReportModel) -> dict[str, str]:
    """The report's paints by name, with the accent of its look. Charts keep their own: their colours carry meaning."""
    own = {one.name: one.light for one in PAINTS}
    if model.brand is None:
        return own
    return own | {"accent": model.brand.accent}


def brand_chapter(model: ReportModel) -> dict[str, Any] | None:
    """What the cover and the running lines show of a look; None where the report has none."""
    brand = model.brand
    if brand is None:
        return None
    return {
        "name": brand.name,
        "contact": brand.contact,
        "title": brand.title,
        "paragraphs": list(brand.paragraphs),
        "footer": brand.footer,
        "logo": _logo(brand, model.language),
    }


def _logo(brand: Brand, language: Language) -> dict[str, Any] | None:
    """As a drawing, with its text alternative and its size in pixels."""
    if brand.logo is None:
        return None
    about = say(language, "logo_alt", name=brand.name)
    return {"svg": picture_svg(brand.logo), "alt": about, "size": list(png_size(brand.logo))}


def picture_svg(png: bytes) -> str:
    """A PNG as a drawing that holds it, for a typesetter that takes pictures as text only."""
    width, height = png_size(png)
    data = b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
