"""Forms around the questionnaire: asking colleagues, remarks, files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from surveys.filetypes import MOST_BYTES
from surveys.models import Rater

MOST_AT_ONCE = 20


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


class ManyFiles(forms.ClearableFileInput):
    """A file input in which several files may be chosen at once."""

    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Several files at once. What each is, and whether it is taken, is found for each by itself."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        sent = data if isinstance(data, list | tuple) else [data]
        if len(sent) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Up to %(count)s files are taken at a time.") % {"count": MOST_AT_ONCE})
        # An empty file is refused with its name like any other that is not taken.
        return [one for one in sent if one] or [super().clean(None, initial)]


class EvidenceForm(forms.Form):
    file = EvidenceField(label=_("Files"))
