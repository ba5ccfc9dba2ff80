"""Each sign-in leaves one entry in the trail."""

from django.test import Client
from django.urls import reverse

from firms.models import AuditEntry, Person
from tests.cast import PASSWORD


def test_signing_in_is_recorded_and_a_wrong_password_is_not(alice: Person) -> None:
    client = Client()
    for password in ("wrong-password-1", PASSWORD):
        client.post(reverse("account_login"), {"login": alice.email, "password": password})
    entries = AuditEntry.objects.filter(action="person.signed_in")
    assert [entry.person_id for entry in entries] == [alice.pk]
