"""A request is a row; a worker claims it, builds it and puts the file in place. Doing it twice is harmless."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from firms.models import Firm, Grant, Person, Scope
from firms.services.consent import grant_revoke
from reports.models import Report
from reports.services import report_build, report_claim, report_path, report_request, reports_overdue
from tests.filling import NOW, submitted

SignIn = Callable[[Person], Client]


@pytest.fixture
def report(firm: Firm, alice: Person, settings: Settings, tmp_path: Path) -> Report:
    settings.REPORTS_DIR = tmp_path
    return report_request(assessment=submitted(firm, alice), language="zh-hans", person=alice, now=NOW)


def later(seconds: int) -> Callable[[], object]:
    return lambda: NOW + timedelta(seconds=seconds)


def test_asking_twice_gives_one_report(report: Report, alice: Person) -> None:
    again = report_request(assessment=report.assessment, language="zh-hans", person=alice, now=NOW)
    assert (again.pk, Report.objects.count()) == (report.pk, 1)


def test_only_one_worker_gets_a_report(report: Report) -> None:
    assert report_claim(report_id=report.pk, now=NOW) is not None
    assert report_claim(report_id=report.pk, now=NOW) is None


def test_a_lease_that_ran_out_may_be_claimed_again(report: Report, settings: Settings) -> None:
    report_claim(report_id=report.pk, now=NOW)
    after = NOW + timedelta(seconds=settings.REPORT_LEASE_SECONDS + 1)
    claimed = report_claim(report_id=report.pk, now=after)
    assert claimed is not None
    assert claimed.attempts == 2


def test_a_built_report_is_a_whole_pdf_with_its_checksum(report: Report) -> None:
    report_build(report_id=report.pk)
    report.refresh_from_db()
    data = report_path(report.file).read_bytes()
    assert (report.state, report.size, data[:5]) == (Report.State.READY, len(data), b"%PDF-")


def test_building_a_finished_report_again_changes_nothing(report: Report) -> None:
    report_build(report_id=report.pk)
    first = Report.objects.values().get(pk=report.pk)
    report_build(report_id=report.pk)
    assert Report.objects.values().get(pk=report.pk) == first


def test_a_worker_that_lost_its_lease_leaves_no_file_and_does_not_touch_the_row(
    report: Report, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    def overtaken(_model: object) -> bytes:
        after = NOW + timedelta(days=20000)
        assert report_claim(report_id=report.pk, now=after) is not None
        return b"%PDF- of the slow one"

    monkeypatch.setattr("reports.services.typeset", overtaken)
    report_build(report_id=report.pk, clock=lambda: NOW)
    report.refresh_from_db()
    assert (report.state, report.file) == (Report.State.BUILDING, "")
    assert list(Path(settings.REPORTS_DIR).iterdir()) == []


def test_a_report_that_fails_is_tried_again_and_given_up_after_three_attempts(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_model: object) -> bytes:
        raise RuntimeError("no ink")

    monkeypatch.setattr("reports.services.typeset", broken)
    states = []
    for minute in range(3):
        with pytest.raises(RuntimeError):
            report_build(report_id=report.pk, clock=later(60 * minute))
        report.refresh_from_db()
        states.append(report.state)
    assert states == ["queued", "queued", "failed"]
    assert report_claim(report_id=report.pk, now=NOW + timedelta(days=1)) is None


def test_a_failed_report_may_be_asked_for_again(report: Report, alice: Person) -> None:
    Report.objects.filter(pk=report.pk).update(state=Report.State.FAILED, attempts=3, error="no ink")
    again = report_request(assessment=report.assessment, language="zh-hans", person=alice, now=NOW)
    assert (again.pk, again.state, again.attempts) == (report.pk, Report.State.QUEUED, 0)


def test_the_sweeper_finds_what_the_queue_lost_and_what_a_dead_worker_held(report: Report) -> None:
    assert reports_overdue(now=NOW) == []
    assert reports_overdue(now=NOW + timedelta(minutes=1)) == [report.pk]
    report_claim(report_id=report.pk, now=NOW + timedelta(minutes=1))
    assert reports_overdue(now=NOW + timedelta(minutes=2)) == []
    assert reports_overdue(now=NOW + timedelta(minutes=10)) == [report.pk]


def test_the_file_is_for_those_who_may_see_the_firm(
    report: Report, alice: Person, vera: Person, charlie: Person, signed_in: SignIn
) -> None:
    report_build(report_id=report.pk)
    address = reverse("report-file", args=[report.pk])
    answers = [signed_in(person).get(address) for person in (alice, vera, charlie)]
    assert [answer.status_code for answer in answers] == [200, 200, 404]
    for answer in answers:
        answer.close()


def test_a_report_that_is_not_ready_has_no_file(report: Report, alice: Person, signed_in: SignIn) -> None:
    assert signed_in(alice).get(reverse("report-file", args=[report.pk])).status_code == 404


def test_the_status_tells_how_far_the_build_is(report: Report, alice: Person, signed_in: SignIn) -> None:
    status = signed_in(alice).get(reverse("report-status", args=[report.pk])).json()
    assert (status["state"], status["step"]) == ("queued", "waiting")


def test_a_language_that_does_not_exist_is_refused_in_words(report: Report, alice: Person, signed_in: SignIn) -> None:
    response = signed_in(alice).post(reverse("report-order", args=[report.assessment_id]), {"language": "xx"})
    assert (response.status_code, "zh-hans" in response.text) == (400, True)


def test_a_link_handed_out_ends_with_the_consent(
    report: Report, alice: Person, charlie: Person, signed_in: SignIn
) -> None:
    report_build(report_id=report.pk)
    grant = Grant.objects.create(
        firm=report.assessment.firm,
        person=charlie,
        scope=Scope.REPORT,
        starts_at=NOW,
        ends_at=timezone.now() + timedelta(days=1),
    )
    address, client = reverse("report-file", args=[report.pk]), signed_in(charlie)
    before = client.get(address)
    grant_revoke(grant=grant, person=alice)
    assert (before.status_code, client.get(address).status_code) == (200, 404)
    before.close()
