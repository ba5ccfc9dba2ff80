"""Autosaves beside a bare view that does one write; pages and whole responses beside `django-survey-and-report`."""

import http.client
import json
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from bench.country import python
from bench.load import Load, Send, Visitor, ask, load, post, visitor
from bench.peers import PeersMissing
from bench.rows import Row
from bench.site import CLIENTS, Peer, Site, peer, site
from surveys.instruments.model import Instrument, Item
from surveys.library import instrument_get
from tests.services import servers

# Each save with a key of its own that was taken is one receipt; the versions of the answers are counted up by it.
STORED = """
import django; django.setup()
from django.db.models import Sum
from surveys.models import Answer, SaveReceipt
print(SaveReceipt.objects.count(), Answer.objects.aggregate(n=Sum("version"))["n"] or 0)
"""
PART = "RD"
Form = list[tuple[str, str]]
# An assessment in work and who answers it.
People = list[tuple[str, Visitor]]


def run() -> list[Row]:
    """The rows of one PostgreSQL server; what could not be had is said in a row."""
    instrument = instrument_get("bluebook")
    with servers.postgres() as server:
        with site(server) as ours:
            people = [(draft, visitor(ours.port, part_address(draft), session)) for draft, session in ours.drafts]
            saves = saves_rows(ours, instrument, people[:CLIENTS])
            pages = load(ours.port, [page(draft, one) for draft, one in people[:CLIENTS]])
            wholes = whole_responses(ours, instrument, people[CLIENTS:])
        try:
            with peer(server, questions(instrument)) as theirs:
                return [*saves, *peer_rows(theirs, pages, wholes, len(instrument.items))]
        except PeersMissing as missing:
            return [
                *saves,
                Row("Pages and responses beside django-survey-and-report", 0, 0, 0, "at least 5 x", str(missing)),
            ]


def saves_rows(ours: Site, instrument: Instrument, people: People) -> list[Row]:
    bare = load(ours.port, [write("/bench/write/", {}) for _ in range(CLIENTS)])
    signed = load(ours.port, [write("/bench/signed/", one.headers) for _, one in people])
    before = stored(ours)
    saves = [Saves(draft, instrument, one) for draft, one in people]
    found = load(ours.port, [one.send for one in saves])
    after, taken = stored(ours), sum(one.taken for one in saves)
    # A save that is refused or changes nothing is cheaper than one that is stored, and no save at all.
    if found.wrong or [a - b for a, b in zip(after, before, strict=True)] != [taken, taken]:
        raise RuntimeError(f"{taken} saves, {found.wrong} refused; stored before {before}, after {after}")
    return [
        Row(
            f"Autosaves a second, {CLIENTS} writers", found.rate, bare.rate, found.rate / bare.rate, "at least 0.6 x",
            f"Reference: a bare view with one INSERT, same server and middleware. {taken} saves, each a new version in "
            f"the database. p95 {found.p95 * 1000:.1f} ms, of the bare view {bare.p95 * 1000:.1f} ms.",
        ),
        Row(
            "The same beside a view that knows who asks", found.rate, signed.rate, found.rate / signed.rate, "",
            "Reference: that INSERT with session, person and token: what signing in costs any Django site.",
        ),
    ]  # fmt: skip


def peer_rows(theirs: Peer, pages: Load, wholes: Load, items: int) -> list[Row]:
    by_part, one_page = (theirs.told["surveys"][name] for name in ("by_part", "one_page"))
    sessions = theirs.told["sessions"]
    parts = load(theirs.port, [peer_page(f"/survey/{by_part}-0/", one) for one in sessions])
    whole = load(theirs.port, [peer_page(f"/survey/{one_page}/", one) for one in sessions])
    answers = peer_responses(theirs, one_page)
    name = "django-survey-and-report"
    return [
        Row(
            "Questionnaire pages a second", pages.rate, whole.rate, pages.rate / whole.rate, "at least 5 x",
            f"Reference: {name}, {items} questions, by default on one page. Ours: one part of as many.",
        ),
        Row(
            "The same, part by part", pages.rate, parts.rate, pages.rate / parts.rate, "",
            f"Reference: {name}, the same part of the same questionnaire, shown by category.",
        ),
        Row(
            "Whole responses stored a second", wholes.rate, answers.rate, wholes.rate / answers.rate, "at least 5 x",
            f"{items} answers in one request and one transaction (the Excel round trip). Reference: {name}, its form.",
        ),
    ]  # fmt: skip


def write(address: str, headers: dict[str, str]) -> Send:
    def send(connection: http.client.HTTPConnection) -> int:
        return post(connection, address, [("text", "x")], headers)[0]

    return send


