"""One report in each of its formats: models in, a whole file out."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from reports.builders.cleaning import EVERY_CHARACTER
from reports.builders.docx import docx_report
from reports.builders.model import ReportModel
from reports.builders.qr import qr_png
from reports.builders.sections import left_out
from reports.builders.serial import to_dict
from reports.builders.xlsx import xlsx_report
from reports.signing import signed
from reports.typesetting import pictures, told_chapters, typeset

Typesetter = Callable[..., bytes]
CONTENT_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def write_report(models: Sequence[ReportModel], format: str, *, set_pages: Typesetter = typeset) -> bytes:
    """The file of a report.

    Args:
        models: the same report in one language, or in Chinese and English.
        format: a key of ``CONTENT_TYPES``.

    Raises:
        TypesettingError: the pages or pictures could not be set.
        SigningError: a key is configured and cannot sign.
    """
    if format == "pdf":
        return signed(set_pages(*models))
    return _WRITERS[format](models)


def write_docx(models: Sequence[ReportModel]) -> bytes:
    chapters, _ = told_chapters(*models, covered=EVERY_CHARACTER)
    drawn = pictures({name: figure["svg"] for name, figure in chapters["figures"].items()})
    if chapters["verify"]:
        drawn["verify"] = qr_png(models[0].provenance.verify_at)
    if models[0].brand and models[0].brand.logo:
        drawn["logo"] = models[0].brand.logo
    return docx_report(chapters, drawn, created=_built(models[0]))


def write_xlsx(models: Sequence[ReportModel]) -> bytes:
    return xlsx_report(models, created=_built(models[0]))


def _built(model: ReportModel) -> datetime:
    """The build date as a moment: the same report gives the same file."""
    return datetime.fromisoformat(model.provenance.built_on[:10]).replace(tzinfo=UTC)


def write_json(models: Sequence[ReportModel]) -> bytes:
    """One report as its model; two languages as an object of both, by language."""
    told = {model.language: _told(model) for model in models}
    return json.dumps(told if len(told) > 1 else told[models[0].language], ensure_ascii=False, allow_nan=False).encode()


def _told(model: ReportModel) -> dict[str, object]:
    # A look is for people's eyes.
    absent = left_out(model.sections) | {"brand"}
    return {key: value for key, value in to_dict(model).items() if key not in absent}


_WRITERS: Mapping[str, Callable[[Sequence[ReportModel]], bytes]] = {
    "docx": write_docx,
    "xlsx": write_xlsx,
    "json": write_json,
}
