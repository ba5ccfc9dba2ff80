"""What was taken back is closed with the next request: for the open page, the old link, the queued and the cached."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from firms.models import Firm, Grant, Membership, Person
from firms.services.consent import grant_revoke
from firms.services.members import member_remove
from reports.models import Report
from reports.services import report_build, report_request
from surveys.models import Assessment
from tests.access import table, world
from tests.access.table import Row
from tests.access.test_matrix import PARTS, close_files, outcome
from tests.filling import NOW

ROWS = [row for row in table.rows().values() if "GET" in row.methods]


@pytest.fixture
def everybody(db: None) -> world.World:
    return world.build(*PARTS)


def look(browser: Client, row: Row, things: dict[str, object]) -> HttpResponseBase:
    cache.clear()  # the rate limits' counts
    response = browser.get(reverse(row.name, kwargs={name: things[thing] for name, thing in row.args.items()}))
    close_files(response)
    return response


def lost_rows(role: str, then_as: str) -> list[Row]:
    """The addresses that the role has, and that somebody in the other's place has not; its own things stay its own."""
    own = {"token-holder", "bulk-orderer", "raters", "orderer", "commenter"}
    open_now = [row for row in ROWS if row.expected("GET", role) == "ok" and row.methods["GET"] not in own]
    return [row for row in open_now if row.expected("GET", then_as) != "ok"]


def withdraw_consent(everybody: world.World, person: Person) -> None:
    grant_revoke(grant=Grant.objects.get(person=person), person=everybody.people["owner"])


def remove_member(everybody: world.World, person: Person) -> None:
    member = Membership.objects.get(person=person)
    member_remove(membership=member, person=everybody.people["owner"])


def disable(_everybody: world.World, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)


def end_firm(everybody: world.World, _person: Person) -> None:
    Firm.objects.get(pk=everybody.things["firm"]).delete()


@pytest.mark.parametrize(
    ("role", "take_back", "then_as"),
    [
        ("consultant-report", withdraw_consent, "consultant-revoked"),
        ("consultant-evidence", withdraw_consent, "consultant-revoked"),
        ("editor", remove_member, "neighbour"),
        ("viewer", remove_member, "neighbour"),
        ("owner", disable, "anonymous"),
        ("association", disable, "anonymous"),
        ("owner", end_firm, "neighbour"),
    ],
)
def test_the_next_request_is_refused_on_every_page(
    everybody: world.World, role: str, take_back: Callable[[world.World, Person], None], then_as: str
) -> None:
    rows = lost_rows(role, then_as)
    take_back(everybody, everybody.people[role])
    browser = everybody.browser(role)
    answers = [(row, outcome(look(browser, row, everybody.things))) for row in rows]
    assert [(row.name, got) for row, got in answers if got != row.expected("GET", then_as)] == []
    assert len(rows) > 5


@pytest.mark.parametrize("role", ["consultant-evidence", "editor", "association"])
def test_no_page_about_a_firm_is_kept_by_a_cache(everybody: world.World, role: str) -> None:
    """Else "back" would show it, and a shared computer the next person."""
    browser = everybody.browser(role)
    found = {row.name: look(browser, row, everybody.things) for row in lost_rows(role, "anonymous")}
    assert [name for name, page in found.items() if "no-store" not in page.headers.get("Cache-Control", "")] == []
    assert len(found) > 10


def test_a_report_that_was_queued_before_is_never_handed_out(everybody: world.World) -> None:
    adviser = everybody.people["consultant-report"]
    done = Assessment.objects.select_related("firm").get(pk=everybody.things["submitted"])
    ordered = report_request(assessment=done, language="en", person=adviser, now=NOW)
    withdraw_consent(everybody, adviser)
    report_build(report_id=ordered.pk, clock=lambda: NOW)
    browser = everybody.browser("consultant-report")
    asked = {name: browser.get(reverse(name, args=[ordered.pk])) for name in ("report", "report-status", "report-file")}
    assert {name: page.status_code for name, page in asked.items()} == dict.fromkeys(asked, 404)
    assert Report.objects.filter(pk=ordered.pk, state=Report.State.READY).exists()


def test_an_open_form_writes_nothing_any_more(everybody: world.World) -> None:
    remove_member(everybody, everybody.people["editor"])
    address = reverse("answer", args=[everybody.things["draft"], "RD-01"])
    sent = everybody.browser("editor").post(address, {"RD-01-choice": "5", "RD-01-version": "0"})
    assert sent.status_code == 404
    assert not Assessment.objects.get(pk=everybody.things["draft"]).answers.exists()
