"""What a firm has consented to, and what an outsider may see."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from firms.models import Firm, Grant, GrantRequest, Organisation, Person, PoolConsent


def grants_in_force(firm: Firm) -> QuerySet[Grant]:
    rows = Grant.objects.filter(firm=firm, revoked_at=None, ends_at__gt=timezone.now())
    return rows.select_related("organisation", "person").order_by("ends_at")


def grants_ended(firm: Firm) -> QuerySet[Grant]:
    rows = Grant.objects.filter(Q(revoked_at__isnull=False) | Q(ends_at__lte=timezone.now()), firm=firm)
    return rows.select_related("organisation", "person").order_by("-ends_at")[:50]


def requests_waiting(firm: Firm) -> QuerySet[GrantRequest]:
    rows = GrantRequest.objects.filter(firm=firm, state=GrantRequest.State.OPEN)
    return rows.select_related("organisation", "requested_by").order_by("created_at")


def requests_made(organisation: Organisation) -> QuerySet[GrantRequest]:
    return GrantRequest.objects.filter(organisation=organisation).order_by("-created_at")[:100]


def clients(organisation: Organisation) -> QuerySet[Grant]:
    """The consents in force that firms gave to this organisation."""
    rows = Grant.objects.filter(organisation=organisation, revoked_at=None, ends_at__gt=timezone.now())
    return rows.select_related("firm").order_by("firm__name")


def grants_received(person: Person) -> QuerySet[Grant]:
    """The consents in force that firms gave to this person by name."""
    rows = Grant.objects.filter(person=person, revoked_at=None, ends_at__gt=timezone.now())
    return rows.select_related("firm").order_by("firm__name")


def consultancies() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind=Organisation.Kind.CONSULTANCY)


def pool_firms() -> QuerySet[Firm]:
    """The firms that the next release of the benchmark pool may count."""
    return Firm.objects.filter(pool_consents__in=PoolConsent.objects.filter(withdrawn_at=None))


def pool_consent(firm: Firm) -> PoolConsent | None:
    """The consent in force."""
    return PoolConsent.objects.filter(firm=firm, withdrawn_at=None).first()
