"""The questionnaire goes on without a network, without its tab and without its server, and loses nothing."""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.device import all_is_on_the_server, codes_on, device, give, give_all, pages_are_kept, stored
from tests.journeys.network import Network, network_to
from tests.journeys.walk import PASSWORD, register_firm, sign_up, start_assessment
from tests.services.processes import child_of
from tests.services.site import Site, running_site

pytestmark = pytest.mark.browser

SAVED, HERE = "save-state small saved", "save-state small here"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site of its own: this one is looked into and killed."""
    with running_site(tmp_path / "home") as site:
        yield site


@pytest.fixture
def network(site: Site) -> Iterator[Network]:
    with network_to(site.port) as network:
        yield network


def begin(page: Page, network: Network, email: str) -> str:
    """Signed up, firm registered, first part open, everything kept on the device. The part's address."""
    sign_up(page, network.url, email)
    register_firm(page)
    start_assessment(page)
    pages_are_kept(page)
    return page.url


def parts_of(page: Page) -> list[str]:
    return page.locator("[data-part-link]").evaluate_all("links => links.map(link => link.href)")


def test_the_network_gone_for_the_middle_third_and_the_tab_killed(site: Site, network: Network, tmp_path: Path) -> None:
    given: list[str] = []
    with device(tmp_path / "profile") as browser:
        page = browser.new_page()
        begin(page, network, "offline@example.com")
        parts = parts_of(page)
        third = len(parts) // 3
        for address in parts[:third]:
            page.goto(address)
            given += give_all(page, says=SAVED)
        network.cut()
        for address in parts[third : 2 * third]:
            page.goto(address)
            given += give_all(page, says=HERE)
        offline = set(given) - set(stored(site.home))
        assert offline
        # The tab dies, and the browser with it: no page hears of it.
        kill(tmp_path / "profile")
    network.mend()
    with device(tmp_path / "profile") as browser:
        page = browser.new_page()
        # A killed browser may have forgotten its cookies as well.
        browser.clear_cookies()
        page.goto(parts[2 * third])
        sign_in(page, "offline@example.com")
        page.wait_for_url(parts[2 * third])
        all_is_on_the_server(page)
        for address in parts[2 * third :]:
            page.goto(address)
            given += give_all(page, says=SAVED)
    found = stored(site.home)
    assert set(found) == set(given)
    assert {version for _written, version in found.values()} == {1}


def test_the_server_killed_in_the_middle(site: Site, tmp_path: Path) -> None:
    with network_to(site.port) as network, device(tmp_path / "profile") as browser:
        page = browser.new_page()
        begin(page, network, "killed@example.com")
        parts = parts_of(page)
        given: list[str] = []
        for number, address in enumerate(parts):
            page.goto(address)
            if number == 2:
                web = child_of(site, "granian")
                os.killpg(web.pid, signal.SIGKILL)
            given += give_everything(page)
        all_is_on_the_server(page)
    found = stored(site.home)
    assert set(found) == set(given)
    assert {version for _written, version in found.values()} == {1}


def sign_in(page: Page, email: str) -> None:
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")


def kill(profile: Path) -> None:
    """The browser on this profile, in the middle of whatever it does."""
    for directory in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"--user-data-dir={profile}\0".encode() in (directory / "cmdline").read_bytes():
                os.kill(int(directory.name), signal.SIGKILL)


def give_everything(page: Page) -> list[str]:
    """Answers every item as fast as it can be tapped."""
    given: list[str] = []
    while left := [code for code in codes_on(page) if code not in given]:
        give(page, left[0])
        given.append(left[0])
    return given


def test_signing_out_leaves_nothing_on_the_device(site: Site, network: Network, tmp_path: Path) -> None:
    with device(tmp_path / "profile") as browser:
        page = browser.new_page()
        address = begin(page, network, "leaving@example.com")
        person = page.locator("[data-questionnaire]").get_attribute("data-person")
        give_all(page, says=SAVED)
        page.locator("form[action*='/logout/'] button").click()
        page.wait_for_url(f"{network.url}/")
        page.goto(f"{network.url}/offline/")
        page.add_script_tag(url=script(page, network))
        left = page.evaluate(LEFT, person)
        assert left == {"entries": 0, "mirror": 0, "pages": 0}
        assert page.goto(address).url.startswith(f"{network.url}/accounts/login/")


LEFT = """async (person) => ({
    entries: (await Outbox.list(person)).length,
    mirror: (await Outbox.mirrored(person)).size,
    pages: (await (await caches.open("qms-pages")).keys()).length,
})"""


def script(page: Page, network: Network) -> str:
    """Where the outbox lies in this release."""
    worker = page.request.get(f"{network.url}/service-worker.js").text()
    return network.url + worker.split('importScripts("')[1].split('"')[0]
