"""A published share: an exact value or only a bound, and how it must be read."""

from typing import Literal

from reports.builders.formatting import share_text
from reports.builders.language import Language
from reports.builders.wording import say

Op = Literal["=", "<", "<=", ">", ">="]
BELOW: tuple[Op, ...] = ("<", "<=")

_PHRASES = {
    "=": "published_equal",
    "<": "published_below",
    "<=": "published_at_most",
    ">": "published_above",
    ">=": "published_at_least",
}


def published_text(value: float, op: Op, language: Language, *, printed: str = "") -> str:
    """A published share as a reader must take it, "19.6%" or "fewer than 50%".

    Args:
        value: the share, 0 to 1.
        printed: the number as its source prints it, where its digits must be kept ("16.0%").
    """
    return say(language, _PHRASES[op], share=printed or share_text(value))
