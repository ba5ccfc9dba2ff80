"""Taking files in as evidence, and giving them up again."""

import logging
import re
import unicodedata
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firms.audit import audit_record
from firms.models import Person
from firms.refusal import RefusalError
from surveys import files
from surveys.filetypes import look_at
from surveys.malware import ScannerSilent, is_clean
from surveys.models import Assessment, Evidence
from surveys.services.answers import locked_draft

logger = logging.getLogger(__name__)
MOST_FILES_AN_ITEM = 60
MOST_BYTES_AN_ASSESSMENT = 200 * 1024 * 1024
LONGEST_NAME = 120
UNSAFE = re.compile(r'[;\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
REFUSALS = {
    "empty": gettext_lazy("The file is empty."),
    "too_large": gettext_lazy("The file is too large. Up to 10 MB are taken."),
    "damaged": gettext_lazy("The file is damaged and cannot be opened. Save it again and send it once more."),
    "active": gettext_lazy("The file holds macros, scripts or other files. Save it without them, or as a picture."),
    "unknown": gettext_lazy("This type of file is not taken. Send PDF, JPEG, PNG, WebP, DOCX, XLSX or plain text."),
    "infected": gettext_lazy("The malware scanner refused this file. Nothing was stored."),
    "silent": gettext_lazy("The malware scanner does not answer, so no file can be taken now. Try again later."),
    "too_many": gettext_lazy("There are 60 files on this item already. Remove one first."),
    "full": gettext_lazy("The files of this assessment would exceed 200 MB. Remove some first."),
}

NOT_STORED = gettext_lazy("The server could not store the file; its disk may be full. Please try again later.")


def evidence_add(
    *, assessment: Assessment, item: str, name: str, content: bytes, person: Person, now: datetime
) -> Evidence:
    """Checks the file and keeps it. RefusalError says why a file is not taken; nothing is written then."""
    looked = look_at(content)
    if looked.kind is None:
        raise RefusalError(str(REFUSALS[looked.reason]))
    scanned = _scan(content)
    with transaction.atomic():
        locked = locked_draft(assessment)
        _room_for(locked, item, len(content))
        made = Evidence.objects.create(
            assessment=locked,
            item=item,
            name=clean_name(name, looked.kind),
            kind=looked.kind,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            scanned=scanned,
            added_by=person,
            added_at=now,
        )
        # Inside the transaction: a row that says a file is there is never committed without it.
        _keep(made, content)
        after = {"item": item, "size": made.size, "sha256": made.sha256}
        audit_record(person=person, action="evidence.added", firm=locked.firm, subject=made, after=after)
    return made


def _keep(made: Evidence, content: bytes) -> None:
    """RefusalError where the disk is full or must not be written to: the transaction takes the row back."""
    try:
        files.write(files.path_of(made.pk), content)
    except OSError as fault:
        logger.error("An evidence file could not be stored: %s", type(fault).__name__)
        raise RefusalError(str(NOT_STORED)) from fault


def _scan(content: bytes) -> bool:
    """Whether a scanner was asked. RefusalError if it found something or gives no verdict."""
    url = getattr(settings, "CLAMD_URL", "")
    if not url:
        return False
    try:
        clean = is_clean(content, url)
    except ScannerSilent:
        raise RefusalError(str(REFUSALS["silent"])) from None
    if not clean:
        raise RefusalError(str(REFUSALS["infected"]))
    return True


def _room_for(assessment: Assessment, item: str, size: int) -> None:
    present = Evidence.objects.filter(assessment=assessment)
    if present.filter(item=item).count() >= MOST_FILES_AN_ITEM:
        raise RefusalError(str(REFUSALS["too_many"]))
    if (present.aggregate(all=Sum("size"))["all"] or 0) + size > MOST_BYTES_AN_ASSESSMENT:
        raise RefusalError(str(REFUSALS["full"]))


def clean_name(name: str, kind: str) -> str:
    """A name for people, with the ending that the content has; characters that mislead or reach elsewhere go."""
    bare = UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(". _")
    stem = bare.rpartition(".")[0] or bare
    return f"{stem[:LONGEST_NAME].strip('. ') or _('file')}.{kind}"


@transaction.atomic
def evidence_remove(*, evidence: Evidence, person: Person) -> None:
    """Removes row and file of a draft. The file goes only when the row is gone for good."""
    locked = locked_draft(evidence.assessment)
    gone = [evidence.pk]
    before = {"item": evidence.item, "sha256": evidence.sha256}
    audit_record(person=person, action="evidence.removed", firm=locked.firm, subject=evidence, before=before)
    evidence.delete()
    transaction.on_commit(lambda: files.remove(gone))
