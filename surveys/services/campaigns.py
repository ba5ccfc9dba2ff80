"""Everything that can happen to a campaign but its mails: made, filled with firms, extended, closed, joined."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
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
def campaign_extend(*, campaign: Campaign, closes_on: date, person: Person, now: datetime) -> None:
    """A later end. A campaign that was closed is open again until then."""
    yesterday = timezone.localdate(now) - timedelta(days=1)
    after = max(yesterday, campaign.opens_on) if campaign.closed_at else campaign.closes_on
    if closes_on <= after:
        raise RefusalError(_("Choose a day after %(day)s.") % {"day": after.isoformat()})
    Campaign.objects.filter(pk=campaign.pk).update(closes_on=closes_on, closed_at=None)
    before, changed = {"until": campaign.closes_on.isoformat()}, {"until": closes_on.isoformat()}
    audit_record(person=person, action="campaign.extended", subject=campaign, before=before, after=changed)


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
    """The secret of the target's personal link: the same each time, so that a reminder brings the same link.

    It is an HMAC of the target's random id. After the site's key was changed, the links that were sent go on working
    as long as the former key stands in SECRET_KEY_FALLBACKS; else ``link_refresh`` makes a new one.
    """
    return next((one for one in _secrets(target) if digest_of(one) == target.secret_digest), next(_secrets(target)))


def link_refresh(target: Target) -> None:
    """What the next mail brings opens, whatever became of the key that the last one was made with."""
    digest = digest_of(link_secret(target))
    if target.secret_digest != digest:
        target.secret_digest = digest
        Target.objects.filter(pk=target.pk).update(secret_digest=digest)


def _secrets(target: Target) -> Iterator[str]:
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac(LINK_SALT, str(target.pk), secret=key, algorithm="sha256").hexdigest()[:40]


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


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
    require_code(target, firm.credit_code)
    if Target.objects.filter(campaign=target.campaign, firm=firm).exclude(pk=target.pk).exists():
        raise RefusalError(_("This firm already takes part by another invitation."))


def require_code(target: Target, credit_code: str) -> None:
    """RefusalError where the firm has a credit code, and not the one that was invited."""
    if credit_code and credit_code != target.credit_code:
        raise RefusalError(
            _("The invitation is for the firm with the credit code %(code)s; this firm has another.")
            % {"code": target.credit_code}
        )


def microdata_withdraw(*, target: Target, person: Person) -> None:
    """The association no longer gets the firm's answers; what it has downloaded it has."""
    if Target.objects.filter(pk=target.pk, microdata_agreed_at__isnull=False).update(microdata_agreed_at=None):
        audit_record(person=person, action="campaign.microdata_withdrawn", firm=target.firm, subject=target.assessment)
