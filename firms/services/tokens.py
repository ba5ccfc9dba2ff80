"""API tokens: they act for a person, through the same gate, with less than the person's own rights."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.gate import Right
from firms.models import ApiToken, Firm, Limit, Person
from firms.refusal import RefusalError
from firms.secret import digest_of, new_secret

PREFIX = "qms_"
LONGEST_DAYS = 366
MOST_TOKENS = 20
# A token is used far more often than anyone asks when it was used: one write a minute is enough.
LAST_USED_STEP = timedelta(minutes=1)
READ_UP_TO = {
    ApiToken.Scope.REPORT: (Right.REPORT,),
    ApiToken.Scope.ANSWERS: (Right.REPORT, Right.ANSWERS),
    ApiToken.Scope.EVIDENCE: (Right.REPORT, Right.ANSWERS, Right.EVIDENCE),
    # No token can manage: members, consents and tokens are changed by people on pages only.
    ApiToken.Scope.EDIT: (Right.REPORT, Right.ANSWERS, Right.EVIDENCE, Right.EDIT),
}


@transaction.atomic
def token_create(*, person: Person, name: str, scope: str, days: int, firm: Firm | None = None) -> str:
    """The raw token: shown once, never stored."""
    if not 1 <= days <= LONGEST_DAYS:
        raise RefusalError(_("Please choose a life between one day and one year."))
    if ApiToken.objects.filter(person=person, revoked_at=None, expires_at__gt=timezone.now()).count() >= MOST_TOKENS:
        raise RefusalError(_("You have many tokens already. Please revoke those that you no longer use."))
    secret = new_secret(PREFIX)
    token = ApiToken.objects.create(
        person=person,
        firm=firm,
        name=name,
        token_hash=secret.digest,
        scope=ApiToken.Scope(scope),
        expires_at=timezone.now() + timedelta(days=days),
    )
    audit_record(person=person, action="token.created", firm=firm, subject=token, after={"scope": scope, "days": days})
    return secret.raw


@transaction.atomic
def token_revoke(*, token: ApiToken, person: Person) -> None:
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        audit_record(person=person, action="token.revoked", firm=token.firm, subject=token)


def token_person(raw: str) -> Person | None:
    """Whom a token acts for, with its limit set; None for unknown, expired and revoked tokens and closed accounts.

    The API's authentication calls this; every gate function then honours ``person.limit``.
    """
    now = timezone.now()
    token = (
        ApiToken.objects.select_related("person")
        .filter(token_hash=digest_of(raw), revoked_at=None, expires_at__gt=now, person__is_active=True)
        .first()
    )
    if token is None:
        return None
    if token.last_used_at is None or now - token.last_used_at > LAST_USED_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    token.person.limit = Limit(frozenset(READ_UP_TO[ApiToken.Scope(token.scope)]), token.firm_id)
    return token.person
