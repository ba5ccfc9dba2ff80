"""The consultant's pages and the plan on a phone: nothing for axe to find, nothing that scrolls the page sideways."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from firms.models import Firm, Person
from firms.services.firms import firm_register
from reports.plan.services import plan_add, plan_fill
from reports.workspace.standing import standing_begin
from tests.cast import PROFILE
from tests.filling import NOW
from tests.journeys import accessible
from tests.services.browser import PHONE, page_in
from tests.workspace.test_clients import let_in
from tests.workspace.versions import CROSSWALK, handed_in, later_version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REGION = ".ws-compare"
LEFT_OF_TITLES = f"document.querySelector('{REGION} tbody th').getBoundingClientRect().left"
MOVED = f"() => {{ const one = document.querySelector('{REGION}'); one.scrollLeft = 400; return one.scrollLeft; }}"


@pytest.fixture
def firms(live_server: Any, settings: Any, tmp_path: Path, alice: Person, charlie: Person) -> list[Firm]:
    """Eight clients, the last of which answered a later version."""
    settings.QMS_HOME = tmp_path
    names = [f"长三角精密机械制造集团第 {n} 分公司" for n in range(8)]
    made = [firm_register(person=alice, profile=replace(PROFILE, name=name)) for name in names]
    for firm, instrument in zip(made, [None] * 7 + [later_version(CROSSWALK)], strict=True):
        let_in(firm, charlie)
        handed_in(firm, alice, NOW, instrument)
    return made


@pytest.fixture
def opened(live_server: Any, chromium: Browser) -> Iterator[Callable[[Person], Page]]:
    """A phone in which somebody has signed in."""
    with page_in(chromium, PHONE, touch=True) as page:

        def sign_in(person: Person) -> Page:
            client = Client()
            client.force_login(person)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            page.context.add_cookies([cookie])  # type: ignore[list-item]
            return page

        yield sign_in


def compare_address(firms: list[Firm]) -> str:
    return reverse("clients-compare") + "?" + "&".join(f"firm={firm.pk}" for firm in firms)


def faults(page: Page) -> tuple[list[str], bool, list[object]]:
    return accessible.in_light_and_dark(page), accessible.scrolls_sideways(page), accessible.small_targets(page)


@pytest.mark.parametrize("language", accessible.LANGUAGES)
def test_axe_finds_nothing_on_the_consultants_pages(
    firms: list[Firm], charlie: Person, opened: Callable[[Person], Page], live_server: Any, language: str
) -> None:
    standing_begin(person=charlie, organisation=None, firm=firms[0], now=timezone.now())
    page = opened(charlie)
    accessible.speak(page.context, live_server.url, language)
    for address in (reverse("clients"), reverse("standing-orders"), compare_address(firms)):
        page.goto(live_server.url + address)
        assert (address, *faults(page)) == (address, [], False, [])


def test_the_titles_stay_in_sight_while_the_firms_are_scrolled_past(
    firms: list[Firm], charlie: Person, opened: Callable[[Person], Page], live_server: Any
) -> None:
    page = opened(charlie)
    page.goto(live_server.url + compare_address(firms))
    before = page.evaluate(LEFT_OF_TITLES)
    assert page.evaluate(MOVED) == 400
    assert page.evaluate(LEFT_OF_TITLES) == before


def test_the_keyboard_reaches_the_comparison(
    firms: list[Firm], charlie: Person, opened: Callable[[Person], Page], live_server: Any
) -> None:
    page = opened(charlie)
    page.goto(live_server.url + compare_address(firms))
    page.locator(REGION).focus()
    assert page.evaluate(f"document.activeElement === document.querySelector('{REGION}')")


@pytest.mark.parametrize("language", accessible.LANGUAGES)
def test_axe_finds_nothing_on_the_plan(
    firms: list[Firm], alice: Person, opened: Callable[[Person], Page], live_server: Any, language: str
) -> None:
    done = firms[0].assessments.get()
    plan_fill(assessment=done, codes=("RD-01", "PR-02"), person=alice, now=NOW)
    plan_add(assessment=done, title="5S", person=alice, now=NOW)
    later = handed_in(firms[0], alice, timezone.now(), RD_01="4")
    page = opened(alice)
    accessible.speak(page.context, live_server.url, language)
    for address in (reverse("plan", args=[done.pk]), reverse("results", args=[later.pk])):
        page.goto(live_server.url + address)
        page.locator("details summary").first.click()
        assert (address, *faults(page)) == (address, [], False, [])
