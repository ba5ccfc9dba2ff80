"""Forms around the questionnaire: asking colleagues, remarks, files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.filetypes import MOST_BYTES
from surveys.models import Rater


class AskForm(forms.Form):
    """Which parts a colleague is to answer, and whether to answer every item alone in a role first."""

    parts = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Parts to answer for the firm")
    )
    role = forms.ChoiceField(required=False, label=_("Answer every item independently, as"))

    def __init__(self, parts: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parts"].choices = list(parts)  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("No independent answers")), *Rater.Role.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("parts") and not data.get("role") and not self.may_be_empty:
            raise forms.ValidationError(_("Choose at least one part or a role."))
        return data

    may_be_empty = False


class ReaskForm(AskForm):
    """For a colleague of the firm, from whom everything may also be taken back."""

    may_be_empty = True


class CommentForm(forms.Form):
    text = forms.CharField(max_length=1000, label=_("Comment or question"), widget=forms.Textarea(attrs={"rows": 3}))


class UploadForm(forms.Form):
    """One file; what it is, is found from its content later."""

    file = forms.FileField(max_length=255, label=_("File"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large. Up to 10 MB are taken."))
        return file
