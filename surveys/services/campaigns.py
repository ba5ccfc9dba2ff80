"""Everything that can happen to a campaign: made, filled with firms, invited, reminded, extended, closed, joined."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Firm, Organisation, Person
from firms.refusal import RefusalError
from surveys.instruments.model import Instrument
from surveys.library import instrument_get
from surveys.models import Assessment, Campaign, Target
from surveys.services.assessments import assessment_start
from surveys.services.campaign_window import is_open
from surveys.targets_file import TargetRow

LINK_SALT = "surveys.campaign-link"
REMIND_AGAIN_AFTER = timedelta(hours=20)
# Days before the end on which reminders go out by themselves.
REMIND_DAYS_BEFORE = (7, 1)
MAILS_AT_ONCE = 500
LANGUAGES = ("zh-hans", "en")
RULE = "\n\n———\n\n"


@dataclass(frozen=True)
class CampaignPlan:
    """What an association says of a campaign. ``message`` stands in the invitation, above what the site says."""

    title: str
    title_en: str
    opens_on: date
    closes_on: date
    message: str
    asks_microdata: bool


@dataclass(frozen=True)
class Imported:
    """What an import came to."""

    added: int
    already: int


@transaction.atomic
def campaign_create(
    *, association: Organisation, instrument: Instrument, plan: CampaignPlan, person: Person, now: datetime
) -> Campaign:
    campaign = Campaign.objects.create(
        association=association,
        instrument_code=instrument.code,
        instrument_version=instrument.version,
        instrument_hash=instrument.content_hash,
        created_by=person,
        created_at=now,
        **{field.name: getattr(plan, field.name) for field in fields(plan)},
    )
    audit_record(person=person, action="campaign.created", subject=campaign)
    return campaign


@transaction.atomic
def campaign_extend(*, campaign: Campaign, closes_on: date, person: Person) -> None:
    """A later end. A campaign that was closed is open again until then."""
    if closes_on <= campaign.closes_on and campaign.closed_at is None:
        raise RefusalError(_("Choose a day after %(day)s.") % {"day": campaign.closes_on.isoformat()})
    Campaign.objects.filter(pk=campaign.pk).update(closes_on=closes_on, closed_at=None)
    before, after = {"closes_on": campaign.closes_on.isoformat()}, {"closes_on": closes_on.isoformat()}
    audit_record(person=person, action="campaign.extended", subject=campaign, before=before, after=after)


@transaction.atomic
def campaign_close(*, campaign: Campaign, person: Person, now: datetime) -> None:
    """Ends it at once. What was submitted counts; drafts may be finished, for the firm alone."""
    if Campaign.objects.filter(pk=campaign.pk, closed_at=None).update(closed_at=now):
        audit_record(person=person, action="campaign.closed", subject=campaign)


@transaction.atomic
def targets_import(*, campaign: Campaign, rows: Sequence[TargetRow], person: Person) -> Imported:
    """Adds the firms that are not on the list yet; those that are there stay as they are."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    there = set(campaign.targets.values_list("credit_code", flat=True))
    fresh = [row for row in rows if row.credit_code not in there]
    Target.objects.bulk_create([target_of(campaign, row) for row in fresh], batch_size=2000)
    audit_record(person=person, action="campaign.listed", subject=campaign, after={"added": len(fresh)})
    return Imported(len(fresh), len(rows) - len(fresh))


def target_of(campaign: Campaign, row: TargetRow) -> Target:
    target = Target(campaign=campaign, **{field.name: getattr(row, field.name) for field in fields(row)})
    target.secret_digest = digest_of(link_secret(target))
    return target


@transaction.atomic
def target_remove(*, target: Target, person: Person) -> None:
    """Takes a firm off the list that has not begun."""
    if target.assessment_id is not None:
        raise RefusalError(_("This firm has begun to answer and stays on the list."))
    audit_record(person=person, action="campaign.unlisted", subject=target.campaign, before={"name": target.name})
    target.delete()


