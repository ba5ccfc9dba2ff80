"""Who works in a firm, and as what. A firm never loses its last owner."""

from django.db import transaction
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Firm, Invitation, Membership, Person
from firms.refusal import RefusalError

Role = Membership.Role


@transaction.atomic
def member_role_change(*, membership: Membership, person: Person, role: str) -> Membership:
    """``person`` is the one who changes it. Raises RefusalError when the firm would lose its last owner."""
    membership = _locked(membership)
    if membership.role == role:
        return membership
    if membership.role == Role.OWNER:
        _require_another_owner(membership)
    before, membership.role = membership.role, Role(role)
    membership.save(update_fields=["role"])
    _record(person, "member.role_changed", membership, before=before, after=role)
    return membership


@transaction.atomic
def member_remove(*, membership: Membership, person: Person) -> None:
    """Takes somebody out of the firm; also how a person leaves by themselves. What they answered stays."""
    membership = _locked(membership)
    if membership.role == Role.OWNER:
        _require_another_owner(membership)
    action = "member.left" if membership.person_id == person.pk else "member.removed"
    _record(person, action, membership, before=membership.role, after=None)
    Invitation.objects.filter(firm=membership.firm, created_by=membership.person, used_at=None).delete()
    membership.delete()


@transaction.atomic
def firm_hand_over(*, firm: Firm, giver: Person, receiver: Membership) -> None:
    """The receiver becomes owner, the giver goes on as editor."""
    own = Membership.objects.get(firm=firm, person=giver)
    if receiver.firm_id != firm.pk or receiver.pk == own.pk:
        raise RefusalError(_("Please choose a colleague who already belongs to the firm."))
    member_role_change(membership=receiver, person=giver, role=Role.OWNER)
    member_role_change(membership=own, person=giver, role=Role.EDITOR)


def _locked(membership: Membership) -> Membership:
    """The lock on the firm keeps two owners from stepping down in the same moment."""
    Firm.objects.select_for_update().get(pk=membership.firm_id)
    found = Membership.objects.select_related("firm", "person").filter(pk=membership.pk).first()
    if found is None:
        raise RefusalError(_("This person no longer belongs to the firm."))
    return found


def _require_another_owner(membership: Membership) -> None:
    others = Membership.objects.filter(firm=membership.firm, role=Role.OWNER).exclude(pk=membership.pk)
    if not others.exists():
        raise RefusalError(_("The firm needs an owner. Please make a colleague owner first."))


def _record(person: Person, action: str, membership: Membership, *, before: str | None, after: str | None) -> None:
    whose = {"person": str(membership.person_id)}
    audit_record(
        person=person,
        action=action,
        firm=membership.firm,
        subject=membership,
        before={**whose, "role": before},
        after={**whose, "role": after},
    )
