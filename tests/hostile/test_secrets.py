"""Whatever opens a door by itself: long enough, once, for a time, gone with the password, and in no log."""

import io
import logging
import logging.config
import math
import os
import random
import re
import string
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as project
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.models import ApiToken, Firm, Invitation, Person
from firms.services.account import person_delete
from firms.services.invitations import Terms, invitation_create, invitation_open
from firms.services.tokens import token_create, token_person
from tests.access.world import World
from tests.cast import PASSWORD
from tests.filling import started

NEW = "another-horse-battery-9"
GUESSES = int(os.environ.get("QMS_GUESSES", "2000"))
LETTERS = string.ascii_letters + string.digits + "-_"
# Characters of one alphabet, by which a secret's bits are counted.
ALPHABETS = ((re.compile(r"[0-9a-f]+"), 16), (re.compile(r"[0-9a-z]+"), 36), (re.compile(r"[\w-]+"), 64))


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def bits(secret: str) -> float:
    base = next(size for shape, size in ALPHABETS if shape.fullmatch(secret))
    return len(secret) * math.log2(base)


def invited(firm: Firm, alice: Person) -> str:
    return invitation_create(person=alice, kind=Invitation.Kind.COLLEAGUE, to=firm, terms=Terms(role="viewer"))


def program(firm: Firm, alice: Person) -> str:
    raw = token_create(person=alice, name="x", scope="report", days=30)
    ApiToken.objects.update(revoked_at=timezone.now())
    return raw.removeprefix("qms_")


def session(firm: Firm, alice: Person) -> str:
    browser = Client()
    browser.force_login(alice)
    return browser.cookies["sessionid"].value


@pytest.mark.parametrize("made", [invited, program, session])
def test_a_secret_has_128_bits_and_is_never_made_twice(
    firm: Firm, alice: Person, made: Callable[[Firm, Person], str]
) -> None:
    secrets = [made(firm, alice) for _ in range(30)]
    assert min(map(bits, secrets)) >= 128
    assert len({secret[:8] for secret in secrets}) == 30


def test_a_campaigns_link_has_128_bits(everybody: World) -> None:
    assert bits(everybody.things["campaign-secret"]) >= 128


def test_guesses_open_nothing(firm: Firm, alice: Person) -> None:
    invited(firm, alice)
    token_create(person=alice, name="x", scope="edit", days=30)
    chance = random.Random(7)
    guesses = ["".join(chance.choices(LETTERS, k=43)) for _ in range(GUESSES)]
    assert [one for one in guesses if invitation_open(one) or token_person(f"qms_{one}")] == []


def reset_link(person: Person) -> str:
    """The link of the letter to somebody who forgot the password."""
    mail.outbox.clear()
    cache.clear()
    Client().post(reverse("account_reset_password"), {"email": person.email})
    return re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]  # type: ignore[index]


def opens(link: str) -> bool:
    page = Client().get(link, follow=True)
    return 'name="password1"' in page.content.decode()


def set_by(link: str, password: str) -> None:
    browser = Client()
    page = browser.get(link, follow=True)
    browser.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})


def test_a_reset_link_works_once(alice: Person) -> None:
    link = reset_link(alice)
    assert opens(link)
    set_by(link, NEW)
    alice.refresh_from_db()
    assert (alice.check_password(NEW), opens(link)) == (True, False)


@pytest.mark.parametrize(("days", "works"), [(2.5, True), (3.5, False)])
def test_a_reset_link_lives_for_three_days(alice: Person, days: float, works: bool) -> None:
    link = reset_link(alice)
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        assert opens(link) is works


def change_password(alice: Person) -> None:
    alice.set_password(NEW)
    alice.save()


def change_address(alice: Person) -> None:
    alice.emailaddress_set.all().delete()
    Person.objects.filter(pk=alice.pk).update(email="alice@example.org")


def close_account(alice: Person) -> None:
    person_delete(person=alice)


@pytest.mark.parametrize("change", [change_password, change_address, close_account])
def test_a_reset_link_ends_with_what_it_was_sent_for(alice: Person, change: Callable[[Person], None]) -> None:
    link = reset_link(alice)
    change(alice)
    assert not opens(link)


def test_a_new_password_ends_every_other_session_and_every_token(alice: Person) -> None:
    raw = token_create(person=alice, name="x", scope="report", days=30)
    elsewhere = Client()
    elsewhere.force_login(alice)
    set_by(reset_link(alice), NEW)
    assert elsewhere.get(reverse("home")).status_code == 302
    assert token_person(raw) is None


def test_signing_in_gives_a_new_session(alice: Person) -> None:
    browser = Client()
    browser.get(reverse("account_login"))
    browser.session["planted"] = "1"
    browser.session.save()
    before = browser.session.session_key
    browser.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    assert browser.session.session_key != before


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the product's own handler writes, at the level that tells most."""
    said = io.StringIO()
    logging.config.dictConfig(project.LOGGING | {"disable_existing_loggers": False})
    handler = logging.getLogger().handlers[-1]
    stream, handler.stream = handler.stream, said  # type: ignore[attr-defined]
    logging.getLogger().setLevel(logging.INFO)
    yield said
    handler.stream = stream  # type: ignore[attr-defined]
    logging.getLogger().setLevel(project.LOGGING["root"]["level"])


def busy(alice: Person, firm: Firm) -> list[str]:
    """Everything secret that passed through while people signed in, were refused, answered and opened links."""
    browser, draft = Client(raise_request_exception=False), started(firm, alice)
    link, raw, joining = (
        reset_link(alice),
        token_create(person=alice, name="x", scope="report", days=1),
        invited(firm, alice),
    )
    browser.post(reverse("account_login"), {"login": alice.email, "password": "wrong-Canary-1"})
    browser.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    browser.get(f"/invitations/{joining}/")
    browser.get(f"/work/{joining}/")
    browser.get(f"/campaigns/join/{joining}/")
    browser.get(f"/nowhere/{alice.email}/")
    browser.get(link)
    for header in (f"Bearer {raw}", "Bearer qms_Canary7wrongwrong"):
        browser.get("/api/v1/firms", headers={"Authorization": header})
    browser.get("/api/v1/nowhere", {"token": raw})
    address = reverse("answer", args=[draft.pk, "RD-01"])
    browser.post(address, {"RD-01-choice": "NA", "RD-01-reason": "reason-Canary-2", "RD-01-version": "0"})
    browser.post(address, {"RD-01-choice": "choice-Canary-3", "RD-01-version": "x"})
    return [PASSWORD, "Canary", raw, joining, link.rsplit("/", 2)[1], alice.email]


def test_no_log_line_holds_a_secret_an_answer_or_an_address(alice: Person, firm: Firm, log: io.StringIO) -> None:
    secrets = busy(alice, firm)
    assert [secret for secret in secrets if secret in log.getvalue()] == []
    # A log that says nothing would prove nothing.
    assert log.getvalue().count("\n") >= 10


FORGED = "2026-01-01 00:00:00,000 INFO - forged"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "%0d%0a", "\u2028", "\x85", "\x0b"])
def test_no_request_writes_a_log_line_of_its_own(db: None, log: io.StringIO, end: str) -> None:
    told = f"x{end}{FORGED}"
    Client().get(f"/nowhere/{told}/")
    Client().get("/nowhere/", headers={"User-Agent": told, "X-Request-ID": told, "Referer": told})
    Client(HTTP_HOST="evil.example").get("/")
    assert [line for line in log.getvalue().splitlines() if line.startswith(FORGED[:10])] == []
