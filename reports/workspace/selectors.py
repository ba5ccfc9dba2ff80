"""The firms that let a person in, with the latest that each submitted."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from firms.catalogues import industry_name, region_name
from firms.gate import Right, fetch_many, firms_visible
from firms.models import Firm, Membership, Person, Scope
from reports.models import StandingOrder
from reports.workspace.acting import ANYBODY, Acting, consents_held
from surveys.models import Assessment
from surveys.selectors import assessment_instrument

WIDEST = Case(
    *(When(scope=scope, then=Value(place)) for place, scope in enumerate(Scope.values)), output_field=IntegerField()
)
ORDERS = {
    "name": F("name").asc(),
    "-date": F("submitted").desc(nulls_last=True),
    "-index": F("latest_index").desc(nulls_last=True),
    "index": F("latest_index").asc(nulls_last=True),
    "until": F("until").asc(nulls_last=True),
}


@dataclass(frozen=True)
class Client:
    """One firm of the list; level, index and instrument are empty where it has submitted nothing."""

    firm: Firm
    industry: str
    region: str
    scope: str
    until: datetime | None
    assessment: Assessment | None
    title: str = ""
    level: str = ""
    # The standing order for this firm, and whether one for all firms covers it.
    order: StandingOrder | None = None
    in_all: bool = False

    @property
    def index(self) -> float | None:
        return self.assessment.result.index if self.assessment else None


def clients_of(person: Person, acting: Acting = ANYBODY) -> QuerySet[Firm]:
    """The firms whose consent, and not a membership, lets the person see their results; of one name only, if asked.

    Annotated with ``latest`` (id of the newest submitted assessment), ``submitted``, ``latest_index``,
    ``latest_level``, and with ``scope`` and ``until`` of the widest consent in force.
    """
    own = Membership.objects.filter(person=person.pk).values("firm")
    newest = Assessment.objects.filter(firm=OuterRef("pk"), status=Assessment.Status.SUBMITTED, result__isnull=False)
    newest = newest.order_by("-submitted_at", "pk")
    consent = consents_held(person, acting).filter(firm=OuterRef("pk")).order_by(WIDEST.desc(), "-ends_at")
    return (
        firms_visible(person, Right.REPORT)
        .filter(Exists(consent))
        .exclude(pk__in=own)
        .annotate(
            latest=Subquery(newest.values("pk")[:1]),
            submitted=Subquery(newest.values("submitted_at")[:1]),
            latest_index=Subquery(newest.values("result__index")[:1]),
            latest_level=Subquery(newest.values("result__level")[:1]),
            scope=Subquery(consent.values("scope")[:1]),
            until=Subquery(consent.values("ends_at")[:1]),
        )
    )


def narrowed(firms: QuerySet[Firm], asked: dict[str, str]) -> QuerySet[Firm]:
    """The firms that fit what was asked, in the order asked for."""
    columns = {"industry": "industry", "size": "size", "region": "region", "level": "latest_level"}
    exact = {column: asked[name] for name, column in columns.items() if asked[name]}
    text = asked["q"].strip()
    named = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(credit_code__iexact=text)
    return firms.filter(named if text else Q(), **exact).order_by(ORDERS[asked["sort"] or "name"], "name", "pk")


def levels_of(firms: QuerySet[Firm], language: str) -> list[tuple[str, str]]:
    """Code and title of the levels of every instrument that a client has answered."""
    latest = Assessment.objects.filter(pk__in=firms.values("latest"))  # type: ignore[misc]  # annotated
    seen = latest.values_list("instrument_code", "instrument_version", "instrument_hash").distinct().order_by()
    instruments = [
        assessment_instrument(Assessment(instrument_code=code, instrument_version=version, instrument_hash=content))
        for code, version, content in seen
    ]
    return list({one.code: one.title.pick(language) for each in instruments for one in each.levels}.items())


def client_rows(person: Person, firms: Sequence[Firm], language: str) -> list[Client]:
    """The lines of one page. What an outsider sees here, each firm finds in its log."""
    latest = latest_assessments(person, [firm.latest for firm in firms])  # type: ignore[attr-defined]
    return [_client(firm, latest.get(firm.latest), language) for firm in firms]  # type: ignore[attr-defined]


def latest_assessments(person: Person, pks: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, Assessment]:
    rows = Assessment.objects.select_related("firm", "result")
    found = fetch_many(person, rows, [pk for pk in pks if pk], Right.REPORT)
    return {row.pk: row for row in found}


def _client(firm: Firm, latest: Assessment | None, language: str) -> Client:
    about = Client(
        firm=firm,
        industry=industry_name(firm.industry),
        region=region_name(firm.region),
        scope=str(Scope(firm.scope).label) if firm.scope else "",  # type: ignore[attr-defined]
        until=firm.until,  # type: ignore[attr-defined]
        assessment=latest,
    )
    if latest is None:
        return about
    instrument = assessment_instrument(latest)
    level = next((one.title.pick(language) for one in instrument.levels if one.code == latest.result.level), "")
    return replace(about, title=instrument.title.pick(language), level=level)
