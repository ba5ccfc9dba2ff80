"""Libraries of tens of megabytes that most processes never use: loaded at the first look at one of their names.

A web process that shows pages and saves answers needs neither tables nor statistics, and there are many of them.
"""

from importlib import import_module
from types import ModuleType
from typing import Any


class Later(ModuleType):
    """Stands for a module; Python's own lock sees to it that one thread loads it."""

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self.__name__), name)
        setattr(self, name, found)
        return found


def later(name: str) -> Any:
    """The module of that name; an ImportError comes with the first use."""
    return Later(name)
