"""Who is where, who is asked to answer what, and what they say to each other about an item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from firms.audit import audit_record
from firms.compiled import Upsert
from firms.gate import Right, firms_visible
from firms.models import Invitation, Person
from firms.refusal import RefusalError
from firms.secret import digest_of
from firms.services.invitations import Terms, invitation_create, invitation_join, invitation_open
from surveys.models import Assessment, Comment, PartAssignment, PartLink, Presence
from surveys.services.answers import locked_draft
from surveys.services.opinions import rater_set

PRESENCE = Upsert(
    Presence,
    columns=("assessment_id", "person_id", "part", "item", "seen_at"),
    unique=("assessment_id", "person_id"),
    update=("part", "item", "seen_at"),
)


def presence_note(*, assessment: Assessment, person: Person, part: str, item: str, now: datetime) -> None:
    """Remembers where the person is; only the latest place is kept."""
    PRESENCE(assessment_id=assessment.pk, person_id=person.pk, part=part, item=item, seen_at=now)


@dataclass(frozen=True, slots=True)
class Request:
    """What a colleague is asked for: to answer parts, and perhaps every item alone in a role (a Rater.Role)."""

    parts: Sequence[str] = ()
    role: str = ""


@transaction.atomic
def colleague_ask(*, assessment: Assessment, colleague: Person, asked: Request, person: Person, now: datetime) -> None:
    """Makes the colleague answerable for exactly these parts. RefusalError if the colleague may not answer."""
    locked = locked_draft(assessment)
    if not firms_visible(colleague, Right.EDIT).filter(pk=locked.firm_id).exists():
        raise RefusalError(_("Only owners and editors of the firm can answer. Change the person's role first."))
    PartAssignment.objects.filter(assessment=locked, person=colleague).exclude(part__in=asked.parts).delete()
    _assign(locked, colleague, asked.parts, person, now)
    rater_set(assessment=locked, person=colleague, role=asked.role)
    after = {"person": str(colleague.pk), "parts": list(asked.parts), "role": asked.role}
    audit_record(person=person, action="parts.assigned", firm=locked.firm, subject=locked, after=after)


def _assign(assessment: Assessment, colleague: Person, parts: Sequence[str], person: Person, now: datetime) -> None:
    for part in parts:
        PartAssignment.objects.get_or_create(
            assessment=assessment,
            part=part,
            person=colleague,
            defaults={"assigned_by": person, "assigned_at": now},
        )


@transaction.atomic
def part_link_create(*, assessment: Assessment, asked: Request, person: Person) -> str:
    """The raw token of a link that lets one new colleague into the firm, as editor, and gives them these parts."""
    locked = locked_draft(assessment)
    token = invitation_create(
        person=person, kind=Invitation.Kind.COLLEAGUE, to=locked.firm, terms=Terms(role="editor", note=str(locked.pk))
    )
    invitation = Invitation.objects.get(token_hash=digest_of(token))
    PartLink.objects.create(assessment=locked, invitation=invitation, parts=list(asked.parts), role=asked.role)
    return token


def part_link_open(token: str, person: Person | None) -> PartLink | None:
    """The link, for whoever may still take it or has taken it; None for everybody else and unknown links alike."""
    found = PartLink.objects.filter(invitation__token_hash=digest_of(token)).select_related(
        "assessment__firm", "invitation__created_by"
    )
    link = found.first()
    if link is None or (person is not None and link.taken_by_id == person.pk):
        return link
    return link if link.taken_by_id is None and invitation_open(token) else None


@transaction.atomic
def part_link_take(*, link: PartLink, person: Person, now: datetime) -> None:
    """The holder joins the firm where they do not belong to it yet, and has the parts from now on."""
    locked = locked_draft(link.assessment)
    taken = PartLink.objects.filter(pk=link.pk, taken_by=None).update(taken_by=person)
    if not taken:
        raise RefusalError(_("This link no longer works. Please ask for a new one."))
    if not firms_visible(person, Right.REPORT).filter(pk=locked.firm_id).exists():
        invitation_join(invitation=link.invitation, person=person)
    elif not Invitation.objects.filter(pk=link.invitation_id, used_at=None, revoked_at=None).update(used_at=now):
        # Whoever belongs to the firm already uses the invitation up as well: nobody else may come in by it.
        raise RefusalError(_("This link no longer works. Please ask for a new one."))
    asked = Request(link.parts, link.role)
    colleague_ask(assessment=locked, colleague=person, asked=asked, person=link.invitation.created_by, now=now)


@transaction.atomic
def comment_add(*, assessment: Assessment, item: str, text: str, person: Person, now: datetime) -> Comment:
    locked = locked_draft(assessment)
    comment = Comment.objects.create(assessment=locked, item=item, text=text, by=person, at=now)
    after = {"item": item}
    audit_record(person=person, action="comment.written", firm=locked.firm, subject=comment, after=after)
    return comment


@transaction.atomic
def comment_settle(*, comment: Comment, person: Person, now: datetime) -> None:
    """Puts a remark aside; it stays readable."""
    locked = locked_draft(comment.assessment)
    if Comment.objects.filter(pk=comment.pk, settled_at=None).update(settled_at=now):
        audit_record(person=person, action="comment.settled", firm=locked.firm, subject=comment)
