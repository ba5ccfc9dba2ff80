"""Who is where, who owes what, what is said about an item."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from firms.compiled import Compiled
from firms.models import Membership, Person
from surveys.instruments.model import Instrument
from surveys.models import Answer, Assessment, Comment, PartAssignment, Presence, Rater
from surveys.selectors.assessments import Part, parts_of

HERE_FOR = timedelta(seconds=75)


@dataclass(frozen=True, slots=True)
class Owing:
    """One colleague: the parts asked of them with the progress of each, and their independent answers, if wanted."""

    person: Person
    parts: tuple[Part, ...]
    rater: Rater | None
    opinions: int

    @property
    def left(self) -> int:
        return sum(part.progress.left for part in self.parts)

    @property
    def next_part(self) -> str | None:
        """The first of the colleague's parts with something open."""
        return next((part.dimension.code for part in self.parts if not part.progress.done), None)

    @property
    def done(self) -> bool:
        return not self.left and (self.rater is None or self.rater.finished_at is not None)


def others_here(assessment: Assessment, person: Person, now: datetime) -> list[Presence]:
    """Where the other people are who were seen a moment ago."""
    rows = Presence.objects.filter(assessment=assessment, seen_at__gt=now - HERE_FOR).exclude(person=person.pk)
    return list(rows.select_related("person").order_by("seen_at"))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another person who answers just now, and the part they are in."""

    name: str
    part: str


ELSEWHERE = Compiled(
    lambda *, assessment, since, person: (
        Presence.objects.filter(assessment=assessment, seen_at__gt=since)
        .exclude(person=person)
        .order_by("seen_at")
        .values_list("person__name", "person__email", "part")
    ),
    {"assessment": uuid.UUID, "since": datetime, "person": uuid.UUID},
)


def elsewhere(assessment: Assessment, person: Person, now: datetime) -> list[Elsewhere]:
    """What ``others_here`` says, for an address that is asked at every answer."""
    found = ELSEWHERE.rows(assessment=assessment.pk, since=now - HERE_FOR, person=person.pk)
    return [Elsewhere(Person(name=name, email=email).get_short_name(), part) for name, email, part in found]


def owing(assessment: Assessment, instrument: Instrument, answers: dict[str, Answer]) -> list[Owing]:
    """Everybody who was asked for something, by name."""
    parts = {part.dimension.code: part for part in parts_of(instrument, answers)}
    asked: dict[object, list[str]] = {}
    for code, person_id in PartAssignment.objects.filter(assessment=assessment).values_list("part", "person"):
        asked.setdefault(person_id, []).append(code)
    counted = Rater.objects.filter(assessment=assessment).annotate(written=Count("opinions"))
    raters = {rater.person_id: rater for rater in counted}
    people = Person.objects.filter(pk__in=[*asked, *raters]).order_by("name", "email")
    return [_owing(person, asked.get(person.pk, []), raters.get(person.pk), parts) for person in people]


def owing_of(assessment: Assessment, person: Person, instrument: Instrument, answers: dict[str, Answer]) -> Owing:
    """What one person was asked for; empty if nothing."""
    parts = {part.dimension.code: part for part in parts_of(instrument, answers)}
    asked = PartAssignment.objects.filter(assessment=assessment, person=person).values_list("part", flat=True)
    rater = Rater.objects.filter(assessment=assessment, person=person).annotate(written=Count("opinions")).first()
    return _owing(person, list(asked), rater, parts)


def _owing(person: Person, codes: list[str], rater: Rater | None, parts: dict[str, Part]) -> Owing:
    """``rater`` comes with how many opinions it has ``written``."""
    own = tuple(part for code, part in parts.items() if code in codes)
    return Owing(person, own, rater, int(getattr(rater, "written", 0)))


def unassigned(instrument: Instrument, people: list[Owing]) -> list[str]:
    """The parts that nobody was asked for."""
    taken = {part.dimension.code for one in people for part in one.parts}
    return [dimension.code for dimension in instrument.dimensions if dimension.code not in taken]


def answerers(assessment: Assessment) -> list[Person]:
    """The members of the firm who may answer."""
    rows = Membership.objects.filter(firm=assessment.firm_id, role__in=("owner", "editor"))
    return [row.person for row in rows.select_related("person").order_by("since", "pk")]


def comments_on(assessment: Assessment, item: str) -> list[Comment]:
    return list(Comment.objects.filter(assessment=assessment, item=item).select_related("by"))


def open_comments(assessment: Assessment) -> Counter[str]:
    """How many remarks wait on each item."""
    return Counter(Comment.objects.filter(assessment=assessment, settled_at=None).values_list("item", flat=True))
