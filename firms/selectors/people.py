"""Who works in a firm or acts for an organisation, and which links are out."""

from django.db.models import QuerySet
from django.utils import timezone

from firms.models import Firm, Invitation, Membership, Organisation, OrganisationMember

ROLE_ORDER = ["owner", "editor", "viewer"]


def members(firm: Firm) -> list[Membership]:
    """Owners first, then editors, then viewers; each group by seniority."""
    rows = Membership.objects.filter(firm=firm).select_related("person").order_by("since", "pk")
    return sorted(rows, key=lambda member: ROLE_ORDER.index(member.role))


def organisation_members(organisation: Organisation) -> QuerySet[OrganisationMember]:
    return OrganisationMember.objects.filter(organisation=organisation).select_related("person").order_by("since", "pk")


def open_invitations(to: Firm | Organisation) -> QuerySet[Invitation]:
    """Links that still work."""
    rows = Invitation.objects.filter(firm=to) if isinstance(to, Firm) else Invitation.objects.filter(organisation=to)
    return rows.filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now()).order_by("-created_at")
