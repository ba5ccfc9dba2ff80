"""Whoever holds a report finds out whether it is genuine and current, and nothing of what it says."""

import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from firms.models import Firm, Person
from reports.builders.numbering import ALPHABET, number_of, number_read
from reports.models import IssuedFile, Report
from surveys.models import Assessment
from tests.filling import NOW, submitted
from tests.report_formats.conftest import Built
from tests.report_formats.reading import text_of


@pytest.fixture(autouse=True)
def fresh_counts(db: None) -> None:
    cache.clear()


def shown(client: Client, report: Report, **more: object) -> str:
    address = reverse("verify-report", args=[report.number])
    send = client.post if more else client.get
    return send(address, more or None, headers={"accept-language": "en"}).content.decode()


def test_a_report_that_was_issued_is_genuine_and_current(built: Built, client: Client) -> None:
    report, _ = built()
    page = shown(client, report)
    assert ("it is current" in page, report.figures_hash in page) == (True, True)


def test_the_firms_name_is_not_told(built: Built, client: Client, firm: Firm) -> None:
    assert firm.name not in shown(client, built()[0])


def test_after_a_newer_assessment_the_report_is_no_longer_the_latest(
    built: Built, client: Client, firm: Firm, alice: Person, assessment: Assessment
) -> None:
    report, _ = built()
    again = submitted(firm, alice, RD_01="5")
    Assessment.objects.filter(pk=again.pk).update(submitted_at=NOW + timedelta(days=30))
    assert "no longer its latest" in shown(client, report)


def upload(data: bytes) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = "report.pdf"
    return file


def test_the_file_as_it_was_issued_is_recognised(built: Built, client: Client) -> None:
    report, data = built()
    assert "exactly as this site issued it" in shown(client, report, file=upload(data))


def test_a_file_that_was_changed_is_not(built: Built, client: Client) -> None:
    report, data = built()
    assert "was altered" in shown(client, report, file=upload(data + b"\n"))


def test_a_file_stays_genuine_after_it_was_built_anew(built: Built, client: Client) -> None:
    report, data = built()
    Report.objects.update(state=Report.State.EXPIRED)
    IssuedFile.objects.create(report=report, sha256="0" * 64, figures_hash=report.figures_hash, issued_at=NOW)
    assert "exactly as this site issued it" in shown(client, report, file=upload(data))


@pytest.mark.parametrize("number", ["QMS-00000-00000", "QMS-7F3K9-2MDX4", "x", "../etc"])
def test_an_unknown_number_is_told_as_such(client: Client, number: str) -> None:
    assert client.get(f"/verify/{number}/").status_code == 404


def test_a_report_that_is_not_built_yet_is_unknown(client: Client, assessment: Assessment, alice: Person) -> None:
    report = Report.objects.create(assessment=assessment, language="en", requested_at=NOW)
    assert client.get(reverse("verify-report", args=[report.number])).status_code == 404


def test_numbers_cannot_be_tried_out_by_the_thousand(client: Client) -> None:
    answers = {client.get("/verify/QMS-00000-00001/").status_code for _ in range(130)}
    assert answers == {404, 429}


def test_a_number_may_be_typed_carelessly(built: Built, client: Client) -> None:
    report, _ = built()
    typed = report.number.lower().replace("-", " ")
    response = client.get(reverse("verify"), {"number": typed})
    assert response.url == reverse("verify-report", args=[report.number])


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_number_and_address_stand_in_the_report(built: Built, format: str) -> None:
    report, data = built(format=format)
    text = "".join(text_of(data, format).split())
    assert (report.number in text, f"/verify/{report.number}" in text) == (True, True)


def test_every_single_slip_of_the_pen_is_found() -> None:
    number = number_of(123456789012)
    bare = number.replace("-", "")[3:]
    slips = [bare[:at] + other + bare[at + 1 :] for at in range(10) for other in ALPHABET if other != bare[at]]
    assert {number_read("QMS" + slip) for slip in slips} == {None}


def test_two_characters_that_changed_places_are_found() -> None:
    bare = number_of(98765432109876).replace("-", "")[3:]
    swapped = [bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :] for at in range(9) if bare[at] != bare[at + 1]]
    assert {number_read("QMS" + one) for one in swapped} == {None}
