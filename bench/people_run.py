"""Runs inside a site: people answer at the same time, with pauses; each acknowledged save is looked for at the end."""

import argparse
import contextlib
import http.client
import json
import random
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.load import wait_for  # noqa: E402
from bench.memory import Memory, children  # noqa: E402
from firms.models import Person  # noqa: E402
from firms.services.firms import Profile, firm_register  # noqa: E402
from qms_survey import site_services  # noqa: E402
from qms_survey.guard import Guard  # noqa: E402
from qms_survey.serving import Supervisor  # noqa: E402
from surveys.library import instrument_get  # noqa: E402
from surveys.services import assessment_start  # noqa: E402
from tests.faults.checking import lost_saves  # noqa: E402
from tests.faults.people import Save  # noqa: E402

TOKEN = "f" * 32
PATIENCE = 30.0
ALONE = 200
# Somebody reads a question and its answers, and chooses; seconds between two answers.
SHORTEST_PAUSE, LONGEST_PAUSE = 4.0, 12.0
# One save in so many is followed by the next part of the questionnaire.
PAGE_AFTER = 7


@dataclass
class Respondent:
    """``saves`` is the journal: what was sent, and the version that was acknowledged."""

    draft: str
    session: str
    parts: dict[str, list[str]]
    dice: random.Random
    saves: list[Save] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    save_seconds: list[float] = field(default_factory=list)
    page_seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    connection: http.client.HTTPConnection | None = None

    def work(self, until: float, *, pauses: bool) -> None:
        if pauses:
            time.sleep(self.dice.uniform(0.0, LONGEST_PAUSE))
        while time.monotonic() < until:
            part = self.dice.choice(list(self.parts))
            self.page(part)
            for item in self.dice.sample(self.parts[part], min(PAGE_AFTER, len(self.parts[part]))):
                if time.monotonic() < until:
                    self.save(item)
                    time.sleep(self.dice.uniform(SHORTEST_PAUSE, LONGEST_PAUSE) if pauses else 0.0)

    def page(self, part: str) -> None:
        status, _body, seconds = self.ask("GET", f"/assessments/{self.draft}/parts/{part}/", "")
        self.page_seconds.append(seconds)
        if status != 200:
            self.errors.append(f"{status} page {part}")

    def save(self, item: str) -> None:
        save = Save(self.draft, item, str(self.dice.randint(1, 5)), str(uuid.uuid4()), self.versions.get(item, 0))
        self.saves.append(save)
        form = {f"{item}-choice": save.value, f"{item}-version": save.based_on, f"{item}-key": save.key}
        status, body, seconds = self.ask("POST", f"/assessments/{self.draft}/answers/{item}/", urlencode(form))
        self.save_seconds.append(seconds)
        if status == 200:
            save.version = self.versions[item] = int(json.loads(body)["version"])
        else:
            self.errors.append(f"{status} save {item}")

    def ask(self, method: str, path: str, body: str) -> tuple[int, bytes, float]:
        """Status 0 where no answer came. The connection is kept, as a browser keeps it."""
        started = time.perf_counter()
        try:
            self.connection = self.connection or http.client.HTTPConnection(
                "127.0.0.1", settings.PORT, timeout=PATIENCE
            )
            self.connection.request(method, path, body, self.headers())
            response = self.connection.getresponse()
            return response.status, response.read(), time.perf_counter() - started
        except (OSError, http.client.HTTPException):
            self.connection = None
            return 0, b"", time.perf_counter() - started

    def headers(self) -> dict[str, str]:
        return {
            "Host": "localhost",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json, text/html",
        }


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    people = [respondent(number, options.seed) for number in range(options.people)]
    guard = Guard()
    supervisor = Supervisor(guard, settings.BASE_DIR, say)
    try:
        supervisor.start(site_services.web_service())
        wait_for(settings.PORT)
        alone = respondent(options.people, options.seed)
        alone.work(time.monotonic() + 1.0, pauses=False)
        alone.save_seconds.clear()
        for _ in range(ALONE):
            alone.save(alone.dice.choice(next(iter(alone.parts.values()))))
        memory = together(supervisor, people, options.minutes * 60)
    finally:
        supervisor.stop()
        guard.close()
    sys.stdout.write(f"{json.dumps(figures(people, alone, memory, options.minutes))}\n")
    return 0


def respondent(number: int, seed: int) -> Respondent:
    person = Person.objects.create_user(f"r{number}@example.com", None, name=f"R{number}")
    firm = firm_register(person=person, profile=Profile(f"厂 {number}", "C34", "33", 100, Decimal(5000)))
    instrument = instrument_get("bluebook")
    draft = assessment_start(firm=firm, instrument=instrument, person=person, now=timezone.now())
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    parts = {one.code: [item.code for item in one.items if item.kind == "level"] for one in instrument.dimensions}
    asked = {code: items for code, items in parts.items() if items}
    return Respondent(str(draft.pk), str(session.session_key), asked, random.Random(seed * 100_000 + number))  # noqa: S311 - for pauses and choices


def together(supervisor: Supervisor, people: list[Respondent], seconds: float) -> Memory:
    """All of them at once; the memory of the web server's processes is looked at meanwhile."""
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=one.work, args=(until,), kwargs={"pauses": True}) for one in people]
    for thread in threads:
        thread.start()
    memory = Memory()
    while any(thread.is_alive() for thread in threads):
        web = list(children(supervisor.running[0].process.pid))
        memory.look(web, float(sum(len(one.save_seconds) + len(one.page_seconds) for one in people)))
        time.sleep(1.0)
    return memory


def figures(people: list[Respondent], alone: Respondent, memory: Memory, minutes: float) -> dict[str, Any]:
    saves = sorted(seconds for one in people for seconds in one.save_seconds)
    pages = sorted(seconds for one in people for seconds in one.page_seconds)
    errors = [error for one in [*people, alone] for error in one.errors]
    return {
        "people": len(people),
        "saves": len(saves),
        "acknowledged": sum(save.version is not None for one in people for save in one.saves),
        "pages": len(pages),
        "requests a second": (len(saves) + len(pages)) / (minutes * 60),
        "errors": len(errors),
        "kinds of errors": sorted(set(errors))[:10],
        "lost": [loss for one in [*people, alone] for loss in lost_saves(one.saves)][:10],
        "p95 alone": share(sorted(alone.save_seconds), 0.95),
        "p50": share(saves, 0.5),
        "p95": share(saves, 0.95),
        "p99": share(saves, 0.99),
        "p95 of pages": share(pages, 0.95),
        "most memory": memory.most,
        "most memory shared out": memory.most_shared_out,
        "growth over 10,000 requests": memory.growth(10_000.0),
    }


def share(times: list[float], part: float) -> float:
    """The time that so many of the requests stay under."""
    return times[min(int(len(times) * part), len(times) - 1)]


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
