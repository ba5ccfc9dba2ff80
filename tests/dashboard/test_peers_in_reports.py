"""The place among peers in a report, whatever its format."""

import pytest
from django.test import override_settings

from reports.builders.language import LANGUAGES
from reports.selectors import report_model
from reports.services import report_build, report_path, report_request
from scoring.services import assessment_score
from tests.dashboard.rows import released_row
from tests.filling import NOW, submitted
from tests.report_formats.reading import text_of

FORMATS = ("pdf", "docx", "xlsx", "json")


@pytest.fixture
def report_text(db, firm, alice, tmp_path):
    """The text of a report of a firm that stands in a release, without any space."""
    released_row(None)
    assessment = submitted(firm, alice)
    assessment_score(assessment=assessment, now=NOW)

    def text(format: str, language: str, **order: object) -> str:
        with override_settings(REPORTS_DIR=tmp_path):
            report = report_request(
                assessment=assessment, language=language, format=format, person=alice, now=NOW, **order
            )
            report_build(report_id=report.pk)
            report.refresh_from_db()
            return "".join(text_of(report_path(report.file).read_bytes(), format).split())

    text.sentence = {  # type: ignore[attr-defined]
        language: "".join(
            report_model(assessment, language=language, report_id=None, built_at=NOW).peers.sentence.split()
        )
        for language in LANGUAGES
    }
    return text


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_tells_the_place(report_text, format):
    assert report_text.sentence["en"] in report_text(format, "en")


@pytest.mark.parametrize("format", ("pdf", "docx", "xlsx"))
def test_a_report_in_both_languages_tells_it_in_both(report_text, format):
    told = report_text(format, "both")
    assert [language for language in LANGUAGES if report_text.sentence[language] not in told] == []


@pytest.mark.parametrize("format", ("docx", "xlsx", "json"))
def test_a_report_without_that_section_does_not_tell_it(report_text, format):
    told = report_text(format, "en", sections=["dimensions"])
    assert "Designquality" in told
    assert report_text.sentence["en"] not in told
