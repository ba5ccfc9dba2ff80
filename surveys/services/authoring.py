"""An association's questionnaire: keeping a draft, publishing it for good."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Organisation, Person
from firms.refusal import RefusalError
from surveys.instruments.check_file import Loaded
from surveys.instruments.check_source import read_source
from surveys.instruments.status import PUBLISHED, same_content, with_status
from surveys.library import VersionTaken, instrument_files, instrument_store
from surveys.models import InstrumentDraft, InstrumentOwner
from surveys.selectors.authoring import bundled_codes


@transaction.atomic
def draft_keep(*, organisation: Organisation, loaded: Loaded, person: Person, now: datetime) -> InstrumentDraft:
    """Keeps a checked file as a draft, in place of an older one of the same version, whatever status it claims.

    RefusalError if the code belongs to somebody else or the version is published.
    """
    code, version = str(loaded.raw["code"]), str(loaded.raw["version"])
    owner = _owner(organisation, code, person, now)
    _refuse_published(loaded, code, version)
    text = with_status(loaded.text, loaded.raw, PUBLISHED)
    values = {"text": text, "content_hash": _hash(text), "saved_by": person, "saved_at": now}
    draft, _made = InstrumentDraft.objects.update_or_create(owner=owner, version=version, defaults=values)
    _note(draft, person, "instrument.uploaded")
    return draft


@transaction.atomic
def draft_publish(*, draft: InstrumentDraft, seen: str, person: Person) -> None:
    """Freezes the draft as a published version that everybody may use. ``seen`` is the content hash that was shown.

    RefusalError if the draft was replaced or published since, or the version is published with other content.
    """
    locked = InstrumentDraft.objects.select_for_update().select_related("owner").filter(pk=draft.pk).first()
    if locked is None or locked.content_hash != seen:
        raise RefusalError(_("The draft has changed since you looked at it. Look at it again, then publish."))
    try:
        instrument_store(text=locked.text)
    except VersionTaken as error:
        raise RefusalError(_taken(str(locked))) from error
    _note(locked, person, "instrument.published")
    locked.delete()


def _owner(organisation: Organisation, code: str, person: Person, now: datetime) -> InstrumentOwner:
    """The code as this organisation's own, from now on if nobody has it yet."""
    if code in bundled_codes():
        text = _("The code “%(code)s” belongs to a questionnaire that comes with the product. Give yours another code.")
        raise RefusalError(text % {"code": code})
    owner = InstrumentOwner.objects.select_for_update().filter(code=code).first()
    if owner is None and code not in {known for known, _version in instrument_files()}:
        defaults = {"organisation": organisation, "added_by": person, "added_at": now}
        owner, _made = InstrumentOwner.objects.get_or_create(code=code, defaults=defaults)
    if owner is None or owner.organisation_id != organisation.pk:
        text = _("The code “%(code)s” is in use for somebody else's questionnaire. Give yours another code.")
        raise RefusalError(text % {"code": code})
    return owner


def _refuse_published(loaded: Loaded, code: str, version: str) -> None:
    existing = instrument_files().get((code, version))
    there = read_source(existing.read_text(encoding="utf-8")).raw if existing else {}
    if there.get("status") != PUBLISHED:
        return
    wanted = f"{code}@{version}"
    if same_content(there, loaded.raw):
        raise RefusalError(_("%(wanted)s is published already, with exactly this content.") % {"wanted": wanted})
    raise RefusalError(_taken(wanted))


def _taken(wanted: str) -> str:
    text = _(
        "%(wanted)s is published with other content, and a published version never changes. "
        "Give the file a new version number."
    )
    return text % {"wanted": wanted}


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _note(draft: InstrumentDraft, person: Person, action: str) -> None:
    after = {"instrument": str(draft), "content_hash": draft.content_hash}
    audit_record(person=person, action=action, subject=draft.owner, after=after)
