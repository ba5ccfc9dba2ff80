"""Whatever a stranger sends is read or refused in the parser's own way: no other error, no hang, bounded memory.

`QMS_INPUTS=100000 make test ARGS=tests/fuzz` tries a hundred thousand inputs at each parser.
"""

import os
import random
import signal
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from tests.fuzz.corpus import broken
from tests.fuzz.parsers import PARSERS, Parser

INPUTS = int(os.environ.get("QMS_INPUTS", "120"))
# One input takes some hundredths of a second; this is for a machine that does much else.
LONGEST_SECONDS = 30
MOST_MEBIBYTES = 300
NAMED = pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)

pytestmark = pytest.mark.django_db


class Hang(BaseException):
    """Not an Exception: no parser may catch it."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome(parser: Parser, data: bytes) -> str | None:
    """What went wrong; None where the parser read or refused the input."""
    try:
        with at_most(LONGEST_SECONDS):
            parser.read(data)
    except parser.refusals:
        return None
    except Hang:
        return f"hangs on {data[:200]!r}"
    except Exception as error:
        return f"{type(error).__name__}: {error} on {data[:200]!r}"
    return None


@NAMED
def test_a_good_file_is_read(parser: Parser) -> None:
    assert [parser.read(good) for good in parser.goods]


@NAMED
def test_a_broken_file_is_read_or_refused(parser: Parser) -> None:
    chance = random.Random(f"{parser.name} 2026")
    inputs = (broken(chance.choice(parser.goods), chance) for _ in range(INPUTS))
    assert [wrong for data in inputs if (wrong := outcome(parser, data))] == []


@NAMED
def test_noise_is_read_or_refused(parser: Parser) -> None:
    chance = random.Random(f"{parser.name} noise")
    inputs = (chance.randbytes(chance.randrange(1, 400)) for _ in range(INPUTS // 4))
    assert [wrong for data in inputs if (wrong := outcome(parser, data))] == []


@NAMED
def test_a_broken_file_costs_bounded_memory(parser: Parser) -> None:
    chance = random.Random(f"{parser.name} memory")
    inputs = [broken(chance.choice(parser.goods), chance) for _ in range(min(INPUTS // 4, 500))]
    tracemalloc.start()
    wrong = [found for data in inputs if (found := outcome(parser, data))]
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    assert (wrong, peak < MOST_MEBIBYTES) == ([], True)


def test_a_parser_that_breaks_is_found() -> None:
    """The test has teeth."""
    careless = Parser("careless", lambda data: data.decode("ascii"), (b"abc",))
    assert outcome(careless, b"\xff") is not None
