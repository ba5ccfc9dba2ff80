"""The same report that the site gives, from the command line."""

import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.issuing import languages_of
from reports.selectors import report_model
from reports.signing import SigningError
from reports.writing import CONTENT_TYPES, write_report
from surveys.management.files import REFUSED, write_output
from surveys.models import Assessment


class Command(BaseCommand):
    help = "Writes the report of a submitted assessment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("assessment", metavar="ASSESSMENT", help="the assessment's id, as in its address")
        parser.add_argument("--format", choices=sorted(CONTENT_TYPES), default="pdf")
        parser.add_argument("--lang", choices=["zh-hans", "en", "both"], default="zh-hans")
        parser.add_argument("--out", required=True, metavar="FILE", help="- for standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        assessment = submitted_assessment(options["assessment"])
        models = tuple(
            report_model(assessment, language=language, report_id=None, built_at=timezone.now())
            for language in languages_of(options["lang"])
        )
        try:
            written = write_report(models, options["format"])
        except SigningError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        write_output(options["out"], written)


def submitted_assessment(written: str) -> Assessment:
    """The operator at the command line sees every firm; CommandError says what is wrong with the id."""
    try:
        found = Assessment.objects.select_related("firm", "result", "snapshot").filter(pk=uuid.UUID(written)).first()
    except ValueError:
        found = None
    if found is None:
        raise CommandError(_("There is no assessment %(id)s.") % {"id": written}, returncode=REFUSED)
    if not found.is_submitted:
        raise CommandError(_("The assessment %(id)s is not submitted yet.") % {"id": written}, returncode=REFUSED)
    return found
