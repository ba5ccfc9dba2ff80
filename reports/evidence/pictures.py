"""What is drawn of measured data: kept with the figures, so that a report needs neither the files nor the engine."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from firms.gate import Right
from firms.models import Person
from reports.builders.language import Language
from reports.builders.measured import Drawn, Measured
from reports.builders.serial import built, plain
from reports.evidence.told import name_of
from reports.measurements.computing import computed
from reports.measurements.drawing import Picture, drawn_of, pictures_of
from reports.measurements.files import FilesRefused
from reports.measurements.refusals import told_in_words
from scoring.evidence.computing import Done
from scoring.evidence.mapping import from_json
from scoring.evidence.selectors import verdicts_of
from scoring.evidence.sources import contents_of, opened
from scoring.evidence.summary import JsonObject, summary_of
from scoring.models import MeasuredEvidence
from surveys.instruments.model import Instrument
from surveys.models import Assessment
from surveys.selectors import assessment_fetch, assessment_instrument

KEY = "charts"


@dataclass(frozen=True)
class DrawnRow:
    """A computation and what there is to draw of it."""

    row: MeasuredEvidence
    drawn: Drawn


@dataclass(frozen=True)
class Illustrated:
    """An item with the charts of the computation that gives its verdict."""

    code: str
    name: str
    row: MeasuredEvidence
    pictures: tuple[Picture, ...]


def to_keep(done: Done) -> JsonObject:
    """The figures and what their charts need."""
    return {**summary_of(done), KEY: plain(drawn_of(done))}


def figures_kept(row: MeasuredEvidence) -> dict[str, Any]:
    """The figures alone."""
    return {key: value for key, value in row.summary.items() if key != KEY}


def drawn_kept(row: MeasuredEvidence) -> Drawn | None:
    """None where nothing was kept to draw, and where a file behind the figures was removed since."""
    if KEY not in row.summary or not _complete(row):
        return None
    drawn: Drawn = built(Drawn, row.summary[KEY])
    return drawn


def _complete(row: MeasuredEvidence) -> bool:
    return sorted(file.sha256 for file in row.files.all()) == sorted(row.sources)


def drawn_anew(row: MeasuredEvidence) -> Drawn | None:
    """From the files, for figures that were kept before their charts were; None where they cannot be read again."""
    if not _complete(row):
        return None
    try:
        with told_in_words():
            source = opened(contents_of(row.files.all()), row.mapping.get("sheet", ""))
        return drawn_of(computed(source, from_json(row.method, row.mapping)))
    except (FilesRefused, FileNotFoundError):
        return None


def drawn_rows(assessment: Assessment, instrument: Instrument) -> tuple[DrawnRow, ...]:
    """What a report draws: of each item the computation that gives its verdict, in the order of the questionnaire."""
    leading = (found.leading.row for found in verdicts_of(assessment, instrument))
    found = ((row, drawn_kept(row) or drawn_anew(row)) for row in leading)
    return tuple(DrawnRow(row, drawn) for row, drawn in found if drawn is not None and drawn != Drawn())


def measured_told(rows: Iterable[DrawnRow], instrument: Instrument, language: Language) -> tuple[Measured, ...]:
    return tuple(
        Measured(
            code=one.row.item,
            title=instrument.item(one.row.item).title.pick(language),
            source=name_of(one.row),
            drawn=one.drawn,
        )
        for one in rows
    )


def charts_of_results(person: Person, assessment: Assessment, language: Language) -> dict[str, Illustrated]:
    """Empty for whoever may not see the evidence; an outsider's look at it stands in the firm's log like any other."""
    try:
        found = assessment_fetch(person, assessment.pk, Right.EVIDENCE)
    except Http404:
        return {}
    return illustrated(found, assessment_instrument(found), language)


def illustrated(assessment: Assessment, instrument: Instrument, language: Language) -> dict[str, Illustrated]:
    """By item, for pages: only what was kept, since no file is read again while a page is waited for."""
    found = ((one.item, one.leading.row) for one in verdicts_of(assessment, instrument))
    drawn = ((code, row, drawn_kept(row)) for code, row in found)
    return {
        code: Illustrated(code, name_of(row), row, pictures_of(one, language, f"measured-{code}"))
        for code, row, one in drawn
        if one is not None and one != Drawn()
    }
