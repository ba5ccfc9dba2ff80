"""A look as it is typed in."""

from math import floor
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firms.refusal import RefusalError
from reports.brand.logo import MOST_BYTES, TOO_LARGE, logo_read
from reports.brand.selectors import TEXTS
from reports.builders.brand import Look
from reports.builders.charts.palette import ACCENT
from reports.builders.cleaning import EVERY_CHARACTER, clean
from reports.builders.contrast import LEAST, contrast, hex_read
from reports.models.brand import LONGEST


def _text(label: Any, kind: str, help_text: Any = "", *, required: bool = False, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    longest = LONGEST[kind]
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help_text, widget=widget)


class LookForm(forms.Form):
    """Plain text everywhere; the logo becomes a picture of this site's own making."""

    name = _text(gettext_lazy("Name on the cover"), "name", required=True)
    contact = _text(gettext_lazy("Contact, in one line"), "contact", gettext_lazy("Telephone, address, website."))
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=gettext_lazy("PNG or JPEG, at most 1 MB and 4000 pixels each way. It is shown on white."),
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Without a logo"), required=False)
    accent = forms.CharField(
        label=gettext_lazy("Accent colour"),
        initial=ACCENT.light,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "color", "class": "form-control-color"}),
        help_text=gettext_lazy("For cover, headings and rules. White text must be readable on it: at least 4.5 : 1."),
    )
    title_zh = _text(
        gettext_lazy("Cover title in Chinese"), "title", gettext_lazy("Left empty, the report's own title stands.")
    )
    title_en = _text(gettext_lazy("Cover title in English"), "title")
    text_zh = _text(gettext_lazy("Cover text in Chinese"), "text", rows=3)
    text_en = _text(gettext_lazy("Cover text in English"), "text", rows=3)
    footer = _text(gettext_lazy("Line at the foot of each page"), "footer")

    def __init__(self, *args: Any, has_logo: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_logo:
            del self.fields["remove_logo"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not clean(name, EVERY_CHARACTER)[0]:
            raise forms.ValidationError(_("The name has no character that can be seen."))
        return name

    def clean_accent(self) -> str:
        colour = hex_read(self.cleaned_data["accent"])
        if colour is None:
            raise forms.ValidationError(_("The colour must be written as #rrggbb, for example #0b5c7a."))
        reached = contrast(colour)
        if reached < LEAST:
            raise forms.ValidationError(
                _(
                    "White text on %(colour)s reaches a contrast of %(reached)s : 1; at least 4.5 : 1 is needed. "
                    "Choose a darker colour."
                )
                % {"colour": colour, "reached": f"{floor(reached * 100) / 100:.2f}"}
            )
        return colour

    def clean_logo(self) -> bytes | None:
        file = self.cleaned_data["logo"]
        if file is None:
            return None
        if file.size > MOST_BYTES:
            raise forms.ValidationError(str(TOO_LARGE))
        try:
            return logo_read(file.read())
        except RefusalError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def look(self, current: Look | None) -> Look:
        """What was typed in; the logo that is there stays unless another one comes, or none is wanted."""
        kept = current.logo if current and not self.cleaned_data.get("remove_logo") else None
        texts = {name: self.cleaned_data[name] for name in TEXTS}
        return Look(**texts, logo=self.cleaned_data["logo"] or kept)
