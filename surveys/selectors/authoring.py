"""Questionnaires of associations: whose they are, which are drafts, which are published."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.http import Http404

from firms.gate import fetch_organisation
from firms.models import Organisation, Person
from surveys.instruments.check_source import read_source
from surveys.instruments.model import Instrument
from surveys.instruments.parse import parse_instrument
from surveys.instruments.status import DRAFT, PUBLISHED, with_status
from surveys.library import (
    BUNDLED,
    InstrumentUnknown,
    instrument_files,
    instrument_get,
    instrument_text,
    versions_of,
)
from surveys.models import InstrumentDraft, InstrumentOwner

ASSOCIATION = Organisation.Kind.ASSOCIATION


@dataclass(frozen=True, slots=True)
class Listed:
    """One version of an association's questionnaire; ``draft`` is None once it is published."""

    instrument: Instrument
    draft: InstrumentDraft | None = None


def association_fetch(person: Person, organisation_id: UUID) -> Organisation:
    """The association, if the person acts for it; Http404 otherwise."""
    return fetch_organisation(person, Organisation.objects.all(), organisation_id, via="", kind=ASSOCIATION)


def draft_fetch(
    person: Person, organisation_id: UUID, code: str, version: str, *, manage: bool = False
) -> InstrumentDraft:
    """The draft, if it belongs to this association and the person acts for it; Http404 otherwise."""
    rows = InstrumentDraft.objects.select_related("owner__organisation").filter(owner__organisation=organisation_id)
    found = rows.filter(owner__code=code, version=version).values_list("pk", flat=True).first()
    return fetch_organisation(person, rows, found, via="owner__organisation", kind=ASSOCIATION, manage=manage)


def draft_instrument(draft: InstrumentDraft) -> Instrument:
    return _parsed(draft.text)


@lru_cache(maxsize=32)
def _parsed(text: str) -> Instrument:
    """Reading a long file takes a second, and an author looks at the same draft again and again."""
    return parse_instrument(text)


def drafts_of(association: Organisation) -> list[Listed]:
    rows = InstrumentDraft.objects.filter(owner__organisation=association).select_related("owner", "saved_by")
    return [Listed(draft_instrument(draft), draft) for draft in rows]


def published_of(association: Organisation) -> list[Listed]:
    """Every published version of the association's codes, the newest of a code first."""
    codes = association.instruments.values_list("code", flat=True)
    found = [instrument_get(code, version) for code in codes for version in reversed(versions_of(code))]
    return [Listed(one) for one in found if one.status == PUBLISHED]


def text_of(association: Organisation, code: str, version: str) -> str:
    """The file of the association's draft, or of what is published for everybody; Http404 for anything else."""
    draft = InstrumentDraft.objects.filter(owner__organisation=association, owner__code=code, version=version).first()
    if draft is not None:
        return with_status(draft.text, read_source(draft.text).raw, DRAFT)
    try:
        if instrument_get(code, version).status == PUBLISHED:
            return instrument_text(code, version)
    except InstrumentUnknown:
        pass
    raise Http404


def bundled_codes() -> set[str]:
    """The codes that come with the product."""
    return {code for (code, _), path in instrument_files().items() if path.parent == BUNDLED}


def bundled_list() -> list[Instrument]:
    """What comes with the product, in its latest version, to begin a questionnaire of one's own from."""
    found = [instrument_get(code) for code in sorted(bundled_codes())]
    return [one for one in found if one.status == PUBLISHED]


def owners_of(codes: Iterable[str]) -> dict[str, Organisation]:
    """Whose each code is; a code that comes with the product has no entry."""
    rows = InstrumentOwner.objects.filter(code__in=list(codes)).select_related("organisation")
    return {row.code: row.organisation for row in rows}
