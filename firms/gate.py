"""The one access gate: the only way from (person, id) to anything that belongs to a firm.

Refusal looks like absence: a stranger, a viewer who may not edit and a wrong id all get the same 404. Nothing is
remembered between requests, so a withdrawn consent ends access with the next one.
"""

import enum
import uuid
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from firms.audit import audit_record
from firms.compiled import Compiled
from firms.context import current_origin
from firms.models import Firm, Grant, Membership, Organisation, OrganisationMember, Person, Scope

M = TypeVar("M", bound=Model)


class Right(enum.StrEnum):
    """What may be done with what belongs to a firm."""

    REPORT = "report"  # see results and reports
    ANSWERS = "answers"  # see the answers behind them
    EVIDENCE = "evidence"  # see measurement data and files behind the answers
    EDIT = "edit"  # answer, submit
    MANAGE = "manage"  # profile, members, consent


Role = Membership.Role
READING = (Right.REPORT, Right.ANSWERS, Right.EVIDENCE)
# What each role of a member, and each scope of a firm's consent to an outsider, allows. Nothing else allows anything.
ROLES: dict[Right, tuple[str, ...]] = {
    **dict.fromkeys(READING, (Role.OWNER, Role.EDITOR, Role.VIEWER)),
    Right.EDIT: (Role.OWNER, Role.EDITOR),
    Right.MANAGE: (Role.OWNER,),
}
SCOPES: dict[Right, tuple[str, ...]] = {
    Right.REPORT: (Scope.REPORT, Scope.ANSWERS, Scope.EVIDENCE),
    Right.ANSWERS: (Scope.ANSWERS, Scope.EVIDENCE),
    Right.EVIDENCE: (Scope.EVIDENCE,),
    Right.EDIT: (),
    Right.MANAGE: (),
}
MALFORMED = (ObjectDoesNotExist, ValidationError, ValueError, TypeError, OverflowError)


def firms_visible(person: Person, right: Right) -> QuerySet[Firm]:
    """The firms for which the person has the right, as a member or by the firm's consent.

    For lists of names only: an outsider's look at contents must go through ``fetch``, which the firm sees in its log.
    """
    return Firm.objects.filter(_allowed(person, right, to_firm="pk"))


def fetch(person: Person, rows: QuerySet[M], pk: object, right: Right, *, via: str = "firm") -> M:
    """The one row of ``rows`` with this id, if the person has the right for the firm it belongs to.

    ``via`` is the lookup path from a row to its firm (``"assessment__firm"``), or ``""`` where the rows are firms.
    Raises Http404 for anything else: unknown or malformed ids, other people's rows, too little right.
    One query for a member; an outsider's access is written to the firm's log.
    """
    to_firm = via or "pk"
    allowed = rows.filter(_allowed(person, right, to_firm=to_firm))
    noted = {"gate_insider": _membership(person, right, to_firm=to_firm), "gate_firm": F(to_firm)}
    try:
        row: M = (allowed.annotate(**noted) if SCOPES[right] else allowed).get(pk=pk)
    except MALFORMED:
        raise Http404 from None
    # No outsider can have a right that no consent gives: whoever comes through is a member.
    if SCOPES[right] and not row.gate_insider:  # type: ignore[attr-defined]  # annotated above
        _note_outsider(person, row, row.gate_firm, right)  # type: ignore[attr-defined]
    return row


class Door(Generic[M]):
    """``fetch`` for one kind of row, compiled once: for an address that is asked at every answer of every person.

    Only for rights that no consent gives, so that there is no outsider's look to write down.
    """

    def __init__(self, rows: Callable[[], QuerySet[M]], right: Right, *, via: str = "firm") -> None:
        if SCOPES[right]:
            raise ValueError(f"outsiders may have the right {right}: use fetch")
        self.rows, self.right, self.via = rows, right, via
        self.compiled = Compiled(self._allowed, {"person": uuid.UUID, "pk": uuid.UUID})

    def fetch(self, person: Person, pk: uuid.UUID) -> M:
        """As the function of the same name."""
        if person.limit is not None:
            return fetch(person, self.rows(), pk, self.right, via=self.via)
        found = self.compiled.objects(self.rows().model, person=person.pk, pk=pk)
        if not found:
            raise Http404
        return found[0]

    def _allowed(self, *, person: uuid.UUID, pk: uuid.UUID) -> QuerySet[M]:
        return self.rows().filter(_allowed(Person(pk=person), self.right, to_firm=self.via or "pk"), pk=pk)


