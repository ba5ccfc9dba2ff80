"""Dashboard, public pages and the peers' place: nothing for axe to find, with every table unfolded."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from firms.models import Person
from scoring.services import assessment_score
from tests.dashboard.rows import released_row
from tests.filling import NOW, submitted
from tests.journeys import accessible
from tests.services.browser import PHONE, page_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"
PEERS = "section[aria-labelledby=peers]"


@pytest.fixture
def places(live_server, firm, alice: Person) -> dict[str, str]:
    """Addresses of a release of the open pool that is public, and of a firm's results."""
    Person.objects.filter(pk=alice.pk).update(is_staff=True)
    release = released_row(None, is_public=True)
    assessment = submitted(firm, alice)
    assessment_score(assessment=assessment, now=NOW)
    return {
        "dashboard": reverse("release-dashboard", args=[release.pk]),
        "hidden group": reverse("release-dashboard", args=[release.pk]) + "?industry=C99",
        "public page": reverse("public-release", args=[release.pk]),
        "public list": reverse("public-releases"),
        "results": reverse("results", args=[assessment.pk]),
    }


@pytest.fixture
def page(live_server, chromium: Browser, alice: Person) -> Iterator[Page]:
    client = Client()
    client.force_login(alice)
    with page_in(chromium, PHONE, touch=True) as page:
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        yield page


@pytest.mark.parametrize("language", accessible.LANGUAGES)
def test_axe_finds_nothing(places, page: Page, live_server, language: str) -> None:
    accessible.speak(page.context, live_server.url, language)
    for name in ("dashboard", "hidden group", "public page", "public list"):
        page.goto(live_server.url + places[name])
        page.evaluate(UNFOLD)
        assert (name, accessible.in_light_and_dark(page)) == (name, [])
        assert not accessible.scrolls_sideways(page)
        assert accessible.small_targets(page) == []


def test_the_place_among_peers_stands_on_the_results_page(places, page: Page, live_server) -> None:
    page.goto(live_server.url + places["results"])
    page.locator(PEERS).locator("summary").click()
    assert page.locator(PEERS).locator("li").count() == 5
    assert accessible.in_light_and_dark(page) == []
