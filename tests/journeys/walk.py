"""The way of a newcomer through the pages, as a person would go it in a browser."""

from playwright.sync_api import Page, expect

FIRM = "宁波峯朤精密机械有限公司"
PASSWORD = "correct-horse-battery-7"
CHOSEN_LEVEL = "3"


def sign_up(page: Page, site: str, email: str) -> None:
    page.goto(site)
    page.locator("main a[href*=signup]").click()
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password1]").fill(PASSWORD)
    page.locator("main form button[type=submit], main form button").first.click()
    page.wait_for_url("**/home/")


def register_firm(page: Page) -> None:
    page.locator("main a[href*='/firm/new/']").first.click()
    page.locator("input[name=name]").fill(FIRM)
    page.locator("select[name=industry]").select_option("C34")
    page.locator("input[name=employees]").fill("86")
    page.locator("input[name=revenue]").fill("4200")
    page.locator("select[name=region]").select_option("33")
    page.locator("main form[method=post] [type=submit]").click()
    page.locator("main").get_by_text(FIRM).first.wait_for()


def start_assessment(page: Page) -> None:
    if "/assessments/new/" not in page.url:
        page.locator("a[href*='/assessments/new/']").first.click()
    page.locator("main form button").first.click()
    page.wait_for_url("**/parts/RD/")


def answer_item(page: Page, code: str) -> None:
    """One answer, waited for until the page says that it is saved."""
    item = page.locator(f"[data-item={code}]")
    number = item.locator("input[inputmode=decimal]")
    if number.count():
        number.fill("62.5")
        number.blur()
    elif item.locator(f".option input[value='{CHOSEN_LEVEL}']").count():
        item.locator(f".option input[value='{CHOSEN_LEVEL}']").check()
    else:
        item.locator(".option input").first.check()
    expect(item.locator("[data-state]")).to_have_class("save-state small saved")


def answer_part(page: Page) -> None:
    for code in page.locator("[data-item]").evaluate_all("items => items.map(item => item.dataset.item)"):
        item = page.locator(f"[data-item={code}]")
        if item.is_visible():
            answer_item(page, code)


def send_measured(page: Page, address: str, content: bytes, limits: tuple[str, str]) -> str:
    """Sends measured values to an answer, takes what is proposed, and gives the address of the figures."""
    page.goto(address)
    page.locator("main input[type=file]").set_input_files({"name": "d.csv", "mimeType": "text/csv", "buffer": content})
    page.locator("main form[enctype] button").click()
    page.wait_for_url("**/measured/columns/?*")
    for name, value in zip(("lsl", "usl"), limits, strict=True):
        page.locator(f"input[name={name}]").fill(value)
    page.locator("main form[method=post] button.btn-primary").click()
    page.wait_for_url(lambda url: "/columns/" not in url)
    return page.url


def answer_everything(page: Page) -> None:
    while "/parts/" in page.url:
        answer_part(page)
        here = page.url
        page.locator("button[value=next]").click()
        page.wait_for_url(lambda url, before=here: url != before)


def submit(page: Page) -> None:
    page.locator("form[action*='/submit/'] button").click()
    page.wait_for_url("**/results/")


def download_report(page: Page, language: str) -> bytes:
    page.locator(f"form[action*='/reports/'] button[value='{language}']").click()
    link = page.locator("a[href*='/file/']")
    link.wait_for(timeout=60_000)
    with page.expect_download() as download:
        link.click()
    return download.value.path().read_bytes()
