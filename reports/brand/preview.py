"""What a look comes to: the first pages of a report of nobody, set by the very templates that set reports.

Nothing is stored, and no firm's figures are read: the firm on the pages is the one of the demonstration.
"""

import json
from dataclasses import replace
from datetime import date
from functools import cache

import typst
from django.conf import settings
from django.utils.translation import override

from firms.catalogues import industry_name, region_name
from firms.models import Firm as RegisteredFirm
from firms.size import size_of
from reports import assembly
from reports.builders.brand import Look, brand_told
from reports.builders.language import Language
from reports.builders.model import Firm, Instrument, Provenance, ReportModel
from reports.builders.numbering import number_of
from reports.dashboard.paper import press
from reports.demo import ANSWERS, PROFILE
from reports.typesetting import TypesettingError, told_chapters
from scoring.engine.one_firm import figures_of_one
from scoring.engine.steps import single_steps
from scoring.library import benchmark_for
from surveys.library import instrument_get
from surveys.models import Snapshot
from surveys.selectors import answer_table

TEMPLATE = "look.typ"
# Dots per inch: a page of 595 by 842 pixels.
DOTS = 72.0
SIZE = size_of(PROFILE.employees, PROFILE.revenue)


def preview_pages(look: Look, language: Language, *, today: date) -> tuple[bytes, ...]:
    """Cover and one page inside, as PNG.

    Raises:
        TypesettingError: the templates or the fonts are at fault; a look never is.
    """
    model = replace(demo_model(language, today), brand=brand_told(look, language))
    chapters, _missing = told_chapters(model)
    found = press(TEMPLATE)
    try:
        with found.lock:
            made = found.compiler.compile(
                format="png", ppi=DOTS, sys_inputs={"report": json.dumps(chapters, ensure_ascii=False)}
            )
    except typst.TypstError as error:
        raise TypesettingError(f"the preview could not be set: {error.message}") from error
    return tuple(page for page in (made if isinstance(made, list) else [made]) if page is not None)


def demo_model(language: Language, today: date) -> ReportModel:
    """The report of the demonstration's firm; its figures are computed once a process."""
    told = _figures_told(language)
    about = replace(told.provenance, submitted_on=today.isoformat(), built_on=today.isoformat())
    return replace(told, provenance=about)


@cache
def _figures_told(language: Language) -> ReportModel:
    with override(language):
        facts = _facts(language)
        levels = assembly.levels(facts)
        return ReportModel(
            language=language,
            firm=_firm(),
            provenance=_provenance(facts),
            index=facts.figures["nodes"].get(facts.instrument.level_node or "index"),
            level=next((level for level in levels if level.code == facts.figures["level"]), None),
            levels=levels,
            gates=assembly.gates(facts),
            dimensions=assembly.dimensions(facts),
            indicators=assembly.indicators(facts),
            strengths=assembly.strengths(facts),
            gaps=assembly.gaps(facts),
            next_steps=assembly.next_steps(facts),
        )


def _facts(language: Language) -> assembly.Facts:
    """The demonstration's answers, scored as any other's; no row is written."""
    instrument, benchmark = instrument_get("bluebook"), benchmark_for("bluebook")
    answers = answer_table(instrument, ANSWERS)
    figures = figures_of_one(instrument, benchmark.indicators if benchmark else (), answers, SIZE)
    return assembly.Facts(
        instrument, benchmark, Snapshot(answers=ANSWERS), figures, single_steps(instrument, answers), language
    )


def _firm() -> Firm:
    return Firm(
        name=PROFILE.name,
        english_name=PROFILE.name_en,
        industry=industry_name(PROFILE.industry),
        size=str(RegisteredFirm.Size(SIZE).label),
        region=region_name(PROFILE.region),
    )


def _provenance(facts: assembly.Facts) -> Provenance:
    instrument = facts.instrument
    return Provenance(
        report_id=number_of(0),
        submitted_on="",
        built_on="",
        instrument=Instrument(
            code=instrument.code,
            title=instrument.title.pick(facts.language),
            version=instrument.version,
            hash=instrument.content_hash,
        ),
        engine_version="",
        publisher=str(settings.SITE_NAME),
    )
