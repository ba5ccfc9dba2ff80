"""One world in which every role of the access table exists once, and one thing of every kind that an address names.

Another part of the house adds its things by a function of its own, named in tests/access/test_matrix.py.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from firms.models import (
    ApiToken,
    Firm,
    Grant,
    GrantRequest,
    Invitation,
    Membership,
    Organisation,
    OrganisationMember,
    Person,
)
from firms.services.consent import Recipient, grant_give, grant_request, grant_revoke
from firms.services.firms import firm_register
from firms.services.invitations import Terms, invitation_create
from firms.services.tokens import token_create
from tests.cast import PASSWORD, PROFILE

ANONYMOUS = "anonymous"


@dataclass
class World:
    """``people`` by role; ``things`` by the name that the access table uses; ``sessions`` by role, once opened."""

    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def browser(self, role: str) -> Client:
        """A browser in which the role has just signed in; for ``anonymous`` nobody has."""
        self.client.cookies.clear()
        if role in self.sessions:
            self.client.cookies["sessionid"] = self.sessions[role]
        return self.client


Part = Callable[[World], None]


def person(world: World, role: str, *, is_staff: bool = False) -> Person:
    world.people[role] = Person.objects.create(
        email=f"{role}@example.com", name=role.title(), is_staff=is_staff, password=password()
    )
    return world.people[role]


@cache
def password() -> str:
    """Hashed once: hashing is slow on purpose."""
    return make_password(PASSWORD)


def firm_and_members(world: World) -> None:
    firm = firm_register(person=person(world, "owner"), profile=PROFILE)
    for role in ("editor", "viewer"):
        member = Membership.objects.create(firm=firm, person=person(world, role), role=role)
        world.things["membership"] = member.pk
    neighbour = person(world, "neighbour")
    firm_register(person=neighbour, profile=changed(PROFILE, name="邻厂", credit_code="91110000802100433B"))
    world.things["firm"] = firm.pk
    world.things["token"] = invitation_create(
        person=world.people["owner"], kind=Invitation.Kind.COLLEAGUE, to=firm, terms=Terms(role="viewer")
    )
    world.things["invitation"] = Invitation.objects.get().pk


def consultants(world: World) -> None:
    """Each consultant is named in a consent of their own, so that no scope hides behind another."""
    for scope in ("report", "answers", "evidence"):
        _granted(world, f"consultant-{scope}", scope)
    expired = _granted(world, "consultant-expired", "evidence")
    long_ago = timezone.now() - timedelta(days=400)
    Grant.objects.filter(pk=expired.pk).update(starts_at=long_ago, ends_at=long_ago + timedelta(days=30))
    grant_revoke(grant=_granted(world, "consultant-revoked", "evidence"), person=world.people["owner"])
    world.things["grant"] = Grant.objects.get(person=world.people["consultant-report"]).pk


def organisations(world: World) -> None:
    consultancy = _organisation(world, Organisation.Kind.CONSULTANCY, "consultancy")
    _organisation(world, Organisation.Kind.ASSOCIATION, "association")
    _organisation(world, Organisation.Kind.ASSOCIATION, "other-association")
    colleague = person(world, "consultancy-member")
    member = OrganisationMember.objects.create(organisation=consultancy, person=colleague)
    world.things["organisation-member"] = member.pk
    manager = world.people["consultancy-manager"]
    invitation_create(person=manager, kind=Invitation.Kind.ORGANISATION, to=consultancy, terms=Terms(role="member"))
    world.things["organisation-invitation"] = Invitation.objects.get(organisation=consultancy).pk
    asked = grant_request(
        person=manager, organisation=consultancy, credit_code="914403001922038216", scope="report", days=30
    )
    GrantRequest.objects.filter(pk=asked.pk).update(firm=world.things["firm"])
    world.things["request"] = asked.pk


def unknown(world: World) -> None:
    """Keys and numbers that lead nowhere, for addresses that say so to everybody."""
    world.things |= {"unknown-key": "abc", "unknown-number": 1}


def tokens(world: World) -> None:
    token_create(person=world.people["owner"], name="script", scope="report", days=30)
    world.things["api-token"] = ApiToken.objects.get().pk


def staff(world: World) -> None:
    person(world, "staff", is_staff=True)


PARTS: list[Part] = [firm_and_members, consultants, organisations, tokens, staff, unknown]


def build(*more: Part) -> World:
    world = World()
    for part in [*PARTS, *more]:
        part(world)
    for role, who in world.people.items():
        world.sessions[role] = _session(who)
    return world


def _granted(world: World, role: str, scope: str) -> Grant:
    firm = Firm.objects.get(pk=world.things["firm"])
    recipient = Recipient(person=person(world, role))
    return grant_give(firm=firm, giver=world.people["owner"], recipient=recipient, scope=scope, days=30)


def _organisation(world: World, kind: Organisation.Kind, name: str) -> Organisation:
    made = Organisation.objects.create(kind=kind, name=name)
    role = f"{name}-manager" if kind == Organisation.Kind.CONSULTANCY else name
    OrganisationMember.objects.create(organisation=made, person=person(world, role), role="manager")
    world.things[name] = made.pk
    return made


def _session(who: Person) -> str:
    """A session whose password was asked for again a moment ago, so that no page sends to that first."""
    client = Client()
    client.force_login(who)
    key = client.cookies["sessionid"].value
    session = SessionStore(key)
    session["account_authentication_methods_user"] = str(who.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()
    return key
