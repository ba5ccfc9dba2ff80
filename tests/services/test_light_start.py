"""A web process holds no library that pages and saves do not need; ``firms.later`` tells how."""

import subprocess
import sys

import pytest

from firms.later import later

STARTED = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
HEAVY = ("pandas", "pyarrow", "pyhanko", "scipy")


def test_nothing_heavy_is_loaded_before_it_is_used() -> None:
    program = [sys.executable, "-c", STARTED]
    loaded = subprocess.run(program, capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in HEAVY if name in loaded] == []


def test_a_name_is_found_where_the_module_has_it() -> None:
    assert later("fractions").Fraction(1, 2) == 0.5


def test_a_name_that_the_module_lacks_is_none() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        later("fractions").no_such_name  # noqa: B018


def test_a_library_that_is_not_there_is_told_at_its_first_use() -> None:
    absent = later("no_such_library")
    with pytest.raises(ImportError, match="no_such_library"):
        absent.anything  # noqa: B018
