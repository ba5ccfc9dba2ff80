"""From computed figures to the page that shows them."""

from typing import TypeAlias

from reports.builders.language import Language
from reports.measurements.files import Opened
from reports.measurements.forms import MappingForm
from reports.measurements.refusals import told_in_words
from reports.measurements.table_forms import CountsForm, GaugeForm
from reports.measurements.table_told import CountsPage, GaugePage, counts_page, gauge_page
from reports.measurements.told import StudyPage, study_page
from scoring.evidence.computing import Counted, Done, Gauged, Studied, compute
from scoring.evidence.mapping import Mapping
from scoring.evidence.sources import Source

FigurePage: TypeAlias = StudyPage | CountsPage | GaugePage
AnyForm: TypeAlias = MappingForm | CountsForm | GaugeForm


def source_of(opened: Opened) -> Source:
    return Source(opened.form, opened.table, opened.document)


def computed(source: Source, mapping: Mapping) -> Done:
    """Raises FilesRefused with every cell that is in the way."""
    with told_in_words():
        return compute(source, mapping)


def page_of(done: Done, language: Language, required_ppk: float | None = None) -> FigurePage | None:
    """Figures and charts; None for a list of data, which has none."""
    if isinstance(done, Studied):
        return study_page(done.found, done.study, done.values, required_ppk, language)
    if isinstance(done, Counted):
        return counts_page(done, language)
    return gauge_page(done, language) if isinstance(done, Gauged) else None
