"""The firm's profile."""

from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from firms import credit_code
from firms.catalogues import industry_choices, region_choices
from firms.credit_code import Fault, FaultKind
from firms.models import Firm
from firms.plain import seen
from firms.services.firms import TAKEN, Profile


class FirmForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter at run time
    industry = forms.ChoiceField(
        label=_("Industry"), help_text=_("The division of manufacturing that brings in most of your revenue.")
    )
    region = forms.ChoiceField(label=_("Province"))

    class Meta:
        model = Firm
        fields = ["name", "name_en", "credit_code", "industry", "region", "employees", "revenue"]
        labels = {
            "name": _("Firm name"),
            "name_en": _("English name (optional)"),
            "credit_code": _("Unified social credit code (optional)"),
            "employees": _("Employees"),
            "revenue": _("Revenue of the last year, in 10,000 yuan"),
        }
        help_texts = {
            "name": _("The full name on the business licence."),
            "name_en": _("Used in English reports."),
            "credit_code": _("18 characters, on the business licence. It keeps your firm from being registered twice."),
            "employees": _("All staff at the end of last year."),
            "revenue": _("Together with the number of employees this decides the size class of your firm."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["industry"].choices = [("", _("Please choose")), *industry_choices()]  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", _("Please choose")), *region_choices()]  # type: ignore[attr-defined]
        # Codes are typed with blanks, hyphens or full-width characters: they are cut off after cleaning, not before.
        self.fields["credit_code"].max_length = None  # type: ignore[attr-defined]
        self.fields["credit_code"].validators = []
        self.fields["credit_code"].widget.attrs = {"maxlength": "40", "autocapitalize": "characters"}
        self.fields["name"].widget.attrs["autocomplete"] = "organization"
        self.fields["employees"].widget.attrs |= {"inputmode": "numeric", "min": "1"}
        self.fields["employees"].min_value = 1  # type: ignore[attr-defined]
        self.fields["revenue"].widget.attrs |= {"inputmode": "decimal", "min": "0"}
        self.helper = _helper(_("Save"))

    def clean_name(self) -> str:
        name = seen(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Please write the name."))
        return name

    def clean_name_en(self) -> str:
        return seen(self.cleaned_data["name_en"])

    def clean_credit_code(self) -> str:
        code = credit_code.normalised(self.cleaned_data["credit_code"])
        if not code:
            return ""
        found = credit_code.faults(code)
        if found:
            raise ValidationError([fault_message(fault) for fault in found])
        if Firm.objects.filter(credit_code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(TAKEN)
        return code

    def clean_employees(self) -> int:
        employees: int = self.cleaned_data["employees"]
        if employees < 1:
            raise ValidationError(_("A firm has at least one employee."))
        return employees

    def clean_revenue(self) -> Decimal:
        revenue: Decimal = self.cleaned_data["revenue"]
        if revenue < 0:
            raise ValidationError(_("Revenue cannot be negative."))
        return revenue

    def profile(self) -> Profile:
        return Profile(**{field: self.cleaned_data[field] for field in self.Meta.fields})


def fault_message(fault: Fault) -> str:
    """One fault in plain words: what stands where, and what to do about it."""
    values = {"position": fault.position, "found": fault.found, "expected": fault.expected}
    return {
        FaultKind.LENGTH: gettext(
            "The code has %(found)s characters; it must have 18. Please compare it with the licence."
        ),
        FaultKind.CHARACTER: gettext(
            "Character %(position)s is “%(found)s”, which the code never contains. "
            "It uses digits and capital letters without I, O, S, V and Z."
        ),
        FaultKind.REGION: gettext("Character %(position)s is “%(found)s”; characters 3 to 8 are always digits."),
        FaultKind.CHECK: gettext(
            "The check character does not fit: after the first 17 characters comes “%(expected)s”, not “%(found)s”. "
            "Probably one character was mistyped."
        ),
    }[fault.kind] % values


def _helper(save: Any) -> FormHelper:
    helper = FormHelper()
    helper.attrs = {"novalidate": ""}
    helper.layout = Layout(
        "name",
        "industry",
        Row(Column("employees", css_class="col-md-6"), Column("revenue", css_class="col-md-6")),
        "region",
        "credit_code",
        "name_en",
        Submit("save", save, css_class="btn-lg"),
    )
    return helper
