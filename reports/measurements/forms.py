"""Choosing files, and confirming what their columns are."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reports.measurements.files import MOST_BYTES, MOST_FILES, Opened, Received
from reports.measurements.guess import Guess, choices, label_columns
from reports.measurements.methods import METHODS
from scoring.engine.spc.capability import Limits
from scoring.engine.spc.messages import REFUSALS, SpcError, shown
from scoring.evidence.mapping import StudyMapping
from surveys.forms import ManyFiles

RULES = (
    ("western-electric", _("Western Electric (4 rules)")),
    ("nelson", _("Nelson (8 rules)")),
    ("both", _("Both")),
)
DECIMALS = (("", _("As the column shows")), (".", _("Point")), (",", _("Comma")))
WAYS = (("", _("As the file shows")), *METHODS)
TOO_MUCH = _("Up to 10 MB and 50 files are taken at a time. Send fewer, or save only the columns needed.")


class FilesField(forms.FileField):
    """Several files at once; gives a list of Received."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Received]:
        sent = data if isinstance(data, list | tuple) else [data]
        files: list[UploadedFile[bytes]] = [super(FilesField, self).clean(one, initial) for one in sent]
        present = [file for file in files if file]
        if len(present) > MOST_FILES or sum(file.size or 0 for file in present) > MOST_BYTES:
            raise forms.ValidationError(TOO_MUCH)
        return [Received(str(file.name), file.read()) for file in present]


class UploadForm(forms.Form):
    """Files, and what they hold; the file itself shows it where nothing is said."""

    file = FilesField(max_length=255, label=_("Files with measured values (CSV, XLSX or QIF)"))
    method = forms.ChoiceField(label=_("What is to be computed"), choices=WAYS, required=False)


class NumberField(forms.FloatField):
    """A number with a point or a comma, half or full width."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        written = str(value or "").strip().translate(str.maketrans("，．－", ",.-"))
        return super().to_python(written.replace(",", ".") if "." not in written else written)


class OneOfThese(forms.RadioSelect):
    """Radio buttons whose choice arrives as a list of one, as check boxes give it."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)


class MappingForm(forms.Form):
    """What the columns are. Of a table one column or several, of QIF files one characteristic."""

    columns = forms.MultipleChoiceField(label=_("Measured values"), widget=forms.CheckboxSelectMultiple)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    lsl = NumberField(label=_("Lower specification limit (LSL)"), required=False)
    usl = NumberField(label=_("Upper specification limit (USL)"), required=False)
    target = NumberField(label=_("Target"), required=False)
    subgroup = forms.ChoiceField(label=_("Subgroups by column"), required=False)
    subgroup_size = forms.IntegerField(label=_("or every so many rows"), required=False, min_value=2, max_value=1000)
    required_ppk = NumberField(label=_("Required Ppk (for a verdict)"), required=False, min_value=0.1, max_value=10)
    rules = forms.ChoiceField(label=_("Run rules"), choices=RULES, required=False)
    decimal = forms.ChoiceField(label=_("Decimal mark"), choices=DECIMALS, required=False)
    sheet = forms.CharField(label=_("Sheet of the workbook"), max_length=100, required=False)

    def __init__(self, opened: Opened, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.value, f"{one.label} · {one.count} · {one.sample}") for one in choices(opened)]
        groups = [("", _("none: individual values")), *label_columns(opened)]
        self.fields["columns"].choices = named  # type: ignore[attr-defined]
        self.fields["subgroup"].choices = groups  # type: ignore[attr-defined]
        if opened.document is not None:
            self.fields["columns"].widget = OneOfThese(choices=named)
        for name in _needless(opened):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("subgroup") and data.get("subgroup_size"):
            self.add_error("subgroup_size", _("Choose a column or a number of rows, not both."))
        if not self.errors:
            try:
                Limits(data["lsl"], data["usl"], data["target"])
            except SpcError as error:
                raise forms.ValidationError(_(REFUSALS[error.code]) % shown(error.params)) from None
        return data

    @property
    def mapping(self) -> StudyMapping:
        return self.study_mapping()

    def study_mapping(self, **more: Any) -> StudyMapping:
        data = self.cleaned_data
        return StudyMapping(
            columns=tuple(data["columns"]),
            unit=data.get("unit") or "",
            lsl=data["lsl"],
            usl=data["usl"],
            target=data["target"],
            subgroup=data.get("subgroup") or "",
            subgroup_size=data.get("subgroup_size"),
            rules=data.get("rules") or "western-electric",
            sheet=data.get("sheet") or "",
            decimal=data.get("decimal") or None,
            **more,
        )


def _needless(opened: Opened) -> tuple[str, ...]:
    """Fields that mean nothing for this kind of file."""
    return {"qif": ("subgroup", "decimal", "sheet", "unit"), "csv": ("sheet",), "xlsx": ()}[opened.form]


def initial_of(guess: Guess) -> dict[str, Any]:
    """The proposal as the form's first values, numbers as short as they are."""
    limits = {"lsl": guess.lsl, "usl": guess.usl, "target": guess.target}
    written = {name: "" if value is None else f"{value:.12g}" for name, value in limits.items()}
    return {"columns": list(guess.columns), "subgroup": guess.subgroup, "unit": guess.unit, **written}
