"""What is exported, and to whom: protected figures to whoever may read the release, answers by consent only."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from firms.gate import note_outsiders
from firms.models import Person
from reports.builders.exports.firms_table import FirmRow, firms_table
from reports.builders.exports.release_table import release_table
from reports.builders.exports.table import Table
from scoring.models import Release
from scoring.releases.selectors import figures_of
from surveys.library import instrument_get
from surveys.models import Campaign, Target
from surveys.selectors.campaigns import microdata_targets

LICENCE = "CC BY 4.0"


def words() -> dict[str, str]:
    """The labels of variables and codes, in the language of the moment."""
    return {
        "group": _("Group"),
        "industry": _("Industry"),
        "size": _("Size"),
        "region": _("Province"),
        "figure": _("Kind of figure"),
        "variable": _("Variable"),
        "cell": _("Cell"),
        "firms": _("Firms, with noise"),
        "value": _("Value"),
        "shown": _("How the value is meant"),
        "as_of": _("Release that the figure dates from"),
        "figure.firms": _("Number of firms"),
        "figure.share": _("Share that reaches an indicator"),
        "figure.distribution": _("Share of an answer or class"),
        "figure.ticks": _("Share that ticked"),
        "figure.mean": _("Mean"),
        "figure.quartile": _("Quartile"),
        "figure.reliability": _("Cronbach's alpha"),
        "size.micro": _("Micro"),
        "size.small": _("Small"),
        "size.medium": _("Medium"),
        "size.large": _("Large"),
        "shown.about": _("about"),
        "shown.at_most": _("at most"),
        "shown.at_least": _("at least"),
        "firm": _("Firm's number"),
        "name": _("Firm name"),
        "credit_code": _("Unified social credit code"),
        "submitted": _("Submitted"),
        "score": _("Score"),
        "level": _("Maturity level"),
        "missing.NA": _("Not applicable"),
        "missing.DK": _("Don't know"),
        "missing.DECLINE": _("Declined"),
    }


def release_export(release: Release, language: str) -> Table:
    """The protected figures of a release as one table."""
    with translation.override(language):
        known, figures = words(), figures_of(release)
        notes = (
            _("Release %(label)s of %(instrument)s, as of %(day)s.")
            % {
                "label": release.label,
                "instrument": f"{release.instrument_code} {release.instrument_version}",
                "day": release.as_of.date().isoformat(),
            },
            _(
                "A share stands for %(share)d firms or more, a distribution or mean for %(distribution)d. Counts carry "
                "noise of up to %(reach)d firms. 0 %% and 100 %% are given as at most 5 %% and at least 95 %%. "
                "What is not shown has no row."
            )
            % {
                "share": figures.share_threshold,
                "distribution": figures.distribution_threshold,
                "reach": figures.noise_reach,
            },
            _("Content hash: %(hash)s") % {"hash": release.content_hash},
        )
        title = f"{release.instrument_code} {release.label}"
        return release_table(figures, known.__getitem__, title=title, notes=notes)


def firms_export(campaign: Campaign, person: Person, language: str) -> Table:
    """The answers of the firms that agreed; each firm finds the look in its log."""
    targets = list(microdata_targets(campaign).select_related("firm", "assessment__snapshot", "assessment__result"))
    note_outsiders(person, [(one.firm_id, one.assessment) for one in targets if one.firm_id and one.assessment])
    instrument = instrument_get(campaign.instrument_code, campaign.instrument_version)
    with translation.override(language):
        title = f"{campaign.display_title} ({instrument.code} {instrument.version})"
        return firms_table(instrument, list(firm_rows(targets)), language, words().__getitem__, title=title)


def firm_rows(targets: list[Target]) -> Iterator[FirmRow]:
    for number, target in enumerate(targets, 1):
        assessment = target.assessment
        snapshot = assessment.snapshot  # type: ignore[union-attr]  # the selector takes submitted ones only
        profile = {
            "firm": str(number),
            "name": snapshot.firm_name,
            "credit_code": target.credit_code,
            "size": snapshot.size,
            "industry": snapshot.industry,
            "region": snapshot.region,
            "submitted": assessment.submitted_at.date().isoformat(),  # type: ignore[union-attr]
        }
        yield FirmRow(profile, snapshot.answers, assessment.result.figures)  # type: ignore[union-attr]
