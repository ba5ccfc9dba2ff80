"""The account: signing up, name and language, API tokens, the end."""

from typing import Any

from allauth.account import forms as account
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from firms.models import ApiToken, Firm, Person
from firms.plain import seen

LIVES = [(30, _("30 days")), (90, _("3 months")), (365, _("1 year"))]


class SignupForm(account.SignupForm):  # type: ignore[misc]  # allauth carries no types
    """Signing up asks for an e-mail address and a password, and for nothing else."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password1"].help_text = _("At least 8 characters, and not one that everybody uses.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def save(self, request: HttpRequest) -> Person | None:
        """Letters and reports come in the language in which the person signed up."""
        person: Person | None = super().save(request)
        # None: somebody with this address is here already, and gets a letter instead of a page that tells.
        if person and (get_language() or "").startswith("en"):
            person.language = Person.Language.ENGLISH
            person.save(update_fields=["language"])
        return person


class LoginForm(account.LoginForm):  # type: ignore[misc]  # allauth carries no types
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter at run time
    class Meta:
        model = Person
        fields = ["name", "language"]
        labels = {"name": _("Your name"), "language": _("Language of letters and reports")}
        help_texts = {"name": _("Your colleagues see it.")}

    def clean_name(self) -> str:
        return seen(self.cleaned_data["name"])


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=100)
    scope = forms.ChoiceField(label=_("May do"), choices=ApiToken.Scope.choices)
    firm = forms.ModelChoiceField(
        label=_("For which firm"), queryset=Firm.objects.none(), required=False, empty_label=_("All my firms")
    )
    days = forms.TypedChoiceField(label=_("Valid for"), choices=LIVES, coerce=int, initial=90)

    def __init__(self, *args: Any, firms: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["firm"].queryset = firms  # type: ignore[attr-defined]


class FirmDeleteForm(forms.Form):
    name = forms.CharField(label=_("Type the firm's name to confirm"), max_length=200)

    def __init__(self, *args: Any, firm: Firm, **options: Any) -> None:
        super().__init__(*args, **options)
        self.firm = firm

    def clean_name(self) -> str:
        if self.cleaned_data["name"].strip() != self.firm.name:
            raise forms.ValidationError(_("This is not the firm's name."))
        return self.firm.name
