"""From nothing to the managing director's report, in a real browser against a running site."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.journeys.walk import (
    FIRM,
    answer_everything,
    answer_part,
    download_report,
    register_firm,
    sign_up,
    start_assessment,
    submit,
)
from tests.services.site import Site

pytestmark = pytest.mark.browser

PUBLISHED = ("19.6%", "50%", "16%", "13.9%", "8.4%", "45.41%", "11.07%", "21.9%")
SOURCES = ("中国制造业企业质量管理蓝皮书", "中国质量协会")


def text_of(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return "".join("\n".join(pages).split())


def fonts_of(pdf: bytes) -> "dict[str, bool]":
    """Each font of the file, and whether it is embedded."""
    found = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            descriptor = inner["/FontDescriptor"].get_object()
            found[str(font["/BaseFont"])] = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def test_a_phone_from_sign_up_to_the_downloaded_report(live_site: Site, phone: Page) -> None:
    sign_up(phone, live_site.url, "first@example.com")
    register_firm(phone)
    start_assessment(phone)
    answer_everything(phone)
    submit(phone)
    index = phone.locator(".figure-big").nth(1).inner_text()
    level = phone.locator(".figure-big").first.inner_text()
    pdf = download_report(phone, "zh-hans")
    told = text_of(pdf)
    for expected in (FIRM, index, level, *PUBLISHED, *SOURCES):
        assert expected in told, expected
    assert fonts_of(pdf)
    assert all(fonts_of(pdf).values())


def test_what_was_answered_is_there_the_next_day(live_site: Site, phone: Page) -> None:
    sign_up(phone, live_site.url, "next-day@example.com")
    register_firm(phone)
    start_assessment(phone)
    answer_part(phone)
    phone.goto("about:blank")
    phone.goto(f"{live_site.url}/home/")
    phone.locator("a.btn-primary[href*='/assessments/']").click()
    phone.wait_for_url("**/parts/PR/")
    assert phone.locator("[data-answered]").inner_text() == "7"


@pytest.mark.services
def test_a_desk_with_postgresql_redis_and_a_worker_of_its_own(live_site_services: Site, desktop: Page) -> None:
    sign_up(desktop, live_site_services.url, "desk@example.com")
    register_firm(desktop)
    start_assessment(desktop)
    answer_everything(desktop)
    submit(desktop)
    told = text_of(download_report(desktop, "en"))
    for expected in (FIRM, "Maturitylevel", *PUBLISHED):
        assert expected in told, expected
