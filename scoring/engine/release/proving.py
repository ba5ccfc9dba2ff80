"""What everything shown says of what is hidden: intervals of counts by linear programming (HiGHS).

Counts of leaves are the unknowns, none negative; every shown group is an equation. A hidden count is safe when the
counts that agree with all equations spread over an interval at least as wide as the threshold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from firms.later import later
from scoring.engine.release.groups import Nesting, Places

if TYPE_CHECKING:
    from scipy import optimize, sparse
else:
    optimize, sparse = later("scipy.optimize"), later("scipy.sparse")

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
FRUITLESS = 2
"""So many rounds without a single new proof, and the rest is looked at one by one."""
CLOSE = 1e-6


def membership_of(nest: Nesting) -> sparse.csr_array:
    """Which leaves make up each group: a matrix of groups by leaves."""
    leaves = nest.member.shape[1]
    rows = nest.member.ravel()
    columns = np.tile(np.arange(leaves), len(nest.member))
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(nest.groups), leaves))


class Proof:
    """Collects how far each group's count can move; what was possible stays so when more is hidden."""

    def __init__(self, membership: sparse.csr_array, n: Places, threshold: int) -> None:
        self.membership, self.n, self.threshold = membership, n, threshold
        self.low, self.high = n.astype(float), n.astype(float)
        self.generator = np.random.default_rng(0)

    def exposed(self, shown: Flags, small: Places) -> Places:
        """Those of ``small`` whose count everything shown confines to less than the threshold."""
        open_, idle = self.unproved(small), 0
        while len(open_) and idle < FRUITLESS:
            self.learn(spread(self.membership, self.n, shown, open_, self.signs(len(open_)), self.threshold))
            left = self.unproved(open_)
            idle = 0 if len(left) < len(open_) else idle + 1
            open_ = left
        for place in open_:
            if len(self.unproved(np.array([place]))):
                self.learn(*ends(self.membership, self.n, shown, int(place)))
        return self.unproved(open_)

    def unproved(self, places: Places) -> Places:
        return np.asarray(places[self.high[places] - self.low[places] < self.threshold - CLOSE])

    def signs(self, many: int) -> Numbers:
        return np.asarray(self.generator.choice((-1.0, 1.0), many))

    def learn(self, *solutions: Numbers) -> None:
        for solution in solutions:
            values = self.membership @ solution
            np.minimum(self.low, values, out=self.low)
            np.maximum(self.high, values, out=self.high)


def spread(
    membership: sparse.csr_array, n: Places, shown: Flags, places: Places, signs: Numbers, threshold: int
) -> Numbers:
    """Counts of leaves that agree with what is shown and move as many ``places`` as possible by up to the threshold.

    Maximises the sum of y with y <= threshold and y <= sign * (count - n) for each place.
    """
    leaves, many = membership.shape[1], len(places)
    signed = membership[places] * signs[:, None]
    movement = sparse.hstack([-signed, sparse.eye_array(many)], format="csr")
    shown_rows = membership[shown]
    equations = sparse.hstack([shown_rows, sparse.csr_array((shown_rows.shape[0], many))], format="csr")
    bounds = np.zeros((leaves + many, 2))
    bounds[:leaves, 1] = n.sum()
    bounds[leaves:, 1] = threshold
    objective = np.concatenate([np.zeros(leaves), -np.ones(many)])
    return solve(objective, equations, n[shown], bounds, movement, -signs * n[places])[:leaves]


def ends(membership: sparse.csr_array, n: Places, shown: Flags, place: int) -> tuple[Numbers, Numbers]:
    """Counts of leaves that agree with what is shown and make one group as small, and as large, as can be."""
    direction = membership[[place]].toarray()[0]
    bounds = np.stack([np.zeros(len(direction)), np.full(len(direction), float(n.sum()))], axis=1)
    found = [solve(sign * direction, membership[shown], n[shown], bounds) for sign in (1.0, -1.0)]
    return found[0], found[1]


def interval_of(membership: sparse.csr_array, n: Places, shown: Flags, place: int) -> tuple[float, float]:
    """The smallest and the largest count of one group that agree with everything shown."""
    direction = membership[[place]].toarray()[0]
    least, most = ends(membership, n, shown, place)
    return float(direction @ least), float(direction @ most)


def solve(
    objective: Numbers,
    equations: sparse.csr_array,
    totals: Places,
    bounds: Numbers,
    limits: sparse.csr_array | None = None,
    most: Numbers | None = None,
) -> Numbers:
    """The minimum of ``objective``. ArithmeticError where the counts contradict one another: true ones never do."""
    found = optimize.linprog(
        objective, A_ub=limits, b_ub=most, A_eq=equations, b_eq=totals, bounds=bounds, method="highs"
    )
    if found.x is None:
        raise ArithmeticError(f"the counts of the groups contradict one another: {found.message}")
    return np.asarray(found.x)
