"""What reading costs grows with what is read, counted in steps: nothing of ours can be made to hang."""

import contextlib
import importlib
import math
import pkgutil
import re
import sys
from collections.abc import Callable
from functools import cache
from types import FrameType

import pytest

from tests.fuzz.parsers import PARSERS, Parser
from tests.hostile.ambiguity import exponential

PRODUCT = ("firms", "surveys", "scoring", "reports", "qms_survey")
STEEPEST = 1.2


@cache
def expressions() -> dict[str, "re.Pattern[str]"]:
    """Every compiled expression that a module of ours holds, by where it stands."""
    found: dict[str, re.Pattern[str]] = {}
    for app in PRODUCT:
        package = importlib.import_module(app)
        for one in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations." not in one.name and ".management." not in one.name:
                module = importlib.import_module(one.name)
                found |= {f"{one.name}.{n}": v for n, v in vars(module).items() if isinstance(v, re.Pattern)}
    return found


def test_no_expression_of_ours_takes_exponential_time() -> None:
    assert len(expressions()) >= 50
    assert [place for place, one in expressions().items() if exponential(one)] == []


@pytest.mark.parametrize(
    "bad", ["(a+)+b", "(a*)*b", "(a.|.b)*c", "(a|ab|b)*c", r"(\w+\s?)*:", r"^(\d+|\d+x)*$", "(.*)*x", "(x+x+)+y"]
)
def test_an_expression_with_too_many_ways_is_seen(bad: str) -> None:
    assert exponential(re.compile(bad))


@pytest.mark.parametrize(
    "good", ["a+b", r"(\.[a-z]+)+", r"(?:a|b)*c", r"\d+(\.\d+)?", r"[^}]*\}", r"(ab)+", r"a{1,64}@"]
)
def test_an_expression_with_one_way_is_not_blamed(good: str) -> None:
    assert not exponential(re.compile(good))


def steps(work: Callable[[], object]) -> int:
    """Calls of Python's and of C's functions."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def repeated(parser: Parser, times: int) -> bytes:
    """Its first good input with the middle of it many times over."""
    good = parser.goods[0]
    third = len(good) // 3
    return good[:third] + good[third : 2 * third] * times + good[2 * third :]


def cost(parser: Parser, times: int) -> int:
    data = repeated(parser, times)

    def work() -> None:
        with contextlib.suppress(*parser.refusals):
            parser.read(data)

    return steps(work)


@pytest.mark.parametrize("parser", PARSERS, ids=lambda one: one.name)
def test_a_parsers_steps_grow_with_what_it_reads(db: None, parser: Parser) -> None:
    cost(parser, 1)
    small, large = cost(parser, 20), cost(parser, 40)
    assert math.log2(large / small) <= STEEPEST
