"""The page of a look in a browser: nothing for axe to find, and the preview follows what is typed."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from firms.models import Person
from reports.models import Brand
from tests.brand.pictures import claims_to_be, drawn, saved
from tests.journeys import accessible
from tests.services.browser import PHONE, page_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PREVIEW, FAULT = "[data-look-preview] img", "[data-look-preview] .alert"


@pytest.fixture
def page(live_server, chromium: Browser, charlie: Person) -> Iterator[Page]:
    client = Client()
    client.force_login(charlie)
    with page_in(chromium, PHONE, touch=True) as page:
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        yield page


@pytest.mark.parametrize("language", accessible.LANGUAGES)
def test_axe_finds_nothing_on_the_page_and_on_a_refusal(page: Page, live_server, language: str) -> None:
    accessible.speak(page.context, live_server.url, language)
    page.goto(live_server.url + reverse("brand"))
    clean = accessible.in_light_and_dark(page)
    page.fill("#id_accent", "#eeee44")
    page.locator("[data-look] button.btn-primary").click()
    page.locator(FAULT).wait_for()
    assert clean + accessible.in_light_and_dark(page) == []
    assert (accessible.scrolls_sideways(page), accessible.small_targets(page)) == (False, [])


def test_the_preview_follows_what_is_typed_and_nothing_is_saved(page: Page, live_server) -> None:
    page.goto(live_server.url + reverse("brand"))
    before = page.locator(PREVIEW).first.get_attribute("src")
    logo = {"name": "logo.png", "mimeType": "image/png", "buffer": saved(drawn())}
    page.set_input_files("#id_logo", logo)
    page.wait_for_function(
        "([selector, before]) => document.querySelector(selector)?.getAttribute('src') !== before",
        arg=[PREVIEW, before],
    )
    bomb = {"name": "logo.png", "mimeType": "image/png", "buffer": claims_to_be(9000, 9000)}
    page.set_input_files("#id_logo", bomb)
    page.locator(FAULT).wait_for()
    assert not Brand.objects.exists()
