"""Texts made fit to be set: no invisible trickery, no character that the fonts cannot draw.

A typesetter that promises an accessible PDF refuses a document with a character it has no glyph for, and without the
promise it drops the character silently. So what is missing is replaced by a visible sign and reported.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

REPLACEMENT = "〓"
# For files that are shown in the reader's own fonts.
EVERY_CHARACTER = range(0x110000)
CodePoints: TypeAlias = frozenset[int] | range
_Model = TypeVar("_Model")


def is_invisible(character: str) -> bool:
    """Controls, zero-width characters, direction marks, variation selectors, tags, unpaired surrogates."""
    code = ord(character)
    selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    filler = code in (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0)
    return selector or filler or unicodedata.category(character) in ("Cc", "Cf", "Cs")


# Most texts of a report are the instrument's, the same for every firm.
@lru_cache(maxsize=4096)
def clean(text: str, covered: CodePoints) -> tuple[str, frozenset[str]]:
    """The text as it can be set, and the characters that had to be replaced.

    A run of white space, line ends included, becomes one plain space. ``covered`` holds the code points the fonts have.
    """
    visible = [character for character in " ".join(text.split()) if not is_invisible(character)]
    missing = frozenset(character for character in visible if ord(character) not in covered)
    kept = "".join(REPLACEMENT if character in missing else character for character in visible)
    return " ".join(kept.split()), missing


def clean_model(model: _Model, covered: CodePoints) -> tuple[_Model, tuple[str, ...]]:
    """The same model with every text in it cleaned, and all characters replaced, in code order."""
    missing: set[str] = set()

    def one(text: str) -> str:
        cleaned, lost = clean(text, covered)
        missing.update(lost)
        return cleaned

    return _walk(model, one), tuple(sorted(missing))


def _walk(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_walk(part, change) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: _walk(getattr(value, one.name), change) for one in fields(value)}
        return replace(value, **changed)
    return value
