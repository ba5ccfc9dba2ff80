"""For whom a consultant acts: chosen once, remembered until signing out, and forgotten when it no longer holds."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Firm, Grant, Organisation, OrganisationMember, Person
from firms.services.firms import firm_register
from reports.models import ConsultantComment, Report
from tests.cast import PROFILE
from tests.filling import NOW
from tests.workspace.test_clients import let_in, names
from tests.workspace.versions import handed_in

SignIn = Callable[[Person], Client]


def house(person: Person, name: str, kind: str = Organisation.Kind.CONSULTANCY) -> Organisation:
    made = Organisation.objects.create(kind=kind, name=name)
    OrganisationMember.objects.create(organisation=made, person=person)
    return made


@pytest.fixture
def houses(firm: Firm, alice: Person, charlie: Person) -> list[Organisation]:
    """Two that the firm let in, one that only another firm let in; and Charlie by name for that other firm."""
    made = [house(charlie, name) for name in ("甲咨询", "乙咨询")]
    for one in made:
        let_in(firm, None, organisation=one)
    let_in(firm_register(person=alice, profile=PROFILE), charlie)
    handed_in(firm, alice, NOW)
    return made


@pytest.fixture
def desk(signed_in: SignIn, charlie: Person) -> Client:
    return signed_in(charlie)


def choose(desk: Client, key: object) -> None:
    desk.post(reverse("clients-acting"), {"acting": str(key)})


def acting(desk: Client) -> str:
    return str(desk.get(reverse("clients")).context["chosen"].acting.key)


def test_the_list_holds_only_the_clients_of_whom_i_act_for(
    houses: list[Organisation], firm: Firm, desk: Client
) -> None:
    assert len(names(desk)) == 2
    choose(desk, houses[0].pk)
    assert [row.firm for row in desk.get(reverse("clients")).context["rows"]] == [firm]


def test_acting_in_my_own_name_leaves_out_the_organisations(
    houses: list[Organisation], firm: Firm, desk: Client
) -> None:
    choose(desk, "name")
    assert firm not in [row.firm for row in desk.get(reverse("clients")).context["rows"]]


def test_the_choice_is_shown_and_remembered(houses: list[Organisation], desk: Client) -> None:
    choose(desk, houses[1].pk)
    assert acting(desk) == str(houses[1].pk)
    assert "乙咨询" in desk.get(reverse("standing-orders")).text


def test_an_organisation_that_i_left_is_forgotten(houses: list[Organisation], desk: Client) -> None:
    choose(desk, houses[0].pk)
    OrganisationMember.objects.filter(organisation=houses[0]).delete()
    assert acting(desk) == ""


def test_what_may_not_be_chosen_stands_for_all(houses: list[Organisation], bob: Person, desk: Client) -> None:
    choose(desk, house(bob, "别家").pk)
    assert acting(desk) == ""


def test_an_association_is_nobody_to_act_for_here(charlie: Person, desk: Client) -> None:
    house(charlie, "协会", Organisation.Kind.ASSOCIATION)
    assert desk.get(reverse("clients")).context["chosen"].choices == ()


@pytest.mark.parametrize("place", [0, 1])
def test_reports_and_comments_bear_the_name_i_act_in(
    houses: list[Organisation], firm: Firm, desk: Client, place: int
) -> None:
    choose(desk, houses[place].pk)
    done = firm.assessments.get()
    desk.post(reverse("report-order", args=[done.pk]), {"language": "en"})
    desk.post(reverse("consultant-comments", args=[done.pk]), {"text": "5S"})
    assert Report.objects.get().organisation == houses[place]
    assert ConsultantComment.objects.get().organisation == houses[place]


def test_a_file_of_many_is_made_for_whom_i_act(houses: list[Organisation], firm: Firm, desk: Client) -> None:
    choose(desk, houses[1].pk)
    desk.post(reverse("clients-bulk"), {"firm": str(firm.pk), "language": "en", "form": "zip"})
    assert Report.objects.get().organisation == houses[1]


def link_shown(browser: Client) -> bool:
    return f'href="{reverse("clients")}"' in browser.get(reverse("home")).text


def test_a_consultant_who_was_let_in_by_name_finds_the_clients_in_the_navigation(
    firm: Firm, charlie: Person, desk: Client
) -> None:
    assert not link_shown(desk)
    let_in(firm, charlie)
    assert link_shown(desk)


def test_a_member_of_a_consultancy_finds_them_too(charlie: Person, desk: Client) -> None:
    house(charlie, "甲咨询")
    assert link_shown(desk)


@pytest.mark.usefixtures("firm")
def test_neither_a_firms_people_nor_an_association_see_the_link(
    alice: Person, charlie: Person, signed_in: SignIn, desk: Client
) -> None:
    house(charlie, "协会", Organisation.Kind.ASSOCIATION)
    assert [link_shown(signed_in(alice)), link_shown(desk)] == [False, False]


def test_the_link_goes_with_the_consent(firm: Firm, charlie: Person, desk: Client) -> None:
    let_in(firm, charlie)
    Grant.objects.update(revoked_at=NOW)
    assert not link_shown(desk)
