"""Ordering a release."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.models import Organisation
from surveys.library import instrument_list
from surveys.models import Campaign

LABEL = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}", re.ASCII)
CAMPAIGN, SERIES = "campaign:", "series:"


class ReleaseForm(forms.Form):
    """What to count, and how the release is cited. ``cleaned_data["chosen"]`` is a Campaign or an instrument's code."""

    counted = forms.ChoiceField(label=_("What is counted"), choices=())
    label = forms.CharField(
        label=_("Name of the release"),
        max_length=20,
        help_text=_("As it will be cited, for example 2026-11: letters, digits, dots and hyphens."),
    )

    def __init__(self, data: Any = None, *, association: Organisation | None, language: str) -> None:
        super().__init__(data)
        self.campaigns = {}
        if association is not None:
            self.campaigns = {str(one.pk): one for one in Campaign.objects.filter(association=association)}
        counted = self.fields["counted"]
        assert isinstance(counted, forms.ChoiceField)  # noqa: S101 - declared above
        series = [(f"{SERIES}{one.code}", one.title.pick(language)) for one in instrument_list()]
        listed = [(f"{CAMPAIGN}{pk}", one.display_title) for pk, one in self.campaigns.items()]
        everything = _("All assessments in the open pool") if association is None else _("All campaigns, up to today")
        counted.choices = [(_("One campaign"), listed), (everything, series)] if listed else [(everything, series)]

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"].strip()
        if not LABEL.fullmatch(label):
            raise forms.ValidationError(
                _("Use letters, digits, dots, hyphens and underscores, beginning with a letter or digit.")
            )
        return label

    @property
    def campaign(self) -> Campaign | None:
        return self.campaigns.get(self.cleaned_data["counted"].removeprefix(CAMPAIGN))

    @property
    def instrument_code(self) -> str:
        campaign = self.campaign
        return campaign.instrument_code if campaign else self.cleaned_data["counted"].removeprefix(SERIES)

    @property
    def instrument_version(self) -> str | None:
        campaign = self.campaign
        return campaign.instrument_version if campaign else None
