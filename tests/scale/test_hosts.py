"""One site on two machines: what was begun on one goes on on the other, and one of them alone is still the site.

The tests follow one another on the same machines: the second host has the only worker until it is switched off.
"""

import json
import re
from collections.abc import Iterator
from hashlib import sha256

import pytest

from qms_survey.guard import group_alive
from tests.scale.hosts import Host, documented, hosts
from tests.scale.network import Network, network
from tests.scale.person import Browser
from tests.services.processes import wait_until

pytestmark = [pytest.mark.services, pytest.mark.timeout(600)]

START_SECONDS = 60.0
EMAIL, PASSWORD, OTHER = "alice@example.com", "correct-horse-battery", "bob@example.com"
# Two drafts in which everything is answered, of two firms: one is submitted before a machine fails, one afterwards.
SEED = f"""
import json
from dataclasses import replace
from firms.models import Person
from firms.services.firms import firm_register
from tests.cast import PROFILE
from tests.filling import answered
alice = Person.objects.create_user("{EMAIL}", "{PASSWORD}", name="Alice")
Person.objects.create_user("{OTHER}", "{PASSWORD}", name="Bob")
profiles = [replace(PROFILE, name=f"Firm {{number}}", credit_code="") for number in (1, 2)]
firms = [firm_register(person=alice, profile=profile) for profile in profiles]
print(json.dumps([str(answered(firm, alice).pk) for firm in firms]))
"""


@pytest.fixture(scope="module")
def around() -> Iterator[Network]:
    with network("first", "second") as made:
        yield made


@pytest.fixture(scope="module")
def site(around: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Host, Host]]:
    with hosts(around, tmp_path_factory.mktemp("shared") / "home") as (first, second):
        first.start("web")
        second.start("web")
        second.start("worker for batches")
        for host in (first, second):
            assert wait_until(host.answers, START_SECONDS), host.log("web")
        yield first, second


@pytest.fixture(scope="module")
def drafts(site: tuple[Host, Host]) -> list[str]:
    return list(json.loads(site[0].python(SEED).splitlines()[-1]))


@pytest.fixture(scope="module")
def alice(site: tuple[Host, Host], drafts: list[str]) -> Browser:
    browser = Browser()
    assert browser.sign_in(site[0], EMAIL, PASSWORD).status == 302
    return browser


def test_every_process_of_the_manual_is_run_here() -> None:
    assert set(documented()) == {"web", "worker for single reports", "worker for batches", "scheduler"}


def test_who_signed_in_at_one_host_is_signed_in_at_the_other(site: tuple[Host, Host], alice: Browser) -> None:
    assert [alice.get(host, "/home/").status for host in site] == [200, 200]
    assert Browser().get(site[1], "/home/").status == 302


def test_wrong_passwords_are_counted_over_all_hosts(site: tuple[Host, Host], drafts: list[str]) -> None:
    stranger = Browser()
    for attempt in range(5):
        stranger.sign_in(site[attempt % 2], OTHER, "wrong-password")
    refused = stranger.sign_in(site[1], OTHER, PASSWORD)
    assert (refused.status, "sessionid" in stranger.cookies) == (200, False)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_hosts_show_the_same_page_with_the_same_static_files(site: tuple[Host, Host], language: str) -> None:
    texts = [without_token(Browser(language).get(host, "/").text) for host in site]
    assert texts[0] == texts[1]
    assert f'lang="{language}"'.lower() in texts[0].lower()
    files = [static_digests(host, texts[0]) for host in site]
    assert files[0] == files[1] != {}


def without_token(text: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text)


def static_digests(host: Host, text: str) -> dict[str, str]:
    """The style sheets and programs that the page asks for, as the host gives them; each may be kept for ever."""
    found = {}
    for path in re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', text):
        page = Browser().get(host, path)
        assert "immutable" in page.headers["cache-control"]
        found[path] = sha256(page.body).hexdigest()
    return found


def test_saved_on_one_host_submitted_and_read_on_the_other(
    site: tuple[Host, Host], alice: Browser, drafts: list[str]
) -> None:
    first, second = site
    assert alice.save(second, drafts[0], "RD-01", "5") == 2
    assert alice.post(first, f"/assessments/{drafts[0]}/submit/").to == f"/assessments/{drafts[0]}/results/"
    report = alice.report(first, drafts[0], "en")
    files = [alice.get(host, f"{report}file/") for host in site]
    assert [(file.status, file.body[:5]) for file in files] == [(200, b"%PDF-")] * 2
    assert files[0].body == files[1].body


def test_when_a_machine_is_lost_the_other_goes_on(site: tuple[Host, Host], alice: Browser, drafts: list[str]) -> None:
    first, second = site
    first.start("worker for batches")
    groups = [process.pid for process in second.processes]
    second.kill()
    assert wait_until(lambda: not any(map(group_alive, groups)))
    assert wait_until(first.answers, START_SECONDS), first.log("worker for batches")
    assert alice.save(first, drafts[1], "RD-01", "4") == 2
    assert alice.post(first, f"/assessments/{drafts[1]}/submit/").to == f"/assessments/{drafts[1]}/results/"
    assert alice.get(first, f"{alice.report(first, drafts[1], 'zh-hans')}file/").body[:5] == b"%PDF-"
