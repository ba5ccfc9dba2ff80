"""A questionnaire as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 2 * 1024 * 1024
KINDS = ".yaml,.yml,.json,.xlsx"


class InstrumentUploadForm(forms.Form):
    """What the file is, is found from its content later."""

    file = forms.FileField(
        max_length=255,
        label=_("Questionnaire file"),
        help_text=_("YAML, JSON, the workbook (XLSX) or an XLSForm, up to 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": KINDS}),
    )
    adopt = forms.BooleanField(
        required=False,
        label=_("Take of somebody else's XLSForm what can be taken"),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large. Up to 2 MB are taken."))
        return file
