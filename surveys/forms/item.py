"""One small form an item; a page of the questionnaire is a list of them."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.faults import answer_fault_text
from surveys.instruments.coding import STATE_WORDS, AnswerFault, code_answer
from surveys.instruments.model import Item
from surveys.models import Answer
from surveys.services import LONGEST_REASON, NewAnswer

STATE_LABELS = {"DK": _("Don't know"), "NA": _("Not applicable"), "DECLINE": _("Prefer not to say")}


class ItemForm(forms.Form):
    """The answer to one item. ``clean`` leaves the contract's cell text in ``cleaned_data["written"]``."""

    number = forms.CharField(required=False, max_length=30)
    ticks = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    choice = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    reason = forms.CharField(required=False, max_length=LONGEST_REASON, label=_("Why does it not apply?"))
    confirm = forms.BooleanField(required=False, label=_("Still right"))
    # What the page showed and on which version it stands; a key that the browser makes new for each change.
    was = forms.CharField(required=False, max_length=1000, strip=False)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False)

    def __init__(
        self, item: Item, language: str, *, answer: Answer | None = None, data: Mapping[str, Any] | None = None
    ) -> None:
        # Before Django copies them, which takes most of a form's time: only the fields that the item's kind needs.
        self.base_fields = {name: one for name, one in type(self).base_fields.items() if name not in _spare(item)}  # type: ignore[misc]
        super().__init__(data, prefix=item.code, initial=_initial(item, answer))
        self.item, self.answer, self.language = item, answer, language
        self.stem = item.stem.pick(language)
        self._fit_fields()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Field("choice", template="surveys/answer_field.html"))

    def _fit_fields(self) -> None:
        """Gives the fields what the item lets choose from."""
        options = [(str(option.value), option.label.pick(self.language)) for option in self.item.options]
        typed = self.item.is_numeric or self.item.kind == "multi"
        self.fields["choice"].choices = [*([] if typed else options), *self.state_choices()]  # type: ignore[attr-defined]
        if "ticks" in self.fields:
            self.fields["ticks"].choices = options  # type: ignore[attr-defined]

    def state_choices(self) -> list[tuple[str, Any]]:
        words = ["DK", *(["NA"] if self.item.not_applicable else []), "DECLINE"]
        return [(word, STATE_LABELS[word]) for word in words]

    @property
    def option_rows(self) -> list[dict[str, Any]]:
        """What the template draws: each option or state with whether it is chosen."""
        chosen = self["choice"].value() or ""
        ticked = (self["ticks"].value() or []) if "ticks" in self.fields else []
        return [
            {"value": str(o.value), "label": o.label.pick(self.language), "chosen": str(o.value) in (chosen, *ticked)}
            for o in self.item.options
        ]

    @property
    def state_rows(self) -> list[dict[str, Any]]:
        chosen = self["choice"].value() or ""
        return [{"value": word, "label": label, "chosen": word == chosen} for word, label in self.state_choices()]

    @property
    def help_text(self) -> str:
        return self.item.help.pick(self.language) if self.item.help else ""

    @property
    def na_text(self) -> str:
        return self.item.not_applicable.pick(self.language) if self.item.not_applicable else ""

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        written = self._written(data)
        try:
            code_answer(self.item, written)
        except AnswerFault as fault:
            raise forms.ValidationError(answer_fault_text(fault)) from fault
        return {**data, "written": written, "reason": data.get("reason", "") if written == "NA" else ""}

    def _written(self, data: dict[str, Any]) -> str:
        """A chosen "don't know", "not applicable" or "prefer not to say" goes before what was typed beside it."""
        choice = str(data.get("choice") or "")
        if choice in STATE_WORDS or not (self.item.is_numeric or self.item.kind == "multi"):
            return choice
        if self.item.kind == "multi":
            return ";".join(data.get("ticks", []))
        # A phone's Chinese keyboard gives full-width digits and a full-width full stop.
        return unicodedata.normalize("NFKC", str(data.get("number") or "")).strip().replace("。", ".")

    def new_answer(self) -> NewAnswer:
        """What a valid form says. Without a version on the form the last save wins."""
        data = self.cleaned_data
        return NewAnswer(data["written"], data["reason"], data.get("version"), data.get("key"))

    @property
    def unchanged(self) -> bool:
        """Whether the page came back as it went out: then it says nothing, and no colleague's answer is in its way."""
        said = "was" in self.data_names and not self.cleaned_data["confirm"]
        return bool(
            said and self.cleaned_data["was"] == shown(self.cleaned_data["written"], self.cleaned_data["reason"])
        )

    @property
    def data_names(self) -> set[str]:
        """The fields that the form was sent with."""
        return {str(name) for name in self.fields if self.add_prefix(name) in self.data}

    @property
    def carried(self) -> bool:
        return bool(self.answer and self.answer.carried)

    def stand_on(self, answer: Answer) -> None:
        """The page goes out again with what was typed, now knowing of a colleague's answer: saving anew is meant."""
        data = self.data.copy()  # type: ignore[attr-defined]  # what a browser sent
        data[self.add_prefix("version")] = str(answer.version)
        data[self.add_prefix("was")] = shown(answer.written, answer.reason)
        self.data = data


def _spare(item: Item) -> set[str]:
    needed = {"number": item.is_numeric, "ticks": item.kind == "multi", "reason": item.not_applicable is not None}
    return {name for name, wanted in needed.items() if not wanted}


def shown(written: str, reason: str) -> str:
    """One text for what a page shows of an answer, to tell whether it came back changed."""
    return f"{written} {reason}".strip()


def _initial(item: Item, answer: Answer | None) -> dict[str, Any]:
    written = answer.written if answer else ""
    initial: dict[str, Any] = {"version": answer.version if answer else 0, "reason": answer.reason if answer else ""}
    initial["was"] = shown(written, answer.reason if answer else "")
    if written in STATE_WORDS or not (item.is_numeric or item.kind == "multi"):
        initial["choice"] = written
    elif item.kind == "multi":
        initial["ticks"] = written.split(";")
    else:
        initial["number"] = written
    return initial