def link_secret(target: Target) -> str:
    """The secret of the target's personal link: the same each time, so a reminder brings the same link."""
    return salted_hmac(LINK_SALT, str(target.pk), algorithm="sha256").hexdigest()[:40]


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


# --- Mails -----------------------------------------------------------------------------------------------------------


def invitations_ask(*, campaign: Campaign, person: Person, now: datetime) -> None:
    """From now on the worker sends an invitation to everybody on the list who has an address and has had none."""
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


def to_invite(campaign: Campaign) -> QuerySet[Target]:
    return campaign.targets.exclude(email="").filter(invited_at=None, mail_error="")


def to_remind(campaign: Campaign, now: datetime) -> QuerySet[Target]:
    """Invited, not submitted, and not written to within the last day."""
    quiet = Q(reminded_at=None) | Q(reminded_at__lt=now - REMIND_AGAIN_AFTER)
    invited = campaign.targets.exclude(email="").filter(quiet, invited_at__lt=now - REMIND_AGAIN_AFTER)
    return invited.exclude(assessment__status=Assessment.Status.SUBMITTED)


def mails_send(*, campaign: Campaign, clock: Callable[[], datetime] = timezone.now) -> int:
    """Sends what was asked for and not sent; how many. Two workers never send the same mail."""
    sent = 0
    if campaign.invitations_asked_at and is_not_over(campaign, clock()):
        for target in to_invite(campaign)[:MAILS_AT_ONCE]:
            sent += invitation_send(target, campaign, clock())
    if campaign.reminders_asked_at and is_not_over(campaign, clock()):
        for target in to_remind(campaign, campaign.reminders_asked_at)[:MAILS_AT_ONCE]:
            sent += reminder_send(target, campaign, clock())
    return sent


def is_not_over(campaign: Campaign, now: datetime) -> bool:
    return campaign.closed_at is None and timezone.localdate(now) <= campaign.closes_on


def invitation_send(target: Target, campaign: Campaign, now: datetime) -> bool:
    """The conditional update is the lock: who made it sends. A mail that fails is told on the board."""
    if not Target.objects.filter(pk=target.pk, invited_at=None).update(invited_at=now):
        return False
    try:
        invitation_mail(target, campaign).send()
    except OSError as error:
        Target.objects.filter(pk=target.pk).update(invited_at=None, mail_error=f"{type(error).__name__}: {error}"[:300])
        return False
    return True


def reminder_send(target: Target, campaign: Campaign, now: datetime) -> bool:
    rows = Target.objects.filter(pk=target.pk, reminded_at=target.reminded_at)
    if not rows.update(reminded_at=now, reminders=target.reminders + 1):
        return False
    try:
        reminder_mail(target, campaign).send()
    except OSError as error:
        failed = {"reminded_at": target.reminded_at, "mail_error": f"{type(error).__name__}: {error}"[:300]}
        Target.objects.filter(pk=target.pk).update(**failed)
        return False
    return True


def invitation_mail(target: Target, campaign: Campaign) -> EmailMessage:
    return _mail(target, campaign, invitation_text)


def reminder_mail(target: Target, campaign: Campaign) -> EmailMessage:
    return _mail(target, campaign, reminder_text)


def _mail(target: Target, campaign: Campaign, text: Callable[[Target, Campaign], str]) -> EmailMessage:
    """Chinese first, English below. What people wrote stands in the body only, never in a header but the title."""
    bodies, subjects = [], []
    for language in LANGUAGES:
        with translation.override(language):
            bodies.append(text(target, campaign))
            subjects.append(_("%(association)s: %(title)s") % names(campaign))
    subject = " ".join(" / ".join(subjects).split())
    return EmailMessage(subject, RULE.join(bodies), settings.DEFAULT_FROM_EMAIL, [target.email])


def names(campaign: Campaign) -> dict[str, str]:
    return {"association": campaign.association.display_name, "title": campaign.display_title}


