"""What the site leans on fails: pages that do not need it go on, those that do say so, and nothing is half done."""

import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from firms.models import Firm, Person
from reports.models import Report
from reports.services import report_build, report_claim, report_request, reports_overdue
from surveys.models import Evidence
from tests.cast import PASSWORD, signed_in_lately
from tests.filling import NOW, started, submitted
from tests.services.servers import free_port

__all__ = ["signed_in_lately"]

SignIn = Callable[[Person], Client]
DAY = timedelta(days=1)
NEED_NOTHING = ["landing", "account_login", "account_signup", "spc-check", "offline", "manifest"]


@pytest.fixture
def no_mail(settings: Settings) -> None:
    """A mail server that does not answer."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 2


@pytest.fixture
def no_directory(settings: Settings, tmp_path: Path) -> Path:
    """Nothing can be written where files belong: as on a disk that is read-only, also for root."""
    (tmp_path / "file").write_text("")
    settings.QMS_HOME, settings.REPORTS_DIR = tmp_path / "file", tmp_path / "file" / "reports"
    return tmp_path


# --- mail ---


def test_without_a_mail_server_a_new_password_is_asked_for_again_later(alice: Person, no_mail: None) -> None:
    page = Client().post(reverse("account_reset_password"), {"email": alice.email}, follow=True)
    assert page.status_code == 200


def test_without_a_mail_server_people_sign_up_and_work(db: None, no_mail: None) -> None:
    told = {"email": "new@example.com", "password1": PASSWORD}
    assert Client().post(reverse("account_signup"), told).status_code == 302
    assert Person.objects.filter(email="new@example.com").exists()


def test_without_a_mail_server_a_password_is_changed_all_the_same(
    alice: Person, signed_in_lately: SignIn, no_mail: None
) -> None:
    new = "another-horse-battery"
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert signed_in_lately(alice).post(reverse("account_change_password"), told).status_code == 302
    alice.refresh_from_db()
    assert alice.check_password(new)


# --- files ---


def test_a_file_that_cannot_be_kept_is_refused_in_words(
    firm: Firm, alice: Person, signed_in: SignIn, no_directory: Path
) -> None:
    address = reverse("evidence-new", args=[started(firm, alice).pk, "RD-01"])
    page = signed_in(alice).post(address, {"file": SimpleUploadedFile("a.csv", b"x\n1\n")}, follow=True)
    assert page.status_code in {200, 422, 503}
    assert not Evidence.objects.exists()


def test_answers_are_saved_and_submitted_without_a_place_for_files(
    firm: Firm, alice: Person, signed_in: SignIn, no_directory: Path
) -> None:
    done = submitted(firm, alice)
    assert signed_in(alice).get(reverse("results", args=[done.pk])).status_code == 200


def test_a_report_that_cannot_be_kept_waits_and_says_so(firm: Firm, alice: Person, no_directory: Path) -> None:
    row = report_request(assessment=submitted(firm, alice), language="en", person=alice, now=NOW)
    with pytest.raises(OSError) as refused:
        report_build(report_id=row.pk, clock=lambda: NOW)
    assert refused.value.errno in {errno.ENOTDIR, errno.EROFS, errno.EACCES}
    row.refresh_from_db()
    assert (row.state, row.fault, row.file) == (Report.State.QUEUED, Report.Fault.OTHER, "")


# --- clock ---


@pytest.fixture
def report(firm: Firm, alice: Person) -> Report:
    return report_request(assessment=submitted(firm, alice), language="en", person=alice, now=NOW)


def test_a_clock_that_was_set_back_keeps_no_lost_message_waiting(report: Report) -> None:
    assert reports_overdue(now=NOW - DAY) == [report.pk]


def test_a_clock_that_was_set_back_frees_what_a_lost_worker_held(report: Report) -> None:
    assert report_claim(report_id=report.pk, now=NOW) is not None
    assert reports_overdue(now=NOW - DAY) == [report.pk]
    assert report_claim(report_id=report.pk, now=NOW - DAY) is not None


def test_a_clock_that_was_set_back_ends_a_pause_that_would_last_days(report: Report) -> None:
    Report.objects.update(next_try_at=NOW + timedelta(minutes=5), sent_at=None)
    assert reports_overdue(now=NOW - DAY) == [report.pk]
    assert reports_overdue(now=NOW) == []


def test_a_clock_that_jumps_ahead_builds_no_report_twice(report: Report) -> None:
    first = report_claim(report_id=report.pk, now=NOW)
    second = report_claim(report_id=report.pk, now=NOW + DAY)
    assert first is not None
    assert second is not None
    assert not Report.objects.filter(pk=report.pk, claim=first.claim).exists()


# --- database ---


def gone(*_: object) -> None:
    raise OperationalError("the server closed the connection unexpectedly")


def test_without_a_database_pages_that_need_none_are_shown(db: None) -> None:
    with connection.execute_wrapper(gone):
        found = {name: Client(raise_request_exception=False).get(reverse(name)).status_code for name in NEED_NOTHING}
        assert found == dict.fromkeys(NEED_NOTHING, 200)


def test_without_a_database_health_is_red_and_the_process_alive(db: None) -> None:
    with connection.execute_wrapper(gone):
        assert Client().get(reverse("healthz")).status_code == 200
        ready = Client().get(reverse("readyz"))
    assert (ready.status_code, ready.json()["parts"]["database"]["ok"]) == (503, False)


def test_without_a_database_a_page_that_needs_it_says_so_without_details(alice: Person, signed_in: SignIn) -> None:
    browser = signed_in(alice)
    browser.raise_request_exception = False
    with connection.execute_wrapper(gone):
        page = browser.get(reverse("home"))
    assert page.status_code in {500, 503}
    assert "closed the connection" not in page.text
    assert "Traceback" not in page.text
