"""A double click, "back", a second tab, a session that ended under an open page: nothing is lost or doubled."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.walk import PASSWORD, answer_item, register_firm, sign_up, start_assessment
from tests.services.site import Site

pytestmark = pytest.mark.browser

FILL = """
from firms.models import Person
from surveys.models import Assessment
from surveys.library import instrument_get
from surveys.services import NewAnswer, answer_save
from django.utils import timezone
row = Assessment.objects.get(started_by__email="{email}")
by_kind = {{"level": "3", "yesno": "yes", "share": "50"}}
for item in instrument_get("bluebook").items:
    answer = NewAnswer(by_kind[item.kind])
    answer_save(assessment=row, item=item, answer=answer, person=row.started_by, now=timezone.now())
"""
COUNT = """
from reports.models import Report
from surveys.models import Assessment
mine = Assessment.objects.filter(firm__memberships__person__email="{email}")
print(mine.count(), mine.filter(status="submitted").count(), Report.objects.filter(assessment__in=mine).count())
"""
STORED = """
from surveys.models import Answer
print(*Answer.objects.filter(assessment__started_by__email="{email}", item="RD-01").values_list("written", flat=True))
"""


def begin(page: Page, site: Site, email: str) -> str:
    sign_up(page, site.url, email)
    register_firm(page)
    start_assessment(page)
    return page.url


def told(site: Site, code: str, email: str) -> str:
    return site.manage("shell", "--no-imports", "-v", "0", "-c", code.format(email=email)).strip()


def choose(page: Page, value: str) -> None:
    page.locator(f"[data-item=RD-01] .option input[value='{value}']").check()


def test_a_double_click_submits_once(live_site: Site, desktop: Page) -> None:
    address = begin(desktop, live_site, "twice@example.com")
    told(live_site, FILL, "twice@example.com")
    desktop.goto(address.replace("/parts/RD/", "/review/"))
    desktop.locator("form[action$='/submit/'] button").dblclick()
    desktop.wait_for_url("**/results/")
    assert told(live_site, COUNT, "twice@example.com") == "1 1 1"


def test_back_shows_what_was_answered(live_site: Site, desktop: Page) -> None:
    address = begin(desktop, live_site, "back@example.com")
    answer_item(desktop, "RD-01")
    desktop.goto(live_site.url)
    desktop.go_back()
    desktop.wait_for_url(address)
    expect(desktop.locator("[data-item=RD-01] .option input[value='3']")).to_be_checked()


def test_the_second_tab_is_told_of_the_first(live_site: Site, desktop: Page) -> None:
    address = begin(desktop, live_site, "tabs@example.com")
    other = desktop.context.new_page()
    other.goto(address)
    choose(desktop, "2")
    expect(desktop.locator("[data-item=RD-01] [data-state]")).to_have_class("save-state small saved")
    choose(other, "4")
    other.locator("[data-item=RD-01] [data-conflict] button[data-yours], [data-item=RD-01] .saved").first.wait_for()
    assert told(live_site, STORED, "tabs@example.com") in {"2", "4"}
    shown = other.locator("[data-item=RD-01] [data-conflict]").count()
    assert shown == (told(live_site, STORED, "tabs@example.com") == "2")


def test_an_answer_given_after_the_session_ended_arrives_after_signing_in(live_site: Site, desktop: Page) -> None:
    address = begin(desktop, live_site, "ended@example.com")
    desktop.context.clear_cookies()
    choose(desktop, "5")
    expect(desktop.locator("[data-item=RD-01] [data-state]")).to_have_class("save-state small here")
    desktop.goto(address)
    desktop.locator("input[name=login]").fill("ended@example.com")
    desktop.locator("input[name=password]").fill(PASSWORD)
    desktop.locator("input[name=password]").press("Enter")
    desktop.wait_for_url(address)
    expect(desktop.locator("[data-item=RD-01] .option input[value='5']")).to_be_checked()
    expect(desktop.locator("[data-item=RD-01] [data-state]")).to_have_class("save-state small saved")
    assert told(live_site, STORED, "ended@example.com") == "5"
