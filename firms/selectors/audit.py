"""The audit trail as people read it: who, what, when, from where."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from firms.models import AuditEntry, Firm, FormerFirm, Organisation, OrganisationMember, Person
from firms.models.audit import PLATFORM_CHAIN
from firms.values import value_text
from firms.words import action_text, field_place, field_text, subject_text

Names = dict[str, str]
# The recorded values that are ids of people, and those that are ids of organisations.
PEOPLE = ("person", "to", "invited_by", "agreed")
IDS = (*PEOPLE, "organisation")
OUTSIDERS = Q(action__startswith="access.")


@dataclass(frozen=True)
class Line:
    """One entry in the words of the page's language; ``details`` are the changed values."""

    at: datetime
    who: str
    what: str
    record: str
    details: str
    address: str
    entry: AuditEntry


def firm_trail(firm: Firm) -> QuerySet[AuditEntry]:
    """Newest first; what happened to registrations merged into this firm is part of its story."""
    chains = [firm.pk, *FormerFirm.objects.filter(firm=firm).values_list("pk", flat=True)]
    return AuditEntry.objects.filter(chain__in=chains).order_by("-at", "-number")


def outsiders_trail(firm: Firm) -> QuerySet[AuditEntry]:
    """Every look and download by somebody outside the firm."""
    return firm_trail(firm).filter(OUTSIDERS)


def platform_trail() -> QuerySet[AuditEntry]:
    """What concerns no single firm. The trail of a firm belongs to the firm."""
    return AuditEntry.objects.filter(chain=PLATFORM_CHAIN).order_by("-at", "-number")


def lines(entries: Iterable[AuditEntry]) -> Iterator[Line]:
    """Names are looked up in one go; somebody whose account is gone is called a former user."""
    rows = list(entries)
    names = _names(rows)
    for entry in rows:
        yield Line(
            at=entry.at,
            who=_who(entry, names),
            what=action_text(entry.action),
            record=subject_text(entry.subject_type),
            details=_details(entry, names),
            address=entry.address or "",
            entry=entry,
        )


def _who(entry: AuditEntry, names: Names) -> str:
    if entry.person_id is None:
        return _("The platform")
    return names.get(str(entry.person_id)) or _("A former user")


def _names(entries: list[AuditEntry]) -> Names:
    """By id: people with the organisations they act for, for that is who an outsider is to the firm; organisations."""
    wanted = {entry.person_id for entry in entries if entry.person_id} | _mentioned(entries)
    found = {str(person.pk): person.get_full_name() for person in Person.objects.filter(pk__in=wanted)}
    for member in OrganisationMember.objects.filter(person__in=wanted).select_related("organisation"):
        found[str(member.person_id)] += f" ({member.organisation.display_name})"
    organisations = Organisation.objects.filter(pk__in=wanted)
    return found | {str(organisation.pk): organisation.display_name for organisation in organisations}


def _mentioned(entries: list[AuditEntry]) -> set[uuid.UUID]:
    values = [side.get(key) for entry in entries for side in (entry.before or {}, entry.after or {}) for key in IDS]
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return {uuid.UUID(value) for value in flat if value}


def _details(entry: AuditEntry, names: Names) -> str:
    """``Province: 江苏 → 浙江; Size class: Small`` - what stayed the same, or is empty, is left out."""
    old, new = entry.before or {}, entry.after or {}
    differing = [key for key in {*old, *new} if old.get(key) != new.get(key) and (old.get(key) or new.get(key))]
    # In the order of the words, for a database may keep the keys of a document in an order of its own.
    keys = sorted(differing, key=field_place)
    pairs = [{"field": field_text(key), "value": _change(key, old, new, names)} for key in keys]
    return _("; ").join(_("%(field)s: %(value)s") % pair for pair in pairs)


def _change(key: str, old: dict[str, Any], new: dict[str, Any], names: Names) -> str:
    sides = [side[key] for side in (old, new) if side.get(key)]
    return " → ".join(_shown(key, value, names) for value in sides)


def _shown(key: str, value: Any, names: Names) -> str:
    if isinstance(value, list):
        return _(", ").join(_shown(key, one, names) for one in value)
    return names.get(str(value)) or (_("A former user") if key in PEOPLE else value_text(key, value))
