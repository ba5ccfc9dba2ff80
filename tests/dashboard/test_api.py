"""The figures of a release through the API."""

from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from tests.dashboard.rows import released_row

pytestmark = pytest.mark.django_db


def test_public_releases_are_listed_for_everybody():
    opened, _ = released_row(None, is_public=True), released_row(None, number=1)
    assert [one["id"] for one in Client().get(reverse("api:releases-public")).json()] == [str(opened.pk)]


def test_the_api_hands_out_what_the_hash_speaks_of():
    opened = released_row(None, is_public=True)
    answer = Client().get(reverse("api:release", args=[opened.pk]))
    assert sha256(answer.content).hexdigest() == opened.content_hash


def test_what_is_not_public_is_not_there_for_everybody():
    assert Client().get(reverse("api:release", args=[released_row(None).pk])).status_code == 404
