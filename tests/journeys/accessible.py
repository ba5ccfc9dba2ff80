"""Asks axe-core whether a page can be used by everybody. For every page of the site, not only the questionnaire."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

LANGUAGES = ("zh-hans", "en")
# Level A and AA of WCAG 2.0 to 2.2, and what axe-core holds to be good practice.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SMALLEST_TARGET = 44
# Links inside a sentence are as high as the sentence: WCAG 2.5.8 leaves them out, and so do we.
TARGETS = """(smallest) => [...document.querySelectorAll(
    "main button, main summary, main .btn, main label.option, main label.state, main .parts a"
)]
    .filter((one) => one.offsetParent !== null)
    .map((one) => [one.textContent.trim().slice(0, 30), Math.round(one.getBoundingClientRect().height)])
    .filter(([, height]) => height < smallest)"""


def violations(page: Page) -> list[str]:
    """One line for each fault: the rule, how grave, and the first place."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}" for one in found]


def in_light_and_dark(page: Page) -> list[str]:
    """The violations in both colour schemes. Without motion: a colour on its way to another one proves nothing."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found += [f"{scheme}: {one}" for one in violations(page)]
    page.emulate_media(color_scheme="light")
    return found


def small_targets(page: Page) -> list[object]:
    """Buttons and the like that a thumb misses, with their height in CSS pixels."""
    return list(page.evaluate(TARGETS, SMALLEST_TARGET))


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


def speak(context: BrowserContext, site: str, language: str) -> None:
    context.add_cookies([{"name": "django_language", "value": language, "url": site}])
