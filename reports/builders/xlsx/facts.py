"""The first and the last sheet: names and values, each in every language of the report."""

from collections.abc import Callable, Sequence

from reports.builders.document import headline
from reports.builders.formatting import date_text
from reports.builders.model import ReportModel
from reports.builders.wording import say
from reports.builders.xlsx.paper import Fact, Kind

Value = str | float | None


def summary_rows(models: Sequence[ReportModel], *, whole: bool) -> list[Fact]:
    """What the cover says; with ``whole`` also index, level and what holds the firm back."""
    rows = [
        _fact(models, "presented_by", _presented_by),
        _fact(models, "report_title", lambda model: model.firm.name),
        _fact(models, "recipient", lambda model: model.provenance.recipient),
        _fact(models, "industry", lambda model: model.firm.industry),
        _fact(models, "size", lambda model: model.firm.size),
        _fact(models, "region", lambda model: model.firm.region),
        _fact(models, "submitted_on", lambda model: date_text(model.provenance.submitted_on, model.language)),
        _fact(models, "built_on", lambda model: date_text(model.provenance.built_on, model.language)),
        _fact(models, "report_id", lambda model: model.provenance.report_id),
    ]
    if whole:
        rows += _figures(models)
    rows.append(_fact(models, "self_assessed_title", lambda model: say(model.language, "self_assessed")))
    return [row for row in rows if row[1][0] not in (None, "")]


def _presented_by(model: ReportModel) -> str:
    """Name, contact and cover title of whoever the report is made for, a line each."""
    brand = model.brand
    return "\n".join(part for part in (brand.name, brand.contact, brand.title) if part) if brand else ""


def _figures(models: Sequence[ReportModel]) -> list[Fact]:
    return [
        _fact(models, "index", lambda model: model.index, "score"),
        _fact(models, "level", lambda model: model.level.title if model.level else say(model.language, "not_assessed")),
        _fact(models, "level_meaning", lambda model: model.level.meaning if model.level else ""),
        _fact(models, "summary_of_both", headline),
        _fact(models, "gates", lambda model: "\n".join(gate.text for gate in model.gates)),
        _fact(models, "response_quality", lambda model: "\n".join(model.warnings)),
    ]


def method_rows(models: Sequence[ReportModel]) -> list[Fact]:
    """How the figures come about, by which versions, and where the report can be verified."""
    paragraphs: list[Fact] = [
        (tuple(one.title for one in same), tuple(one.text for one in same), "text")
        for same in zip(*(model.method for model in models), strict=True)
    ]
    versions = [
        _fact(models, "instrument_version", _instrument),
        _fact(models, "instrument_hash", lambda model: model.provenance.instrument.hash),
        _fact(models, "engine_version", lambda model: model.provenance.engine_version),
        _fact(models, "benchmark_version", _benchmark),
        _fact(models, "figures_hash", lambda model: model.provenance.figures_hash),
        _fact(models, "verify_title", lambda model: model.provenance.verify_at),
    ]
    return paragraphs + [row for row in versions if row[1][0]]


def _instrument(model: ReportModel) -> str:
    tool = model.provenance.instrument
    return say(model.language, "titled_code", title=tool.title, code=tool.code, version=tool.version)


def _benchmark(model: ReportModel) -> str:
    about = model.provenance
    if not about.benchmark_code:
        return ""
    return say(model.language, "code_version", code=about.benchmark_code, version=about.benchmark_version)


def _fact(
    models: Sequence[ReportModel], phrase: str, read: Callable[[ReportModel], Value], kind: Kind = "text"
) -> Fact:
    return tuple(say(model.language, phrase) for model in models), tuple(read(model) for model in models), kind
