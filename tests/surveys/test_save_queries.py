"""What one saved answer asks of the database: it is what everybody waits for, at every answer they give."""

import uuid
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from firms.models import Firm, Person
from surveys.models import Answer, Assessment
from tests.filling import answered, started

SignIn = Callable[[Person], Client]
AROUND = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
# Session, person, gate with lock, what stands, key, answer, who is where, who else is here.
QUERIES = 8


def save(browser: Client, assessment: Assessment, choice: str, version: int) -> int:
    data = {"RD-01-choice": choice, "RD-01-version": version, "RD-01-key": str(uuid.uuid4())}
    response = browser.post(reverse("answer", args=[assessment.pk, "RD-01"]), data)
    assert response.status_code == 200
    return int(response.json()["version"])


def asked(browser: Client, assessment: Assessment, choice: str, version: int) -> int:
    with CaptureQueriesContext(connection) as taken:
        save(browser, assessment, choice, version)
    return sum(not one["sql"].startswith(AROUND) for one in taken.captured_queries)


def test_a_saved_answer_asks_eight_times(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment, browser = started(firm, alice), signed_in(alice)
    version = save(browser, assessment, "2", 0)
    assert asked(browser, assessment, "3", version) == QUERIES
    assert Answer.objects.get(assessment=assessment).version == 2


def test_it_asks_no_more_often_when_everything_is_answered(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment, browser = answered(firm, alice), signed_in(alice)
    version = Answer.objects.get(assessment=assessment, item="RD-01").version
    assert asked(browser, assessment, "5", version) == QUERIES
