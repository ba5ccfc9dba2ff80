"""The pages before and after the questionnaire: nothing for axe to find, nothing that scrolls sideways."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.evidence.world import table
from tests.journeys import accessible
from tests.journeys.walk import (
    answer_everything,
    download_report,
    register_firm,
    send_measured,
    sign_up,
    start_assessment,
    submit,
)
from tests.services.browser import PHONE, page_in
from tests.services.site import Site

pytestmark = pytest.mark.browser

OUTSIDE = {
    "landing": "/",
    "sign up": "/accounts/signup/",
    "sign in": "/accounts/login/",
    "forgotten password": "/accounts/password/reset/",
    "SPC check": "/spc/",
}
INSIDE = {
    "home": "/home/",
    "new firm": "/firm/new/",
    "results": "{a}results/",
    "explanation": "{a}explain/",
    "what next": "{a}next/",
    "declared against evidenced": "{a}measured/",
    "measured data": "{measured}",
    "report": "{report}",
    "results of the firm": "{firm}results/",
    "profile": "{firm}profile/",
    "people": "{firm}people/",
    "access": "{firm}access/",
    "visits": "{firm}visits/",
    "trail": "{firm}trail/",
    "account": "/account/",
    "tokens": "/account/tokens/",
    "e-mail": "/accounts/email/",
    "password": "/accounts/password/change/",
    "second factor": "/accounts/2fa/",
}


@dataclass(frozen=True)
class Visit:
    """A signed-in page with the places of what it made."""

    page: Page
    site: str
    places: dict[str, str]

    def open(self, address: str, language: str) -> None:
        accessible.speak(self.page.context, self.site, language)
        self.page.goto(self.site + address.format(**self.places))


@pytest.fixture(scope="module")
def visit(live_site: Site, chromium: Browser) -> Iterator[Visit]:
    with page_in(chromium, PHONE, touch=True) as page:
        sign_up(page, live_site.url, "after@example.com")
        register_firm(page)
        firm = page.url.removeprefix(live_site.url).partition("assessments/")[0]
        start_assessment(page)
        answer_everything(page)
        assessment = page.url.removeprefix(live_site.url).partition("review/")[0]
        review, item = page.url, f"{live_site.url}{assessment}items/PR-02/measured/"
        measured = send_measured(page, item, table(), ("9.95", "10.05")).removeprefix(live_site.url)
        page.goto(review)
        submit(page)
        download_report(page, "zh-hans")
        report = page.url.removeprefix(live_site.url)
        yield Visit(page, live_site.url, {"a": assessment, "firm": firm, "report": report, "measured": measured})


@pytest.mark.parametrize("language", accessible.LANGUAGES)
@pytest.mark.parametrize("name", INSIDE)
def test_axe_finds_nothing_behind_the_door(visit: Visit, name: str, language: str) -> None:
    visit.open(INSIDE[name], language)
    assert accessible.in_light_and_dark(visit.page) == []
    assert not accessible.scrolls_sideways(visit.page)


@pytest.mark.parametrize("language", accessible.LANGUAGES)
@pytest.mark.parametrize("name", OUTSIDE)
def test_axe_finds_nothing_before_the_door(live_site: Site, phone: Page, name: str, language: str) -> None:
    accessible.speak(phone.context, live_site.url, language)
    phone.goto(live_site.url + OUTSIDE[name])
    assert accessible.in_light_and_dark(phone) == []
    assert not accessible.scrolls_sideways(phone)


@pytest.mark.parametrize("language", accessible.LANGUAGES)
def test_axe_finds_nothing_on_the_way_of_a_file_to_an_answer(live_site: Site, phone: Page, language: str) -> None:
    accessible.speak(phone.context, live_site.url, language)
    sign_up(phone, live_site.url, f"file-{language}@example.com")
    register_firm(phone)
    start_assessment(phone)
    address = f"{phone.url.partition('parts/')[0]}items/PR-02/measured/"
    found = []
    for place in (address, send_measured(phone, address, table(), ("9.95", "10.05"))):
        phone.goto(place)
        found += [*accessible.in_light_and_dark(phone), *(["wide"] if accessible.scrolls_sideways(phone) else [])]
    assert found == []
