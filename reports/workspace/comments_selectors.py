"""Who may write comments on a firm's result, and who may read which."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from firms.models import Firm, Grant, Membership, Organisation, OrganisationMember, Person
from reports.builders.language import Language
from reports.builders.model import Comment
from reports.evidence.access import charts_readable
from reports.models import ConsultantComment, Report
from surveys.models import Assessment
from surveys.selectors import assessment_instrument


@dataclass(frozen=True)
class Audience:
    """For whom a report is made; neither of both is the firm itself."""

    organisation: Organisation | None = None
    reader: Person | None = None


@dataclass(frozen=True)
class CommentLine:
    """A comment as a page shows it; ``title`` is the dimension's, empty where it is about the whole."""

    comment: ConsultantComment
    title: str
    author: str
    organisation: str


def is_insider(person: Person, firm_id: uuid.UUID) -> bool:
    return Membership.objects.filter(person=person.pk, firm=firm_id).exists()


def organisations_let_in(person: Person, firm_id: uuid.UUID) -> QuerySet[Organisation]:
    """Those that the person acts for and that the firm has let in, in a fixed order."""
    now = timezone.now()
    grants = Grant.objects.filter(firm=firm_id, starts_at__lte=now, ends_at__gt=now, revoked_at=None)
    mine = Organisation.objects.filter(members__person=person.pk, pk__in=grants.values("organisation"))
    return mine.distinct().order_by("name", "pk")


def audience_of(person: Person, firm: Firm) -> Audience:
    """The firm for its own people; for others the organisation that was let in, or the person where none was."""
    if is_insider(person, firm.pk):
        return Audience()
    organisation = organisations_let_in(person, firm.pk).first()
    return Audience(organisation=organisation) if organisation else Audience(reader=person)


def comments_own(person: Person, firm: Firm) -> QuerySet[ConsultantComment]:
    """What the person, and the organisations that it acts for, wrote to the firm and did not withdraw."""
    mine = Q(organisation__in=organisations_let_in(person, firm.pk)) | Q(organisation=None, author=person.pk)
    return _standing().filter(mine, assessment__firm=firm)


def comments_readable(person: Person, assessment: Assessment) -> QuerySet[ConsultantComment]:
    """All of them for the firm's people; for others only their own side's."""
    if is_insider(person, assessment.firm_id):
        return _standing().filter(assessment=assessment)
    return comments_own(person, assessment.firm).filter(assessment=assessment)


def _standing() -> QuerySet[ConsultantComment]:
    return ConsultantComment.objects.filter(withdrawn_at=None).select_related("author", "organisation")


def reports_readable(person: Person) -> QuerySet[Report]:
    """Reports by audience; consent is the gate's matter.

    The firm's own people read every one; others those made for them, and the firm's own as long as it holds no
    comment. What draws measured data is for those whom the firm lets see its evidence.
    """
    insider = Exists(Membership.objects.filter(firm=OuterRef("assessment__firm"), person=person.pk))
    acting = OrganisationMember.objects.filter(person=person.pk)
    commented = Exists(ConsultantComment.objects.filter(assessment=OuterRef("assessment"), withdrawn_at=None))
    shared = Q(organisation=None, reader=None) & ~commented
    made_for = Q(organisation__in=acting.values("organisation")) | Q(reader=person.pk)
    return Report.objects.filter(charts_readable(person), insider | made_for | shared)


def comment_lines(comments: QuerySet[ConsultantComment], assessment: Assessment, language: str) -> list[CommentLine]:
    """In the order of writing."""
    titles = dict(dimension_choices(assessment, language))
    return [_line(one, titles, language) for one in comments]


def _line(one: ConsultantComment, titles: dict[str, str], language: str) -> CommentLine:
    return CommentLine(one, titles.get(one.dimension, ""), _author(one), _organisation(one, language))


def dimension_choices(assessment: Assessment, language: str) -> list[tuple[str, str]]:
    return [(part.code, part.title.pick(language)) for part in assessment_instrument(assessment).dimensions]


def comments_told(report: Report, language: Language) -> tuple[Comment, ...]:
    """What this report's audience may read."""
    found = _standing().filter(assessment=report.assessment)
    if report.organisation_id or report.reader_id:
        found = found.filter(organisation=report.organisation_id)
    if report.reader_id:
        found = found.filter(author=report.reader_id)
    return tuple(_told(line) for line in comment_lines(found, report.assessment, language))


def _told(line: CommentLine) -> Comment:
    return Comment(
        dimension=line.comment.dimension,
        title=line.title,
        author=line.author,
        organisation=line.organisation,
        written_on=_day(line.comment.changed_at),
        paragraphs=paragraphs(line.comment.text),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()


def _author(one: ConsultantComment) -> str:
    return one.author.get_full_name() if one.author else ""


def _organisation(one: ConsultantComment, language: str) -> str:
    """Without a language of the request at hand, as when a worker builds a report."""
    house = one.organisation
    if house is None:
        return ""
    return house.name_en if language.startswith("en") and house.name_en else house.name
