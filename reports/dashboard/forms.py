"""The choice of a group. Only codes of groups that the release shows are offered."""

from django import forms

from reports.builders.release.material import Material
from scoring.engine.release.groups import codes_of

ORDER = ("size", "industry", "region")


class GroupForm(forms.Form):
    """A combination that shows nothing is no fault: the page says that no figures are shown."""

    size = forms.ChoiceField(required=False)
    industry = forms.ChoiceField(required=False)
    region = forms.ChoiceField(required=False)
    practice = forms.ChoiceField(required=False)

    def __init__(self, *, material: Material) -> None:
        super().__init__(initial={**codes_of(material.group), "practice": material.practice})
        for dimension in ORDER:
            field = self.fields[dimension]
            field.label = material.say(f"rel_filter_{dimension}")
            field.choices = [("", material.say("rel_filter_any")), *choices(material, dimension)]  # type: ignore[attr-defined]
        practices = [(one.id, one.title.pick(material.language)) for one in material.indicators]
        self.fields["practice"].label = material.say("rel_filter_practice")
        self.fields["practice"].choices = practices  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"


def choices(material: Material, dimension: str) -> list[tuple[str, str]]:
    """Codes that some shown group has, in the catalogue's order."""
    codes = {found for name in material.release.groups if (found := codes_of(name).get(dimension))}
    order = list(material.names.get(dimension, {}))
    known = [code for code in order if code in codes]
    return [(code, material.name_of(dimension, code)) for code in (*known, *sorted(codes - set(order)))]
