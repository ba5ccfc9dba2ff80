"""Writes the audit trail. A service calls ``audit_record`` in the transaction of the change that it records.

Entries of one chain are numbered without gaps, and each carries a keyed seal over its content and the seal before it.
A changed, removed or inserted entry breaks the chain at that place; the sealed head shows entries missing at the end.
Whoever can write to the database but does not know SECRET_KEY cannot repair the seals.
"""

import hmac
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.crypto import salted_hmac

from firms.context import current_origin
from firms.models import AuditChain, AuditEntry, Firm, Person
from firms.models.audit import PLATFORM_CHAIN

Values = Mapping[str, Any]
SALT = "firms.audit"


@dataclass(frozen=True)
class BrokenChain:
    """``number`` is the place in the chain where it breaks; None when entries are missing at its end."""

    chain: uuid.UUID
    number: int | None


def audit_record(
    *,
    person: Person | None,
    action: str,
    firm: Firm | None = None,
    subject: Model | None = None,
    before: Values | None = None,
    after: Values | None = None,
) -> AuditEntry:
    """Adds one entry to the firm's chain, or to the platform's where no firm is concerned.

    ``action`` is dotted (``"assessment.submitted"``); ``person`` is None for what the platform does by itself.
    ``before`` and ``after`` hold only the values that changed, and no e-mail addresses or names of people.
    """
    here = current_origin()
    with transaction.atomic():
        head = _locked_head(firm.pk if firm else PLATFORM_CHAIN)
        entry = AuditEntry(
            chain=head.pk,
            number=head.length + 1,
            at=timezone.now(),
            person_id=person.pk if person else None,
            action=action,
            subject_type=subject._meta.label_lower if subject else "",
            subject_id=str(subject.pk) if subject else "",
            before=_plain(before),
            after=_plain(after),
            address=here.address,
            request_id=here.request_id,
        )
        entry.seal = _seal(entry_text(entry, previous_seal=head.last_seal), settings.SECRET_KEY)
        entry.save()
        head.length, head.last_seal = entry.number, entry.seal
        head.seal = _seal(head_text(head), settings.SECRET_KEY)
        head.save()
    return entry


def changes(before: Values, after: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two sides cut down to the keys whose values differ."""
    differing = [key for key in after if before.get(key) != after[key]]
    return {key: before.get(key) for key in differing}, {key: after[key] for key in differing}


def entry_text(entry: AuditEntry, *, previous_seal: str) -> str:
    """Everything an entry says, in one canonical text."""
    content = [
        previous_seal,
        str(entry.chain),
        entry.number,
        entry.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(),
        str(entry.person_id or ""),
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.before,
        entry.after,
        entry.address or "",
        entry.request_id,
    ]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def head_text(head: AuditChain) -> str:
    return f"{head.pk}:{head.length}:{head.last_seal}"


def audit_verify(chain: uuid.UUID) -> BrokenChain | None:
    """The first place where a chain breaks, or None when it is whole. Reads the chain entry by entry."""
    previous, expected = "", 1
    for entry in _entries(chain):
        if entry.number != expected or not _genuine(entry_text(entry, previous_seal=previous), entry.seal):
            return BrokenChain(chain, expected)
        previous, expected = entry.seal, expected + 1
    head = AuditChain.objects.filter(pk=chain).first() or AuditChain(pk=chain)
    whole = head.length == expected - 1 and head.last_seal == previous
    sealed = expected == 1 or _genuine(head_text(head), head.seal)
    return None if whole and sealed else BrokenChain(chain, None)


def audit_chains() -> set[uuid.UUID]:
    """Every chain that has an entry or a head: a removed head must not hide its entries, nor the reverse."""
    heads = AuditChain.objects.values_list("pk", flat=True)
    return {*heads, *AuditEntry.objects.order_by().values_list("chain", flat=True).distinct()}


def _entries(chain: uuid.UUID) -> Iterator[AuditEntry]:
    return AuditEntry.objects.filter(chain=chain).order_by("number").iterator(chunk_size=500)


def _locked_head(chain: uuid.UUID) -> AuditChain:
    AuditChain.objects.get_or_create(pk=chain)
    return AuditChain.objects.select_for_update().get(pk=chain)


def _plain(values: Values | None) -> dict[str, Any] | None:
    """What comes back from the database is exactly what was sealed: numbers, strings, lists, null."""
    return None if values is None else json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def _seal(text: str, key: str | bytes) -> str:
    return salted_hmac(SALT, text, secret=key, algorithm="sha256").hexdigest()


def _genuine(text: str, seal: str) -> bool:
    """A seal made with a former key still counts, so that the key can be changed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(_seal(text, key), seal) for key in keys)
