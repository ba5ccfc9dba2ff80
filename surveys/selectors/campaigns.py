"""Reads campaigns: for an association how far its firms are, never what they answered."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from firms.catalogues import industry_name, region_name
from firms.gate import fetch_organisation, organisations_visible
from firms.models import Firm, Organisation, Person
from surveys.models import Assessment, Campaign, Target

Kind = Organisation.Kind
STRATA = ("size", "industry", "region")
STARTED = Q(assessment__isnull=False)


def in_time(assessment: str = "", campaign: str = "campaign__") -> Q:
    """Submitted before the campaign's end: by its last day, and not after it was closed.

    The two are the lookup paths from the rows to the assessment and to the campaign.
    """
    by_day = Q(**{f"{assessment}submitted_at__date__lte": F(f"{campaign}closes_on")})
    not_closed = Q(**{f"{campaign}closed_at": None})
    return by_day & (not_closed | Q(**{f"{assessment}submitted_at__lte": F(f"{campaign}closed_at")}))


DONE = Q(assessment__status=Assessment.Status.SUBMITTED)
SUBMITTED = DONE & in_time("assessment__")
STATES = {
    "uninvited": Q(invited_at=None),
    "invited": Q(invited_at__isnull=False, opened_at=None, assessment=None),
    "opened": Q(opened_at__isnull=False, assessment=None),
    "started": Q(assessment__status=Assessment.Status.DRAFT),
    "submitted": SUBMITTED,
    "late": DONE & ~in_time("assessment__"),
    "failed": ~Q(mail_error=""),
}
# The state that is shown for a firm is the first of these that fits.
SHOWN = ("submitted", "late", "started", "opened", "invited")
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
    done = Q(targets__assessment__status=Assessment.Status.SUBMITTED) & in_time("targets__assessment__", "")
    return association.campaigns.annotate(listed=Count("targets"), submitted=Count("targets", filter=done))


def campaigns_visible(person: Person) -> QuerySet[Campaign]:
    return Campaign.objects.filter(association__in=organisations_visible(person, kind=Kind.ASSOCIATION))


def campaign_of(assessment: Assessment) -> Campaign | None:
    """The campaign that the assessment was given in."""
    target = Target.objects.select_related("campaign").filter(assessment=assessment).first()
    return target.campaign if target else None


def campaign_submissions(campaign: Campaign) -> QuerySet[Assessment]:
    """What counts in the campaign, one a firm: submitted from its link, before its end. One query.

    Answers that were submitted anew before the end have taken the place of the first ones (``target_follow``).
    """
    rows = Assessment.objects.filter(target__campaign=campaign, target__firm__isnull=False)
    return rows.filter(in_time(campaign="target__campaign__"), status=Assessment.Status.SUBMITTED)


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

    @property
    def reachable(self) -> int:
        return self.total.listed - self.unreachable


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
    """The firms on the list, filtered, each with its ``state``. Whether a firm has submitted is told; what, never."""
    state_now = Case(*(When(STATES[name], then=Value(name)) for name in SHOWN), default=Value("uninvited"))
    rows = campaign.targets.annotate(state=state_now).order_by("name", "pk")
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
