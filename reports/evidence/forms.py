"""What the firm's own pages ask about a file besides its columns, and the list of quality data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.measurements.files import Opened
from reports.measurements.forms import FilesField, MappingForm, NumberField
from reports.measurements.guess import label_columns
from reports.measurements.methods import Method, proposal
from reports.measurements.table_forms import NO_COLUMN, CountsForm, GaugeForm, initial_for
from scoring.engine.evidence.inventory import DataRow, Way
from scoring.evidence.mapping import CountsMapping, InventoryMapping, StudyMapping

WAYS = (
    (Way.AUTOMATIC, _("automatic")),
    (Way.TYPED, _("typed in")),
    (Way.PAPER, _("on paper")),
)
PERIODS = (("day", _("a day")), ("week", _("a week")), ("month", _("a month")))
MOST_ROWS = 60


class MeasuredFilesForm(forms.Form):
    file = FilesField(max_length=255, label=_("Files with measured values (CSV, XLSX or QIF)"))


class OrderFields(forms.Form):
    """How the order of the rows is known, and where reactions are noted."""

    time = forms.ChoiceField(label=_("Column of the times"), required=False)
    in_order = forms.BooleanField(label=_("The rows stand in the order in which the parts were made"), required=False)
    reaction = forms.ChoiceField(label=_("Column in which reactions to signals are noted"), required=False)

    def offer_order(self, opened: Opened) -> None:
        if opened.document is not None:
            del self.fields["time"], self.fields["reaction"]
            return
        columns = [NO_COLUMN, *label_columns(opened)]
        for name in ("time", "reaction"):
            self.fields[name].choices = columns  # type: ignore[attr-defined]

    @property
    def order(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "time": data.get("time") or "",
            "in_order": bool(data.get("in_order")),
            "reaction": data.get("reaction") or "",
        }


class StudyEvidenceForm(OrderFields, MappingForm):
    """Measured values behind an answer, with the indices that the firm's own report states."""

    stated_cpk = NumberField(label=_("Cpk that your report states"), required=False, min_value=-10, max_value=100)
    stated_ppk = NumberField(label=_("Ppk that your report states"), required=False, min_value=-10, max_value=100)
    field_order = (
        *("columns", "unit", "lsl", "usl", "target", "subgroup", "subgroup_size", "time", "in_order", "reaction"),
        *("stated_cpk", "stated_ppk", "rules", "decimal", "sheet"),
    )

    def __init__(self, opened: Opened, *args: Any, **kwargs: Any) -> None:
        super().__init__(opened, *args, **kwargs)
        self.offer_order(opened)
        # What is required stands in the level that was declared.
        del self.fields["required_ppk"]

    @property
    def mapping(self) -> StudyMapping:
        data = self.cleaned_data
        return self.study_mapping(stated_cpk=data["stated_cpk"], stated_ppk=data["stated_ppk"], **self.order)


class CountsEvidenceForm(OrderFields, CountsForm):
    """Counts behind an answer."""

    field_order = ("kind", "counts", "sizes", "size", "time", "in_order", "reaction", "decimal", "sheet")

    def __init__(self, opened: Opened, *args: Any, **kwargs: Any) -> None:
        super().__init__(opened, *args, **kwargs)
        self.offer_order(opened)

    @property
    def mapping(self) -> CountsMapping:
        return self.counts_mapping(**self.order)


EVIDENCE_FORMS: dict[Method, type[StudyEvidenceForm | CountsEvidenceForm | GaugeForm]] = {
    "study": StudyEvidenceForm,
    "counts": CountsEvidenceForm,
    "gauge": GaugeForm,
}


def initial_evidence(method: Method, opened: Opened) -> dict[str, Any]:
    found = proposal(opened)
    return {**initial_for(method, opened), "time": found.time, "reaction": found.reaction}


class DataRowForm(forms.Form):
    """One kind of quality data. A row without a name and a number is no row."""

    name = forms.CharField(label=_("What is recorded"), max_length=100, required=False)
    way = forms.ChoiceField(label=_("How it is recorded"), choices=WAYS, required=False)
    count = NumberField(label=_("Values"), required=False, min_value=0, max_value=1e9)
    period = forms.ChoiceField(label=_("Period"), choices=PERIODS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name in {"way", "period"} else "form-control"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("count") and not data.get("name"):
            self.add_error("name", _("Name what is recorded."))
        if data.get("name") and data.get("count") is None and "count" not in self.errors:
            self.add_error("count", _("Say how many values there are."))
        return data

    @property
    def row(self) -> DataRow | None:
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return DataRow(data["name"], Way(data.get("way") or Way.PAPER), data["count"], data.get("period") or "month")


DataRows = forms.formset_factory(DataRowForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class InventoryForm(forms.Form):
    """What is said about the whole list, and QIF files whose devices give a hint."""

    complete = forms.BooleanField(
        label=_("The list names all quality data of the main products, paper records included"), required=False
    )
    file = FilesField(max_length=255, label=_("QIF files of measuring devices, as a hint (optional)"), required=False)


def rows_in(formset: Any) -> tuple[DataRow, ...]:
    return tuple(row for form in formset if (row := form.row) is not None)


def inventory_mapping(formset: Any, form: InventoryForm) -> InventoryMapping:
    return InventoryMapping(rows=rows_in(formset), complete=form.cleaned_data["complete"])
