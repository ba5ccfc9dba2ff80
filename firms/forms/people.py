"""Inviting colleagues and outsiders, giving consent, asking for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms import credit_code
from firms.forms.firm import fault_message
from firms.models import Firm, Membership, Organisation, OrganisationMember, Scope
from firms.plain import seen
from firms.selectors.consent import consultancies
from firms.services.invitations import Terms

PERIODS = [(30, _("30 days")), (90, _("3 months")), (182, _("6 months")), (365, _("1 year"))]
ROLES = [
    (Membership.Role.EDITOR, _("Editor: answers and submits")),
    (Membership.Role.VIEWER, _("Viewer: sees everything, changes nothing")),
    (Membership.Role.OWNER, _("Owner: also manages people and consents")),
]


class PeriodField(forms.TypedChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=PERIODS, coerce=int, initial=90, **options)


class ColleagueForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    note = forms.CharField(
        label=_("For whom (optional)"), max_length=100, required=False, help_text=_("Only you and other owners see it.")
    )

    def terms(self) -> Terms:
        return Terms(role=self.cleaned_data["role"], note=self.cleaned_data["note"])


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Membership.Role.choices)


class OutsiderForm(forms.Form):
    scope = forms.ChoiceField(label=_("May see"), choices=Scope.choices)
    days = PeriodField(label=_("For how long"))
    note = forms.CharField(
        label=_("For whom (optional)"), max_length=100, required=False, help_text=_("Only you and other owners see it.")
    )

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


class GrantForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Consultancy"), queryset=Organisation.objects.none(), empty_label=_("Please choose")
    )
    scope = forms.ChoiceField(label=_("May see"), choices=Scope.choices)
    days = PeriodField(label=_("For how long"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = consultancies()  # type: ignore[attr-defined]


class GrantRequestForm(forms.Form):
    credit_code = forms.CharField(label=_("The firm's unified social credit code"), max_length=40)
    scope = forms.ChoiceField(label=_("You would like to see"), choices=Scope.choices)
    days = PeriodField(label=_("For how long"))
    message = forms.CharField(
        label=_("Message to the firm (optional)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_credit_code(self) -> str:
        code = credit_code.normalised(self.cleaned_data["credit_code"])
        found = credit_code.faults(code)
        if found:
            raise forms.ValidationError([fault_message(fault) for fault in found])
        return code


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter at run time
    class Meta:
        model = Organisation
        fields = ["kind", "name", "name_en"]
        labels = {"kind": _("What it is"), "name": _("Name"), "name_en": _("English name (optional)")}

    def clean_name(self) -> str:
        return seen(self.cleaned_data["name"])

    def clean_name_en(self) -> str:
        return seen(self.cleaned_data["name_en"])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [Organisation.Kind.CONSULTANCY, Organisation.Kind.GROUP]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class AssociationForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter at run time
    class Meta:
        model = Organisation
        fields = ["name", "name_en"]
        labels = {"name": _("Name of the association"), "name_en": _("English name (optional)")}

    def clean_name(self) -> str:
        return seen(self.cleaned_data["name"])

    def clean_name_en(self) -> str:
        return seen(self.cleaned_data["name_en"])


class OrganisationInviteForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=OrganisationMember.Role.choices, initial="member")
    note = forms.CharField(label=_("For whom (optional)"), max_length=100, required=False)

    def terms(self) -> Terms:
        return Terms(role=self.cleaned_data["role"], note=self.cleaned_data["note"])


class ReceiveForm(forms.Form):
    """On whose behalf an outsider takes a firm's consent."""

    organisation = forms.ModelChoiceField(
        label=_("Accept for"), queryset=Organisation.objects.none(), required=False, empty_label=_("Myself")
    )

    def __init__(self, *args: Any, organisations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """Which of my firms is merged into the one that the link leads to."""

    firm = forms.ModelChoiceField(
        label=_("The registration that ends"), queryset=Firm.objects.none(), empty_label=_("Please choose")
    )

    def __init__(self, *args: Any, firms: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["firm"].queryset = firms  # type: ignore[attr-defined]
