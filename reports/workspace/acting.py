"""For whom a consultant acts at the moment: one of the organisations, in the own name, or for all of them at once."""

from dataclasses import dataclass

from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from firms.gate import organisations_visible
from firms.models import Firm, Grant, Organisation, OrganisationMember, Person
from reports.workspace.comments_selectors import Audience, audience_of, is_insider
from surveys.requests import person_of

IN_SESSION = "acting_for"
OWN_NAME = "name"


@dataclass(frozen=True)
class Acting:
    """With neither of both, everything counts that lets the person in."""

    organisation: Organisation | None = None
    own_name: bool = False

    @property
    def key(self) -> str:
        """As the session and the form know it; "" for all at once."""
        if self.organisation:
            return str(self.organisation.pk)
        return OWN_NAME if self.own_name else ""

    @property
    def title(self) -> str:
        if self.organisation:
            return self.organisation.display_name
        return _("Myself, by name") if self.own_name else _("All of them")


ANYBODY = Acting()
MYSELF = Acting(own_name=True)


@dataclass(frozen=True)
class Chosen:
    """What stands above the pages of the workspace: the choice, and what else could be chosen."""

    acting: Acting
    choices: tuple[Acting, ...]

    @property
    def several(self) -> bool:
        return len(self.choices) > 1


def in_force() -> Q:
    """Of a consent."""
    now = timezone.now()
    return Q(starts_at__lte=now, ends_at__gt=now, revoked_at=None)


def held_by(person: Person, acting: Acting) -> Q:
    """Of a consent: that it lets the person in under this name."""
    acts = OrganisationMember.objects.filter(person=person.pk).values("organisation")
    if acting.organisation:
        return Q(organisation=acting.organisation.pk) & Q(organisation__in=acts)
    return Q(person=person.pk) if acting.own_name else Q(person=person.pk) | Q(organisation__in=acts)


def consents_held(person: Person, acting: Acting = ANYBODY) -> QuerySet[Grant]:
    """The consents in force that let the person in."""
    return Grant.objects.filter(in_force(), held_by(person, acting))


def may_have_clients(person: Person) -> bool:
    """Whether a firm named the person, or the person acts for somebody whom firms let in. One query."""
    houses = OrganisationMember.objects.filter(person=person.pk)
    houses = houses.exclude(organisation__kind=Organisation.Kind.ASSOCIATION)
    return Person.objects.filter(Exists(houses) | Exists(consents_held(person, MYSELF)), pk=person.pk).exists()


def choices_of(person: Person) -> tuple[Acting, ...]:
    """Everybody the person may act for, the organisations first."""
    houses = organisations_visible(person).exclude(kind=Organisation.Kind.ASSOCIATION)
    mine = tuple(Acting(organisation=house) for house in houses)
    return (*mine, MYSELF) if consents_held(person, MYSELF).exists() else mine


def chosen_of(request: HttpRequest) -> Chosen:
    """What the session remembers, as long as the person may still act so; where there is no choice, the only one."""
    choices = choices_of(person_of(request))
    kept = request.session.get(IN_SESSION, "")
    only = choices[0] if len(choices) == 1 else ANYBODY
    return Chosen(next((one for one in choices if one.key == kept), only), choices)


def acting_of(request: HttpRequest) -> Acting:
    return chosen_of(request).acting


def choice_keep(request: HttpRequest, key: str) -> None:
    """Remembers the choice until the person signs out; what may not be chosen stands for all at once."""
    keys = {one.key for one in choices_of(person_of(request))}
    request.session[IN_SESSION] = key if key in keys else ""


def audience_acting(person: Person, firm: Firm, acting: Acting) -> Audience:
    """For whom a report of this firm is made: whom the person acts for, if the firm let that one in."""
    let_in = consents_held(person, acting).filter(firm=firm)
    if acting == ANYBODY or is_insider(person, firm.pk) or not let_in.exists():
        return audience_of(person, firm)
    return Audience(reader=person) if acting.own_name else Audience(organisation=acting.organisation)
