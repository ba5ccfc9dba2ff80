"""What one page of the questionnaire weighs on a first visit, counted by the browser."""

import sys
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.walk import register_firm, sign_up, start_assessment
from tests.services.site import Site

pytestmark = pytest.mark.browser

MOST_BYTES, MOST_REQUESTS = 150 * 1024, 10


def load_cold(page: Page, address: str) -> list[dict[str, Any]]:
    """Every request until the page has loaded, with the bytes that came over the wire; caches are empty."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.setBypassServiceWorker", {"bypass": True})
    sent: dict[str, dict[str, Any]] = {}
    session.on(
        "Network.requestWillBeSent", lambda event: sent.update({event["requestId"]: {"url": event["request"]["url"]}})
    )
    # What the page before had asked for may still end now.
    session.on(
        "Network.loadingFinished",
        lambda event: sent.get(event["requestId"], {}).update(bytes=event["encodedDataLength"]),
    )
    page.goto(address, wait_until="load")
    page.wait_for_timeout(300)
    return list(sent.values())


def test_the_questionnaire_page_is_light(live_site: Site, phone: Page) -> None:
    sign_up(phone, live_site.url, "light@example.com")
    register_firm(phone)
    start_assessment(phone)
    requests = load_cold(phone, phone.url)
    fetched = [one for one in requests if "bytes" in one and one["url"].startswith("http")]
    total = sum(one["bytes"] for one in fetched)
    sys.stdout.write(f"\nquestionnaire page: {total / 1024:.1f} KB in {len(fetched)} requests\n")
    for one in fetched:
        sys.stdout.write(f"  {one['bytes']:>7} {one['url'].removeprefix(live_site.url)}\n")
    assert {one["url"].startswith((live_site.url, "data:")) for one in requests} == {True}
    assert total <= MOST_BYTES
    assert len(fetched) <= MOST_REQUESTS
