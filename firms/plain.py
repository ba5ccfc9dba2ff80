"""Names as a reader sees them: nothing in them that cannot be seen and changes how the rest is read."""

import unicodedata


def seen(text: str) -> str:
    """Composed (NFC), without invisible signs that turn, join or hide letters, with single blanks between words."""
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(_seen(sign) for sign in composed)
    return " ".join(shown.split())


def _seen(sign: str) -> str:
    """Cf is what formats without a mark of its own; control characters part words."""
    kind = unicodedata.category(sign)
    return "" if kind == "Cf" else " " if kind == "Cc" else sign
