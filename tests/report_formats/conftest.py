"""A submitted assessment, and its report in any form."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from firms.models import Firm, Person
from reports.models import Report
from reports.services import report_build, report_path, report_request
from surveys.models import Assessment
from tests.filling import NOW, submitted

Built = Callable[..., tuple[Report, bytes]]


@pytest.fixture
def assessment(firm: Firm, alice: Person) -> Assessment:
    return submitted(firm, alice)


@pytest.fixture
def built(assessment: Assessment, alice: Person, settings: Settings, tmp_path: Path) -> Built:
    """Orders a report and builds it; its row and its file."""
    settings.REPORTS_DIR = tmp_path

    def built(**order: object) -> tuple[Report, bytes]:
        order = {"language": "zh-hans", "person": alice, "now": NOW} | order
        report = report_request(assessment=assessment, **order)  # type: ignore[arg-type]
        report_build(report_id=report.pk)
        report.refresh_from_db()
        return report, report_path(report.file).read_bytes()

    return built
