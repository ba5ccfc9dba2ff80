"""One step of the plan, and a new one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.models import Person
from reports.models import PlanStep


class StepForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter at run time
    class Meta:
        model = PlanStep
        fields = ["owner", "owner_text", "due_on", "status", "evidence"]
        labels = {
            "owner": _("Responsible"),
            "owner_text": _("or somebody else"),
            "due_on": _("Due"),
            "status": _("Status"),
            "evidence": _("Evidence"),
        }
        help_texts = {"evidence": _("What an assessor could look at: a record, a report, a place.")}
        widgets = {
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "evidence": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)  # noqa: S101 - a foreign key's field
        owner.queryset = people
        owner.label_from_instance = Person.get_full_name  # type: ignore[method-assign,assignment]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class OwnStepForm(forms.Form):
    title = forms.CharField(label=_("What is to be done"), max_length=300)


class ItemStepForm(forms.Form):
    """Items by code; what is not on the list is refused."""

    item = forms.ChoiceField(label=_("Item"))

    def __init__(self, *args: Any, items: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(code, f"{code} {title}") for code, title in items]


DUE = {
    "": _("Any"),
    "overdue": _("Overdue"),
    "soon": _("Within 30 days"),
    "none": _("Without a date"),
}


class PlanFilter(forms.Form):
    """Every field may be left empty; what is not one of the choices narrows nothing."""

    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Any")), *PlanStep.Status.choices])
    due = forms.ChoiceField(label=_("Due"), required=False, choices=list(DUE.items()))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def asked(self) -> dict[str, str]:
        """The values that hold, by field; empty where nothing was asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
