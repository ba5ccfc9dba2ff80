"""Every page around the questionnaire, in both languages, light and dark, on a phone and at 200 %."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import accessible
from tests.journeys.walk import register_firm, sign_up, start_assessment
from tests.services.browser import PHONE, page_in
from tests.services.site import Site

pytestmark = pytest.mark.browser

PAGES = {
    "instruments": "/instruments/",
    "question book": "/instruments/bluebook/",
    "part": "{a}parts/RD/",
    "part with a condition": "{a}parts/DG/",
    "review": "{a}review/",
    "my part": "{a}mine/",
    "team": "{a}team/",
    "item": "{a}items/RD-01/",
    "spread": "{a}spread/",
    "evidence": "{a}evidence/",
    "workbook": "{a}workbook/",
    "discard": "{a}remove/",
    "on my own": "{a}alone/RD/",
    "offline": "/offline/",
    "dead link": "/work/nothing/",
}


@dataclass(frozen=True)
class Visit:
    """A signed-in page and where its assessment lies."""

    page: Page
    site: str
    assessment: str

    def open(self, name: str, language: str) -> None:
        accessible.speak(self.page.context, self.site, language)
        self.page.goto(self.site + PAGES[name].format(a=self.assessment))


@pytest.fixture(scope="module")
def visit(live_site: Site, chromium: Browser) -> Iterator[Visit]:
    with page_in(chromium, PHONE, touch=True) as page:
        sign_up(page, live_site.url, "everybody@example.com")
        register_firm(page)
        start_assessment(page)
        assessment = page.url.removeprefix(live_site.url).partition("parts/")[0]
        page.goto(f"{live_site.url}{assessment}team/")
        page.locator("details summary").first.click()
        page.locator("details select").first.select_option("quality")
        page.locator("details button").first.click()
        yield Visit(page, live_site.url, assessment)


@pytest.mark.parametrize("language", accessible.LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Visit, name: str, language: str) -> None:
    visit.open(name, language)
    assert accessible.in_light_and_dark(visit.page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_thumb_finds_every_button_and_nothing_scrolls_sideways(visit: Visit, name: str) -> None:
    visit.open(name, "zh-hans")
    assert accessible.small_targets(visit.page) == []
    assert not accessible.scrolls_sideways(visit.page)


@pytest.mark.parametrize("name", PAGES)
def test_at_200_per_cent_nothing_scrolls_sideways(visit: Visit, name: str) -> None:
    # 1280 pixels at 200 % are 640 CSS pixels; at 400 %, which WCAG asks for as well, 320.
    visit.page.set_viewport_size({"width": 320, "height": 640})
    visit.open(name, "en")
    sideways = accessible.scrolls_sideways(visit.page)
    visit.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert not sideways
