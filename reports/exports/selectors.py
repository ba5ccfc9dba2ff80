"""What is exported, and to whom: protected figures to whoever may read the release, answers by consent only."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from firms.gate import note_outsiders
from firms.models import Person
from reports.builders.exports.firms_table import FirmRow, answers_table, firms_table
from reports.builders.exports.release_table import release_table
from reports.builders.exports.release_terms import release_terms
from reports.builders.exports.table import Table
from reports.builders.language import Language
from reports.dashboard.assembly import indicators_of, names
from scoring.models import Release
from scoring.releases.selectors import figures_of
from surveys.library import instrument_get
from surveys.models import Campaign, Target
from surveys.selectors.campaigns import microdata_targets


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
        "index": _("Index"),
        "reached": _("reaches the published practice (1 yes, 0 no)"),
        "rank_low": _("lowest place among the surveyed firms, 0 to 1"),
        "rank_mid": _("middle place among the surveyed firms, 0 to 1"),
        "rank_high": _("highest place among the surveyed firms, 0 to 1"),
        "cell.none": _("without a score or level"),
        "missing.answered": _("answered"),
        "level": _("Maturity level"),
        "missing.NA": _("Not applicable"),
        "missing.DK": _("Don't know"),
        "missing.DECLINE": _("Declined"),
        "missing.NOT_YET": _("Not yet answered"),
        "missing.NOT_ASKED": _("Not asked"),
        "evidence": _("What measured data say of “%(title)s”"),
        "verdict.no_evidence": _("without data"),
        "verdict.supported": _("supported by the data"),
        "verdict.contradicted": _("contradicted by the data"),
        "verdict.not_decidable": _("not decidable from the data"),
    }


def release_export(release: Release, language: Language) -> Table:
    """The protected figures of a release as one table."""
    instrument = instrument_get(release.instrument_code, release.instrument_version)
    with translation.override(language):
        say = words().__getitem__
        return release_table(
            figures_of(release),
            say,
            title=f"{release.instrument_code} {release.label}",
            notes=release_notes(release),
            terms=release_terms(instrument, indicators_of(release), names(language), language, say),
            facts=release_facts(release),
        )


def release_notes(release: Release) -> tuple[str, ...]:
    figures = figures_of(release)
    values = {"label": release.label, "instrument": questionnaire(release), "day": release.as_of.date().isoformat()}
    rules = {
        "share": figures.share_threshold,
        "distribution": figures.distribution_threshold,
        "reach": figures.noise_reach,
    }
    return (
        _("Release %(label)s of %(instrument)s, as of %(day)s.") % values,
        _(
            "A share stands for %(share)d firms or more, a distribution or mean for %(distribution)d. Counts carry "
            "noise of up to %(reach)d firms. 0 %% and 100 %% are given as at most 5 %% and at least 95 %%. "
            "What is not shown has no row."
        )
        % rules,
        _(
            "Shares are fractions of one, scores are points of 0 to 100. A cell of a score is named by the lower end "
            "of its 5 points, one of a percentage by the lower end of its 10 per cent."
        ),
        _("Content hash: %(hash)s") % {"hash": release.content_hash},
    )


def release_facts(release: Release) -> dict[str, str]:
    """For programs: what the figures are, and what protects them."""
    figures = figures_of(release)
    return {
        "release": release.label,
        "as_of": release.as_of.date().isoformat(),
        "instrument": questionnaire(release),
        "benchmark": f"{release.benchmark_code} {release.benchmark_version}".strip(),
        "content_hash": release.content_hash,
        "share_threshold": str(figures.share_threshold),
        "distribution_threshold": str(figures.distribution_threshold),
        "noise_reach": str(figures.noise_reach),
        "noise_variance": str(figures.noise_variance),
    }


def questionnaire(row: Release | Campaign) -> str:
    return f"{row.instrument_code} {row.instrument_version}"


def firms_export(campaign: Campaign, person: Person, language: Language) -> Table:
    """The answers and results of the firms that agreed; each firm finds the look in its log."""
    instrument = instrument_get(campaign.instrument_code, campaign.instrument_version)
    rows = agreed_rows(campaign, person)
    with translation.override(language):
        title = f"{campaign.display_title} ({questionnaire(campaign)})"
        notes = (
            _("Answers of single firms, given for this campaign by their own agreement. Keep them confidential."),
            _("A firm that withdraws its agreement is missing from every later file."),
        )
        facts = {"campaign": str(campaign.pk), "instrument": questionnaire(campaign)}
        return firms_table(instrument, rows, language, words().__getitem__, title=title, notes=notes, facts=facts)


def answers_export(campaign: Campaign, person: Person) -> Table:
    """The same firms' answers alone, as ``manage.py score`` reads them; in the log as well."""
    instrument = instrument_get(campaign.instrument_code, campaign.instrument_version)
    return answers_table(instrument, agreed_rows(campaign, person), title=campaign.title)


def agreed_rows(campaign: Campaign, person: Person) -> list[FirmRow]:
    targets = list(microdata_targets(campaign).select_related("firm", "assessment__snapshot", "assessment__result"))
    note_outsiders(person, [(one.firm_id, one.assessment) for one in targets if one.firm_id and one.assessment])
    return list(firm_rows(targets))


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
