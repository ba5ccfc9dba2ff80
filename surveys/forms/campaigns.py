"""What an association says of a campaign and its firms, and what a firm says when it takes part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.catalogues import industry_choices, region_choices
from firms.credit_code import faults, normalised
from firms.forms.firm import fault_message
from firms.models import Firm, Organisation
from surveys.instruments.model import Instrument
from surveys.library import instrument_get, instrument_list
from surveys.selectors.authoring import owners_of
from surveys.services.campaigns import CampaignPlan
from surveys.targets_file import LONGEST_NAME, MOST_BYTES, TargetRow

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LONGEST_MESSAGE = 4000
TOO_LARGE = _("The file is larger than 5 MB. Split the list, or remove other columns and sheets.")


class CampaignForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    title_en = forms.CharField(label=_("English title (optional)"), max_length=200, required=False)
    instrument = forms.ChoiceField(label=_("Questionnaire"))
    opens_on = forms.DateField(label=_("Opens on"), widget=DAY)
    closes_on = forms.DateField(
        label=_("Closes on"), widget=DAY, help_text=_("The last day counts. It can be moved later.")
    )
    message = forms.CharField(
        label=_("Text of the invitation (optional)"),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Stands above what the site says itself: the personal link, the last day, what happens with the data."
        ),
    )
    asks_microdata = forms.BooleanField(
        label=_("Ask for the answers of each firm"),
        required=False,
        help_text=_("The invitation then says so, and each firm decides. Without it you see group figures only."),
    )

    def __init__(self, data: Any = None, *, association: Organisation, language: str) -> None:
        super().__init__(data)
        found = instrument_list()
        owners = owners_of(one.code for one in found)
        ours = [one for one in found if one.code not in owners or owners[one.code].pk == association.pk]
        field = self.fields["instrument"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(one.code, f"{one.title.pick(language)} {one.version}") for one in ours]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The campaign would close before it opens."))
        for name in ("title", "title_en"):
            if not cleaned.get(name, "").isprintable():
                self.add_error(name, _("Write the title on one line."))
        return cleaned

    @property
    def chosen(self) -> Instrument:
        return instrument_get(self.cleaned_data["instrument"])

    def plan(self) -> CampaignPlan:
        return CampaignPlan(**{name: value for name, value in self.cleaned_data.items() if name != "instrument"})


class TargetsForm(forms.Form):
    file = forms.FileField(
        label=_("List of firms"),
        max_length=255,
        help_text=_("CSV or XLSX, up to 5 MB and 50,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    only_check = forms.BooleanField(label=_("Only check the list, add nothing yet"), required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class TargetForm(forms.Form):
    """One firm, added by hand."""

    credit_code = forms.CharField(label=_("Unified social credit code"), max_length=40)
    name = forms.CharField(label=_("Firm name"), max_length=LONGEST_NAME)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    size = forms.ChoiceField(label=_("Size class"), required=False)
    industry = forms.ChoiceField(label=_("Industry"), required=False)
    region = forms.ChoiceField(label=_("Province"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="one")
        known: dict[str, list[Any]] = {
            "size": Firm.Size.choices,
            "industry": industry_choices(),
            "region": region_choices(),
        }
        for name, choices in known.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [("", _("Not specified")), *choices]

    def clean_credit_code(self) -> str:
        code = normalised(self.cleaned_data["credit_code"])
        found = faults(code)
        if found:
            raise forms.ValidationError([fault_message(fault) for fault in found])
        return code

    def row(self) -> TargetRow:
        return TargetRow(**self.cleaned_data)


class ExtendForm(forms.Form):
    closes_on = forms.DateField(label=_("New last day"), widget=DAY)


class JoinForm(forms.Form):
    """Which of the person's firms takes part, and what it agrees to."""

    firm = forms.ModelChoiceField(label=_("Firm"), queryset=Firm.objects.none(), empty_label=None)
    pool = forms.BooleanField(
        label=_("Count our firm in the group figures"),
        required=False,
        help_text=_("Anonymous, and can be withdrawn at any time. You can take part without."),
    )
    microdata = forms.BooleanField(
        label=_("Let the association have our answers"),
        required=False,
        help_text=_("It then gets the answers of your firm by name, for its own analysis. You can take part without."),
    )

    def __init__(self, data: Any = None, *, firms: Any, owned: Any, asks_microdata: bool) -> None:
        super().__init__(data)
        field = self.fields["firm"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = firms
        if not owned:
            # What leaves the firm is for its owners to decide.
            del self.fields["pool"], self.fields["microdata"]
        elif not asks_microdata:
            del self.fields["microdata"]
