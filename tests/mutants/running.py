"""Runs the collected tests once for each changed module, in one process, until a test notices the change.

A function is changed in place, by its code, so that whoever imported it has the change as well; a table that the
module holds is changed in place too.
"""

import contextlib
import importlib
import io
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.mutating import Mutant, mutants

Parts = dict[str, Any]


@dataclass(frozen=True)
class Body:
    """What a function does, and with what where it is not told."""

    code: types.CodeType
    defaults: tuple[Any, ...] | None
    by_name: dict[str, Any] | None


@dataclass
class Tally:
    """What became of the mutants."""

    killed: int = 0
    survived: list[Mutant] = field(default_factory=list)

    @property
    def all(self) -> int:
        return self.killed + len(self.survived)


class Mutation:
    """A pytest plugin: in place of the session's one run, one run for each mutant."""

    def __init__(self, module: str) -> None:
        self.name = module
        self.tally = Tally()
        self.whole = True

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        # Not before: models cannot be loaded until pytest has set Django up.
        self.module = importlib.import_module(self.name)
        self.whole = not fails(session)
        source = Path(str(self.module.__file__)).read_text(encoding="utf-8")
        for mutant in mutants(source) if self.whole else ():
            self.judge(session, mutant)
        return True

    def judge(self, session: pytest.Session, mutant: Mutant) -> None:
        with self.changed(mutant) as runs:
            noticed = not runs or fails(session)
        self.tally.killed += noticed
        if not noticed:
            self.tally.survived.append(mutant)
            # Said at once: a whole run takes minutes.
            sys.stderr.write(f"unnoticed, line {mutant.line}: {mutant.what}\n")

    @contextlib.contextmanager
    def changed(self, mutant: Mutant) -> Iterator[bool]:
        """False where the changed module cannot even be loaded: that is noticed at once."""
        made = types.ModuleType(self.module.__name__)
        made.__file__ = self.module.__file__
        kept = exchange(vars(self.module), vars(self.module))
        try:
            exec(compile(mutant.tree, str(self.module.__file__), "exec"), vars(made))
        except Exception:
            yield False
            return
        try:
            exchange(vars(self.module), vars(made))
            yield True
        finally:
            give_back(vars(self.module), kept)


def exchange(into: Parts, of: Parts) -> Parts:
    """Puts the code and the tables of one module into another; returns what the other one had."""
    had: Parts = {}
    for name, part in list(into.items()):
        other = of.get(name)
        if isinstance(part, type) and isinstance(other, type) and part.__module__ == into["__name__"]:
            had[name] = {key: swapped(one, vars(other).get(key)) for key, one in functions_of(part)}
        elif isinstance(part, types.FunctionType) and part.__module__ == into["__name__"] and other is not None:
            had[name] = swapped(part, other)
        elif isinstance(part, dict) and name.isupper() and isinstance(other, dict):
            had[name] = dict(part)
            fresh = dict(other)
            part.clear()
            part.update(fresh)
        elif isinstance(part, tuple | int | float) and name.isupper():
            had[name], into[name] = part, other
    return had


def functions_of(kind: type) -> list[tuple[str, types.FunctionType]]:
    return [(name, one) for name, one in vars(kind).items() if isinstance(one, types.FunctionType)]


def swapped(function: types.FunctionType, other: Any) -> Body:
    """The function goes on with the other one's body; what it had is returned."""
    had = body_of(function)
    if isinstance(other, types.FunctionType):
        put(function, body_of(other))
    return had


def body_of(function: types.FunctionType) -> Body:
    return Body(function.__code__, function.__defaults__, function.__kwdefaults__)


def put(function: types.FunctionType, body: Body) -> None:
    function.__code__, function.__defaults__, function.__kwdefaults__ = body.code, body.defaults, body.by_name


def give_back(into: Parts, had: Parts) -> None:
    for name, part in had.items():
        if isinstance(part, Body):
            put(into[name], part)
        elif isinstance(into[name], type):
            for key, body in part.items():
                put(vars(into[name])[key], body)
        elif isinstance(part, dict):
            into[name].clear()
            into[name].update(part)
        else:
            into[name] = part


def fails(session: pytest.Session) -> bool:
    """Whether some test fails. Each is prepared anew, for it has run before."""
    for place, item in enumerate(session.items):
        item._initrequest()  # type: ignore[attr-defined]
        following = session.items[place + 1] if place + 1 < len(session.items) else session.items[0]
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            reports = runtestprotocol(item, log=False, nextitem=following)
        if any(report.failed for report in reports):
            session.items.insert(0, session.items.pop(place))
            return True
    return False
