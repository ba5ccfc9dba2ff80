"""Invitation links: made by somebody entitled, opened once by whoever holds them, expiring, revocable."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.gate import Right, firms_visible, organisations_visible
from firms.models import Firm, Grant, Invitation, Membership, Organisation, OrganisationMember, Person
from firms.refusal import RefusalError
from firms.secret import digest_of, new_secret
from firms.services.consent import Recipient, grant_give
from firms.services.merge import firm_merge

Kind = Invitation.Kind
LINK_LIFE = timedelta(days=14)


@dataclass(frozen=True)
class Terms:
    """What a link leads to: a role in a firm or an organisation, or a scope for a number of days."""

    role: str = ""
    scope: str = ""
    days: int | None = None
    note: str = ""


@transaction.atomic
def invitation_create(*, person: Person, kind: Kind, to: Firm | Organisation, terms: Terms = Terms()) -> str:
    """The raw token of the link: shown once, never stored."""
    secret = new_secret()
    invitation = Invitation.objects.create(
        kind=kind,
        token_hash=secret.digest,
        firm=to if isinstance(to, Firm) else None,
        organisation=to if isinstance(to, Organisation) else None,
        role=terms.role,
        scope=terms.scope,
        days=terms.days,
        note=terms.note,
        created_by=person,
        expires_at=timezone.now() + LINK_LIFE,
    )
    _record(person, "invitation.created", invitation)
    return secret.raw


@transaction.atomic
def invitation_revoke(*, invitation: Invitation, person: Person) -> None:
    changed = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    if changed:
        _record(person, "invitation.revoked", invitation)


def invitation_open(token: str) -> Invitation | None:
    """The invitation behind a link that still works; None for unknown, used, expired and revoked ones alike."""
    invitation = (
        Invitation.objects.select_related("firm", "organisation", "created_by")
        .filter(token_hash=digest_of(token), used_at=None, revoked_at=None, expires_at__gt=timezone.now())
        .first()
    )
    return invitation if invitation and _inviter_still_entitled(invitation) else None


@transaction.atomic
def invitation_join(*, invitation: Invitation, person: Person) -> Membership:
    """A colleague joins the firm."""
    firm = _firm(invitation)
    if Membership.objects.filter(firm=firm, person=person).exists():
        raise RefusalError(_("You already belong to this firm."))
    _use(invitation)
    membership = Membership.objects.create(firm=firm, person=person, role=invitation.role)
    audit_record(
        person=person,
        action="member.joined",
        firm=firm,
        subject=membership,
        after={"person": str(person.pk), "role": membership.role, "invited_by": str(invitation.created_by_id)},
    )
    return membership


@transaction.atomic
def invitation_join_organisation(*, invitation: Invitation, person: Person) -> OrganisationMember:
    organisation = _organisation(invitation)
    if OrganisationMember.objects.filter(organisation=organisation, person=person).exists():
        raise RefusalError(_("You already belong to this organisation."))
    _use(invitation)
    member = OrganisationMember.objects.create(organisation=organisation, person=person, role=invitation.role)
    after = {"organisation": str(invitation.organisation_id), "role": member.role}
    audit_record(person=person, action="organisation.joined", subject=member, after=after)
    return member


@transaction.atomic
def invitation_receive_grant(*, invitation: Invitation, person: Person, organisation: Organisation | None) -> Grant:
    """The consultant takes the firm's consent, by name or for an organisation that they act for."""
    if organisation is not None and not organisations_visible(person).filter(pk=organisation.pk).exists():
        raise RefusalError(_("You do not act for this organisation."))
    _use(invitation)
    return grant_give(
        firm=_firm(invitation),
        giver=invitation.created_by,
        recipient=Recipient(organisation=organisation, person=None if organisation else person),
        scope=invitation.scope,
        days=invitation.days or 1,
    )


@transaction.atomic
def invitation_merge(*, invitation: Invitation, person: Person, firm: Firm) -> Firm:
    """Merges ``firm``, which the person owns, into the firm of the link: the link is the other owner's consent."""
    if not firms_visible(person, Right.MANAGE).filter(pk=firm.pk).exists():
        raise RefusalError(_("Only an owner can merge a firm."))
    _use(invitation)
    return firm_merge(keep=_firm(invitation), drop=firm, keeper=invitation.created_by, giver=person)


def _use(invitation: Invitation) -> None:
    """The conditional update is the lock: of two who open the same link only one gets in."""
    used = Invitation.objects.filter(
        pk=invitation.pk, used_at=None, revoked_at=None, expires_at__gt=timezone.now()
    ).update(used_at=timezone.now())
    if not used:
        raise RefusalError(_("This link no longer works. Please ask for a new one."))


def _inviter_still_entitled(invitation: Invitation) -> bool:
    inviter = invitation.created_by
    if not inviter.is_active:
        return False
    if invitation.firm_id:
        return firms_visible(inviter, Right.MANAGE).filter(pk=invitation.firm_id).exists()
    managed = organisations_visible(inviter, manage=True).filter(pk=_organisation(invitation).pk)
    return inviter.is_staff or managed.exists()


def _firm(invitation: Invitation) -> Firm:
    if invitation.firm is None:
        raise ValueError(f"Invitation {invitation.pk} does not lead to a firm.")
    return invitation.firm


def _organisation(invitation: Invitation) -> Organisation:
    if invitation.organisation is None:
        raise ValueError(f"Invitation {invitation.pk} does not lead to an organisation.")
    return invitation.organisation


def _record(person: Person, action: str, invitation: Invitation) -> None:
    after = {
        "kind": invitation.kind,
        "role": invitation.role,
        "scope": invitation.scope,
        "days": invitation.days,
        "organisation": str(invitation.organisation_id or ""),
    }
    given = {key: value for key, value in after.items() if value}
    audit_record(person=person, action=action, firm=invitation.firm, subject=invitation, after=given)
