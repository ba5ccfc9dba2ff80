"""Reports lie in a directory that all machines share; a machine that looks elsewhere is told so."""

from pathlib import Path

import pytest
from django.http import Http404
from pytest_django import Settings

from firms.models import Firm, Person
from qms_survey import diagnosis
from qms_survey.diagnosis import State
from reports.downloads import report_download
from reports.models import Report
from reports.services import report_request, store
from tests.filling import NOW, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(firm: Firm, alice: Person, settings: Settings, tmp_path: Path) -> Report:
    """Built on a machine whose files lie in ``tmp_path``."""
    settings.REPORTS_DIR = tmp_path
    report = report_request(assessment=submitted(firm, alice), language="en", person=alice, now=NOW)
    store("report.pdf", b"%PDF-")
    Report.objects.update(state=Report.State.READY, file="report.pdf", size=5, finished_at=NOW)
    report.refresh_from_db()
    return report


@pytest.mark.usefixtures("ready")
def test_reports_in_their_place_are_good() -> None:
    assert diagnosis.report_files().state == State.GOOD


@pytest.mark.usefixtures("ready")
def test_a_machine_that_does_not_share_the_directory_is_a_fault_with_its_name(settings: Settings) -> None:
    settings.REPORTS_DIR = "/srv/elsewhere/reports"
    finding = diagnosis.report_files()
    assert finding.state == State.FAULT
    assert "1" in finding.words and "/srv/elsewhere/reports" in finding.words


def test_a_download_without_its_file_is_not_found_and_says_in_the_log_where_it_was_looked_for(
    ready: Report, alice: Person, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.REPORTS_DIR = "/srv/elsewhere/reports"
    with pytest.raises(Http404):
        report_download(ready, alice)
    assert "/srv/elsewhere/reports" in caplog.text and "QMS_HOME" in caplog.text
