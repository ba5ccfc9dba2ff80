"""Merging a firm that was registered twice. Both owners agree: one makes the link, the other accepts it."""

from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel, Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firms.audit import audit_record
from firms.models import ApiToken, Firm, FormerFirm, Grant, Invitation, Membership, Person, PoolConsent
from firms.refusal import RefusalError
from firms.registry import merge_steps
from firms.services.consent import pool_consent_withdraw

ONLY_ONE = gettext_lazy(
    "Both registrations have something of which a firm may have only one, such as a questionnaire in progress. "
    "Please finish or discard one of the two first."
)
STRENGTH = ["viewer", "editor", "owner"]


@transaction.atomic
def firm_merge(*, keep: Firm, drop: Firm, keeper: Person, giver: Person) -> Firm:
    """Everything of ``drop`` becomes part of ``keep``, and ``drop`` ends.

    No consent grows by a merge: consents that ``drop`` gave end, and the firm stays in the benchmark pool only if both
    were in it. Rows of other apps are re-pointed by themselves; what needs care is in ``registry.merge_steps``.
    """
    if keep.pk == drop.pk:
        raise RefusalError(_("A firm cannot be merged with itself."))
    list(Firm.objects.select_for_update().filter(pk__in=[keep.pk, drop.pk]).order_by("pk"))
    _members(keep, drop)
    _consents(keep, drop)
    for step in merge_steps:
        step(keep, drop)
    moved = _repoint(keep, drop)
    former, name, code = drop.pk, drop.name, drop.credit_code
    audit_record(person=giver, action="firm.merged_away", firm=drop, subject=drop, after={"into": str(keep.pk)})
    drop.delete()
    if not keep.credit_code:
        Firm.objects.filter(pk=keep.pk).update(credit_code=code)
    FormerFirm.objects.create(pk=former, firm=keep, name=name, merged_at=timezone.now())
    after = {"merged": str(former), "agreed": [str(keeper.pk), str(giver.pk)], "moved": moved}
    audit_record(person=giver, action="firm.merged", firm=keep, subject=keep, after=after)
    return keep


def _members(keep: Firm, drop: Firm) -> None:
    """Nobody loses access: who was in both firms keeps the stronger role."""
    present = {member.person_id: member for member in Membership.objects.filter(firm=keep)}
    for member in Membership.objects.filter(firm=drop):
        mine = present.get(member.person_id)
        if mine is None:
            continue
        mine.role = max(mine.role, member.role, key=STRENGTH.index)
        mine.save(update_fields=["role"])
        member.delete()


def _consents(keep: Firm, drop: Firm) -> None:
    both = all(PoolConsent.objects.filter(firm=firm, withdrawn_at=None).exists() for firm in (keep, drop))
    if not both:
        pool_consent_withdraw(firm=keep, person=None)
    now = timezone.now()
    PoolConsent.objects.filter(firm=drop, withdrawn_at=None).update(withdrawn_at=now)
    Grant.objects.filter(firm=drop, revoked_at=None).update(revoked_at=now)
    ApiToken.objects.filter(firm=drop, revoked_at=None).update(revoked_at=now)
    Invitation.objects.filter(firm=drop, used_at=None, revoked_at=None).update(revoked_at=now)


def _repoint(keep: Firm, drop: Firm) -> dict[str, int]:
    """How many rows of each kind now belong to ``keep``. Found by introspection, so that no kind can be forgotten."""
    moved = {}
    for relation in Firm._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        model: type[Model] = relation.related_model
        rows = model._base_manager.filter(**{relation.field.name: drop})
        try:
            with transaction.atomic():
                moved[model._meta.label_lower] = rows.update(**{relation.field.name: keep})
        except IntegrityError:
            raise RefusalError(str(ONLY_ONE)) from None
    return {label: count for label, count in moved.items() if count}
