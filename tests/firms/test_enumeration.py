"""Guessing gives nothing: not who has an account, not which firms are here, not what a link would open."""

import uuid

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from firms.models import Person
from tests.cast import PASSWORD

KNOWN, UNKNOWN = "alice@example.com", "nobody@example.com"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def answer(client, name, email, **more):
    """What the page says, with the address itself and the one-time parts taken out."""
    response = client.post(reverse(name), {"email": email, **more}, follow=True)
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else "-"
    body = response.content.decode().replace(email, "ADDRESS").replace(token, "-")
    return response.status_code, response.redirect_chain, [line for line in body.splitlines() if "csrf" not in line]


def test_asking_for_a_new_password_says_the_same(client, alice):
    assert answer(client, "account_reset_password", KNOWN) == answer(client, "account_reset_password", UNKNOWN)


def test_a_wrong_sign_in_says_the_same(client, alice):
    known = client.post(reverse("account_login"), {"login": KNOWN, "password": "wrong-password"})
    unknown = client.post(reverse("account_login"), {"login": UNKNOWN, "password": "wrong-password"})
    assert known.context["form"].errors == unknown.context["form"].errors
    assert known.status_code == unknown.status_code


def test_signing_up_says_the_same_where_addresses_are_verified(client, alice, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    known = answer(client, "account_signup", KNOWN, password1=PASSWORD)
    client.logout()
    assert known == answer(client, "account_signup", UNKNOWN, password1=PASSWORD)
    assert {letter.to[0] for letter in mail.outbox} == {KNOWN, UNKNOWN}


def test_a_second_account_with_the_same_address_is_never_made(client, alice):
    client.post(reverse("account_signup"), {"email": "ALICE@example.com", "password1": PASSWORD})
    assert Person.objects.count() == 1


def test_who_signs_up_with_a_taken_address_is_not_signed_in(client, alice):
    client.post(reverse("account_signup"), {"email": KNOWN, "password1": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_hashes_a_password_as_well(client, alice, monkeypatch):
    hashed = []
    monkeypatch.setattr(Person, "set_password", lambda self, raw: hashed.append(raw))
    client.post(reverse("account_login"), {"login": UNKNOWN, "password": "wrong-password"})
    assert hashed == ["wrong-password"]


@pytest.mark.parametrize(
    ("name", "form", "allowed"),
    [
        ("account_login", {"login": KNOWN, "password": "wrong-password"}, 5),
        ("account_reset_password", {"email": KNOWN}, 5),
    ],
)
def test_trying_again_and_again_is_slowed_down(client, alice, name, form, allowed):
    answers = [client.post(reverse(name), form).content for _ in range(allowed + 1)]
    assert answers[-1] != answers[0]


@pytest.mark.parametrize("name", ["firm-profile", "firm-people", "firm-access", "firm-trail", "firm-trail-csv"])
def test_somebody_elses_firm_looks_like_one_that_does_not_exist(signed_in, charlie, firm, name):
    client = signed_in(charlie)
    theirs, nobodys = (client.get(reverse(name, args=[pk])) for pk in (firm.pk, uuid.UUID(int=7)))
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert theirs.content == nobodys.content


@pytest.mark.parametrize("guess", ["x", "x" * 43, "../x", "%00", "💥"])
def test_a_guessed_link_looks_like_one_that_was_used(client, db, guess):
    page = client.get(f"/invitations/{guess}/")
    assert page.status_code == 404
