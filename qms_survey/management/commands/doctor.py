"""Checks the installation and says what is wrong and how to mend it. Exit status 1 when there is a fault."""

import sys
from typing import Any

from django.core.management import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from qms_survey.diagnosis import Finding, State, examinations
from qms_survey.terminal import terminal_language


class Command(BaseCommand):
    help = "Checks the installation and says what is wrong and how to mend it."
    # What these would refuse is among the findings.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(terminal_language()):
            findings = {part: examine() for part, examine in examinations().items()}
            for part, finding in findings.items():
                self.stdout.write(line(part, finding))
        if any(finding.state == State.FAULT for finding in findings.values()):
            sys.exit(1)


def line(part: str, finding: Finding) -> str:
    words = {State.GOOD: _("good"), State.WARNING: _("warning"), State.FAULT: _("FAULT")}
    said = f"{part} - {words[finding.state]}: {finding.words}"
    return f"{said}\n    {finding.mend}" if finding.mend else said
