"""Reads campaigns: for an association how far its firms are, never what they answered."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from firms.catalogues import industry_name, region_name
from firms.gate import fetch_organisation, organisations_visible
from firms.models import Firm, Organisation, Person
from surveys.models import Assessment, Campaign, Target

Kind = Organisation.Kind
STRATA = ("size", "industry", "region")
STARTED = Q(assessment__isnull=False)
SUBMITTED = Q(assessment__status=Assessment.Status.SUBMITTED)
STATES = {
    "uninvited": Q(invited_at=None),
    "invited": Q(invited_at__isnull=False, opened_at=None, assessment=None),
    "opened": Q(opened_at__isnull=False, assessment=None),
    "started": STARTED & ~SUBMITTED,
    "submitted": SUBMITTED,
    "failed": ~Q(mail_error=""),
}
COUNTS: dict[str, Any] = {
    "listed": Count("pk"),
    "invited": Count("pk", filter=Q(invited_at__isnull=False)),
    "opened": Count("pk", filter=Q(opened_at__isnull=False)),
    "started": Count("pk", filter=STARTED),
    "submitted": Count("pk", filter=SUBMITTED),
}


def campaign_fetch(person: Person, campaign_id: object) -> Campaign:
    """The campaign, for the staff of its association; Http404 for anybody else."""
    rows = Campaign.objects.select_related("association")
    return fetch_organisation(person, rows, campaign_id, via="association", kind=Kind.ASSOCIATION)


def target_fetch(person: Person, campaign: Campaign, target_id: object) -> Target:
    rows = Target.objects.select_related("campaign").filter(campaign=campaign)
    return fetch_organisation(person, rows, target_id, via="campaign__association", kind=Kind.ASSOCIATION)


def campaigns_of(association: Organisation) -> QuerySet[Campaign]:
    """Newest first, each with how many firms are listed and have submitted."""
    return association.campaigns.annotate(
        listed=Count("targets"), submitted=Count("targets", filter=Q(targets__assessment__status="submitted"))
    )


def campaigns_visible(person: Person) -> QuerySet[Campaign]:
    return Campaign.objects.filter(association__in=organisations_visible(person, kind=Kind.ASSOCIATION))


def campaign_of(assessment: Assessment) -> Campaign | None:
    """The campaign that the assessment was given in."""
    target = Target.objects.select_related("campaign").filter(assessment=assessment).first()
    return target.campaign if target else None


def campaign_submissions(campaign: Campaign) -> QuerySet[Assessment]:
    """What was submitted in the campaign, one a firm."""
    rows = Assessment.objects.filter(target__campaign=campaign, status=Assessment.Status.SUBMITTED)
    return rows.filter(submitted_at__lte=campaign.closed_at) if campaign.closed_at else rows


@dataclass(frozen=True)
class Reach:
    """How far the firms of one stratum are, each number including the ones after it."""

    name: str
    listed: int
    invited: int
    opened: int
    started: int
    submitted: int

    @property
    def percent(self) -> int:
        return round(100 * self.submitted / self.listed) if self.listed else 0


@dataclass(frozen=True)
class Board:
    """The whole list and its strata; ``unreachable`` have no address, ``failed`` are mails that did not go."""

    total: Reach
    strata: dict[str, list[Reach]]
    unreachable: int
    failed: int


def board_of(campaign: Campaign) -> Board:
    """Five queries, however many firms are on the list."""
    total = campaign.targets.aggregate(
        **COUNTS, unreachable=Count("pk", filter=Q(email="")), failed=Count("pk", filter=STATES["failed"])
    )
    unreachable, failed = total.pop("unreachable"), total.pop("failed")
    strata = {name: strata_of(campaign, name) for name in STRATA}
    return Board(Reach("", **total), strata, unreachable, failed)


def strata_of(campaign: Campaign, stratum: str) -> list[Reach]:
    rows = campaign.targets.order_by(stratum).values(stratum).annotate(**COUNTS)
    return [Reach(stratum_name(stratum, row.pop(stratum)), **row) for row in rows]


def stratum_name(stratum: str, code: str) -> str:
    if stratum == "size":
        return str(Firm.Size(code).label) if code in Firm.Size.values else code
    return industry_name(code) if stratum == "industry" else region_name(code)


def targets_listed(campaign: Campaign, *, state: str = "", text: str = "") -> QuerySet[Target]:
    """The firms on the list, filtered. Whether a firm has submitted is told; what, never."""
    rows = campaign.targets.select_related("assessment").order_by("name", "pk")
    if state in STATES:
        rows = rows.filter(STATES[state])
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(credit_code__icontains=text.upper()))
    return rows


def microdata_targets(campaign: Campaign) -> QuerySet[Target]:
    """Firms whose answers the association may have: the invitation asked, they agreed, and they have submitted."""
    if not campaign.asks_microdata:
        return Target.objects.none()
    return campaign.targets.filter(SUBMITTED, microdata_agreed_at__isnull=False, firm__isnull=False)
