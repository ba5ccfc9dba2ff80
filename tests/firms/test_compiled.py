"""A query that is compiled once says what the query itself says, for whatever values it is asked with."""

import uuid
from datetime import UTC, datetime

import pytest
from django.http import Http404
from django.test import Client

from firms.compiled import Compiled, Upsert
from firms.gate import Door, Right
from firms.models import Firm, Membership, Person
from firms.models.people import Limit
from firms.sessions import SessionStore

pytestmark = pytest.mark.django_db
NAMED = Compiled(lambda *, pk, name: Firm.objects.filter(pk=pk, name=name), {"pk": uuid.UUID, "name": str})
JOINED_BEFORE = Compiled(
    lambda *, person, now: Membership.objects.filter(person=person, since__lt=now).values_list("firm", "role", "since"),
    {"person": uuid.UUID, "now": datetime},
)
ROLE = Upsert(
    Membership, columns=("firm_id", "person_id", "role", "since"), unique=("firm_id", "person_id"), update=("role",)
)
ONCE = Upsert(Membership, columns=("firm_id", "person_id", "role", "since"), unique=("firm_id", "person_id"))
EDITS = Door(lambda: Firm.objects.all(), Right.EDIT, via="")
NOW = datetime(2100, 1, 1, tzinfo=UTC)


def test_the_rows_are_those_of_the_query_with_the_values_of_this_time(firm: Firm) -> None:
    other = Firm.objects.create(name="乙厂", employees=10, revenue=100)
    found = [NAMED.objects(Firm, pk=one.pk, name=one.name) for one in (firm, other, firm)]
    assert found == [[firm], [other], [firm]]
    assert NAMED.objects(Firm, pk=firm.pk, name=other.name) == []


def test_an_object_is_whole(firm: Firm) -> None:
    found = NAMED.objects(Firm, pk=firm.pk, name=firm.name)[0]
    names = [column.attname for column in Firm._meta.concrete_fields]
    assert [getattr(found, name) for name in names] == [getattr(Firm.objects.get(), name) for name in names]


def test_ids_and_times_come_as_python_has_them(firm: Firm, alice: Person) -> None:
    since = Membership.objects.get(firm=firm, person=alice).since
    assert JOINED_BEFORE.rows(person=alice.pk, now=NOW) == [(firm.pk, "owner", since)]
    assert JOINED_BEFORE.rows(person=alice.pk, now=since) == []


@pytest.mark.parametrize("pk", ["8e2b1f5c-55f0-4c53-9d0c-6f2b5f3a0000", 1, None])
def test_a_value_of_another_kind_is_refused(pk: object) -> None:
    with pytest.raises(TypeError, match="pk must be a UUID"):
        NAMED.rows(pk=pk, name="")  # type: ignore[arg-type]


def test_a_value_that_the_query_does_not_use_is_a_mistake() -> None:
    careless = Compiled(lambda *, pk, name: Firm.objects.filter(pk=pk), {"pk": uuid.UUID, "name": str})
    with pytest.raises(TypeError, match="not every one"):
        careless.rows(pk=uuid.uuid4(), name="x")


def test_what_stands_is_changed_only_in_the_named_columns(firm: Firm, alice: Person, charlie: Person) -> None:
    before = Membership.objects.get(firm=firm, person=alice)
    written = [ROLE(firm_id=firm.pk, person_id=who.pk, role="viewer", since=NOW) for who in (alice, charlie)]
    after = Membership.objects.get(firm=firm, person=alice)
    assert (written, after.pk, after.role, after.since) == ([True, True], before.pk, "viewer", before.since)
    assert Membership.objects.get(firm=firm, person=charlie).since == NOW


def test_without_columns_to_change_what_stands_is_left_and_it_says_so(firm: Firm, alice: Person) -> None:
    assert ONCE(firm_id=firm.pk, person_id=alice.pk, role="viewer", since=NOW) is False
    assert Membership.objects.get(firm=firm, person=alice).role == "owner"


# --- The gate ---


def test_the_door_lets_in_whom_the_gate_lets_in(firm: Firm, alice: Person) -> None:
    assert EDITS.fetch(alice, firm.pk) == firm


@pytest.mark.parametrize("who", ["vera", "charlie"])
def test_the_door_refuses_whom_the_gate_refuses(firm: Firm, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Http404):
        EDITS.fetch(request.getfixturevalue(who), firm.pk)


def test_a_membership_that_ends_closes_the_door_at_once(firm: Firm, alice: Person) -> None:
    EDITS.fetch(alice, firm.pk)
    Membership.objects.filter(person=alice).delete()
    with pytest.raises(Http404):
        EDITS.fetch(alice, firm.pk)


def test_a_token_that_may_only_read_does_not_open_the_door(firm: Firm, alice: Person) -> None:
    alice.limit = Limit(frozenset({Right.REPORT}), None)
    with pytest.raises(Http404):
        EDITS.fetch(alice, firm.pk)


def test_there_is_no_door_for_a_right_that_outsiders_may_have() -> None:
    with pytest.raises(ValueError, match="use fetch"):
        Door(lambda: Firm.objects.all(), Right.ANSWERS, via="")


# --- Whoever is signed in ---


def test_a_person_is_found_by_id_and_nobody_else(alice: Person, bob: Person) -> None:
    assert [Person.objects.get(pk=one.pk) for one in (alice, bob)] == [alice, bob]
    with pytest.raises(Person.DoesNotExist):
        Person.objects.get(pk=uuid.uuid4())


def test_a_session_that_is_over_or_unknown_signs_nobody_in(alice: Person) -> None:
    client = Client()
    client.force_login(alice)
    store = SessionStore(client.cookies["sessionid"].value)
    assert client.get("/home/").status_code == 200
    store.set_expiry(-1)
    store.save()
    assert SessionStore(store.session_key).load() == {}
    assert client.get("/home/").status_code == 302
