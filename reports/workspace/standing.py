"""Everything that can happen to a standing order: begun, ended, followed when a client submits, told by mail.

Submitting knows nothing of it. A sweep finds in the rows what was submitted and is not ordered yet, so that a worker or
a broker that was lost loses no report, and running it twice orders nothing twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Firm, Organisation, Person
from reports.models import Report, StandingOrder, StandingReport
from reports.services import report_cancel, report_request
from reports.workspace.standing_selectors import (
    assessments_due,
    audience_under,
    is_open_to,
    last_options,
    mails_due,
    orders_due,
    orders_left,
    orders_without_consent,
    reports_without_consent,
)
from surveys.services.campaign_mails import MAIL_FAULTS, MAILS_AT_ONCE

logger = logging.getLogger(__name__)
TRIES = 5
FIRST_PAUSE = timedelta(minutes=2)
MOST_AT_ONCE = 200
Ending, Mail = StandingOrder.Ending, StandingReport.Mail


@transaction.atomic
def standing_begin(
    *, person: Person, organisation: Organisation | None, firm: Firm | None, now: datetime
) -> StandingOrder:
    """From now on; the order in force if there is one. The caller has made sure that the firm is a client."""
    _lock(person)
    order, new = StandingOrder.objects.get_or_create(
        person=person, organisation=organisation, firm=firm, ended_at=None, defaults={"began_at": now}
    )
    if new:
        audit_record(person=person, action="standing.begun", firm=firm, subject=order)
    return order


@transaction.atomic
def standing_end(*, order: StandingOrder, now: datetime, ending: str, person: Person | None) -> bool:
    """False where it had ended already. What was ordered under it stays; mails that were to follow do not."""
    ended = StandingOrder.objects.filter(pk=order.pk, ended_at=None).update(ended_at=now, ending=ending)
    if ended:
        audit_record(person=person, action="standing.ended", firm=order.firm, subject=order)
    return bool(ended)


def _lock(person: Person) -> None:
    """One hand at a time on the standing orders of a person."""
    Person.objects.select_for_update().only("pk").get(pk=person.pk)


def standing_follow(*, now: datetime) -> list[Report]:
    """Ends what no longer rests on a consent, orders what is due; the reports that are now to be built."""
    orders_close(now)
    return [report for order in orders_due(now) for report in _followed(order, now) if report.is_open]


def _followed(order: StandingOrder, now: datetime) -> list[Report]:
    """One order that fails must not keep the others from theirs; it is looked at again by the next sweep."""
    try:
        return order_follow(order=order, now=now)
    except Exception:
        logger.exception("Standing order %s could not be followed.", order.pk)
        return []


def orders_close(now: datetime) -> None:
    for order in orders_left(now).select_related("firm"):
        standing_end(order=order, now=now, ending=Ending.LEFT, person=None)
    for order in orders_without_consent(now).select_related("firm"):
        standing_end(order=order, now=now, ending=Ending.CONSENT, person=None)
    for report in reports_without_consent():
        report_cancel(report=report, person=None)


@transaction.atomic
def order_follow(*, order: StandingOrder, now: datetime) -> list[Report]:
    """Orders a report of each assessment that is due, with the options of the last one."""
    _lock(order.person)
    if not StandingOrder.objects.filter(pk=order.pk, ended_at=None).exists():
        return []
    reports = []
    for assessment in assessments_due(order, now)[:MOST_AT_ONCE]:
        options = last_options(order, assessment.firm)
        report = report_request(
            assessment=assessment,
            person=order.person,
            now=now,
            batch=True,
            audience=audience_under(order),
            **options,
        )
        StandingReport.objects.create(order=order, assessment=assessment, report=report, made_at=now)
        reports.append(report)
    return reports


def orders_meet(keep: Firm, drop: Firm) -> None:
    """When two firms become one: consents of ``drop`` end with it, and so do the orders that rest on them."""
    now = timezone.now()
    for order in StandingOrder.objects.filter(firm=drop, ended_at=None):
        standing_end(order=order, now=now, ending=Ending.CONSENT, person=None)


def standing_known(person: Person) -> list[dict[str, Any]]:
    """What is kept of a person's standing orders."""
    fields = ("firm", "firm__name", "organisation", "organisation__name", "began_at", "ended_at", "ending")
    return list(StandingOrder.objects.filter(person=person).values(*fields))


def standing_mails(*, clock: Callable[[], datetime] = timezone.now) -> int:
    """Tells the keepers what is ready; how many mails. Two workers never send the same one."""
    connection = get_connection()
    sent = sum(mail_send(row, clock(), connection) for row in mails_due(clock())[:MAILS_AT_ONCE])
    connection.close()
    return sent


def mail_send(row: StandingReport, now: datetime, connection: BaseEmailBackend) -> bool:
    """The conditional update is the lock: who made it sends. A mail that fails is tried again later."""
    waiting = StandingReport.objects.filter(pk=row.pk, mail=Mail.WAITING)
    if not is_open_to(row.order.person, row.report):
        waiting.update(mail=Mail.CLOSED)
        return False
    if not waiting.update(mail=Mail.SENT, mailed_at=now):
        return False
    try:
        ready_mail(row, connection).send()
    except MAIL_FAULTS as error:
        _failed(row, error, now)
        return False
    return True


def _failed(row: StandingReport, error: Exception, now: datetime) -> None:
    tries = row.mail_tries + 1
    StandingReport.objects.filter(pk=row.pk).update(
        mail=Mail.FAILED if tries >= TRIES else Mail.WAITING,
        mailed_at=None,
        mail_tries=tries,
        mail_after=now + FIRST_PAUSE * 4 ** (tries - 1),
        mail_error=f"{type(error).__name__}: {error}"[:300],
    )


def ready_mail(row: StandingReport, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """In the keeper's language. It holds no figure and no answer, only addresses that ask to sign in."""
    person = row.order.person
    with translation.override(person.language):
        told = _(
            "%(firm)s has submitted a new assessment. The report that you have on standing order is ready; "
            "sign in to read it:\n%(report)s\n\nYou get this mail because of a standing order. "
            "See your standing orders and switch them off here:\n%(orders)s"
        )
        links = {"report": _address("report", row.report_id), "orders": _address("standing-orders")}
        body = told % {"firm": row.report.assessment.firm.display_name, **links}
        subject = _("A report on standing order is ready")
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email], connection=connection)


def _address(name: str, *parts: object) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=parts)
