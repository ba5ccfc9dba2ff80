"""Which standing orders there are, what they cover, and what is due under them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from firms.gate import Right, firms_visible
from firms.models import Firm, Grant, OrganisationMember, Person
from reports.models import Report, StandingOrder, StandingReport
from reports.workspace.acting import ANYBODY, MYSELF, Acting, in_force
from reports.workspace.comments_selectors import Audience, reports_readable
from reports.workspace.selectors import Client, clients_of
from surveys.models import Assessment

# What was submitted during a longer outage is not ordered afterwards: nobody waits for it any more.
CATCH_UP = timedelta(days=30)
SHOWN = 20


@dataclass(frozen=True)
class OrderLine:
    """One standing order as its keeper sees it; ``firm`` is empty where it is for every client."""

    order: StandingOrder
    firm: str
    name: str


def acting_under(order: StandingOrder) -> Acting:
    return Acting(organisation=order.organisation) if order.organisation else MYSELF


def audience_under(order: StandingOrder) -> Audience:
    """For whom the reports of this order are made."""
    if order.organisation:
        return Audience(organisation=order.organisation)
    return Audience(reader=order.person)


def orders_in_force(person: Person) -> QuerySet[StandingOrder]:
    return StandingOrder.objects.filter(person=person.pk, ended_at=None).select_related("organisation", "firm")


def covered(order: StandingOrder) -> QuerySet[Firm]:
    """The firms whose consent the order rests on at this moment."""
    open_now = clients_of(order.person, acting_under(order))
    return open_now.filter(pk=order.firm_id) if order.firm_id else open_now


def assessments_due(order: StandingOrder, now: datetime) -> QuerySet[Assessment]:
    """Submitted since the order began, under a consent that stood then and stands now, and not ordered yet.

    An order for one firm and one for all firms of the same keeper bring one report, not two.
    """
    siblings = StandingOrder.objects.filter(person=order.person_id, organisation=order.organisation_id)
    made = StandingReport.objects.filter(assessment=OuterRef("pk"), order__in=siblings.values("pk"))
    held = Q(organisation=order.organisation_id) if order.organisation_id else Q(person=order.person_id)
    at_the_time = Grant.objects.filter(
        held,
        Q(revoked_at=None) | Q(revoked_at__gt=OuterRef("submitted_at")),
        firm=OuterRef("firm"),
        starts_at__lte=OuterRef("submitted_at"),
        ends_at__gt=OuterRef("submitted_at"),
    )
    rows = Assessment.objects.filter(~Exists(made), Exists(at_the_time), firm__in=covered(order).values("pk"))
    since = max(order.began_at, now - CATCH_UP)
    rows = rows.filter(status=Assessment.Status.SUBMITTED, submitted_at__gte=since, result__isnull=False)
    return rows.select_related("firm").order_by("submitted_at", "pk")


def orders_due(now: datetime) -> QuerySet[StandingOrder]:
    """Orders in force under which something may be due, found with one query however many orders there are."""
    held = Grant.objects.filter(
        in_force(),
        Q(organisation=OuterRef(OuterRef("organisation"))) | Q(person=OuterRef(OuterRef("person"))),
        firm=OuterRef("firm"),
    )
    made = StandingReport.objects.filter(order=OuterRef(OuterRef("pk")), assessment=OuterRef("pk"))
    new = Assessment.objects.filter(
        ~Exists(made),
        Exists(held),
        status=Assessment.Status.SUBMITTED,
        submitted_at__gte=OuterRef("began_at"),
        submitted_at__gt=now - CATCH_UP,
    )
    due = Q(firm=None) & Exists(new) | Exists(new.filter(firm=OuterRef("firm")))
    rows = StandingOrder.objects.filter(due, ended_at=None, person__is_active=True)
    return rows.select_related("person", "organisation", "firm")


def last_options(order: StandingOrder, firm: Firm) -> Mapping[str, Any]:
    """Language, format and sections of the last report that this reader ordered: of this firm, else of any.

    Where none was ever ordered, the whole report as PDF in the keeper's language.
    """
    ordered = Report.objects.filter(**vars(audience_under(order))).order_by("-requested_at")
    last = ordered.filter(assessment__firm=firm).first() or ordered.first()
    if last is None:
        return {"language": order.person.language}
    return {"language": last.language, "format": last.format, "sections": last.chosen}


def orders_left(now: datetime) -> QuerySet[StandingOrder]:
    """Orders in force for an organisation that their keeper no longer acts for."""
    acts = OrganisationMember.objects.filter(organisation=OuterRef("organisation"), person=OuterRef("person"))
    return StandingOrder.objects.filter(~Exists(acts), began_at__lte=now, ended_at=None, organisation__isnull=False)


def orders_without_consent(now: datetime) -> QuerySet[StandingOrder]:
    """Orders in force for one firm whose consent has ended."""
    here = Grant.objects.filter(in_force(), firm=OuterRef("firm"))
    named = Q(organisation=None) & ~Exists(here.filter(person=OuterRef("person")))
    housed = Q(organisation__isnull=False) & ~Exists(here.filter(organisation=OuterRef("organisation")))
    return StandingOrder.objects.filter(named | housed, began_at__lte=now, ended_at=None, firm__isnull=False)


def reports_without_consent() -> QuerySet[Report]:
    """Reports of standing orders that are still to be built and that nobody would be let in to read."""
    here = Grant.objects.filter(in_force(), firm=OuterRef("assessment__firm"))
    readable = Exists(here.filter(organisation=OuterRef("organisation"))) | Exists(
        here.filter(person=OuterRef("reader"))
    )
    waiting = Report.objects.filter(state__in=(Report.State.QUEUED, Report.State.BUILDING))
    made = StandingReport.objects.filter(report=OuterRef("pk"))
    return waiting.filter(~readable, Exists(made)).select_related("assessment__firm")


def mails_due(now: datetime) -> QuerySet[StandingReport]:
    """Reports that are ready and whose keeper, who has not switched the order off, knows nothing of it yet."""
    rows = StandingReport.objects.filter(
        Q(mail_after=None) | Q(mail_after__lte=now),
        mail=StandingReport.Mail.WAITING,
        report__state=Report.State.READY,
        order__ended_at=None,
        order__person__is_active=True,
    )
    return rows.select_related("order__person", "order__organisation", "report__assessment__firm").order_by("made_at")


def is_open_to(person: Person, report: Report) -> bool:
    """The gate's question without a look: may this person read this report now?"""
    firms = firms_visible(person, Right.REPORT).filter(pk=report.assessment.firm_id)
    return firms.exists() and reports_readable(person).filter(pk=report.pk).exists()


