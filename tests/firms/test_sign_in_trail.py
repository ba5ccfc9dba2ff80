"""Each sign-in leaves one entry in the trail."""

from django.test import Client
from django.urls import reverse

from firms.models import AuditEntry, Person
from firms.services.tokens import token_create, token_person
from tests.cast import PASSWORD


def test_signing_in_is_recorded_and_a_wrong_password_is_not(alice: Person) -> None:
    client = Client()
    for password in ("wrong-password-1", PASSWORD):
        client.post(reverse("account_login"), {"login": alice.email, "password": password})
    entries = AuditEntry.objects.filter(action="person.signed_in")
    assert [entry.person_id for entry in entries] == [alice.pk]


def test_a_new_password_ends_the_tokens_of_programs(alice: Person) -> None:
    raw = token_create(person=alice, name="script", scope="report", days=30)
    client = Client()
    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "another-horse-battery", "password2": "another-horse-battery"}
    client.post(reverse("account_change_password"), new)
    alice.refresh_from_db()
    assert alice.check_password("another-horse-battery")
    assert token_person(raw) is None