class Saves:
    """Saves one answer after the other, as the page does, each one other than what stands; counts what was taken."""

    def __init__(self, draft: str, instrument: Instrument, who: Visitor) -> None:
        self.draft, self.who = draft, who
        self.items = [item for item in instrument.items if item.dimension == PART and item.options]
        self.versions = dict.fromkeys((item.code for item in self.items), 0)
        self.sent = self.taken = 0

    def send(self, connection: http.client.HTTPConnection) -> int:
        item = self.items[self.sent % len(self.items)]
        value = item.options[self.sent // len(self.items) % len(item.options)].value
        self.sent += 1
        fields = {"choice": value, "version": self.versions[item.code], "key": uuid.uuid4()}
        form = [(f"{item.code}-{name}", str(one)) for name, one in fields.items()]
        status, told = post(connection, f"/assessments/{self.draft}/answers/{item.code}/", form, self.who.headers)
        if status == 200:
            self.versions[item.code] = json.loads(told)["version"]
            self.taken += 1
        return status


def stored(ours: Site) -> list[int]:
    return [int(word) for word in python(ours.environment, STORED).split()]


def part_address(draft: str) -> str:
    return f"/assessments/{draft}/parts/{PART}/"


def page(draft: str, who: Visitor) -> Send:
    def send(connection: http.client.HTTPConnection) -> int:
        status, text = ask(connection, part_address(draft), who.headers)
        return status if b"RD-01" in text else 0

    return send


def peer_page(address: str, session: str) -> Send:
    def send(connection: http.client.HTTPConnection) -> int:
        status, text = ask(connection, address, {"Cookie": f"sessionid={session}"})
        return status if b"question_" in text else 0

    return send


def whole_responses(ours: Site, instrument: Instrument, people: People) -> Load:
    """All answers at once, alternately two of each, so that every answer of every request is a change."""
    before = stored(ours)[1]
    senders = [
        Responses(f"/assessments/{draft}/workbook/take/", one, partial(answers, instrument)) for draft, one in people
    ]
    found = load(ours.port, [one.send for one in senders], good=302)
    grown, sent = stored(ours)[1] - before, sum(one.sent for one in senders) * len(instrument.items)
    if found.wrong or grown != sent:
        raise RuntimeError(f"{sent} answers sent, {grown} stored, {found.wrong} requests refused")
    return found


def peer_responses(theirs: Peer, survey: int) -> Load:
    address = f"/survey/{survey}/"
    forms = [[(name, value) for name, value in form] for form in theirs.told["forms"]]
    senders = [
        Responses(address, visitor(theirs.port, address, session), lambda number: forms[number % len(forms)])
        for session in theirs.told["sessions"]
    ]
    found = load(theirs.port, [one.send for one in senders], good=302)
    if found.wrong or theirs.count() != CLIENTS * len(forms[0]):
        raise RuntimeError(f"{found.wrong} responses refused, {theirs.count()} answers stand")
    return found


class Responses:
    """Sends one whole form after the other; ``form`` gives the one of each number, from 0."""

    def __init__(self, address: str, who: Visitor, form: Callable[[int], Form]) -> None:
        self.address, self.who, self.form, self.sent = address, who, form, 0

    def send(self, connection: http.client.HTTPConnection) -> int:
        form = self.form(self.sent)
        self.sent += 1
        token = ("csrfmiddlewaretoken", self.who.token)
        return post(connection, self.address, [*form, token], self.who.headers)[0]


def answers(instrument: Instrument, number: int) -> Form:
    """Every item's answer as the page of an uploaded workbook sends it back, with the version that stands."""
    form = []
    for item in instrument.items:
        fields = {"written": written(item, number % 2), "version": str(number)}
        form += [("take", item.code), *((f"{item.code}-{name}", value) for name, value in fields.items())]
    return form


def written(item: Item, turn: int) -> str:
    return str(item.options[turn].value) if item.options else ("40", "60")[turn]


def questions(instrument: Instrument) -> list[dict[str, Any]]:
    """The questionnaire as its parts, for a program that knows nothing of instruments."""
    return [
        {
            "title": dimension.title.pick("zh-hans"),
            "questions": [question(item) for item in dimension.items],
        }
        for dimension in instrument.dimensions
    ]


def question(item: Item) -> dict[str, Any]:
    # The package splits its choices at commas.
    options = [f"{option.value} {option.label.pick('zh-hans')}".replace(",", "，") for option in item.options]
    return {"stem": item.stem.pick("zh-hans"), "kind": item.kind, "options": options}
