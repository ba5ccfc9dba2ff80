"""Size of an industrial firm by staff and revenue: the statistical rule of 2017 (industry, GB/T 4754 B, C and D).

| size   | employees     | revenue, 10,000 yuan |
|--------|---------------|----------------------|
| large  | 1,000 or more | and 40,000 or more   |
| medium | 300 or more   | and 2,000 or more    |
| small  | 20 or more    | and 300 or more      |
| micro  | below 20      | or below 300         |

A firm that misses one of the two lower limits of a class belongs to the class below.
"""

from decimal import Decimal
from typing import Literal

SizeCode = Literal["micro", "small", "medium", "large"]

LOWER_LIMITS: tuple[tuple[SizeCode, int, int], ...] = (
    ("large", 1000, 40_000),
    ("medium", 300, 2_000),
    ("small", 20, 300),
)


def size_of(employees: int, revenue: Decimal | int | float) -> SizeCode:
    """The highest class whose two lower limits are both reached; ``revenue`` in 10,000 yuan a year."""
    for size, least_employees, least_revenue in LOWER_LIMITS:
        if employees >= least_employees and revenue >= least_revenue:
            return size
    return "micro"
