"""A browser that shows the pages of the test client and tells of everything on them that ran, or was stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponseBase
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route

from tests.operations.test_scripts_of_strangers import MARK

SITE = "https://testserver"
TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "png": "image/png"}
# In the page before anything of it: counts what calls the mark, and hears what the policy blocked.
LISTENING = f"""
    window.caught = [];
    window.{MARK} = () => window.caught.push("ran");
    document.addEventListener("securitypolicyviolation", (event) =>
        window.caught.push(`blocked ${{event.violatedDirective}} ${{event.blockedURI}} ${{event.sample}}`));
"""
# What a person does by accident: passing over things and stepping into them.
TOUCHING = f"""() => {{
    for (const one of document.querySelectorAll("*")) {{
        for (const {{name, value}} of one.attributes) {{
            const runs = name.startsWith("on") || value.trim().toLowerCase().startsWith("javascript:");
            if (runs && value.includes("{MARK}")) window.caught.push(`${{one.tagName}} ${{name}}=${{value}}`);
            if (name.includes("{MARK}")) window.caught.push(`${{one.tagName}} ${{name}}`);
        }}
        if (one.localName.includes("{MARK}")) window.caught.push(one.localName);
        for (const kind of ["mouseover", "focus", "load", "error"]) one.dispatchEvent(new Event(kind));
    }}
    return window.caught;
}}"""


@dataclass
class Trap:
    """``page`` shows ``answer``; ``caught`` holds what ran, was blocked, asked or called elsewhere."""

    page: Page
    client: Client
    kinds: tuple[str, ...] = ("js",)
    answer: HttpResponseBase | None = None
    caught: list[str] = field(default_factory=list)

    def serve(self, route: Route) -> None:
        """The page that is looked at and its scripts; what it would fetch besides is not there."""
        parts = urlsplit(route.request.url)
        if parts.netloc != urlsplit(SITE).netloc:
            self.caught.append(f"called {route.request.url}")
        if route.request.is_navigation_request() and self.answer is not None:
            headers = {name: value for name, value in self.answer.items() if name != "Content-Length"}
            return route.fulfill(status=200, headers=headers, body=self.answer.content)  # type: ignore[attr-defined]
        kind = parts.path.rpartition(".")[2]
        if kind not in self.kinds:
            return route.abort()
        found = finders.find(parts.path.removeprefix("/static/")) if parts.path.startswith("/static/") else None
        if not found:
            return route.fulfill(status=404)
        return route.fulfill(path=found, content_type=TYPES[kind])

    def refuse(self, dialog: Dialog) -> None:
        self.caught.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def open(self, answer: HttpResponseBase) -> None:
        self.answer, self.caught = answer, []
        self.page.goto(f"{SITE}/page/", wait_until="load")

    def show(self, answer: HttpResponseBase) -> list[str]:
        """What this answer did in the browser."""
        self.open(answer)
        return [*self.caught, *self.page.evaluate(TOUCHING)]


@contextmanager
def trap(chromium: Browser, client: Client, *kinds: str) -> Iterator[Trap]:
    """``kinds`` of static files are there, scripts unless others are named."""
    context: BrowserContext = chromium.new_context(locale="zh-CN", service_workers="block")
    context.add_init_script(LISTENING)
    made = Trap(context.new_page(), client, kinds or ("js",))
    context.route("**/*", made.serve)
    made.page.on("dialog", made.refuse)
    try:
        yield made
    finally:
        context.close()
