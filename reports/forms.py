"""Ordering a report: format, language, sections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.builders.sections import SECTIONS
from reports.models import Report

SECTION_NAMES = {
    "summary": _("Summary"),
    "dimensions": _("Dimensions"),
    "benchmarks": _("Published figures"),
    "peers": _("Peers"),
    "evidence": _("Declared against evidenced"),
    "charts": _("Charts of the measured data"),
    "next": _("What next"),
    "comments": _("Comments"),
    "derivations": _("How each number came about"),
}


class ReportOrderForm(forms.Form):
    """A language alone is enough: the whole report as PDF."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=Report.Language,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("The language must be zh-hans, en or both.")),
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=Report.Format,
        required=False,
        error_messages={"invalid_choice": _("The format must be pdf, docx, xlsx or json.")},
    )
    sections = forms.MultipleChoiceField(
        label=_("Sections"),
        choices=[(name, SECTION_NAMES[name]) for name in SECTIONS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Cover, method and sources are always in it. Nothing ticked is the whole report."),
    )

    def clean_format(self) -> str:
        return self.cleaned_data["format"] or Report.Format.PDF

    def order(self) -> dict[str, Any]:
        """What ``report_request`` is asked for."""
        return {name: self.cleaned_data[name] for name in ("language", "format", "sections")}
