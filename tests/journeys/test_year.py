"""An association's whole year in a browser: list, invitations, reminders, closing, release, dashboard, blue book."""

import io
import re
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from firms.credit_code import check_character
from tests.journeys.walk import PASSWORD, answer_everything, submit
from tests.services.browser import DESKTOP, PHONE, page_in
from tests.services.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.services]

FIRMS, ANSWERING = 200, 120
SECONDS = 120_000
# The platform's staff has set the association up and invited its manager, who has an account.
SET_UP = f"""
from firms.models import Organisation, OrganisationMember, Person
person = Person.objects.create_user("year@example.org", "{PASSWORD}", name="协会")
association = Organisation.objects.create(kind="association", name="年度协会", name_en="Association of the year")
OrganisationMember.objects.create(organisation=association, person=person, role="manager")
print(association.pk)
"""
# A day goes by: whoever was invited may be reminded.
NEXT_DAY = """
from datetime import timedelta
from django.db.models import F
from surveys.models import Target
print(Target.objects.update(invited_at=F("invited_at") - timedelta(days=2)))
"""
# The other firms answer as firms do, each through its invitation.
ANSWER = f"""
from datetime import timedelta
from django.utils import timezone
from firms.models import Firm, PoolConsent
from reports.population import written_rows
from scoring.engine.country import country
from scoring.library import benchmark_for
from scoring.services import assessment_score
from surveys.library import instrument_get
from surveys.models import Assessment, Snapshot, Target
instrument = instrument_get("bluebook")
places = dict(industries=["C34", "C36"], regions=["32", "33"])
people = country(instrument, benchmark_for("bluebook").indicators, {ANSWERING}, 1, **places)
now = timezone.now() - timedelta(hours=1)
targets = Target.objects.filter(assessment=None).order_by("credit_code")[:{ANSWERING}]
for place, (target, answers) in enumerate(zip(targets, written_rows(instrument, people.answers))):
    profile = dict(size=str(people.size[place]), industry=str(people.industry[place]), region=str(people.region[place]))
    firm = Firm.objects.create(name=target.name, credit_code=target.credit_code, employees=100, revenue=5000, **profile)
    PoolConsent.objects.create(firm=firm, given_at=now)
    done = Assessment.objects.create(firm=firm, instrument_code=instrument.code, instrument_version=instrument.version,
        instrument_hash=instrument.content_hash, status="submitted", started_at=now, submitted_at=now)
    Snapshot.objects.create(assessment=done, answers=answers, firm_name=firm.name, content_hash="", **profile)
    assessment_score(assessment=done, now=now)
    Target.objects.filter(pk=target.pk).update(firm=firm, assessment=done, opened_at=now)
print(Target.objects.filter(assessment__status="submitted").count())
"""


def credit_code(number: int) -> str:
    first = f"91330000MA2{number:06d}"
    return first + check_character(first)


def list_of_firms() -> bytes:
    rows = [f"{credit_code(number)},测试企业{number},firm{number}@example.com,中型,C34,33" for number in range(FIRMS)]
    return "\n".join(["统一社会信用代码,企业名称,邮箱,规模,行业,省份", *rows]).encode("gb18030")


def sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/accounts/login/")
    page.locator("input[name=login]").fill("year@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/home/")


def shell(site: Site, code: str) -> str:
    return site.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1]


def board_number(page: Page, place: int) -> int:
    """A number of the response board: listed, invited, opened, started, submitted."""
    return int(page.locator(".board-number").nth(place).inner_text())


def until_board_says(page: Page, place: int, number: int) -> None:
    for _ in range(60):
        page.reload()
        if board_number(page, place) >= number:
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"the board never said {number}: {page.locator('.board-steps').inner_text()}")


def until_mails(page: Page, site: Site, number: int) -> None:
    for _ in range(90):
        if mails_sent(site) >= number:
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"{mails_sent(site)} mails, not {number}")


def mails_sent(site: Site) -> int:
    """A file may hold several."""
    return sum(mail.count("\nSubject: ") for mail in mails(site))


def mails(site: Site) -> list[str]:
    return [path.read_text(errors="replace") for path in sorted((site.home / "mail").glob("*"))]


