"""What the page hides by itself is what the server hides: every shipped instrument, many answers at random."""

import contextlib
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from surveys.conditions import conditions, scales
from surveys.instruments.answers import State, code_of
from surveys.instruments.branching import with_branching
from surveys.instruments.coding import AnswerFault, code_answer, table_from_written
from surveys.instruments.model import Instrument, Item
from surveys.instruments.predicates import AllOf, AnyOf, ItemTest, Negation, Predicate
from surveys.library import instrument_get, instrument_list

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "js" / "mirror.js"
CASES = 400
HIDDEN = "([plan, rows]) => rows.map((row) => [...Mirror.hiddenItems(plan, row)].sort())"
# Conditions upon conditions, with every connective and operator, laid over the core instrument.
TANGLED: dict[str, Predicate] = {
    "RD-03": ItemTest("RD-02", "at_least", 3),
    "RD-04": AllOf((ItemTest("RD-03", "at_least", 2), Negation(ItemTest("RD-01", "is", 1)))),
    "RD-05": AnyOf((ItemTest("RD-04", "at_most", 2), ItemTest("RD-01", "at_most", 1))),
    "PR-02": Negation(AllOf((ItemTest("PR-01", "at_least", 4), ItemTest("RD-05", "is", 2)))),
    "DG-02": AnyOf((ItemTest("DG-01", "at_least", 50), ItemTest("DG-01", "at_most", 0))),
    "DG-03": AllOf((ItemTest("DG-02", "is", "yes"), ItemTest("DG-01", "is", 80))),
}


def any_answer(item: Item, chance: random.Random) -> str:
    states = ["", "DK", "DECLINE", *(["NA"] if item.not_applicable else [])]
    values = [str(option.value) for option in item.options]
    if item.is_numeric:
        values = [str(chance.randint(0, 100)), "50", "80", "62.5"]
    if item.kind == "multi" and values:
        values = [";".join(chance.sample(values[:3], 2)), values[0], values[1]]
    return chance.choice([*states, *(value for value in values * 2 if takes(item, value))])


def takes(item: Item, written: str) -> bool:
    with contextlib.suppress(AnswerFault):
        return bool(code_answer(item, written))
    return False


def hidden_by_server(instrument: Instrument, row: dict[str, str]) -> list[str]:
    asked = with_branching(instrument, table_from_written(instrument, [row]))
    hidden = code_of(State.NOT_ASKED)
    return sorted(item.code for item in instrument.items if asked[item.code].code[0] == hidden)


def plan_of(instrument: Instrument) -> dict[str, Any]:
    return {"conditions": conditions(instrument), "scales": scales(instrument)}


@pytest.mark.parametrize("instrument", [*instrument_list()], ids=lambda one: one.code)
def test_the_page_hides_what_the_server_hides(desktop: Page, instrument: Instrument) -> None:
    assert hides_alike(desktop, instrument)


def test_conditions_on_conditions_hide_alike(desktop: Page) -> None:
    instrument = tangled(instrument_get("bluebook"))
    assert conditions(instrument).keys() == TANGLED.keys()
    assert hides_alike(desktop, instrument)


def tangled(instrument: Instrument) -> Instrument:
    parts = [
        replace(part, items=tuple(replace(item, ask_when=TANGLED.get(item.code)) for item in part.items))
        for part in instrument.dimensions
    ]
    return replace(instrument, dimensions=tuple(parts))


def hides_alike(page: Page, instrument: Instrument) -> bool:
    chance = random.Random(7)
    rows = [{item.code: any_answer(item, chance) for item in instrument.items} for _ in range(CASES)]
    page.add_script_tag(path=SCRIPT)
    mirrored = page.evaluate(HIDDEN, [plan_of(instrument), rows])
    differing = [row for row, told in zip(rows, mirrored, strict=True) if told != hidden_by_server(instrument, row)]
    return differing == []
