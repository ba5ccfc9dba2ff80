"""A campaign's mails: asked for by a person, sent by a worker, each once. The row of a firm says what it has had."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Person
from firms.refusal import RefusalError
from surveys.models import Assessment, Campaign, Target
from surveys.services.campaigns import link_refresh, link_secret

REMIND_AGAIN_AFTER = timedelta(hours=20)
# Days before the end on which reminders go out by themselves.
REMIND_DAYS_BEFORE = (7, 1)
MAILS_AT_ONCE = 500
LANGUAGES = ("zh-hans", "en")
RULE = "\n\n———\n\n"
# What a mail that does not go raises: the network and the server, or an address or a text that is no mail.
MAIL_FAULTS = (OSError, ValueError)


def invitations_ask(*, campaign: Campaign, person: Person, now: datetime) -> None:
    """The worker sends an invitation to everybody on the list who has an address and has had none.

    Mails that failed are tried again. Firms that are listed after these mails have gone wait until somebody asks anew.
    """
    _may_write(campaign, now)
    Campaign.objects.filter(pk=campaign.pk).update(invitations_asked_at=now)
    campaign.targets.filter(invited_at=None).update(mail_error="")
    audit_record(person=person, action="campaign.invited", subject=campaign)


def reminders_ask(*, campaign: Campaign, person: Person | None, now: datetime) -> None:
    """The worker reminds everybody who was invited and has not submitted; nobody twice within a day."""
    _may_write(campaign, now)
    Campaign.objects.filter(pk=campaign.pk).update(reminders_asked_at=now)
    audit_record(person=person, action="campaign.reminded", subject=campaign)


def _may_write(campaign: Campaign, now: datetime) -> None:
    if campaign.closed_at is not None or timezone.localdate(now) > campaign.closes_on:
        raise RefusalError(_("The campaign has ended. Extend it first."))


def uninvited(campaign: Campaign) -> QuerySet[Target]:
    """Who gets an invitation when somebody asks for them now, failed mails included."""
    return campaign.targets.exclude(email="").filter(invited_at=None)


def to_invite(campaign: Campaign) -> QuerySet[Target]:
    """What is left of the invitations that were asked for. A mail that failed waits for a person to look at it."""
    return uninvited(campaign).filter(mail_error="")


def is_sending(campaign: Campaign, now: datetime) -> bool:
    """Whether mails that were asked for have not gone yet."""
    if not is_not_over(campaign, now):
        return False
    return (campaign.invitations_asked_at is not None and to_invite(campaign).exists()) or _reminders_due(campaign)


def to_remind(campaign: Campaign, now: datetime) -> QuerySet[Target]:
    """Invited, not submitted, and not written to within the last day."""
    quiet = Q(reminded_at=None) | Q(reminded_at__lt=now - REMIND_AGAIN_AFTER)
    invited = campaign.targets.exclude(email="").filter(quiet, invited_at__lt=now - REMIND_AGAIN_AFTER)
    return invited.exclude(assessment__status=Assessment.Status.SUBMITTED)


def mails_send(*, campaign: Campaign, clock: Callable[[], datetime] = timezone.now) -> int:
    """Sends what was asked for and not sent; how many. Two workers never send the same mail."""
    sent, asked = 0, campaign.reminders_asked_at
    if not is_not_over(campaign, clock()):
        return 0
    connection = get_connection()
    if campaign.invitations_asked_at:
        for target in to_invite(campaign)[:MAILS_AT_ONCE]:
            sent += invitation_send(target, campaign, clock(), connection)
        _invitations_done(campaign)
    if asked:
        for target in to_remind(campaign, asked)[:MAILS_AT_ONCE]:
            sent += reminder_send(target, campaign, clock(), connection)
    connection.close()
    return sent


def _invitations_done(campaign: Campaign) -> None:
    """Nobody who is listed later is written to before somebody has asked for it."""
    if not to_invite(campaign).exists():
        asked = Campaign.objects.filter(pk=campaign.pk, invitations_asked_at=campaign.invitations_asked_at)
        asked.update(invitations_asked_at=None)


def is_not_over(campaign: Campaign, now: datetime) -> bool:
    return campaign.closed_at is None and timezone.localdate(now) <= campaign.closes_on


def invitation_send(target: Target, campaign: Campaign, now: datetime, connection: BaseEmailBackend) -> bool:
    """The conditional update is the lock: who made it sends. A mail that fails is told on the board."""
    row = Target.objects.filter(pk=target.pk)
    if not row.filter(invited_at=None).update(invited_at=now, mail_error=""):
        return False
    try:
        invitation_mail(target, campaign, connection).send()
    except MAIL_FAULTS as error:
        row.update(invited_at=None, mail_error=_told(error))
        return False
    return True


def reminder_send(target: Target, campaign: Campaign, now: datetime, connection: BaseEmailBackend) -> bool:
    """A reminder that fails counts as the day's: a server that is away is not asked every few seconds."""
    row = Target.objects.filter(pk=target.pk)
    if not row.filter(reminded_at=target.reminded_at).update(reminded_at=now, reminders=F("reminders") + 1):
        return False
    try:
        reminder_mail(target, campaign, connection).send()
    except MAIL_FAULTS as error:
        row.update(reminders=F("reminders") - 1, mail_error=_told(error))
        return False
    row.exclude(mail_error="").update(mail_error="")
    return True


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def invitation_mail(target: Target, campaign: Campaign, connection: BaseEmailBackend | None = None) -> EmailMessage:
    return _mail(target, campaign, invitation_text, connection)


