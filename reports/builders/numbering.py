"""A report's number: short enough to read over the telephone, with a check character that finds a slip of the pen.

The characters are Crockford's base 32 (no I, L, O, U), read as he reads them: small letters, I and L for 1, O for 0.
The check character works in the field of 32 elements as Damm's scheme does: it finds every single wrong character and
every two neighbours that changed places.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "QMS"
# 45 random bits: with a million reports out, a guess hits one in thirty-five million.
RANDOM_BITS = 45
_GROUP = 5
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "–": None, "－": None})


def number_of(bits: int) -> str:
    """``QMS-7F3K9-2MDX4`` from 45 random bits."""
    digits = [bits >> shift & 31 for shift in range(RANDOM_BITS - 5, -1, -5)]
    written = "".join(ALPHABET[digit] for digit in [*digits, _check(digits)])
    return f"{PREFIX}-{written[:_GROUP]}-{written[_GROUP:]}"


def number_read(written: str) -> str | None:
    """The number as it is stored, however it was typed; None where the check character says that it was mistyped."""
    bare = "".join(written.split()).upper().translate(_READ_AS)
    # A number typed without its beginning may itself begin with these letters.
    bare = bare.removeprefix(PREFIX) if len(bare) > 2 * _GROUP else bare
    if len(bare) != 2 * _GROUP or not set(bare) <= set(ALPHABET):
        return None
    if _check([ALPHABET.index(character) for character in bare]) != 0:
        return None
    return f"{PREFIX}-{bare[:_GROUP]}-{bare[_GROUP:]}"


def _check(digits: list[int]) -> int:
    """What must follow so that the check of the whole is 0."""
    state = 0
    for digit in digits:
        state = _doubled(state ^ digit)
    return state


def _doubled(element: int) -> int:
    """Twice an element of the field of 32, modulo x^5 + x^2 + 1."""
    twice = element << 1
    return twice ^ 0b100101 if twice & 0b100000 else twice
