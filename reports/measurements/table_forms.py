"""Confirming what the columns of counts and of a gauge study are, and what the firm's pages ask besides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.measurements.files import Opened
from reports.measurements.forms import DECIMALS, MappingForm, NumberField, initial_of
from reports.measurements.guess import choices, guess, label_columns
from reports.measurements.methods import Method, proposal
from scoring.evidence.mapping import CountsMapping, GaugeMapping

CHARTS = (
    ("p", _("p: share of nonconforming items")),
    ("np", _("np: number of nonconforming items, samples of one size")),
    ("c", _("c: number of nonconformities, equal units")),
    ("u", _("u: nonconformities for each unit, units may differ")),
)
NO_COLUMN = ("", _("none"))


class TableForm(forms.Form):
    """Chooses columns of a table. Fields of a workbook's sheet go for other files."""

    decimal = forms.ChoiceField(label=_("Decimal mark"), choices=DECIMALS, required=False)
    sheet = forms.CharField(label=_("Sheet of the workbook"), max_length=100, required=False)
    numeric: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def __init__(self, opened: Opened, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(one.value, f"{one.label} · {one.count} · {one.sample}") for one in choices(opened)]
        for name in self.numeric:
            self._offer(name, numbers)
        for name in self.labels:
            self._offer(name, label_columns(opened))
        if opened.form != "xlsx":
            del self.fields["sheet"]
        if opened.document is not None:
            for name in (*self.numeric, *self.labels, "decimal"):
                del self.fields[name]

    def _offer(self, name: str, columns: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = columns if field.required else [NO_COLUMN, *columns]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    @property
    def read_as(self) -> dict[str, Any]:
        return {"sheet": self.chosen("sheet"), "decimal": self.cleaned_data.get("decimal") or None}


class CountsForm(TableForm):
    """Counts: one row a sample."""

    kind = forms.ChoiceField(label=_("Chart"), choices=CHARTS)
    counts = forms.ChoiceField(label=_("Column of the counts"))
    sizes = forms.ChoiceField(label=_("Column of the sample sizes"), required=False)
    size = NumberField(label=_("or one size for all samples"), required=False, min_value=0.000001)
    field_order: tuple[str, ...] = ("kind", "counts", "sizes", "size")
    numeric = ("counts", "sizes")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("kind") != "c" and "sizes" in self.fields and not data.get("sizes") and not data.get("size"):
            self.add_error("sizes", _("This chart needs sample sizes. Choose their column, or give one size for all."))
        return data

    @property
    def mapping(self) -> CountsMapping:
        return self.counts_mapping()

    def counts_mapping(self, **more: Any) -> CountsMapping:
        data = self.cleaned_data
        return CountsMapping(
            kind=data["kind"],
            counts=self.chosen("counts"),
            sizes="" if data["kind"] == "c" else self.chosen("sizes"),
            size=data.get("size"),
            **self.read_as,
            **more,
        )


class GaugeForm(TableForm):
    """A crossed gauge study: one row a measurement. With the tolerance, shares of it are told too."""

    values = forms.ChoiceField(label=_("Column of the measured values"))
    part = forms.ChoiceField(label=_("Column of the parts"))
    appraiser = forms.ChoiceField(label=_("Column of the appraisers"))
    tolerance = NumberField(label=_("Tolerance (USL − LSL)"), required=False)
    field_order: tuple[str, ...] = ("values", "part", "appraiser", "tolerance")
    numeric = ("values",)
    labels = ("part", "appraiser")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        names = [data.get(name) for name in ("values", "part", "appraiser") if name in self.fields]
        if len(set(names)) < len(names) and not self.errors:
            raise forms.ValidationError(_("Values, parts and appraisers must be three different columns."))
        return data

    @property
    def mapping(self) -> GaugeMapping:
        return GaugeMapping(
            values=self.chosen("values"),
            part=self.chosen("part"),
            appraiser=self.chosen("appraiser"),
            tolerance=self.cleaned_data.get("tolerance"),
            **self.read_as,
        )


FORMS: dict[Method, type[MappingForm | CountsForm | GaugeForm]] = {
    "study": MappingForm,
    "counts": CountsForm,
    "gauge": GaugeForm,
}


def initial_for(method: Method, opened: Opened) -> dict[str, Any]:
    """The proposal as the first values of the method's form."""
    if method == "study":
        return initial_of(guess(opened))
    found = proposal(opened)
    if method == "counts":
        return {"kind": found.kind, "counts": found.counts, "sizes": found.sizes}
    return {"values": found.values, "part": found.part, "appraiser": found.appraiser}
