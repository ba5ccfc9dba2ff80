"""A firm that has submitted, and people whom it has let in."""

from pathlib import Path

import pytest
from pytest_django import Settings

from firms.models import Firm, Organisation, Person
from reports.brand.logo import logo_read
from reports.builders.brand import Look
from surveys.models import Assessment
from tests.brand.pictures import drawn, saved
from tests.cast import person_named
from tests.filling import submitted
from tests.workspace.test_clients import let_in
from tests.workspace.test_comments import house_of


@pytest.fixture
def look() -> Look:
    return Look(name="精益顾问 <b>", footer="版权所有", accent="#7a1f4a", logo=logo_read(saved(drawn())))


@pytest.fixture
def done(firm: Firm, alice: Person, settings: Settings, tmp_path: Path) -> Assessment:
    settings.REPORTS_DIR = tmp_path
    return submitted(firm, alice)


@pytest.fixture
def dora(done: Assessment) -> Person:
    """A consultant whom the firm let in by name."""
    dora = person_named("Dora")
    let_in(done.firm, dora)
    return dora


@pytest.fixture
def house(done: Assessment, charlie: Person) -> Organisation:
    """Charlie's consultancy, which the firm let in."""
    house = house_of(charlie, "精益顾问")
    house.members.update(role="manager")
    let_in(done.firm, None, organisation=house)
    return house
