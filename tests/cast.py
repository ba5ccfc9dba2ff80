"""The cast: Alice owns the firm, Bob is her colleague who edits, Vera may only look, Charlie is a stranger."""

import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from firms.models import Firm, Membership, Person
from firms.services.firms import Profile, firm_register

PASSWORD = "correct-horse-battery"
PROFILE = Profile(
    name="苏州精密机械有限公司",
    name_en="Suzhou Precision Machinery Co., Ltd.",
    industry="C34",
    region="32",
    employees=120,
    revenue=Decimal(6500),
)


def person_named(name: str) -> Person:
    return Person.objects.create_user(f"{name.lower()}@example.com", PASSWORD, name=name)


@pytest.fixture
def alice(db: None) -> Person:
    return person_named("Alice")


@pytest.fixture
def firm(alice: Person) -> Firm:
    return firm_register(person=alice, profile=PROFILE)


@pytest.fixture
def bob(firm: Firm) -> Person:
    bob = person_named("Bob")
    Membership.objects.create(firm=firm, person=bob, role=Membership.Role.EDITOR)
    return bob


@pytest.fixture
def vera(firm: Firm) -> Person:
    vera = person_named("Vera")
    Membership.objects.create(firm=firm, person=vera, role=Membership.Role.VIEWER)
    return vera


@pytest.fixture
def charlie(db: None) -> Person:
    return person_named("Charlie")


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """A browser in which this person has signed in."""

    def open_browser(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return open_browser


@pytest.fixture
def signed_in_lately(signed_in: Callable[[Person], Client]) -> Callable[[Person], Client]:
    """A browser in which this person has typed the password a moment ago."""

    def open_browser(person: Person) -> Client:
        client = signed_in(person)
        session = client.session
        session["account_authentication_methods_user"] = str(person.pk)
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
        session.save()
        return client

    return open_browser
