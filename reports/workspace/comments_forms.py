"""A comment of a consultant."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models.comments import LONGEST


class CommentForm(forms.Form):
    dimension = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Plain text, at most 5000 characters. The firm reads it on its results page and in its report."),
        error_messages={
            "required": _("Write the comment first."),
            "max_length": _("The comment is too long: at most 5000 characters."),
        },
    )

    def __init__(self, data: object = None, *, dimensions: list[tuple[str, str]], **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        field = self.fields["dimension"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("The whole result")), *dimensions]

    def values(self) -> dict[str, str]:
        return {"dimension": self.cleaned_data["dimension"], "text": self.cleaned_data["text"]}
