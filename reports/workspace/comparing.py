"""Two to eight clients side by side."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firms.models import Person
from reports.builders.charts.radar import Axis, radar
from reports.crosswalk import Tie, Versions
from reports.page import Chart
from reports.selectors import told_in
from reports.workspace.acting import ANYBODY, Acting
from reports.workspace.selectors import Client, client_rows, clients_of
from surveys.instruments.model import Dimension, Item
from surveys.models import Assessment
from surveys.selectors import assessment_instrument

FEWEST, MOST = 2, 8
NARROW, WIDE = 340, 420
TOO_FEW = gettext_lazy("Tick at least two firms that have submitted an assessment.")
TOO_MANY = gettext_lazy("Tick at most eight firms; more than that cannot be read side by side.")
UNLIKE = gettext_lazy("These firms answered different questionnaires. Tick firms with the same one.")
UNLINKED = gettext_lazy(
    "These firms answered versions of the questionnaire of which nobody has said how they compare. "
    "Tick firms with the same version."
)
NOTES = {Tie.ADJUSTED: gettext_lazy("put in other words since; may be compared")}
REASONS = {
    Tie.BROKEN: gettext_lazy("Asked differently in the two versions."),
    Tie.ADDED: gettext_lazy("Asked in the later version only."),
    Tie.DROPPED: gettext_lazy("Asked in the earlier version only."),
    Tie.REBUILT: gettext_lazy("Put together differently in the two versions."),
}


@dataclass(frozen=True)
class Line:
    """A dimension, or an item of one that does not compare as a whole; scores are None where nothing was assessed."""

    title: str
    scores: tuple[float | None, ...]
    is_item: bool = False
    note: str | Promise = ""


@dataclass(frozen=True)
class Apart:
    """What cannot be compared, and why not."""

    title: str
    reason: str


@dataclass(frozen=True)
class Comparison:
    """``refusal`` says why nothing can be compared; then there are no lines. ``versions`` has one or more."""

    clients: tuple[Client, ...] = ()
    lines: tuple[Line, ...] = ()
    refusal: str | Promise = ""
    versions: tuple[str, ...] = ()
    apart: tuple[Apart, ...] = ()
    index_compares: bool = True

    @property
    def dimensions(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_item)


def comparison(person: Person, asked: Sequence[str], language: str, acting: Acting = ANYBODY) -> Comparison:
    """Firms that are not open to the person, and ids that are none, count as not asked for."""
    ids = {found for text in asked[: 10 * MOST] if (found := _uuid(text))}
    if len(ids) > MOST:
        return Comparison(refusal=TOO_MANY)
    mine = clients_of(person, acting).filter(pk__in=ids)
    firms = list(mine.filter(latest__isnull=False).order_by("name", "pk"))  # type: ignore[misc]  # annotated
    if len(firms) < FEWEST:
        return Comparison(refusal=TOO_FEW)
    clients = tuple(one for one in client_rows(person, firms, language) if one.assessment)
    return side_by_side(clients, language)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def side_by_side(clients: tuple[Client, ...], language: str) -> Comparison:
    """What the crosswalk of the latest version among them makes comparable; everything else is told with its reason."""
    latest = [one.assessment for one in clients if one.assessment]
    if len({one.instrument_code for one in latest}) != 1:
        return Comparison(refusal=UNLIKE)
    versions = Versions(tuple(assessment_instrument(one) for one in latest))
    if not versions.linked:
        return Comparison(refusal=UNLINKED)
    lines, apart = [], []
    for dimension in versions.newest.dimensions:
        found, left_out = _dimension(dimension, versions, latest, language)
        lines += found
        apart += left_out
    if not versions.index_compares:
        apart.insert(0, Apart(_("Index and maturity level"), str(REASONS[Tie.REBUILT])))
    apart += [Apart(_named(item, language), str(REASONS[Tie.DROPPED])) for item in versions.dropped]
    return Comparison(clients, tuple(lines), "", versions.names, tuple(apart), versions.index_compares)


def _dimension(
    dimension: Dimension, versions: Versions, latest: Sequence[Assessment], language: str
) -> tuple[list[Line], list[Apart]]:
    """The dimension as one line; where an item of it does not compare, its other items and the reason."""
    title = dimension.title.pick(language)
    tie = versions.of_dimension(dimension)
    if tie.compares:
        return [Line(title, _scores(latest, "nodes", dimension.code), note=NOTES.get(tie, ""))], []
    ties = [(item, versions.of_item(item.code)) for item in dimension.items]
    lines = [
        Line(_named(item, language), _scores(latest, "items", item.code), True, NOTES.get(tie, ""))
        for item, tie in ties
        if tie.compares
    ]
    broken = [Apart(_named(item, language), str(REASONS[tie])) for item, tie in ties if not tie.compares]
    reason = _("Only those of its items that can be compared are listed.") if broken else str(REASONS[tie])
    return lines, [Apart(title, reason), *broken]


def _named(item: Item, language: str) -> str:
    return f"{item.code} {item.title.pick(language)}"


def _scores(latest: Sequence[Assessment], kind: str, code: str) -> tuple[float | None, ...]:
    return tuple(one.result.figures[kind].get(code) for one in latest)


def radars(compared: Comparison, language: str) -> list[tuple[Client, Chart]]:
    """One web a firm, all on the same scale: eight outlines in one web could not be told apart without colour."""
    if len(compared.dimensions) < 3:
        return []
    return [(client, _radar(compared, place, language)) for place, client in enumerate(compared.clients)]


def _radar(compared: Comparison, place: int, language: str) -> Chart:
    axes = [Axis(line.title, line.scores[place]) for line in compared.dimensions]
    name = compared.clients[place].firm.display_name
    narrow, wide = (
        radar(axes, key=f"client-{place}-{width}", title=name, language=told_in(language), width=width)
        for width in (NARROW, WIDE)
    )
    return Chart(mark_safe(narrow), mark_safe(wide))  # noqa: S308
