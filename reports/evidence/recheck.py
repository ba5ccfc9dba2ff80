"""Computing kept figures again from the kept files, for the charts and to see that they are the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.builders.language import Language
from reports.evidence.pictures import figures_kept
from reports.measurements.computing import FigurePage, computed, page_of
from reports.measurements.files import FilesRefused
from reports.measurements.refusals import told_in_words
from scoring.evidence.mapping import from_json
from scoring.evidence.sources import contents_of, opened
from scoring.evidence.summary import same, summary_of
from scoring.models import MeasuredEvidence


@dataclass(frozen=True)
class Again:
    """``page`` is None for a list of data and where computing again failed, which ``faults`` then explain."""

    page: FigurePage | None
    same: bool
    faults: tuple[str, ...] = ()


def rechecked(row: MeasuredEvidence, language: Language) -> Again:
    """The figures as the engine of today gives them, and whether they are those of then."""
    files = list(row.files.all())
    if sorted(file.sha256 for file in files) != sorted(row.sources):
        return Again(None, same=False, faults=(_("A file that the figures were computed from has been removed."),))
    try:
        with told_in_words():
            mapping = from_json(row.method, row.mapping)
            source = opened(contents_of(files), row.mapping.get("sheet", ""))
        done = computed(source, mapping)
    except FilesRefused as refusal:
        return Again(None, same=False, faults=refusal.lines)
    except FileNotFoundError:
        return Again(None, same=False, faults=(_("A file is no longer in the store of this site."),))
    return Again(page_of(done, language), same(summary_of(done), figures_kept(row)))
