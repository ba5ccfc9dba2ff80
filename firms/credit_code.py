"""The unified social credit code of legal entities (GB 32100-2015): 18 characters, the last one a check character."""

import enum
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # I, O, S, V and Z are left out: they look like digits
LENGTH = 18
REGION = range(2, 8)  # the six digits of the administrative division, 0-based
WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
VALUE = {character: value for value, character in enumerate(ALPHABET)}


class FaultKind(enum.StrEnum):
    LENGTH = "length"
    CHARACTER = "character"
    REGION = "region"
    CHECK = "check"


@dataclass(frozen=True)
class Fault:
    """What is wrong and where.

    ``position`` counts from 1, as people do; None when the whole is meant. ``found`` is what stands there (for LENGTH
    the number of characters), ``expected`` what would be right where that is known.
    """

    kind: FaultKind
    position: int | None
    found: str
    expected: str | None = None


def check_character(first_seventeen: str) -> str:
    """GB 32100-2015, 4.2: C18 = 31 - (sum of c_i * 3^(i-1)) mod 31, where 31 stands for 0.

    Raises KeyError for a character outside the alphabet.
    """
    total = sum(VALUE[character] * weight for character, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def normalised(text: str) -> str:
    """Capitals, half-width, without the blanks and hyphens that people put between groups."""
    half_width = "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
    return "".join(c for c in half_width if not c.isspace() and c != "-").upper()


def faults(code: str) -> tuple[Fault, ...]:
    """Every fault of a normalised code, in reading order; empty when it is sound.

    The check character is judged only when the rest could be read: otherwise it would merely repeat the news.
    """
    if len(code) != LENGTH:
        return (Fault(FaultKind.LENGTH, None, str(len(code)), str(LENGTH)),)
    found = [_character_fault(index, character) for index, character in enumerate(code)]
    located = tuple(fault for fault in found if fault is not None)
    if located:
        return located
    expected = check_character(code[:-1])
    return () if code[-1] == expected else (Fault(FaultKind.CHECK, LENGTH, code[-1], expected),)


def _character_fault(index: int, character: str) -> Fault | None:
    if character not in VALUE:
        return Fault(FaultKind.CHARACTER, index + 1, character)
    if index in REGION and character not in "0123456789":
        return Fault(FaultKind.REGION, index + 1, character)
    return None
