"""Integer programmes in small: linear expressions, constraints, the solver HiGHS behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from firms.later import later

if TYPE_CHECKING:
    from scipy import optimize, sparse
else:
    optimize, sparse = later("scipy.optimize"), later("scipy.sparse")

SECONDS = 20.0
# Takes the solver's absolute tolerance out of the way of small differences in the objective.
MAGNIFIED = 1e4


@dataclass(frozen=True, slots=True)
class Linear:
    """sum(coefficient x variable) + constant."""

    terms: Mapping[int, float] = field(default_factory=dict)
    constant: float = 0.0

    def __add__(self, other: Linear) -> Linear:
        terms = dict(self.terms)
        for variable, coefficient in other.terms.items():
            terms[variable] = terms.get(variable, 0.0) + coefficient
        return Linear(terms, self.constant + other.constant)

    def __mul__(self, factor: float) -> Linear:
        return Linear({variable: factor * one for variable, one in self.terms.items()}, factor * self.constant)

    def __sub__(self, other: Linear) -> Linear:
        return self + other * -1.0

    def at(self, solution: NDArray[np.float64]) -> float:
        return self.constant + sum(one * float(solution[variable]) for variable, one in self.terms.items())


def total(parts: list[Linear]) -> Linear:
    terms: dict[int, float] = {}
    for part in parts:
        for variable, coefficient in part.terms.items():
            terms[variable] = terms.get(variable, 0.0) + coefficient
    return Linear(terms, sum(part.constant for part in parts))


def constant(value: float) -> Linear:
    return Linear({}, value)


class TookTooLong(Exception):
    """The solver gave up before it was sure."""


class Programme:
    """Variables, constraints of the form expression >= 0, and an answer for whichever objective is asked."""

    def __init__(self) -> None:
        self.highs: list[float] = []
        self.whole: list[int] = []
        self.rows: list[Linear] = []

    def binary(self) -> Linear:
        return self._variable(1.0, 1)

    def number(self, high: float = np.inf) -> Linear:
        """A number from 0 to ``high``."""
        return self._variable(high, 0)

    def _variable(self, high: float, whole: int) -> Linear:
        self.highs.append(high)
        self.whole.append(whole)
        return Linear({len(self.highs) - 1: 1.0})

    def at_least_zero(self, expression: Linear) -> None:
        self.rows.append(expression)

    def minimum(self, objective: Linear) -> NDArray[np.float64] | None:
        """The values of all variables at the least ``objective``; None where nothing fulfils the constraints."""
        if any(not row.terms and row.constant < 0 for row in self.rows):
            return None
        if not self.highs:
            return np.zeros(0)
        found = optimize.milp(
            self._costs(objective),
            integrality=self.whole,
            bounds=optimize.Bounds(0.0, np.array(self.highs)),
            constraints=self._constraints(),
            options={"mip_rel_gap": 0.0, "time_limit": SECONDS},
        )
        if found.status not in (0, 2):
            raise TookTooLong
        return None if found.x is None else np.asarray(found.x, float)

    def _costs(self, objective: Linear) -> NDArray[np.float64]:
        costs = np.zeros(len(self.highs))
        for variable, coefficient in objective.terms.items():
            costs[variable] = MAGNIFIED * coefficient
        return costs

    def _constraints(self) -> optimize.LinearConstraint | tuple[()]:
        rows = [row for row in self.rows if row.terms]
        if not rows:
            return ()
        starts = np.cumsum([0, *(len(row.terms) for row in rows)])
        variables = np.concatenate([np.fromiter(row.terms.keys(), np.int64) for row in rows])
        values = np.concatenate([np.fromiter(row.terms.values(), float) for row in rows])
        matrix = sparse.csr_array((values, variables, starts), shape=(len(rows), len(self.highs)))
        return optimize.LinearConstraint(matrix, lb=np.array([-row.constant for row in rows]))
