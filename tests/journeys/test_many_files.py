"""Files from a browser: several chosen at once, and how far a large one has been read."""

import pytest
from playwright.sync_api import Page, expect

from tests.evidence.world import table
from tests.journeys import accessible
from tests.journeys.walk import register_firm, sign_up, start_assessment
from tests.services.site import Site

pytestmark = pytest.mark.browser
SENT = {"a.csv": b"x\n1\n", "b.exe": b"MZ\x90\x00\x03", "c.txt": b"chart"}


def named(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_several_files_are_chosen_at_once_and_each_tells_its_own_fate(live_site: Site, phone: Page) -> None:
    accessible.speak(phone.context, live_site.url, "en")
    sign_up(phone, live_site.url, "files@example.com")
    register_firm(phone)
    start_assessment(phone)
    phone.goto(f"{phone.url.partition('parts/')[0]}items/PR-02/")
    phone.locator("main input[type=file]").set_input_files([named(*one) for one in SENT.items()])  # type: ignore[arg-type]
    phone.locator("main form[enctype] button").click()
    said = [phone.get_by_text(f"{name}:").count() for name in SENT]
    assert (said, phone.locator("main a[href*='/evidence/']").count() >= 2) == ([1, 1, 1], True)


def test_a_file_that_is_sent_shows_how_far_it_is_and_then_its_page(live_site: Site, phone: Page) -> None:
    accessible.speak(phone.context, live_site.url, "en")
    phone.goto(f"{live_site.url}/spc/")
    rows = table([10 + (step % 7) / 1000 for step in range(60_000)])
    phone.locator("main input[type=file]").set_input_files(named("many.csv", rows))  # type: ignore[arg-type]
    phone.locator("main form[enctype] button").click()
    expect(phone.locator("[data-progress]")).to_be_visible()
    expect(phone.locator("input[name=lsl]")).to_be_visible(timeout=60_000)
