"""The whole questionnaire without JavaScript, without a mouse, and with the language changed in the middle."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.walk import answer_part, register_firm, sign_up, start_assessment
from tests.services.browser import PATIENCE_MILLISECONDS
from tests.services.site import Site

pytestmark = pytest.mark.browser

CHOSEN = "[data-item] input[type=radio]:checked"


def fill_without_script(page: Page) -> None:
    """One page, and the button that saves it. Items behind a condition are visible here and say so."""
    for item in page.locator("[data-item]").all():
        number = item.locator("input[inputmode=decimal]")
        if number.count():
            number.fill("62.5")
        else:
            item.locator(".option input").first.check()
    page.locator("button[value=next]").click()


def test_the_questionnaire_is_completed_without_javascript(live_site: Site, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    page = context.new_page()
    sign_up(page, live_site.url, "noscript@example.com")
    register_firm(page)
    start_assessment(page)
    while "/parts/" in page.url:
        fill_without_script(page)
    page.locator("form[action*='/submit/'] button").click()
    assert "/results/" in page.url
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the focus is there, as somebody does who sees where it is."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def answer_with_keys(page: Page, code: str) -> None:
    item = page.locator(f"[data-item={code}]")
    if item.locator("input[inputmode=decimal]").count():
        tab_to(page, f"[data-item={code}] input[inputmode=decimal]")
        page.keyboard.type("62.5")
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
    else:
        tab_to(page, f"[data-item={code}] .option input")
        page.keyboard.press("Space")
    expect(item.locator("[data-state]")).to_have_class("save-state small saved")


def test_the_questionnaire_is_completed_with_the_keyboard(live_site: Site, desktop: Page) -> None:
    sign_up(desktop, live_site.url, "keys@example.com")
    register_firm(desktop)
    start_assessment(desktop)
    while "/parts/" in desktop.url:
        for code in desktop.locator("[data-item]").evaluate_all("items => items.map(item => item.dataset.item)"):
            if desktop.locator(f"[data-item={code}]").is_visible():
                answer_with_keys(desktop, code)
        here = desktop.url
        tab_to(desktop, "button[value=next]")
        desktop.keyboard.press("Enter")
        desktop.wait_for_url(lambda url, here=here: url != here)
    tab_to(desktop, "form[action*='/submit/'] button")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/results/")


def test_the_language_is_switched_in_the_middle_and_nothing_is_lost(live_site: Site, phone: Page) -> None:
    sign_up(phone, live_site.url, "tongues@example.com")
    register_firm(phone)
    start_assessment(phone)
    answer_part(phone)
    chosen = phone.locator(CHOSEN).evaluate_all("inputs => inputs.map((input) => [input.name, input.value])")
    phone.locator("button[name=language]").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    again = phone.locator(CHOSEN).evaluate_all("inputs => inputs.map((input) => [input.name, input.value])")
    assert again == chosen
    assert len(chosen) > 3
