"""How wide a text will be, and how it breaks, without a font at hand.

A drawing is built where no font can be measured, so widths are estimates, on the wide side: a text may leave a little
room, it may never overflow. Full-width characters are one em by design; Latin ones go by four classes of width.
"""

import unicodedata

_NARROW = frozenset("ijlItfr.,:;'|!()[]{}/\\ ‘’·")
_WIDE = frozenset("mwMW@%&—…")
_CLOSING = frozenset("，。、；：？！）》】〉」』”’,.;:?!)]}%‰℃·…")
_OPENING = frozenset("（《【〈「『“‘([{")
ELLIPSIS = "…"
# What must not stand right before an ellipsis.
_TRAILING = " ,;:，；：、"


def is_full_width(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")


def _em(character: str) -> float:
    if is_full_width(character):
        return 1.0
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.96
    return 0.7 if character.isupper() else 0.6


def text_width(text: str, size: float) -> float:
    """Estimated width in the unit of ``size`` (the font size)."""
    return size * sum(_em(character) for character in text)


def shorten(text: str, size: float, room: float) -> str:
    """The text itself where it fits, else its beginning with an ellipsis."""
    if text_width(text, size) <= room:
        return text
    kept = text
    while kept and text_width(kept + ELLIPSIS, size) > room:
        kept = kept[:-1]
    return _whole_words(kept, text).rstrip(_TRAILING) + ELLIPSIS


def _whole_words(kept: str, text: str) -> str:
    """A Latin word that was cut in two goes, unless it is nearly all there is."""
    inside = kept and not is_full_width(kept[-1]) and text[len(kept)] not in (" ", *_CLOSING)
    start = kept.rfind(" ")
    return kept[:start].rstrip() if inside and start >= len(kept) / 3 else kept.rstrip()


def wrap(text: str, size: float, room: float, lines: int = 2) -> tuple[str, ...]:
    """At most ``lines`` rows, none wider than ``room``; what is left over ends in an ellipsis.

    Chinese breaks between any two characters, except that closing punctuation never begins a row and opening
    punctuation never ends one; Latin breaks at spaces, and within a word only when the word alone is too wide.
    """
    rows = _rows(_pieces(text), size, room)
    if len(rows) <= lines:
        return tuple(rows)
    last = "".join(rows[lines - 1 :])
    return (*rows[: lines - 1], shorten(last, size, room))


def _rows(pieces: list[str], size: float, room: float) -> list[str]:
    rows = [""]
    for piece in pieces:
        if rows[-1] and text_width((rows[-1] + piece).rstrip(), size) > room:
            rows.append("")
        rows[-1] = rows[-1] + piece if rows[-1] else piece.lstrip()
        rows[-1:] = _split_overlong(rows[-1], size, room)
    return [row.rstrip() for row in rows]


def _split_overlong(row: str, size: float, room: float) -> list[str]:
    """One unbreakable piece wider than the room (a word, a run of signs) is cut wherever it must be."""
    parts = [""]
    for character in row:
        if len(parts[-1]) > 0 and text_width((parts[-1] + character).rstrip(), size) > room:
            parts.append("")
        parts[-1] += character
    return parts


def _pieces(text: str) -> list[str]:
    """The text cut at every place where a row may end; joined again it is the same text with single spaces."""
    pieces: list[str] = []
    for character in " ".join(text.split()):
        if pieces and not _may_break(pieces[-1][-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after in _CLOSING or after == " " or before in _OPENING:
        return False
    return before == " " or is_full_width(before) or is_full_width(after) or before in "-/"
