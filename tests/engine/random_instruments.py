"""Small instruments drawn at random, with answers: every kind of item and rule, gates, a branch, no answers."""

from random import Random
from typing import Any

from surveys.instruments.model import Instrument
from tests.engine.build import LEVELS, dimension, instrument, item

CHOICE = {"rule": "map", "table": {0: 0, 4: 40, 10: 100}}
TICKS = {"rule": "map", "table": {"x": 30, "y": 70, "none": 0}}
SHARE = {"rule": "piecewise", "points": [[0, 0], [20, 25], [50, 50], [80, 75], [100, 100]]}
NUMBER = {"rule": "piecewise", "points": [[0, 10], [1, 50], [1.5, 60], [2, 100]]}
MAKERS = {
    "level": lambda code, weight: item(code, weight=weight),
    "choice": lambda code, weight: item(code, "choice", (0, 4, 10), weight=weight, score=CHOICE),
    "yesno": lambda code, weight: item(code, "yesno", weight=weight),
    "multi": lambda code, weight: item(code, "multi", ("x", "y", "none"), weight=weight, score=TICKS),
    "share": lambda code, weight: item(code, "share", weight=weight, score=SHARE),
    "number": lambda code, weight: item(code, "number", weight=weight, score=NUMBER, range={"min": 0, "max": 2}),
}
ANSWERS = {
    "level": ("1", "2", "3", "4", "5"),
    "choice": ("0", "4", "10"),
    "yesno": ("yes", "no"),
    "multi": ("x", "y", "x;y", "none"),
    "share": ("0", "10", "35", "50", "90"),
    "number": ("0", "0.7", "1.2", "2"),
}
TESTS = {
    "level": ("at_least", (2, 3, 4)),
    "choice": ("at_least", (4, 10)),
    "yesno": ("is", ("yes",)),
    "multi": ("includes", ("x", "y")),
    "share": ("at_least", (20, 50, 75)),
    "number": ("at_least", (1, 1.5)),
}
NO_ANSWER = ("NA", "DK", "DECLINE")


def random_case(seed: int, items: int = 4) -> tuple[Instrument, dict[str, str]]:
    """An instrument of so many items in two dimensions, and one firm's answers."""
    draw = Random(seed)
    kinds = {f"{'AB'[n % 2]}-0{n + 1}": draw.choice([*MAKERS, "level"]) for n in range(items)}
    raw = {code: MAKERS[kind](code, draw.choice((0.5, 1, 1, 2, 3))) for code, kind in kinds.items()}
    if draw.random() < 0.3:
        raw["B-04"]["ask_when"] = test_on(draw, {code: kinds[code] for code in ("A-01", "B-02")})
    dimensions = [
        dimension(name, *(one for code, one in raw.items() if code[0] == name), weight=draw.choice((1, 2)))
        for name in "AB"
    ]
    nodes, level_node, scale = key(draw, kinds)
    bands = tuple((f"l{n}", scale * start) for n, start in enumerate((0, 0.25, 0.5, 0.8)))
    gates = tuple(gate(draw, kinds, number) for number in range(draw.choice((0, 0, 1, 2))))
    found = instrument(*dimensions, nodes=nodes, level_node=level_node, bands=bands, gates=gates)
    return found, {code: answer(draw, kind) for code, kind in kinds.items()}


def answer(draw: Random, kind: str) -> str:
    low = ANSWERS[kind][:3] if draw.random() < 0.7 else ANSWERS[kind]
    return draw.choice(NO_ANSWER) if draw.random() < 0.15 else draw.choice(low)


def test_on(draw: Random, kinds: dict[str, str]) -> dict[str, Any]:
    """A test on one of the items."""
    code = draw.choice([*kinds])
    operator, values = TESTS[kinds[code]]
    return {"item": code, operator: draw.choice(values)}


test_on.__test__ = False  # type: ignore[attr-defined]


def gate(draw: Random, kinds: dict[str, str], number: int) -> dict[str, Any]:
    parts = [test_on(draw, kinds) for _ in range(3)]
    nodes = [{"node": name, "at_least": draw.choice((30, 50, 60))} for name in "AB"]
    require = draw.choice(
        (
            parts[0],
            {"any": parts[:2]},
            {"all": parts[:2]},
            {"all": nodes},
            {"any": [{"all": parts[:2]}, nodes[0]]},
            {"not": {"all": [{"not": parts[0]}, {"not": parts[1]}]}},
        )
    )
    return {"id": f"g{number}", "level": draw.choice(("l1", "l2", "l3")), "require": require}


def key(draw: Random, kinds: dict[str, str]) -> tuple[list[dict[str, Any]], str, float]:
    """The nodes, the one that the level is read from, and the top of its scale."""
    means: list[dict[str, Any]] = [{"id": name, "rule": "wmean", "of": "items"} for name in "AB"]
    index = {"id": "index", "rule": "wmean", "of": "dimensions"}
    stairs = [{"level": n, "met": [test_on(draw, kinds) for _ in range(draw.choice((1, 2)))]} for n in (1, 2, 3)]
    targets = [{"level": f"l{n}", "require": [test_on(draw, kinds) for _ in range(n)]} for n in (1, 2, 3)]
    shapes: dict[str, tuple[list[dict[str, Any]], float]] = {
        "mean": ([], 100),
        "min": ([{"id": "n", "rule": "min", "of": ["A", "B", "index"]}], 100),
        "cap": ([{"id": "n", "rule": "cap", "of": "A", "by": "B"}], 100),
        "points": (
            [{"id": "n", "rule": "points", "of": [{"node": "A", "points": 30}, {"node": "B", "points": 90}]}],
            120,
        ),
        "piecewise": (
            [{"id": "n", "rule": "piecewise", "of": "index", "points": [[10, 0], [40, 10], [60, 80], [90, 100]]}],
            100,
        ),
        "level_sum": ([{"id": "n", "rule": "level_sum", "of": ["A", "B"], "pass_at": 0.6, "require_lower": True}], 2),
        "loose": ([{"id": "n", "rule": "level_sum", "of": ["A", "B"], "pass_at": 0.6}], 2),
        "staircase": ([{"id": "n", "rule": "staircase", "levels": stairs}], 3.5),
        "all_pass": ([{"id": "n", "rule": "all_pass", "targets": targets}], 3.5),
        "mixed": (
            [
                {"id": "s", "rule": "staircase", "levels": stairs},
                {"id": "m", "rule": "min", "of": ["A", "B"]},
                {"id": "n", "rule": "wmean", "of": ["s", "m", "A"], "weights": {"s": 20, "m": 1}},
            ],
            60,
        ),
    }
    name = draw.choice([*shapes, "mean", "mean"])
    nodes, scale = shapes[name]
    return [*means, index, *nodes], "n" if nodes else "index", scale


__all__ = ["ANSWERS", "LEVELS", "random_case"]
