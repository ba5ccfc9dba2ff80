"""Two to eight clients side by side."""

import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook

from firms.csv_safe import defused
from firms.models import Person
from reports.builders.charts.radar import Axis, radar
from reports.page import Chart
from reports.selectors import told_in
from reports.workspace.selectors import Client, client_rows, clients_of
from surveys.selectors import assessment_instrument

FEWEST, MOST = 2, 8
NARROW, WIDE = 340, 420
TOO_FEW = gettext_lazy("Tick at least two firms that have submitted an assessment.")
TOO_MANY = gettext_lazy("Tick at most eight firms; more than that cannot be read side by side.")
UNLIKE = gettext_lazy("These firms answered different questionnaires or versions. Tick firms with the same one.")


@dataclass(frozen=True)
class Line:
    """One dimension: its title and the score of each firm, None where it was not assessed."""

    title: str
    scores: tuple[float | None, ...]


@dataclass(frozen=True)
class Comparison:
    """``refusal`` says why nothing can be compared; then there are no lines."""

    clients: tuple[Client, ...] = ()
    lines: tuple[Line, ...] = ()
    refusal: str | Promise = ""


def comparison(person: Person, asked: Sequence[str], language: str) -> Comparison:
    """Firms that are not open to the person, and ids that are none, count as not asked for."""
    ids = {found for text in asked[: 10 * MOST] if (found := _uuid(text))}
    if len(ids) > MOST:
        return Comparison(refusal=TOO_MANY)
    mine = clients_of(person).filter(pk__in=ids)
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
    latest = [one.assessment for one in clients if one.assessment]
    if len({(one.instrument_code, one.instrument_version, one.instrument_hash) for one in latest}) != 1:
        return Comparison(refusal=UNLIKE)
    lines = tuple(
        Line(part.title.pick(language), tuple(one.result.figures["nodes"].get(part.code) for one in latest))
        for part in assessment_instrument(latest[0]).dimensions
    )
    return Comparison(clients, lines)


def radars(compared: Comparison, language: str) -> list[tuple[Client, Chart]]:
    """One web a firm, all on the same scale: eight outlines in one web could not be told apart without colour."""
    if len(compared.lines) < 3:
        return []
    return [(client, _radar(compared, place, language)) for place, client in enumerate(compared.clients)]


def _radar(compared: Comparison, place: int, language: str) -> Chart:
    axes = [Axis(line.title, line.scores[place]) for line in compared.lines]
    name = compared.clients[place].firm.display_name
    narrow, wide = (
        radar(axes, key=f"client-{place}-{width}", title=name, language=told_in(language), width=width)
        for width in (NARROW, WIDE)
    )
    return Chart(mark_safe(narrow), mark_safe(wide))  # noqa: S308


def comparison_workbook(compared: Comparison) -> bytes:
    """One column a firm, one row a dimension; an empty cell where nothing was assessed."""
    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Comparison")[:31])
    head = book.add_format({"bold": True, "bg_color": "#0b5c7a", "font_color": "#ffffff", "text_wrap": True})
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, MOST, 22)
    for column, client in enumerate(compared.clients, 1):
        sheet.write_string(0, column, defused(client.firm.display_name), head)
        sheet.write_string(1, column, defused(client.level))
        _number(sheet, 2, column, client.index)
    for row, title in enumerate((_("Firm"), _("Maturity level"), _("Index"))):
        sheet.write_string(row, 0, title, head)
    for row, line in enumerate(compared.lines, 3):
        sheet.write_string(row, 0, defused(line.title), head)
        for column, score in enumerate(line.scores, 1):
            _number(sheet, row, column, score)
    sheet.freeze_panes(1, 1)
    book.close()
    return packed.getvalue()


def _number(sheet: object, row: int, column: int, value: float | None) -> None:
    if value is not None:
        sheet.write_number(row, column, value)  # type: ignore[attr-defined]
