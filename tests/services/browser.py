"""Chromium as a person has it: a phone and a desk, in Chinese."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from tests.services import programs
from tests.services.servers import found

FLAGS = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
PATIENCE_MILLISECONDS = 15_000


_running: list[Playwright] = []


@contextmanager
def one_playwright() -> Iterator[Playwright]:
    """Playwright allows one at a time in a thread: whoever comes second shares the first one's."""
    if _running:
        yield _running[0]
        return
    with sync_playwright() as playwright:
        # It leaves an event loop running in this thread; Django would take every query for one inside it.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        _running.append(playwright)
        yield playwright
        _running.clear()


def launch_chromium(playwright: Playwright) -> Browser:
    # Chromium's own sandbox does not work for root.
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return playwright.chromium.launch(executable_path=found(programs.chromium()), args=flags)


@dataclass
class Complaints:
    """What the browser found wrong with the pages: script errors, and anything the content policy had to block."""

    texts: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.texts.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self.hear(page, message))

    def hear(self, page: Page, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.texts.append(f"{page.url}: {message.text}")


@contextmanager
def page_in(browser: Browser, size: dict[str, int], *, touch: bool, language: str = "zh-CN") -> Iterator[Page]:
    """A fresh page without cookies; the test fails if the browser had anything to complain of."""
    context: BrowserContext = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale=language,
        timezone_id="Asia/Shanghai",
        has_touch=touch,
        is_mobile=touch,
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    complaints = Complaints()
    context.on("page", complaints.listen)
    try:
        yield context.new_page()
    finally:
        context.close()
    assert complaints.texts == []