def with_orders(rows: Sequence[Client], person: Person, acting: Acting) -> list[Client]:
    """The lines of the list, each with the standing order that stands for it under this name."""
    orders = [one for one in orders_in_force(person) if acting in (ANYBODY, acting_under(one))]
    for_firm = {one.firm_id: one for one in orders if one.firm_id}
    firms = [row.firm.pk for row in rows]
    for_all = {
        pk for one in orders if not one.firm_id for pk in covered(one).filter(pk__in=firms).values_list("pk", flat=True)
    }
    return [replace(row, order=for_firm.get(row.firm.pk), in_all=row.firm.pk in for_all) for row in rows]


def order_lines(person: Person) -> list[OrderLine]:
    """Those in force, then those that ended of late. A firm that closed itself tells no name that is new."""
    rows = StandingOrder.objects.filter(person=person.pk).select_related("organisation", "firm")
    ended = rows.exclude(ended_at=None).order_by("-ended_at")[:SHOWN]
    return [
        OrderLine(order, order.firm.display_name if order.firm else "", acting_under(order).title)
        for order in (*rows.filter(ended_at=None), *ended)
    ]


def standing_reports(person: Person) -> list[StandingReport]:
    """What came of late of the orders, as far as it is open to the person now."""
    open_now = reports_readable(person).filter(assessment__firm__in=firms_visible(person, Right.REPORT))
    rows = StandingReport.objects.filter(order__person=person.pk, report__in=open_now.values("pk"))
    return list(rows.select_related("report__assessment__firm")[:SHOWN])
