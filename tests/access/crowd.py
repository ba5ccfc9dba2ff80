"""More of everything in the world of tests/access/world.py: what a page lists, it then lists many of."""

import uuid
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from firms.audit import audit_record
from firms.models import (
    ApiToken,
    Firm,
    Grant,
    GrantRequest,
    Invitation,
    Membership,
    Organisation,
    OrganisationMember,
    Person,
)
from reports.models import BulkItem, BulkJob, ConsultantComment, PlanStep, Report
from scoring.models import MeasuredEvidence, Release, Result
from surveys.library import instrument_get
from surveys.models import (
    Answer,
    Assessment,
    Campaign,
    Comment,
    Evidence,
    Opinion,
    PartAssignment,
    PartLink,
    Presence,
    Rater,
    Snapshot,
    Target,
)
from tests.access.world import World

M = TypeVar("M", bound=Model)


def crowd(world: World, numbers: range) -> None:
    for number in numbers:
        colleague(world, number)
        around_the_draft(world, number)
        another_client(world, number)
        links(world, number)
        organisations(world, number)
        campaigns(world)
        releases(world, number)


def twin(row: M, **changes: Any) -> M:
    """A second row like this one; a key that the database does not give is made new."""
    made = type(row).objects.get(pk=row.pk)  # type: ignore[attr-defined]
    made.pk = uuid.uuid4() if isinstance(row.pk, uuid.UUID) else None
    made._state.adding = True
    for name, value in changes.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made


def thing(world: World, model: type[M], name: str) -> M:
    return model.objects.get(pk=world.things[name])  # type: ignore[attr-defined]


def somebody(number: int, kind: str) -> Person:
    return Person.objects.create(email=f"{kind}-{number}@example.com", name=f"{kind} {number}")


def colleague(world: World, number: int) -> None:
    """One more member of the firm, who is at work on the draft, owes a part of it and answered alone."""
    who, draft, now = somebody(number, "colleague"), thing(world, Assessment, "draft"), timezone.now()
    Membership.objects.create(firm_id=world.things["firm"], person=who, role="editor")
    Presence.objects.create(assessment=draft, person=who, part="RD", item="RD-01", seen_at=now)
    PartAssignment.objects.create(
        assessment=draft, part="RD", person=who, assigned_by=world.people["owner"], assigned_at=now
    )
    rater = Rater.objects.create(assessment=draft, person=who, role=Rater.Role.values[0], finished_at=now)
    Opinion.objects.create(rater=rater, item="RD-01", written="3", saved_at=now)


def around_the_draft(world: World, number: int) -> None:
    """One more answer, remark and file; one more assessment that the firm submitted, one more step, one more entry."""
    draft, done = thing(world, Assessment, "draft"), thing(world, Assessment, "submitted")
    item = instrument_get("bluebook").items[number].code
    Answer.objects.create(assessment=draft, item=item, written="DK", saved_at=timezone.now())
    for one in (thing(world, Comment, "comment"), thing(world, Evidence, "evidence")):
        twin(one)
    assessed(done, firm=done.firm)
    twin(thing(world, PlanStep, "plan-step"), item=item)
    twin(thing(world, MeasuredEvidence, "measured"))
    twin(thing(world, ConsultantComment, "consultant-comment"))
    audit_record(person=somebody(number, "visitor"), action="access.report", firm=done.firm, subject=done)


def assessed(done: Assessment, firm: Firm) -> Assessment:
    """The same assessment submitted by that firm, with its result and its report."""
    made = twin(done, firm=firm)
    twin(Snapshot.objects.get(assessment=done), assessment=made)
    twin(Result.objects.get(assessment=done), assessment=made)
    report = Report.objects.filter(assessment=done).first()
    if report is not None:
        twin(report, assessment=made, number=f"QMS-{uuid.uuid4().hex[:5]}-{uuid.uuid4().hex[:5]}")
    return made


def another_client(world: World, number: int) -> None:
    """A firm that the owner has too and that let the consultants in; it takes part in the campaign."""
    firm = twin(thing(world, Firm, "firm"), name=f"厂 {number}", credit_code="")
    Membership.objects.create(firm=firm, person=world.people["owner"], role="owner")
    made = assessed(thing(world, Assessment, "submitted"), firm)
    granted = Grant.objects.filter(firm=world.things["firm"], person=world.people["consultant-report"])[0]
    for role in ("consultant-report", "consultant-answers", "consultant-evidence"):
        twin(granted, firm=firm, person=world.people[role], scope=role.partition("-")[2])
    target = Target.objects.filter(campaign=world.things["campaign"]).exclude(firm=None)[0]
    code = f"code-{number}"
    twin(target, firm=firm, assessment=made, credit_code=code, secret_digest=uuid.uuid4().hex)
    twin(thing(world, BulkJob, "bulk-job"))
    twin(BulkItem.objects.filter(job=world.things["bulk-job"])[0], assessment=made)


def links(world: World, number: int) -> None:
    """Invitations, consents, requests and tokens of the same people."""
    for name in ("invitation", "organisation-invitation"):
        twin(thing(world, Invitation, name), token_hash=uuid.uuid4().hex * 2)
    part = PartLink.objects.filter(assessment=world.things["draft"])[0]
    twin(part, invitation=twin(part.invitation, token_hash=uuid.uuid4().hex * 2))
    twin(thing(world, Grant, "grant"), person=somebody(number, "consultant"))
    twin(thing(world, GrantRequest, "request"), credit_code=f"9144030019220382{number:02d}")
    twin(thing(world, ApiToken, "api-token"), token_hash=uuid.uuid4().hex * 2)


def organisations(world: World, number: int) -> None:
    """Organisations that the same people act for, and more people who act for the same organisations."""
    for name, role in (("consultancy", "consultancy-manager"), ("association", "association")):
        ours = thing(world, Organisation, name)
        OrganisationMember.objects.create(organisation=ours, person=somebody(number, name))
        more = twin(ours, name=f"{name} {number}")
        OrganisationMember.objects.create(organisation=more, person=world.people[role], role="manager")
        invitation = thing(world, Invitation, "organisation-invitation")
        twin(invitation, organisation=more, token_hash=uuid.uuid4().hex * 2)


def campaigns(world: World) -> None:
    twin(thing(world, Campaign, "campaign"))


def releases(world: World, number: int) -> None:
    for place, name in enumerate(("release", "dashboard", "benchmark")):
        twin(thing(world, Release, name), number=100 + 3 * number + place)