def set_up_campaign(page: Page, site: Site, association: str) -> str:
    page.goto(f"{site.url}/associations/{association}/campaigns/")
    page.locator("input[name=title]").fill("2026 年质量管理成熟度调查")
    page.locator("select[name=instrument]").select_option("bluebook")
    page.locator("input[name=opens_on]").fill("2026-01-01")
    page.locator("input[name=closes_on]").fill("2099-12-31")
    page.locator("main form [type=submit]").last.click()
    page.wait_for_url(re.compile("/campaigns/[0-9a-f-]{36}/$"))
    return page.url


def import_list(page: Page, board: str) -> None:
    page.goto(f"{board}firms/")
    page.locator("input[name=file]").set_input_files(
        {"name": "firms.csv", "mimeType": "text/csv", "buffer": list_of_firms()}
    )
    page.locator("form[enctype] [type=submit]").first.click()
    page.wait_for_url(board)
    assert board_number(page, 0) == FIRMS


def a_firm_takes_part(phone: Page, link: str) -> None:
    """Behind its link, from sign-up to the submitted answers."""
    phone.goto(link)
    phone.locator("a[href*=signup]").first.click()
    phone.locator("input[name=email]").fill("quality@example.com")
    phone.locator("input[name=password1]").fill(PASSWORD)
    phone.locator("main form button[type=submit], main form button").first.click()
    phone.locator("input[name=employees]").fill("400")
    phone.locator("input[name=revenue]").fill("9000")
    phone.locator("main form[method=post] [type=submit]").click()
    phone.locator("select[name=firm]").wait_for()
    phone.locator("input[name=pool]").check()
    phone.locator("main form[method=post] [type=submit]").first.click()
    phone.wait_for_url("**/parts/RD/")
    answer_everything(phone)
    submit(phone)


def release(page: Page, site: Site, association: str) -> str:
    page.goto(f"{site.url}/associations/{association}/releases/")
    page.locator("select[name=counted]").select_option(index=0)
    page.locator("input[name=label]").fill("2026-11")
    page.locator("main form [type=submit]").last.click()
    page.wait_for_url("**/progress/")
    page.locator("a[href$='/exports/']").wait_for(timeout=SECONDS)
    return page.url.removesuffix("progress/")


def downloaded(page: Page, link: str) -> bytes:
    with page.expect_download(timeout=SECONDS) as download:
        page.locator(link).first.click()
    return download.value.path().read_bytes()


def test_the_whole_year_of_an_association(live_site_services: Site, chromium: Browser, tmp_path: Path) -> None:
    site = live_site_services
    association = shell(site, SET_UP)
    with page_in(chromium, DESKTOP, touch=False) as page:
        sign_in(page, site)
        board = set_up_campaign(page, site, association)
        import_list(page, board)
        page.locator("form[action$='/invite/'] button").click()
        until_board_says(page, 1, FIRMS)
        link = re.search(r"http://\S+/campaigns/join/\w+/", next(mail for mail in mails(site) if "firm7@" in mail))
        assert link is not None
        with page_in(chromium, PHONE, touch=True) as phone:
            a_firm_takes_part(phone, f"{site.url}/campaigns/join/" + link[0].split("/join/")[1])
        assert shell(site, ANSWER) == str(ANSWERING + 1)
        shell(site, NEXT_DAY)
        page.goto(board)
        assert board_number(page, 4) == ANSWERING + 1
        before = mails_sent(site)
        page.locator("form[action$='/remind/'] button").click()
        until_mails(page, site, before + FIRMS - ANSWERING - 1)
        page.goto(f"{board}close/")
        page.locator("main form [type=submit]").click()
        page.wait_for_url(board)
        here = release(page, site, association)
        page.goto(here)
        expect(page.locator("main svg:visible").first).to_be_visible()
        page.goto(f"{here}exports/")
        table = tmp_path / "release.sav"
        table.write_bytes(downloaded(page, "a[href$='/sav/']"))
        frame, about = pyreadstat.read_sav(table)
        assert_labelled(frame, about)
        page.locator("button[name=language][value=both]").click()
        page.locator("a[href$='/file/']").wait_for(timeout=SECONDS)
        book = downloaded(page, "a[href$='/file/']")
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(book)).pages[:6])
    assert ("蓝皮书" in text.replace("\n", ""), "2026-11" in text) == (True, True)


def assert_labelled(frame: "pd.DataFrame", about: object) -> None:
    """The file opens again with the labels of its variables and values."""
    assert len(frame) > 50
    assert about.column_names_to_labels["size"] == "规模"  # type: ignore[attr-defined]
    assert about.variable_value_labels["size"][3.0] == "中型"  # type: ignore[attr-defined]
