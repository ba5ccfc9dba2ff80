"""Firms that answered different versions: what the crosswalk makes comparable, and a reason for all the rest."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from firms.models import Firm, Person
from firms.services.firms import firm_register
from reports.workspace.comparing import UNLIKE, UNLINKED, Comparison, comparison, side_by_side
from reports.workspace.selectors import Client as Listed
from surveys.library import instrument_get
from surveys.models import Assessment
from tests.cast import PROFILE
from tests.filling import NOW
from tests.workspace.test_clients import let_in
from tests.workspace.versions import CROSSWALK, handed_in, later_version

SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def elsewhere(settings: Any, tmp_path: Path) -> None:
    """A home of its own, in which versions can be imported."""
    settings.QMS_HOME = tmp_path


def pair(alice: Person, charlie: Person, crosswalk: str) -> list[Firm]:
    """The first firm answered 1.0.0, the second 1.1.0."""
    firms = [firm_register(person=alice, profile=PROFILE) for _ in range(2)]
    for firm, instrument in zip(firms, (None, later_version(crosswalk)), strict=True):
        handed_in(firm, alice, NOW, instrument)
        let_in(firm, charlie)
    return firms


def compared(firms: list[Firm], person: Person) -> Comparison:
    with translation.override("en"):
        return comparison(person, [str(firm.pk) for firm in firms], "en")


def test_versions_without_a_crosswalk_are_refused_with_the_reason(alice: Person, charlie: Person) -> None:
    assert compared(pair(alice, charlie, "{}"), charlie).refusal == UNLINKED


def test_other_questionnaires_are_refused() -> None:
    firm = Firm()
    listed = [Listed(firm, "", "", "", None, Assessment(instrument_code=code)) for code in ("bluebook", "zed-2022")]
    assert side_by_side(tuple(listed), "en").refusal == UNLIKE


def test_a_broken_item_takes_its_dimension_and_the_index_out(alice: Person, charlie: Person) -> None:
    found = compared(pair(alice, charlie, CROSSWALK), charlie)
    apart = {one.title.split(" ")[0]: one.reason for one in found.apart}
    assert (found.index_compares, found.versions) == (False, ("1.0.0", "1.1.0"))
    assert apart["RD-05"] == "Asked differently in the two versions."
    assert {"Index", "RD-05"} <= set(apart)


def test_the_other_items_of_a_broken_dimension_stand_side_by_side(alice: Person, charlie: Person) -> None:
    found = compared(pair(alice, charlie, CROSSWALK), charlie)
    items = {line.title.split(" ")[0]: line for line in found.lines if line.is_item}
    assert "RD-05" not in items
    assert (items["RD-01"].scores, items["RD-01"].note) == ((50.0, 50.0), "")
    assert "other words" in str(items["RD-02"].note)


def test_dimensions_without_a_broken_item_compare_as_a_whole(alice: Person, charlie: Person) -> None:
    found = compared(pair(alice, charlie, CROSSWALK), charlie)
    assert len(found.dimensions) == len(instrument_get("bluebook", "1.0.0").dimensions) - 1


def test_a_crosswalk_without_a_break_compares_everything(alice: Person, charlie: Person) -> None:
    found = compared(pair(alice, charlie, '{"1.0.0": {RD-02: adjusted}}'), charlie)
    assert (found.index_compares, found.apart, len(found.dimensions)) == (True, (), 6)


def test_page_and_workbook_tell_what_is_not_compared(alice: Person, charlie: Person, signed_in: SignIn) -> None:
    firms = pair(alice, charlie, CROSSWALK)
    desk, asked = signed_in(charlie), {"firm": [str(firm.pk) for firm in firms]}
    desk.post(reverse("set_language"), {"language": "en"})
    assert "Asked differently in the two versions." in desk.get(reverse("clients-compare"), asked).text
    book = openpyxl.load_workbook(io.BytesIO(desk.get(reverse("clients-compare-file"), asked).content))
    assert "Asked differently in the two versions." in [row[1].value for row in book["Not compared"].rows]
    assert "Index" not in [row[0].value for row in book["Comparison"].rows]
