"""What one report tells, in each of its languages, with its number, whom it is for and where it can be verified."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from reports.brand.selectors import look_of
from reports.builders.brand import brand_told
from reports.builders.fingerprint import figures_hash
from reports.builders.model import ReportModel
from reports.evidence.access import may_draw
from reports.evidence.pictures import drawn_rows, measured_told
from reports.models import Report
from reports.selectors import report_model
from reports.workspace.comments_selectors import comments_told
from surveys.selectors import assessment_instrument

LANGUAGES: dict[str, tuple[str, ...]] = {"both": ("zh-hans", "en")}


def languages_of(language: str) -> tuple[str, ...]:
    """The languages that a report in ``language`` is written in, the Chinese first."""
    return LANGUAGES.get(language, (language,))


def issued_models(report: Report, *, built_at: datetime) -> tuple[ReportModel, ...]:
    """The model of this report in each of its languages; the figures come from what was stored at submission."""
    assessment = report.assessment
    instrument = assessment_instrument(assessment)
    drawn = drawn_rows(assessment, instrument) if may_draw(report) else ()
    models = (
        report_model(assessment, language=language, report_id=None, built_at=built_at)
        for language in languages_of(report.language)
    )
    return tuple(
        replace(_issued(model, report), measured=measured_told(drawn, instrument, model.language)) for model in models
    )


def _issued(model: ReportModel, report: Report) -> ReportModel:
    about = replace(
        model.provenance,
        report_id=report.number,
        recipient=recipient_of(report),
        figures_hash=figures_hash(model),
        verify_at=verify_address(report.number),
    )
    return replace(
        model,
        provenance=about,
        sections=report.chosen,
        comments=comments_told(report, model.language),
        brand=brand_told(look_of(report.brand), model.language) if report.brand else None,
    )


def recipient_of(report: Report) -> str:
    """Whom this copy is made out to: the firm as it was named when it submitted, or whom it let in."""
    if report.organisation:
        return report.organisation.name
    if report.reader:
        return report.reader.get_full_name()
    return report.assessment.snapshot.firm_name


def verify_address(number: str) -> str:
    """The public page that says whether a report with this number is genuine."""
    return f"{settings.PUBLIC_URL}{reverse('verify-report', args=[number])}"