def invitation_text(target: Target, campaign: Campaign) -> str:
    told = _(
        "%(firm)s,\n\n%(association)s invites your firm to “%(title)s”. Please answer by %(day)s; it takes less than "
        "20 minutes, can be interrupted at any time, and shows you at once where your quality management stands."
        "\n\nYour firm's personal link:\n%(link)s\n\nYour answers are seen by your firm alone. %(association)s "
        "publishes group figures from which no firm can be worked out."
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
    return [one for one in rows.select_related("association") if to_invite(one).exists() or _reminders_due(one)]


def _reminders_due(campaign: Campaign) -> bool:
    asked = campaign.reminders_asked_at
    return asked is not None and to_remind(campaign, asked).exists()


def reminders_by_themselves(*, now: datetime) -> int:
    """Asks for reminders a week and a day before a campaign ends; once on each of the two days."""
    today = timezone.localdate(now)
    ends = [today + timedelta(days=days) for days in REMIND_DAYS_BEFORE]
    due = Campaign.objects.filter(closed_at=None, closes_on__in=ends, invitations_asked_at__isnull=False)
    not_today = Q(reminders_asked_at=None) | Q(reminders_asked_at__lt=now - REMIND_AGAIN_AFTER)
    found = list(due.filter(not_today))
    for campaign in found:
        reminders_ask(campaign=campaign, person=None, now=now)
    return len(found)


# --- Taking part ------------------------------------------------------------------------------------------------------


def target_open(*, secret: str, now: datetime) -> Target | None:
    """Who the link belongs to; None where it is no link. The first look is noted."""
    rows = Target.objects.select_related("campaign__association", "firm", "assessment")
    target = rows.filter(secret_digest=digest_of(secret)).first() if secret else None
    if target is not None and target.opened_at is None:
        Target.objects.filter(pk=target.pk, opened_at=None).update(opened_at=now)
    return target


@transaction.atomic
def target_join(*, target: Target, firm: Firm, person: Person, agrees_microdata: bool, now: datetime) -> Assessment:
    """The firm takes part: its assessment belongs to the campaign. RefusalError with the reason where it cannot."""
    target = Target.objects.select_for_update().select_related("campaign").get(pk=target.pk)
    campaign = target.campaign
    if target.assessment_id is not None and target.firm_id == firm.pk:
        return Assessment.objects.get(pk=target.assessment_id)
    _may_join(target, firm, now)
    instrument = instrument_get(campaign.instrument_code, campaign.instrument_version)
    assessment = assessment_start(firm=firm, instrument=instrument, person=person, now=now)
    if assessment.instrument_version != instrument.version or Target.objects.filter(assessment=assessment).exists():
        raise RefusalError(
            _("Your firm is still answering this questionnaire for something else. Submit or discard that one first.")
        )
    agreed = now if agrees_microdata and campaign.asks_microdata else None
    Target.objects.filter(pk=target.pk).update(firm=firm, assessment=assessment, microdata_agreed_at=agreed)
    after = {"campaign": str(campaign.pk), "microdata": agreed is not None}
    audit_record(person=person, action="campaign.joined", firm=firm, subject=assessment, after=after)
    return assessment


def _may_join(target: Target, firm: Firm, now: datetime) -> None:
    if not is_open(target.campaign, now):
        raise RefusalError(_("This campaign is not open."))
    if target.firm_id is not None and target.firm_id != firm.pk:
        raise RefusalError(_("Another firm has already taken this invitation."))
    if firm.credit_code and firm.credit_code != target.credit_code:
        raise RefusalError(
            _("The invitation is for the firm with the credit code %(code)s; this firm has another.")
            % {"code": target.credit_code}
        )
    if Target.objects.filter(campaign=target.campaign, firm=firm).exclude(pk=target.pk).exists():
        raise RefusalError(_("This firm already takes part by another invitation."))


def microdata_withdraw(*, target: Target, person: Person) -> None:
    """The association no longer gets the firm's answers; what it has downloaded it has."""
    if Target.objects.filter(pk=target.pk, microdata_agreed_at__isnull=False).update(microdata_agreed_at=None):
        audit_record(person=person, action="campaign.microdata_withdrawn", firm=target.firm, subject=target.assessment)
