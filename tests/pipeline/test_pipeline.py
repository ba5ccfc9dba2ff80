"""Between order and file: queues, pauses, limits, cancelling, expiry, and what is swept away."""

import errno
import os
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from firms.models import AuditEntry, Firm, Person
from reports.expiry import files_tidy, receipts_purge, reports_expire
from reports.limits import memory_limited
from reports.models import Report
from reports.queue import report_send
from reports.services import (
    report_build,
    report_cancel,
    report_claim,
    report_fail,
    report_path,
    report_request,
    reports_overdue,
    store,
)
from reports.tasks import report_build_task
from surveys.models import SaveReceipt
from tests.filling import NOW, submitted

SignIn = Callable[[Person], Client]
State, Fault = Report.State, Report.Fault
MINUTE, YEAR = timedelta(minutes=1), timedelta(days=366)
FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def report(firm: Firm, alice: Person, settings: Settings, tmp_path: Path) -> Report:
    settings.REPORTS_DIR = tmp_path
    return report_request(assessment=submitted(firm, alice), language="en", person=alice, now=NOW)


@pytest.fixture
def ready(report: Report) -> Report:
    return put_in_place(report)


def put_in_place(report: Report) -> Report:
    """As a build leaves it, without the typesetting."""
    store(f"{report.pk}.pdf", b"%PDF-")
    told = {"state": State.READY, "file": f"{report.pk}.pdf", "size": 5, "finished_at": NOW}
    Report.objects.filter(pk=report.pk).update(**told)
    return reread(report)


def reread(report: Report) -> Report:
    report.refresh_from_db()
    return report


def failed(report: Report, error: Exception, now: datetime = NOW) -> Report:
    claimed = report_claim(report_id=report.pk, now=now)
    assert claimed is not None
    report_fail(report=claimed, error=error, now=now)
    return reread(report)


# --- queues ---


@pytest.mark.parametrize(("batch", "queue"), [(False, "celery"), (True, "batch")])
def test_one_of_many_goes_into_a_queue_of_its_own(
    report: Report,
    batch: bool,
    queue: str,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    sent = []
    monkeypatch.setattr(report_build_task, "apply_async", lambda args, **options: sent.append(options["queue"]))
    report.batch = batch
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        report_send(report)
    assert sent == [queue]


def test_what_a_person_asks_for_overtakes_its_batch(report: Report, alice: Person) -> None:
    Report.objects.update(batch=True)
    again = report_request(assessment=report.assessment, language="en", person=alice, now=NOW)
    assert (again.pk, again.batch, reread(report).batch) == (report.pk, False, False)


def test_the_sweeper_asks_for_each_queue_by_itself(report: Report) -> None:
    later = NOW + MINUTE
    assert (reports_overdue(now=later, batch=True), reports_overdue(now=later)) == ([], [report.pk])


@pytest.mark.parametrize(("messages", "sent"), [(0, 1), (1, 0), (7, 0)])
def test_a_report_whose_message_still_waits_is_not_sent_twice(report: Report, messages: int, sent: int) -> None:
    assert len(reports_overdue(now=NOW + MINUTE, messages=messages)) == sent


def test_a_message_handed_out_again_takes_its_own_report_back_at_once(report: Report) -> None:
    message = uuid.uuid4()
    assert report_claim(report_id=report.pk, now=NOW, claim=message) is not None
    assert report_claim(report_id=report.pk, now=NOW, claim=uuid.uuid4()) is None
    assert report_claim(report_id=report.pk, now=NOW, claim=message) is not None


# --- attempts ---


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (SoftTimeLimitExceeded(), Fault.TIME),
        (MemoryError(), Fault.MEMORY),
        (FULL, Fault.DISK),
        (OSError(errno.EACCES, "no"), Fault.OTHER),
        (RuntimeError("no ink"), Fault.OTHER),
    ],
)
def test_the_row_says_why_the_attempt_failed(report: Report, error: Exception, fault: Fault) -> None:
    row = failed(report, error)
    assert (row.state, row.fault, row.claim, row.lease_until) == (State.QUEUED, fault, None, None)


def test_the_pause_grows_with_each_attempt(report: Report) -> None:
    first = failed(report, RuntimeError(), NOW)
    assert first.next_try_at == NOW + timedelta(seconds=15)
    assert failed(report, RuntimeError(), NOW + MINUTE).next_try_at == NOW + 2 * MINUTE


def test_nobody_claims_a_report_within_its_pause(report: Report) -> None:
    failed(report, RuntimeError())
    within, after = NOW + timedelta(seconds=14), NOW + timedelta(seconds=16)
    assert (reports_overdue(now=within), report_claim(report_id=report.pk, now=within)) == ([], None)
    assert reports_overdue(now=after) == [report.pk]


def test_a_full_disk_costs_no_attempt_and_is_tried_ever_more_seldom(report: Report) -> None:
    pauses = []
    for minutes in (0, 1, 4, 30, 90):
        now = NOW + minutes * MINUTE
        pauses.append((failed(report, FULL, now).next_try_at or now) - now)
    assert pauses == [timedelta(seconds=15), MINUTE, 4 * MINUTE, 10 * MINUTE, 10 * MINUTE]
    assert (report.state, report.attempts, report.fault) == (State.QUEUED, 0, Fault.DISK)