def reminder_mail(target: Target, campaign: Campaign, connection: BaseEmailBackend | None = None) -> EmailMessage:
    return _mail(target, campaign, reminder_text, connection)


def _mail(
    target: Target,
    campaign: Campaign,
    text: Callable[[Target, Campaign], str],
    connection: BaseEmailBackend | None,
) -> EmailMessage:
    """Chinese first, English below. What people wrote stands in the body only, never in a header but the title."""
    link_refresh(target)
    bodies, subjects = [], []
    for language in LANGUAGES:
        with translation.override(language):
            bodies.append(text(target, campaign))
            subjects.append(_("%(association)s: %(title)s") % names(campaign))
    subject = " ".join(" / ".join(subjects).split())
    return EmailMessage(subject, RULE.join(bodies), settings.DEFAULT_FROM_EMAIL, [target.email], connection=connection)


def names(campaign: Campaign) -> dict[str, str]:
    return {"association": campaign.association.display_name, "title": campaign.display_title}


def invitation_text(target: Target, campaign: Campaign) -> str:
    told = _(
        "%(firm)s,\n\n%(association)s invites your firm to “%(title)s”. Please answer by %(day)s; it takes less than "
        "20 minutes, can be interrupted at any time, and shows you at once where your quality management stands."
        "\n\nYour firm's personal link:\n%(link)s\n\nOnly your firm and those it lets in see your answers. "
        "%(association)s publishes group figures from which no firm can be worked out."
    )
    parts = [campaign.message.strip(), told % _facts(target, campaign)]
    if campaign.asks_microdata:
        parts.append(
            _(
                "The association also asks for the answers of each firm, for its own analysis. It gets yours only if "
                "you agree on the page behind the link; you can take part without."
            )
        )
    return "\n\n".join(part for part in parts if part)


def reminder_text(target: Target, campaign: Campaign) -> str:
    told = _(
        "%(firm)s,\n\n“%(title)s” of %(association)s ends on %(day)s, and your firm's answers are not in yet. "
        "What you have answered is kept; go on here:\n%(link)s"
    )
    return told % _facts(target, campaign)


def _facts(target: Target, campaign: Campaign) -> dict[str, str]:
    link = settings.PUBLIC_URL.rstrip("/") + reverse("campaign-join", args=[link_secret(target)])
    return {**names(campaign), "firm": target.name, "day": campaign.closes_on.isoformat(), "link": link}


def campaigns_with_mail(now: datetime) -> list[Campaign]:
    """The campaigns for which a mail may be due."""
    asked = Q(invitations_asked_at__isnull=False) | Q(reminders_asked_at__isnull=False)
    rows = Campaign.objects.filter(asked, closed_at=None, closes_on__gte=timezone.localdate(now))
    return [one for one in rows.select_related("association") if is_sending(one, now)]


def _reminders_due(campaign: Campaign) -> bool:
    asked = campaign.reminders_asked_at
    return asked is not None and to_remind(campaign, asked).exists()


def reminders_by_themselves(*, now: datetime) -> int:
    """Asks for reminders a week and a day before a campaign ends; once on each of the two days."""
    today = timezone.localdate(now)
    ends = [today + timedelta(days=days) for days in REMIND_DAYS_BEFORE]
    due = Campaign.objects.filter(closed_at=None, closes_on__in=ends, targets__invited_at__isnull=False).distinct()
    not_today = Q(reminders_asked_at=None) | Q(reminders_asked_at__lt=now - REMIND_AGAIN_AFTER)
    found = list(due.filter(not_today))
    for campaign in found:
        reminders_ask(campaign=campaign, person=None, now=now)
    return len(found)
