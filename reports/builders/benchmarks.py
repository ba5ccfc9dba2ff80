"""The chapter of published figures: each with its population, its numbered source and what must be known to read it."""

from collections.abc import Sequence
from typing import Any

from reports.builders.language import Language
from reports.builders.model import Indicator, ReportModel, Source, Statistic, Status
from reports.builders.wording import say

Chapter = dict[str, Any]


def benchmarks(model: ReportModel) -> Chapter:
    """Indicators, distributions and statistics, and the list of sources that their numbers point into."""
    sources, language = numbered_sources(model), model.language
    return {
        "rows": [_indicator(one, sources, language) for one in model.indicators],
        "distributions": [
            {
                "figure": f"distribution.{one.id}",
                "title": one.title,
                "sentence": one.sentence,
                "details": _details(one.population, one.source, one.status, one.note, sources, language),
            }
            for one in model.distributions
        ],
        "statistics": _statistics(model.statistics, sources, language),
        "sources": [
            {"number": f"[{number}]", "text": source_text(source, language)} for number, source in enumerate(sources, 1)
        ],
    }


def numbered_sources(model: ReportModel) -> tuple[Source, ...]:
    """Every source once, in the order in which the chapter first names it."""
    named = [one.source for one in model.indicators]
    named += [one.source for one in model.distributions] + [one.source for one in model.statistics]
    return tuple(dict.fromkeys(named))


def source_text(source: Source, language: Language) -> str:
    """Title, body, year and reference as one line, then the work through which it is quoted."""
    comma, stop = ("，", "。") if language == "zh-hans" else (", ", ". ")
    own = comma.join(part for part in (source.title, source.body, source.year, source.reference) if part)
    return stop.join(part for part in (own, source.via) if part)


def _indicator(one: Indicator, sources: Sequence[Source], language: Language) -> Chapter:
    return {
        "id": one.id,
        "title": one.title,
        "statement": one.statement,
        "published": one.published_text,
        "reached": one.reached,
        "sentence": one.sentence or one.reason,
        "details": _details(one.population, one.source, one.status, one.note, sources, language),
    }


def _statistics(rows: Sequence[Statistic], sources: Sequence[Source], language: Language) -> list[Chapter]:
    """Figures of one survey together, so that population and source are said once for all of them."""
    groups: dict[tuple[str, Source, Status], list[Statistic]] = {}
    for one in rows:
        groups.setdefault((one.population, one.source, one.status), []).append(one)
    return [
        {
            "details": _details(population, source, status, "", sources, language),
            "rows": [{"title": one.title, "value": one.value_text, "note": one.note} for one in together],
        }
        for (population, source, status), together in groups.items()
    ]


def _details(
    population: str, source: Source, status: Status, note: str, sources: Sequence[Source], language: Language
) -> list[str]:
    """Whom a figure covers, where it stands and how far that was followed up, what must be known; a line each."""
    named = say(
        language,
        "source",
        number=sources.index(source) + 1,
        text=source.title,
        status=say(language, f"status_{status}"),
    )
    lines = [
        say(language, "population", text=population) if population else "",
        named,
        say(language, "note", text=note) if note else "",
    ]
    return [line for line in lines if line]
