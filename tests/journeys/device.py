"""A browser with a profile of its own, that can be killed and started again as the same person's device."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.services import programs
from tests.services.browser import FLAGS, PATIENCE_MILLISECONDS, PHONE, one_playwright
from tests.services.servers import found

SAVED_HERE = "save-state small here"


@contextlib.contextmanager
def device(profile: Path) -> Iterator[BrowserContext]:
    """A phone's browser on this profile."""
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with one_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=found(programs.chromium()),
            args=flags,
            viewport={"width": PHONE["width"], "height": PHONE["height"]},
            locale="zh-CN",
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        yield context
        with contextlib.suppress(Exception):
            context.close()


def codes_on(page: Page) -> list[str]:
    """The items of the page that are asked."""
    codes = page.locator("[data-item]").evaluate_all("items => items.map(item => item.dataset.item)")
    return [code for code in codes if page.locator(f"[data-item={code}]").is_visible()]


def give(page: Page, code: str) -> None:
    """One answer, without waiting for anything."""
    item = page.locator(f"[data-item={code}]")
    number = item.locator("input[inputmode=decimal]")
    if number.count():
        number.fill("62.5")
        number.blur()
        return
    fourth = item.locator(".option input[value='4']")
    (fourth if fourth.count() else item.locator(".option input").first).check()


def give_all(page: Page, *, says: str) -> list[str]:
    """Answers every item of the page; each must say where it is. The codes answered."""
    given = []
    # An answer may open another item behind it.
    while left := [code for code in codes_on(page) if code not in given]:
        give(page, left[0])
        expect(page.locator(f"[data-item={left[0]}] [data-state]")).to_have_class(says)
        given.append(left[0])
    return given


def pages_are_kept(page: Page) -> None:
    """Waits until the service worker has every page of the questionnaire."""
    wait_until_true(page, KEPT)


KEPT = """async () => {
    const links = [...document.querySelectorAll("[data-keep]")].map((link) => new URL(link.href).pathname);
    const cache = await caches.open("qms-pages");
    const kept = await Promise.all(links.map((link) => cache.match(link)));
    return Boolean(navigator.serviceWorker.controller) && kept.every(Boolean);
}"""
SENT = "async (person) => (await Outbox.list(person)).length === 0"


def all_is_on_the_server(page: Page) -> None:
    wait_until_true(page, SENT, page.locator("[data-questionnaire]").get_attribute("data-person"))


def wait_until_true(page: Page, question: str, argument: object = None, seconds: float = 60.0) -> None:
    """Asks again and again; unlike ``wait_for_function`` this waits for the promise as well."""
    until = time.monotonic() + seconds
    while not page.evaluate(question, argument):
        assert time.monotonic() < until, question
        page.wait_for_timeout(200)


def stored(home: Path) -> dict[str, tuple[str, int]]:
    """What the site's database holds: written answer and version, by item."""
    with contextlib.closing(sqlite3.connect(home / "qms.sqlite3")) as database:
        rows = database.execute("SELECT item, written, version FROM surveys_answer").fetchall()
    return {item: (written, version) for item, written, version in rows}
