"""A person's own data: name and language, a copy of everything, the end of the account."""

import io
import json
import uuid
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import AuditEntry, Firm, Invitation, Membership, OrganisationMember, Person
from firms.refusal import RefusalError
from firms.registry import delete_steps, export_parts

Role = Membership.Role


@transaction.atomic
def person_update(*, person: Person, name: str, language: str) -> Person:
    """Name and language. The trail says that they were changed, not to what: it names no person."""
    stored = Person.objects.get(pk=person.pk)
    changed = (stored.name, stored.language) != (name, language)
    person.name, person.language = name, Person.Language(language)
    person.save(update_fields=["name", "language"])
    if changed:
        audit_record(person=person, action="account.updated", subject=person)
    return person


def person_export(*, person: Person) -> bytes:
    """A ZIP with one JSON file for each part of the house that knows something about the person."""
    parts = {"account": _account(person), "trail": _trail(person)}
    parts |= {name: collect(person) for name, collect in export_parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            archive.writestr(f"{name}.json", text)
    audit_record(person=person, action="account.exported", subject=person)
    return buffer.getvalue()


def last_owner_of(person: Person) -> list[Firm]:
    """The firms that would be without an owner if the person left."""
    owned = Firm.objects.filter(memberships__person=person, memberships__role=Role.OWNER)
    others = Membership.objects.filter(role=Role.OWNER).exclude(person=person).values("firm")
    return list(owned.exclude(pk__in=others).order_by("name"))


def _owned(person: Person) -> list[uuid.UUID]:
    owned = Membership.objects.filter(person=person, role=Membership.Role.OWNER)
    return list(owned.values_list("firm_id", flat=True))


@transaction.atomic
def person_delete(*, person: Person) -> None:
    """Ends the account. What the person answered for a firm stays with the firm; the audit trail keeps a bare id."""
    # Two owners who leave at once must not both count on the other.
    list(Firm.objects.select_for_update().filter(pk__in=_owned(person)).order_by("pk"))
    held = last_owner_of(person)
    if held:
        names = ", ".join(firm.display_name for firm in held)
        raise RefusalError(
            _("You are the only owner of %(firms)s. Please hand over or delete first.") % {"firms": names}
        )
    firms = Firm.objects.filter(memberships__person=person)
    for firm in firms:
        audit_record(person=person, action="member.left", firm=firm, before={"person": str(person.pk)})
    audit_record(person=person, action="account.deleted", subject=person)
    Invitation.objects.filter(created_by=person, used_at=None).delete()
    person.delete()


@transaction.atomic
def firm_delete(*, firm: Firm, person: Person) -> None:
    """Removes the firm with everything that belongs to it; the audit trail keeps bare ids."""
    audit_record(person=person, action="firm.deleted", firm=firm, subject=firm)
    for step in delete_steps:
        step(firm)
    firm.delete()


def _account(person: Person) -> dict[str, Any]:
    return {
        "id": person.pk,
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "joined_at": person.joined_at,
        "last_login": person.last_login,
        "firms": list(Membership.objects.filter(person=person).values("firm", "firm__name", "role", "since")),
        "organisations": list(
            OrganisationMember.objects.filter(person=person).values(
                "organisation", "organisation__name", "role", "since"
            )
        ),
        "consents_received": list(person.grants.values("firm", "firm__name", "scope", "starts_at", "ends_at")),
        "api_tokens": list(
            person.api_tokens.values("name", "scope", "firm", "created_at", "expires_at", "last_used_at", "revoked_at")
        ),
    }


def _trail(person: Person) -> list[Any]:
    fields = ("at", "action", "subject_type", "subject_id", "before", "after", "address", "request_id")
    return list(AuditEntry.objects.filter(person_id=person.pk).order_by("at").values(*fields))
