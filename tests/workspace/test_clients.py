"""The consultant's list and comparison: only firms whose consent is in force, and each firm learns of the look."""

import dataclasses
import io
import re
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from firms.models import AuditEntry, Firm, Grant, Organisation, OrganisationMember, Person, Scope
from firms.services.firms import firm_register
from tests.cast import PROFILE
from tests.filling import submitted

SignIn = Callable[[Person], Client]
LOOK = "access.report"


def let_in(firm: Firm, person: Person | None, **changes: object) -> Grant:
    now = timezone.now()
    values = {"starts_at": now - timedelta(days=1), "ends_at": now + timedelta(days=9), "scope": Scope.REPORT}
    return Grant.objects.create(**{"firm": firm, "person": person} | values | changes)  # type: ignore[arg-type]


def client_firm(owner: Person, consultant: Person, name: str, **changes: object) -> Firm:
    firm = firm_register(person=owner, profile=dataclasses.replace(PROFILE, name=name, name_en="", **changes))  # type: ignore[arg-type]
    submitted(firm, owner)
    let_in(firm, consultant)
    return firm


@pytest.fixture
def pair(alice: Person, charlie: Person) -> list[Firm]:
    return [client_firm(alice, charlie, name) for name in ("=甲厂", "乙厂")]


@pytest.fixture
def desk(signed_in: SignIn, charlie: Person) -> Client:
    return signed_in(charlie)


def names(desk: Client, **asked: str) -> list[str]:
    return [row.firm.name for row in desk.get(reverse("clients"), asked).context["rows"]]


def compared(desk: Client, name: str, firms: list[Firm]) -> object:
    return desk.get(reverse(name), {"firm": [str(firm.pk) for firm in firms]})


def test_a_firm_that_let_me_in_is_listed_with_level_index_and_scope(pair: list[Firm], desk: Client) -> None:
    row = desk.get(reverse("clients"), {"q": "乙"}).context["rows"][0]
    assert (row.firm, row.level != "", row.index is not None, row.until is not None) == (pair[1], True, True, True)


def test_a_consent_given_to_my_organisation_counts(firm: Firm, charlie: Person, desk: Client) -> None:
    house = Organisation.objects.create(kind=Organisation.Kind.CONSULTANCY, name="精益顾问")
    OrganisationMember.objects.create(organisation=house, person=charlie)
    let_in(firm, None, organisation=house)
    assert names(desk) == [firm.name]


@pytest.mark.parametrize(
    "changes",
    [
        {"revoked_at": timezone.now()},
        {"ends_at": timezone.now() - timedelta(hours=1)},
        {"starts_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_a_consent_that_is_not_in_force_shows_nothing(
    firm: Firm, charlie: Person, desk: Client, changes: dict[str, object]
) -> None:
    let_in(firm, charlie, **changes)
    assert names(desk) == []


def test_my_own_firm_is_no_client(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    let_in(firm, alice)
    assert names(signed_in(alice)) == []


def test_the_widest_consent_in_force_is_told(firm: Firm, charlie: Person, desk: Client) -> None:
    let_in(firm, charlie, scope=Scope.EVIDENCE)
    let_in(firm, charlie, scope=Scope.REPORT, ends_at=timezone.now() + timedelta(days=99))
    assert desk.get(reverse("clients")).context["rows"][0].scope == str(Scope.EVIDENCE.label)


def test_every_firm_finds_the_look_in_its_log_once(pair: list[Firm], desk: Client) -> None:
    desk.get(reverse("clients"))
    chains = AuditEntry.objects.filter(action=LOOK).values_list("chain", flat=True)
    assert sorted(chains) == sorted(firm.pk for firm in pair)


def test_a_firm_that_was_filtered_out_has_no_look_in_its_log(pair: list[Firm], desk: Client) -> None:
    desk.get(reverse("clients"), {"q": "乙"})
    assert list(AuditEntry.objects.filter(action=LOOK).values_list("chain", flat=True)) == [pair[1].pk]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "乙"}, ["乙厂"]),
        ({"industry": "C26"}, ["化工厂"]),
        ({"region": "44"}, ["化工厂"]),
        ({"size": "large"}, []),
        ({"level": "no-such-level"}, ["=甲厂", "乙厂", "化工厂"]),
    ],
)
def test_the_list_is_narrowed(
    pair: list[Firm], alice: Person, charlie: Person, desk: Client, asked: dict[str, str], found: list[str]
) -> None:
    client_firm(alice, charlie, "化工厂", industry="C26", region="44")
    assert sorted(names(desk, **asked)) == sorted(found)


def test_reading_costs_the_same_queries_for_six_clients_as_for_two(
    pair: list[Firm], alice: Person, charlie: Person, desk: Client
) -> None:
    desk.get(reverse("clients"))
    few = _reading(desk)
    for number in range(4):
        client_firm(alice, charlie, f"厂{number}")
    assert _reading(desk) == few


def _reading(desk: Client) -> int:
    """Queries beside those that write the log, which are so many a firm."""
    with CaptureQueriesContext(connection) as taken:
        desk.get(reverse("clients"))
    other = re.compile(r"audit|SAVEPOINT|^BEGIN", re.IGNORECASE)
    return sum(not other.search(query["sql"]) for query in taken)


def test_two_clients_stand_side_by_side(pair: list[Firm], desk: Client) -> None:
    page = compared(desk, "clients-compare", pair)
    assert [len(line.scores) for line in page.context["compared"].lines] == [2] * len(page.context["compared"].lines)  # type: ignore[attr-defined]
    assert len(page.context["radars"]) == 2  # type: ignore[attr-defined]


def test_a_firm_that_took_its_consent_back_cannot_be_compared(pair: list[Firm], desk: Client) -> None:
    Grant.objects.filter(firm=pair[0]).update(revoked_at=timezone.now())
    assert compared(desk, "clients-compare", pair).status_code == 302  # type: ignore[attr-defined]


def test_the_workbook_holds_names_as_text_and_scores_as_numbers(pair: list[Firm], desk: Client) -> None:
    file = compared(desk, "clients-compare-file", pair).content  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert {sheet["B1"].value, sheet["C1"].value} == {"'=甲厂", "乙厂"}
    assert isinstance(sheet["B3"].value, float)