def test_with_little_room_no_report_is_begun(
    report: Report, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REPORT_LEAST_FREE_BYTES = 10**18
    monkeypatch.setattr("reports.services.issued_models", None)
    with pytest.raises(OSError, match="No space left"):
        report_build(report_id=report.pk, clock=lambda: NOW)
    assert reread(report).fault == Fault.DISK


def test_what_cannot_be_written_whole_is_not_there_at_all(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise FULL

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store("whole.pdf", b"%PDF-")
    assert list(report_path("").iterdir()) == []


def test_a_report_whose_worker_is_lost_each_time_is_given_up_in_words(report: Report) -> None:
    for minutes in (0, 10, 20):
        report_claim(report_id=report.pk, now=NOW + minutes * MINUTE)
    assert reports_overdue(now=NOW + 30 * MINUTE) == []
    assert (reread(report).state, report.fault) == (State.FAILED, Fault.LOST)


def test_a_job_may_not_take_the_memory_of_all() -> None:
    with pytest.raises(MemoryError), memory_limited(64):
        bytearray(512 * 1024 * 1024)
    assert len(bytearray(512 * 1024 * 1024)) > 0


# --- cancelling and ordering again ---


@pytest.mark.parametrize("built", [False, True])
def test_a_report_is_cancelled_while_it_waits_or_is_built(report: Report, alice: Person, built: bool) -> None:
    Report.objects.update(state=State.BUILDING if built else State.QUEUED)
    assert report_cancel(report=report, person=alice)
    assert (reread(report).state, report_claim(report_id=report.pk, now=NOW)) == (State.CANCELLED, None)
    assert AuditEntry.objects.filter(action="report.cancelled").count() == 1


def test_a_finished_report_cannot_be_cancelled(ready: Report, alice: Person) -> None:
    assert not report_cancel(report=ready, person=alice)
    assert reread(ready).state == State.READY


def test_a_build_that_is_cancelled_leaves_no_file_and_no_complaint(
    report: Report, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.services.typeset", lambda *_: report_cancel(report=report, person=alice) and b"%PDF-")
    report_build(report_id=report.pk, clock=lambda: NOW)
    assert (reread(report).state, list(report_path("").iterdir())) == (State.CANCELLED, [])


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED, State.EXPIRED])
def test_what_ended_without_a_file_may_be_ordered_again(
    report: Report, bob: Person, signed_in: SignIn, state: State
) -> None:
    Report.objects.update(state=state, attempts=3, fault=Fault.TIME)
    signed_in(bob).post(reverse("report-again", args=[report.pk]))
    assert (reread(report).state, report.attempts, report.fault, report.requested_by) == (State.QUEUED, 0, "", bob)


def test_only_who_ordered_it_cancels_it(report: Report, alice: Person, bob: Person, signed_in: SignIn) -> None:
    address = reverse("report-cancel", args=[report.pk])
    assert signed_in(bob).post(address).status_code == 404
    signed_in(alice).post(address)
    assert reread(report).state == State.CANCELLED


@pytest.mark.parametrize(
    ("state", "fault", "words"),
    [
        (State.CANCELLED, "", "The report was cancelled."),
        (State.EXPIRED, "", "The file was old and was removed."),
        (State.FAILED, Fault.TIME, "It took too long."),
        (State.QUEUED, Fault.DISK, "no room on the server"),
        (State.QUEUED, "", "Cancel the report"),
    ],
)
def test_the_page_says_how_it_stands(
    report: Report, alice: Person, signed_in: SignIn, state: State, fault: str, words: str
) -> None:
    Report.objects.update(state=state, fault=fault)
    page = signed_in(alice).get(reverse("report", args=[report.pk]), headers={"accept-language": "en"})
    assert words in page.text


# --- expiry ---


def test_an_old_file_is_removed_and_its_row_says_so(ready: Report) -> None:
    path = report_path(ready.file)
    assert reports_expire(now=NOW + YEAR) == 1
    assert (reread(ready).state, ready.file, path.exists()) == (State.EXPIRED, "", False)


def test_a_file_that_is_not_old_stays(ready: Report) -> None:
    assert reports_expire(now=NOW + timedelta(days=364)) == 0
    assert report_path(reread(ready).file).exists()


def test_an_expired_report_is_built_again_with_the_same_figures(report: Report, alice: Person) -> None:
    report_build(report_id=report.pk, clock=lambda: NOW)
    before = reread(report).figures_hash
    reports_expire(now=NOW + YEAR)
    report_request(assessment=report.assessment, language="en", person=alice, now=NOW + YEAR)
    report_build(report_id=report.pk, clock=lambda: NOW + YEAR)
    assert (reread(report).state, report.figures_hash) == (State.READY, before)
    assert before


def test_files_that_belong_to_nothing_go_after_a_day(ready: Report) -> None:
    for name in ("half.part", "nobody.pdf"):
        store(name, b"x")
    tomorrow = datetime.fromtimestamp(report_path("nobody.pdf").stat().st_mtime, NOW.tzinfo) + timedelta(hours=25)
    assert files_tidy(now=tomorrow - timedelta(hours=2)) == 0
    assert files_tidy(now=tomorrow) == 2
    assert [path.name for path in report_path("").iterdir()] == [ready.file]


def test_receipts_of_saves_go_after_a_month(report: Report) -> None:
    for days in (29, 31):
        told = {"key": uuid.uuid4(), "item": "RD-01", "version": 1, "at": NOW - timedelta(days=days)}
        SaveReceipt.objects.create(assessment=report.assessment, **told)
    assert (receipts_purge(now=NOW), SaveReceipt.objects.count()) == (1, 1)
