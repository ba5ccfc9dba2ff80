"""How well white text can be read on a colour: the contrast of WCAG 2.2, 1 to 21."""

import re

WHITE = "#ffffff"
# Text of ordinary size, success criterion 1.4.3.
LEAST = 4.5
_LONG, _SHORT = re.compile(r"#?([0-9a-f]{6})"), re.compile(r"#?([0-9a-f]{3})")


def hex_read(text: str) -> str | None:
    """The colour as ``#rrggbb``, however it is written (``#ABC``, ``aabbcc``); None where it is no colour."""
    written = text.strip().lower()
    if found := _LONG.fullmatch(written):
        return f"#{found[1]}"
    if found := _SHORT.fullmatch(written):
        return "#" + "".join(digit * 2 for digit in found[1])
    return None


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green, blue of ``#rrggbb``, 0 to 255."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), by the definition of WCAG 2.2."""
    linear = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in channels(colour))
    )
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str = WHITE) -> float:
    """The ratio of the lighter to the darker colour, each brightened by 0.05."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
