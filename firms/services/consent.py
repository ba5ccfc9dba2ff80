"""The consent ledger: grants, requests for them, and the benchmark pool. Taking back works at once."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.models import Firm, Grant, GrantRequest, Organisation, Person, PoolConsent, Scope
from firms.refusal import RefusalError

LONGEST_DAYS = 3 * 366
OPEN_REQUESTS = 20
State = GrantRequest.State


@dataclass(frozen=True)
class Recipient:
    """A consultancy or group, or a named consultant: exactly one of the two."""

    organisation: Organisation | None = None
    person: Person | None = None


@transaction.atomic
def grant_give(*, firm: Firm, giver: Person, recipient: Recipient, scope: str, days: int) -> Grant:
    """Consent from now on for a number of days; an earlier grant to the same recipient is replaced."""
    if recipient.organisation and recipient.organisation.kind == Organisation.Kind.ASSOCIATION:
        raise RefusalError(_("Associations see only anonymous totals; consent goes to consultancies and groups."))
    if not 1 <= days <= LONGEST_DAYS:
        raise RefusalError(_("Please choose a period between one day and three years."))
    for earlier in Grant.objects.filter(
        firm=firm, organisation=recipient.organisation, person=recipient.person, revoked_at=None
    ):
        _end(earlier)
    now = timezone.now()
    grant = Grant.objects.create(
        firm=firm,
        organisation=recipient.organisation,
        person=recipient.person,
        scope=Scope(scope),
        starts_at=now,
        ends_at=now + timedelta(days=days),
        granted_by=giver,
    )
    audit_record(person=giver, action="grant.given", firm=firm, subject=grant, after=_terms(grant))
    return grant


@transaction.atomic
def grant_revoke(*, grant: Grant, person: Person) -> None:
    """Ends a consent; the gate refuses from the next request on."""
    if _end(grant):
        audit_record(person=person, action="grant.revoked", firm=grant.firm, subject=grant, before=_terms(grant))


@transaction.atomic
def grant_request(
    *, person: Person, organisation: Organisation, credit_code: str, scope: str, days: int, message: str = ""
) -> GrantRequest:
    """Asks the firm with this code for consent. Nothing tells the asker whether such a firm is here."""
    if GrantRequest.objects.filter(organisation=organisation, state=State.OPEN).count() >= OPEN_REQUESTS:
        raise RefusalError(_("Too many requests are waiting for an answer. Please withdraw some first."))
    firm = Firm.objects.filter(credit_code=credit_code).first()
    try:
        with transaction.atomic():
            request = GrantRequest.objects.create(
                firm=firm,
                credit_code=credit_code,
                organisation=organisation,
                requested_by=person,
                scope=Scope(scope),
                days=days,
                message=message,
            )
    except IntegrityError:
        raise RefusalError(_("A request to this firm is already waiting for its answer.")) from None
    if firm:
        audit_record(person=person, action="grant.requested", firm=firm, subject=request, after=_asked(request))
    return request


@transaction.atomic
def request_accept(*, request: GrantRequest, person: Person) -> Grant:
    """The firm says yes: the grant starts now, as asked for."""
    _answer(request, State.ACCEPTED)
    firm = request.firm
    if firm is None:
        raise ValueError(f"Request {request.pk} reached no firm.")
    recipient = Recipient(organisation=request.organisation)
    return grant_give(firm=firm, giver=person, recipient=recipient, scope=request.scope, days=request.days)


@transaction.atomic
def request_decline(*, request: GrantRequest, person: Person) -> None:
    _answer(request, State.DECLINED)
    audit_record(person=person, action="grant.declined", firm=request.firm, subject=request, after=_asked(request))


@transaction.atomic
def request_withdraw(*, request: GrantRequest, person: Person) -> None:
    _answer(request, State.WITHDRAWN)
    if request.firm:
        audit_record(person=person, action="grant.request_withdrawn", firm=request.firm, subject=request)


@transaction.atomic
def pool_consent_give(*, firm: Firm, person: Person) -> PoolConsent:
    """From the next release on the firm is counted, anonymously, in the benchmark pool."""
    Firm.objects.select_for_update().get(pk=firm.pk)
    consent, new = PoolConsent.objects.get_or_create(
        firm=firm, withdrawn_at=None, defaults={"given_at": timezone.now(), "given_by": person}
    )
    if new:
        audit_record(person=person, action="pool.consented", firm=firm, subject=consent)
    return consent


@transaction.atomic
def pool_consent_withdraw(*, firm: Firm, person: Person | None) -> None:
    """The next release no longer counts the firm. What was already published cannot be taken back."""
    if PoolConsent.objects.filter(firm=firm, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        audit_record(person=person, action="pool.withdrawn", firm=firm)


def _end(grant: Grant) -> bool:
    return bool(Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=timezone.now()))


def _answer(request: GrantRequest, state: State) -> None:
    """The conditional update is the lock: a request is answered once."""
    changed = GrantRequest.objects.filter(pk=request.pk, state=State.OPEN).update(
        state=state, answered_at=timezone.now()
    )
    if not changed:
        raise RefusalError(_("This request has already been answered or withdrawn."))


def _terms(grant: Grant) -> dict[str, object]:
    recipient = {"organisation": str(grant.organisation_id)} if grant.organisation_id else {"to": str(grant.person_id)}
    return {**recipient, "scope": grant.scope, "until": grant.ends_at.date()}


def _asked(request: GrantRequest) -> dict[str, object]:
    return {"organisation": str(request.organisation_id), "scope": request.scope, "days": request.days}
