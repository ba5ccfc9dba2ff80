"""The operator's page tells the truth about what waits and what failed, and names no firm."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from firms.models import Firm, Person
from reports.models import Report
from reports.services import report_request
from tests.filling import NOW, submitted

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def operator(charlie: Person, signed_in: SignIn) -> Client:
    Person.objects.filter(pk=charlie.pk).update(is_staff=True)
    return signed_in(charlie)


@pytest.fixture
def failed(firm: Firm, alice: Person, settings: Settings, tmp_path: Path) -> Report:
    settings.REPORTS_DIR = tmp_path
    report = report_request(assessment=submitted(firm, alice), language="en", person=alice, now=NOW)
    Report.objects.filter(pk=report.pk).update(
        state=Report.State.FAILED, error="RuntimeError: broken", finished_at=NOW + timedelta(minutes=3), attempts=3
    )
    report.refresh_from_db()
    return report


def page(operator: Client) -> str:
    return operator.get(reverse("platform-status"), headers={"accept-language": "en"}).content.decode()


def test_a_failed_report_stands_there_by_its_number_and_without_its_firm(operator: Client, failed: Report) -> None:
    shown = page(operator)
    assert failed.number in shown
    assert "RuntimeError: broken" in shown
    assert failed.assessment.firm.name not in shown


def test_a_queue_that_does_not_answer_is_told(operator: Client) -> None:
    assert page(operator).count("no answer") == 2


def test_a_failed_report_can_be_tried_again(operator: Client, failed: Report) -> None:
    operator.post(reverse("platform-retry", args=[failed.pk]))
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (Report.State.QUEUED, 0)


def test_a_report_that_is_ready_is_left_alone(operator: Client, failed: Report) -> None:
    Report.objects.filter(pk=failed.pk).update(state=Report.State.READY)
    operator.post(reverse("platform-retry", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.state == Report.State.READY


def test_nobody_else_finds_the_page(alice: Person, signed_in: SignIn) -> None:
    assert signed_in(alice).get(reverse("platform-status")).status_code == 404
