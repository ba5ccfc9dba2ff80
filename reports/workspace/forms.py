"""What the list of clients can be narrowed to and sorted by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.catalogues import industry_choices, region_choices
from firms.models import Firm

SORTS = {
    "name": _("Name"),
    "-date": _("Latest first"),
    "-index": _("Highest index first"),
    "index": _("Lowest index first"),
    "until": _("Consent that ends soonest"),
}


class ClientFilter(forms.Form):
    """Every field may be left empty; what is not one of the choices narrows nothing."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    industry = forms.ChoiceField(label=_("Industry"), required=False)
    size = forms.ChoiceField(label=_("Size"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    level = forms.ChoiceField(label=_("Maturity level"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=list(SORTS.items()))

    def __init__(self, data: object, *, levels: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        anything = ("", _("Any"))
        self.fields["industry"].choices = [anything, *industry_choices()]  # type: ignore[attr-defined]
        self.fields["size"].choices = [anything, *Firm.Size.choices]  # type: ignore[attr-defined]
        self.fields["region"].choices = [anything, *region_choices()]  # type: ignore[attr-defined]
        self.fields["level"].choices = [anything, *levels]  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "q" else "form-select"

    def asked(self) -> dict[str, str]:
        """The values that hold, by field; empty where nothing was asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
