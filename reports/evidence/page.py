"""What the pages about measured data have in common."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from firms.gate import Right
from firms.models import Person
from firms.refusal import RefusalError
from firms.selectors.firms import firm_list
from reports.evidence.told import declared_text
from reports.measurements.files import FilesRefused, Received
from reports.selectors import told_in
from scoring.engine.evidence.facts import Subject
from scoring.engine.evidence.subjects import subject_of
from scoring.evidence.services import Computed, measured_add
from scoring.evidence.sources import contents_of
from scoring.models import MeasuredEvidence
from surveys.instruments.model import Instrument, Item
from surveys.models import Assessment, Evidence
from surveys.requests import language, person_of
from surveys.selectors import answers_of, assessment_fetch, assessment_instrument
from surveys.selectors.evidence import evidence_on
from surveys.services.evidence import evidence_add
from surveys.views.ways import refused_aloud

READABLE = {"xlsx", "txt"}


@dataclass(frozen=True)
class About:
    """The item of a draft that data are added to, and the answer as it stands."""

    assessment: Assessment
    instrument: Instrument
    item: Item
    subject: Subject
    declared: str

    @property
    def files(self) -> list[Evidence]:
        """Files behind the answer that may hold measured values."""
        return [file for file in evidence_on(self.assessment, self.item.code) if file.kind in READABLE]


def about_fetch(request: HttpRequest, assessment_id: object, item_code: str) -> About:
    """Http404 unless the person may answer and data can speak to the item."""
    found = assessment_fetch(person_of(request), assessment_id, Right.EDIT)
    instrument = assessment_instrument(found)
    subject = subject_of(instrument.code, item_code)
    if subject is None:
        raise Http404
    answer = answers_of(found).get(item_code)
    declared = declared_text(instrument, item_code, answer.written if answer else "", told_in(language()))
    return About(found, instrument, instrument.item(item_code), subject, declared)


def for_own_people(person: Person, assessment: Assessment) -> None:
    """Answers still in work, and so verdicts about them, are for the firm's own people: Http404 for an outsider."""
    if not assessment.is_submitted and not firm_list(person).filter(pk=assessment.firm_id).exists():
        raise Http404


def chosen_files(about: About, ids: Iterable[str]) -> list[Evidence]:
    """Those of the item's files that are named, in the order in which they came. Http404 if any is not there."""
    wanted = set(ids)
    found = [file for file in about.files if str(file.pk) in wanted]
    if not found or len(found) < len(wanted):
        raise Http404
    return found


def received(files: Sequence[Evidence]) -> list[Received]:
    """The files as they were sent. Raises FilesRefused when one is gone from the disk."""
    return [Received(file.name, content) for file, content in zip(files, contents_of(files), strict=True)]


@transaction.atomic
def files_keep(about: About, sent: Sequence[Received], person: Person, now: datetime) -> list[Evidence]:
    """All of the files or none. Raises FilesRefused, which names the file, or AssessmentClosed."""
    kept = []
    for file in sent:
        try:
            kept.append(
                evidence_add(
                    assessment=about.assessment,
                    item=about.item.code,
                    name=file.name,
                    content=file.content,
                    person=person,
                    now=now,
                )
            )
        except RefusalError as refusal:
            raise FilesRefused([f"{file.name}: {refusal}"]) from None
    return kept


def keep(request: HttpRequest, about: About, found: Computed) -> HttpResponse:
    """Keeps the figures and leads to them; what refuses them is said on the list."""
    row: MeasuredEvidence | None = None
    with refused_aloud(request):
        row = measured_add(
            assessment=about.assessment,
            item=about.item.code,
            computed=found,
            person=person_of(request),
            now=timezone.now(),
        )
    return redirect("measured", row.pk) if row else redirect("measured-list", about.assessment.pk)
