"""Which firms a person works in."""

from django.db.models import F, QuerySet

from firms.models import Firm, Membership, Person


def firm_list(person: Person) -> QuerySet[Firm]:
    """The firms of which the person is a member, oldest membership first, each with the person's ``role``."""
    mine = Membership.objects.filter(person=person)
    return (
        Firm.objects.filter(memberships__in=mine)
        .annotate(role=F("memberships__role"))
        .order_by("memberships__since", "pk")
    )


def role_label(role: str) -> str:
    return str(Membership.Role(role).label)
