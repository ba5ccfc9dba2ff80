"""The gate to the last condition: each one that keeps somebody out, and each look that a firm is told of."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone

from firms.context import Origin, origin
from firms.gate import (
    Right,
    fetch,
    fetch_many,
    fetch_organisation,
    firms_visible,
    note_outsiders,
    organisations_visible,
)
from firms.models import AuditEntry, Firm, Grant, Membership, Organisation, OrganisationMember, Person, Scope
from firms.services.consent import Recipient, grant_give
from firms.services.firms import firm_register
from firms.services.organisations import organisation_found
from firms.services.tokens import token_create, token_person
from tests.cast import PROFILE

Kind = Organisation.Kind
NOON = datetime(2026, 11, 24, 12, tzinfo=timezone.get_default_timezone())
READING = {Right.REPORT, Right.ANSWERS, Right.EVIDENCE}


@pytest.fixture
def request_at_hand() -> Iterator[Origin]:
    """As within one request."""
    here = Origin(path="/there/")
    token = origin.set(here)
    yield here
    origin.reset(token)


@pytest.fixture
def consultancy(charlie: Person) -> Organisation:
    return organisation_found(person=charlie, kind=Kind.CONSULTANCY, name="精益顾问")


def consent(firm: Firm, giver: Person, scope: str = Scope.EVIDENCE, **recipient: object) -> Grant:
    return grant_give(firm=firm, giver=giver, recipient=Recipient(**recipient), scope=scope, days=30)


def rights(person: Person, firm: Firm) -> set[Right]:
    return {right for right in Right if firms_visible(person, right).filter(pk=firm.pk).exists()}


def looks() -> list[tuple[str, str]]:
    """What the firm's log says of outsiders: the right, and where."""
    entries = AuditEntry.objects.filter(action__startswith="access.").order_by("pk")
    return [(entry.action.removeprefix("access."), entry.after["path"]) for entry in entries]


@pytest.mark.parametrize(("seconds", "open_"), [(-1, False), (0, True), (1, True)])
def test_a_consent_opens_from_its_first_moment(
    firm: Firm, alice: Person, charlie: Person, seconds: int, open_: bool
) -> None:
    grant = consent(firm, alice, person=charlie)
    Grant.objects.filter(pk=grant.pk).update(starts_at=NOON)
    with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
        assert bool(rights(charlie, firm)) is open_


@pytest.mark.parametrize(("seconds", "open_"), [(-1, True), (0, False), (1, False)])
def test_a_consent_ends_with_its_last_moment(
    firm: Firm, alice: Person, charlie: Person, seconds: int, open_: bool
) -> None:
    grant = consent(firm, alice, person=charlie)
    Grant.objects.filter(pk=grant.pk).update(starts_at=NOON - timedelta(days=1), ends_at=NOON)
    with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
        assert bool(rights(charlie, firm)) is open_


def test_a_consent_withdrawn_within_its_time_opens_nothing(firm: Firm, alice: Person, charlie: Person) -> None:
    grant = consent(firm, alice, person=charlie)
    Grant.objects.filter(pk=grant.pk).update(revoked_at=timezone.now())
    assert rights(charlie, firm) == set()


def test_a_consent_opens_its_own_firm_alone(firm: Firm, alice: Person, bob: Person, charlie: Person) -> None:
    other = firm_register(person=bob, profile=PROFILE)
    consent(firm, alice, person=charlie)
    assert (rights(charlie, firm), rights(charlie, other)) == (READING, set())


def test_an_organisations_consent_opens_to_its_members_alone(
    firm: Firm, alice: Person, charlie: Person, consultancy: Organisation
) -> None:
    outside = Person.objects.create(email="dora@example.com", name="Dora")
    organisation_found(person=outside, kind=Kind.CONSULTANCY, name="其他顾问")
    consent(firm, alice, organisation=consultancy)
    assert (rights(charlie, firm), rights(outside, firm)) == (READING, set())


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.REPORT, {Right.REPORT}),
        (Scope.ANSWERS, {Right.REPORT, Right.ANSWERS}),
        (Scope.EVIDENCE, {Right.REPORT, Right.ANSWERS, Right.EVIDENCE}),
    ],
)
def test_no_consent_ever_lets_somebody_edit_or_manage(
    firm: Firm, alice: Person, charlie: Person, scope: str, expected: set[Right]
) -> None:
    consent(firm, alice, scope, person=charlie)
    assert rights(charlie, firm) == expected


def test_many_rows_are_those_that_were_asked_for_and_may_be_seen(firm: Firm, alice: Person, bob: Person) -> None:
    other, foreign = firm_register(person=alice, profile=PROFILE), firm_register(person=bob, profile=PROFILE)
    found = fetch_many(alice, Firm.objects.all(), [firm.pk, foreign.pk], Right.MANAGE, via="")
    assert (found, other in found) == ([firm], False)


def test_many_rows_are_found_by_the_way_to_their_firm(firm: Firm, alice: Person, bob: Person) -> None:
    firm_register(person=bob, profile=PROFILE)
    rows = Membership.objects.all()
    found = fetch_many(alice, rows, [row.pk for row in rows], Right.MANAGE)
    assert {row.firm for row in found} == {firm}


def test_an_outsiders_look_is_in_the_firms_log_once_a_request(
    firm: Firm, alice: Person, charlie: Person, request_at_hand: Origin
) -> None:
    consent(firm, alice, person=charlie)
    for right in (Right.REPORT, Right.REPORT, Right.ANSWERS):
        fetch(charlie, Firm.objects.all(), firm.pk, right, via="")
    assert looks() == [("report", "/there/"), ("answers", "/there/")]


