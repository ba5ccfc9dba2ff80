"""Consultancies, groups and associations, and who acts for them."""

from django.db import transaction
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Organisation, OrganisationMember, Person
from firms.refusal import RefusalError

Kind, Role = Organisation.Kind, OrganisationMember.Role


@transaction.atomic
def organisation_found(*, person: Person, kind: str, name: str, name_en: str = "") -> Organisation:
    """A new organisation, managed by its founder. Only the platform's staff may found an association."""
    if kind == Kind.ASSOCIATION and not person.is_staff:
        raise RefusalError(_("Associations are set up by the platform's staff."))
    organisation = Organisation.objects.create(kind=Kind(kind), name=name, name_en=name_en)
    # Staff sets an association up for others: its managers come by invitation.
    if kind != Kind.ASSOCIATION:
        OrganisationMember.objects.create(organisation=organisation, person=person, role=Role.MANAGER)
    after = {"kind": kind, "name": name}
    audit_record(person=person, action="organisation.founded", subject=organisation, after=after)
    return organisation


@transaction.atomic
def organisation_member_remove(*, member: OrganisationMember, person: Person) -> None:
    """Also how a person leaves. Their access to the organisation's clients ends with the next request."""
    Organisation.objects.select_for_update().get(pk=member.organisation_id)
    others = OrganisationMember.objects.filter(organisation=member.organisation_id, role=Role.MANAGER)
    if member.role == Role.MANAGER and not others.exclude(pk=member.pk).exists():
        raise RefusalError(_("The organisation needs a manager. Please invite another one first."))
    before = {"person": str(member.person_id), "organisation": str(member.organisation_id), "role": member.role}
    audit_record(person=person, action="organisation.member_removed", subject=member, before=before)
    member.delete()
