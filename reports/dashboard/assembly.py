"""From a release's row to what its dashboard is made of. Reads protected figures and nothing else."""

import re
from collections.abc import Mapping

from django.utils import timezone

from firms.catalogues import industries, regions
from firms.models import Firm
from reports.builders.language import Language
from reports.builders.release.material import DIMENSIONS, Facts, Material, Past, named
from reports.dashboard.population import population
from reports.trend import may_be_compared
from scoring.engine.published import Indicator
from scoring.library import BenchmarkUnknown, benchmark_get
from scoring.models import Release
from scoring.releases.selectors import figures_of, releases_of_series
from surveys.library import instrument_get

# What a code looks like; anything else is a group that nobody has.
CODE = re.compile(r"[A-Za-z0-9-]{1,12}")
NOBODY = "?"


def material_of(release: Release, language: Language, asked: Mapping[str, str] | None = None) -> Material:
    """``asked`` may hold codes of industry, size and region, and ``practice``."""
    wanted = asked or {}
    figures = figures_of(release)
    return Material(
        language=language,
        facts=facts_of(release),
        release=figures,
        instrument=instrument_get(release.instrument_code, release.instrument_version),
        indicators=indicators_of(release),
        names=names(language),
        population=population(),
        series=series_of(release),
        group=named({name: code_of(wanted[name]) for name in DIMENSIONS if wanted.get(name)}),
        practice=wanted.get("practice", ""),
    )


def facts_of(release: Release) -> Facts:
    return Facts(release.label, day(release), owner_of(release), release.content_hash)


def code_of(text: str) -> str:
    return text if CODE.fullmatch(text) else NOBODY


def day(release: Release) -> str:
    return timezone.localtime(release.as_of).date().isoformat()


def owner_of(release: Release) -> str | None:
    return None if release.association is None else release.association.display_name


def indicators_of(release: Release) -> tuple[Indicator, ...]:
    """The published shares that the release was counted against."""
    try:
        return benchmark_get(release.benchmark_code, release.benchmark_version).indicators
    except BenchmarkUnknown:
        return ()


def series_of(release: Release) -> tuple[Past, ...]:
    """This release and those before it, in one query."""
    rows = releases_of_series(release)
    return tuple(_past(row, before) for row, before in zip(rows, [None, *rows[:-1]], strict=False))


def _past(row: Release, before: Release | None) -> Past:
    instrument = instrument_get(row.instrument_code, row.instrument_version)
    comparable = before is None or may_be_compared(instrument, before.instrument_version)
    return Past(row.label, day(row), row.instrument_version, figures_of(row), comparable)


def names(language: Language) -> dict[str, dict[str, str]]:
    """Words for codes, in the catalogues' own order."""
    return {
        "size": {code: str(label) for code, label in Firm.Size.choices},
        "industry": {entry.code: entry.en if language == "en" else entry.zh_hans for entry in industries().values()},
        "region": {entry.code: entry.en if language == "en" else entry.zh_hans for entry in regions().values()},
    }