def fetch_many(person: Person, rows: QuerySet[M], pks: Iterable[object], right: Right, *, via: str = "firm") -> list[M]:
    """Those of the rows with these ids for which the person has the right; the others are left out, without a word.

    ``via`` is as in ``fetch``. One query to find them; each outsider's look is written to the log of its firm.
    """
    to_firm = via or "pk"
    allowed = rows.filter(_allowed(person, right, to_firm=to_firm), pk__in=list(pks)).annotate(
        gate_insider=_membership(person, right, to_firm=to_firm), gate_firm=F(to_firm)
    )
    found = list(allowed)
    # In the order of the firms, so that two who look at the same firms never wait for each other's log.
    for row in sorted(found, key=lambda one: str(one.gate_firm)):  # type: ignore[attr-defined]  # annotated above
        if not row.gate_insider:  # type: ignore[attr-defined]
            _note_outsider(person, row, row.gate_firm, right)  # type: ignore[attr-defined]
    return found


def organisations_visible(
    person: Person, *, kind: Organisation.Kind | None = None, manage: bool = False
) -> QuerySet[Organisation]:
    """The organisations that the person acts for; ``manage`` narrows to those whose members the person looks after."""
    found = Organisation.objects.filter(_acting(person, manage=manage, to_organisation="pk"))
    return found.filter(kind=kind) if kind else found


def fetch_organisation(
    person: Person,
    rows: QuerySet[M],
    pk: object,
    *,
    via: str = "organisation",
    kind: Organisation.Kind | None = None,
    manage: bool = False,
) -> M:
    """The one row with this id if it belongs to an organisation that the person acts for; Http404 for anything else.

    ``via`` is the lookup path from a row to its organisation, or ``""`` where the rows are organisations.
    """
    allowed = rows.filter(_acting(person, manage=manage, to_organisation=via or "pk"))
    if kind:
        allowed = allowed.filter(**{f"{via}__kind" if via else "kind": kind})
    try:
        return allowed.get(pk=pk)
    except MALFORMED:
        raise Http404 from None


def _allowed(person: Person, right: Right, *, to_firm: str) -> Q:
    someone = Q(_membership(person, right, to_firm=to_firm))
    if SCOPES[right]:
        someone |= Q(_grant(person, right, to_firm=to_firm))
    return someone & _within_limit(person, right, to_firm=to_firm)


def _membership(person: Person, right: Right, *, to_firm: str) -> Exists:
    return Exists(Membership.objects.filter(firm=OuterRef(to_firm), person=person.pk, role__in=ROLES[right]))


def _grant(person: Person, right: Right, *, to_firm: str) -> Exists:
    now = timezone.now()
    recipient = Q(person=person.pk) | Q(organisation__members__person=person.pk)
    in_force = Q(starts_at__lte=now, ends_at__gt=now, revoked_at=None)
    return Exists(Grant.objects.filter(recipient, in_force, firm=OuterRef(to_firm), scope__in=SCOPES[right]))


def _within_limit(person: Person, right: Right, *, to_firm: str) -> Q:
    """An API token never widens what its person may do; it only narrows it."""
    if person.limit is None:
        return Q()
    if right not in person.limit.rights:
        return Q(pk__in=[])
    return Q(**{to_firm: person.limit.firm}) if person.limit.firm else Q()


def _acting(person: Person, *, manage: bool, to_organisation: str) -> Q:
    if person.limit is not None and (manage or person.limit.firm):
        return Q(pk__in=[])
    roles = [OrganisationMember.Role.MANAGER] if manage else OrganisationMember.Role.values
    mine = OrganisationMember.objects.filter(person=person.pk, role__in=roles, organisation=OuterRef(to_organisation))
    return Q(Exists(mine))


def _note_outsider(person: Person, row: Model, firm_id: uuid.UUID, right: Right) -> None:
    """One entry for each record and right within a request, however often its parts are fetched."""
    here = current_origin()
    key = (str(person.pk), str(firm_id), row._meta.label_lower, str(row.pk), right.value)
    if key in here.noted:
        return
    here.noted.add(key)
    audit_record(person=person, action=f"access.{right}", firm=Firm(pk=firm_id), subject=row, after={"path": here.path})


def note_outsiders(person: Person, looks: Iterable[tuple[uuid.UUID, Model]]) -> None:
    """One entry in the log of each firm whose answers somebody takes away in a list, by the firm's own agreement.

    The caller has made sure of that agreement; this only sees to it that the firm learns of the look.
    """
    for firm_id, row in looks:
        _note_outsider(person, row, firm_id, Right.ANSWERS)
