"""Trying passwords gets nowhere, from however many addresses, and locks nobody out of their own account."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from firms.devices import COOKIE
from firms.models import Person
from tests.cast import PASSWORD

KNOWN, UNKNOWN = "alice@example.com", "nobody@example.com"
LOGIN = "account_login"
# What allauth allows: five failures in five minutes for an account, ten in a minute for an address.
PER_ACCOUNT, PER_ADDRESS = 5, 10


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def attempt(browser: Client, email: str, password: str, address: str = "192.0.2.1", **headers: str) -> bool:
    """Whether the password was looked at and let in."""
    form = {"login": email, "password": password}
    response = browser.post(reverse(LOGIN), form, REMOTE_ADDR=address, headers=headers)
    return response.status_code == 302


def leave(browser: Client) -> None:
    """Signs out as a person does; the test client's own way would throw every cookie away."""
    browser.post(reverse("account_logout"))


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was really compared from now on."""
    found: list[str] = []
    monkeypatch.setattr(Person, "check_password", lambda person, raw: found.append(raw) or False)
    return found


def test_an_account_is_guessed_at_five_times_from_however_many_addresses(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = looked_at(monkeypatch)
    for number in range(60):
        attempt(Client(), KNOWN, f"guess-{number}", address=f"192.0.2.{number}")
    assert len(compared) == PER_ACCOUNT


def test_an_address_guesses_ten_times_whatever_account_it_names(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = [f"p{number}@example.com" for number in range(40)]
    Person.objects.bulk_create([Person(email=one, name="x", password="!x") for one in accounts])
    compared = looked_at(monkeypatch)
    for one in accounts:
        attempt(Client(), one, "guess")
    assert len(compared) == PER_ADDRESS


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "X-Client-IP"])
def test_a_made_up_address_buys_no_further_guess(db: None, monkeypatch: pytest.MonkeyPatch, header: str) -> None:
    accounts = [f"p{number}@example.com" for number in range(30)]
    Person.objects.bulk_create([Person(email=one, name="x", password="!x") for one in accounts])
    compared = looked_at(monkeypatch)
    for number, one in enumerate(accounts):
        attempt(Client(), one, "guess", **{header: f"198.51.100.{number}"})
    assert len(compared) == PER_ADDRESS


def test_behind_a_proxy_only_the_proxys_own_word_counts(
    db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    accounts = [f"p{number}@example.com" for number in range(30)]
    Person.objects.bulk_create([Person(email=one, name="x", password="!x") for one in accounts])
    compared = looked_at(monkeypatch)
    for number, one in enumerate(accounts):
        attempt(Client(), one, "guess", **{"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"})
    assert len(compared) == PER_ADDRESS


@pytest.mark.parametrize("spelled", ["ALICE@example.com", " alice@example.com ", "Alice@EXAMPLE.com"])
def test_another_spelling_buys_no_further_guess(alice: Person, monkeypatch: pytest.MonkeyPatch, spelled: str) -> None:
    compared = looked_at(monkeypatch)
    for number in range(PER_ACCOUNT * 2):
        attempt(Client(), KNOWN if number % 2 else spelled, "guess", address=f"192.0.2.{number}")
    assert len(compared) == PER_ACCOUNT


def besieged() -> None:
    """Strangers have used up the attempts for Alice's account."""
    for number in range(PER_ACCOUNT * 3):
        attempt(Client(), KNOWN, "guess", address=f"203.0.113.{number}")


def test_guessers_do_not_lock_somebody_out_of_a_device_of_their_own(alice: Person) -> None:
    own = Client()
    assert attempt(own, KNOWN, PASSWORD)
    leave(own)
    besieged()
    assert attempt(own, KNOWN, PASSWORD)


def test_from_an_unknown_device_even_the_right_password_waits(alice: Person) -> None:
    besieged()
    assert not attempt(Client(), KNOWN, PASSWORD)


def test_a_device_buys_no_guesses_at_another_account(alice: Person, bob: Person) -> None:
    own = Client()
    attempt(own, "bob@example.com", PASSWORD)
    leave(own)
    besieged()
    assert not attempt(own, KNOWN, PASSWORD)


def test_a_known_device_guesses_five_times_as_well(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Client()
    attempt(own, KNOWN, PASSWORD)
    leave(own)
    compared = looked_at(monkeypatch)
    for number in range(PER_ACCOUNT * 2):
        attempt(own, KNOWN, "guess", address=f"192.0.2.{number}")
    assert len(compared) == PER_ACCOUNT


@pytest.mark.parametrize("forged", ["", "x", "WyJ4IiwieCJd:1:x", "\x00", "a" * 5000])
def test_a_made_up_device_is_unknown(alice: Person, forged: str) -> None:
    besieged()
    browser = Client()
    browser.cookies[COOKIE] = forged
    assert not attempt(browser, KNOWN, PASSWORD)


def test_the_devices_cookie_names_nobody(alice: Person) -> None:
    own = Client()
    attempt(own, KNOWN, PASSWORD)
    cookie = own.cookies[COOKIE]
    assert "alice" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def work(page: str, form: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How many passwords were hashed and letters written: what a clock could tell apart."""
    cache.clear()
    mail.outbox.clear()
    hashed: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(Person, "set_password", lambda person, raw: hashed.append(raw))
        patch.setattr(Person, "check_password", lambda person, raw: hashed.append(raw) or False)
        Client().post(reverse(page), form)
    return len(hashed), len(mail.outbox)


@pytest.mark.parametrize(
    ("page", "form"),
    [
        (LOGIN, {"login": "{}", "password": "wrong-password"}),
        ("account_reset_password", {"email": "{}"}),
    ],
)
def test_a_known_address_costs_the_same_work_as_an_unknown_one(
    alice: Person, monkeypatch: pytest.MonkeyPatch, page: str, form: dict[str, str]
) -> None:
    known, unknown = (
        work(page, {name: text.format(email) for name, text in form.items()}, monkeypatch) for email in (KNOWN, UNKNOWN)
    )
    assert known == unknown