def test_each_outsider_is_in_the_log(firm: Firm, alice: Person, charlie: Person, request_at_hand: Origin) -> None:
    dora = Person.objects.create(email="dora@example.com", name="Dora")
    for one in (charlie, dora):
        consent(firm, alice, person=one)
        fetch(one, Firm.objects.all(), firm.pk, Right.REPORT, via="")
    assert set(AuditEntry.objects.filter(action="access.report").values_list("person_id", flat=True)) == {
        charlie.pk,
        dora.pk,
    }


def test_each_row_that_an_outsider_looks_at_is_in_the_log(
    firm: Firm, alice: Person, bob: Person, charlie: Person, request_at_hand: Origin
) -> None:
    consent(firm, alice, person=charlie)
    rows = list(Membership.objects.filter(firm=firm))
    fetch_many(charlie, Membership.objects.all(), [row.pk for row in rows], Right.REPORT)
    assert (len(looks()), len(rows)) == (2, 2)


def test_looks_at_several_firms_are_written_in_the_order_of_the_firms(
    firm: Firm, alice: Person, charlie: Person, request_at_hand: Origin
) -> None:
    firms = [firm, *(firm_register(person=alice, profile=PROFILE) for _ in range(5))]
    for one in firms:
        consent(one, alice, person=charlie)
    fetch_many(charlie, Firm.objects.order_by("-pk"), [one.pk for one in firms], Right.REPORT, via="")
    entries = AuditEntry.objects.filter(action="access.report").order_by("pk")
    assert [entry.chain for entry in entries] == sorted((one.pk for one in firms), key=str)


@pytest.mark.parametrize("right", Right)
def test_a_members_look_is_not_in_the_log(firm: Firm, alice: Person, request_at_hand: Origin, right: Right) -> None:
    fetch(alice, Firm.objects.all(), firm.pk, right, via="")
    fetch_many(alice, Firm.objects.all(), [firm.pk], right, via="")
    assert looks() == []


def test_answers_taken_away_in_a_list_are_in_each_firms_log(
    firm: Firm, alice: Person, charlie: Person, request_at_hand: Origin
) -> None:
    other = firm_register(person=alice, profile=PROFILE)
    note_outsiders(charlie, [(firm.pk, firm), (other.pk, other), (firm.pk, firm)])
    assert looks() == [("answers", "/there/")] * 2


def test_an_organisation_is_found_by_its_people_and_its_kind(charlie: Person, bob: Person) -> None:
    group = organisation_found(person=charlie, kind=Kind.GROUP, name="集团")
    advisers = organisation_found(person=charlie, kind=Kind.CONSULTANCY, name="顾问")
    assert set(organisations_visible(charlie)) == {group, advisers}
    assert list(organisations_visible(charlie, kind=Kind.GROUP)) == [group]
    assert list(organisations_visible(bob)) == []


@pytest.mark.parametrize(("role", "managed"), [("manager", 1), ("member", 0)])
def test_only_its_managers_look_after_an_organisation(
    consultancy: Organisation, bob: Person, role: str, managed: int
) -> None:
    OrganisationMember.objects.create(organisation=consultancy, person=bob, role=role)
    assert (organisations_visible(bob).count(), organisations_visible(bob, manage=True).count()) == (1, managed)


@pytest.mark.parametrize(("kind", "found"), [(None, True), (Kind.CONSULTANCY, True), (Kind.GROUP, False)])
@pytest.mark.parametrize("way", ["", "organisation"])
def test_a_row_of_an_organisation_is_fetched_if_the_kind_is_right(
    consultancy: Organisation, charlie: Person, kind: Kind | None, found: bool, way: str
) -> None:
    rows = OrganisationMember.objects.all() if way else Organisation.objects.all()
    pk = OrganisationMember.objects.get().pk if way else consultancy.pk
    assert reached(lambda: fetch_organisation(charlie, rows, pk, via=way, kind=kind)) is found


def test_a_member_does_not_reach_what_a_manager_does(consultancy: Organisation, bob: Person) -> None:
    OrganisationMember.objects.create(organisation=consultancy, person=bob, role="member")
    rows = Organisation.objects.all()
    assert reached(lambda: fetch_organisation(bob, rows, consultancy.pk, via=""))
    assert not reached(lambda: fetch_organisation(bob, rows, consultancy.pk, via="", manage=True))


@pytest.mark.parametrize("pk", ["abc", "\x00", 10**40, -1, None, object()])
def test_a_malformed_key_of_an_organisation_leads_nowhere(
    consultancy: Organisation, charlie: Person, pk: object
) -> None:
    assert not reached(lambda: fetch_organisation(charlie, OrganisationMember.objects.all(), pk))


def test_a_program_acts_for_an_organisation_and_never_looks_after_it(
    charlie: Person, consultancy: Organisation
) -> None:
    firm = firm_register(person=charlie, profile=PROFILE)
    everywhere, here = (
        token_person(token_create(person=charlie, name="x", scope="report", days=1, firm=one)) for one in (None, firm)
    )
    assert [organisations_visible(one).exists() for one in (charlie, everywhere, here)] == [True, True, False]
    assert not organisations_visible(everywhere, manage=True).exists()


def reached(fetching: object) -> bool:
    try:
        fetching()  # type: ignore[operator]
    except Http404:
        return False
    return True
