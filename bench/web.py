"""Autosaves beside a bare view that does one write, on the same server with the same workers."""

import contextlib
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.country import REPOSITORY, manage, python
from bench.rows import Row
from tests.services.servers import free_port

SECONDS = 8.0
CLIENTS = 4
# Who answers in the load: a person of a demo firm, with a draft of its own, signed in.
PREPARE = """
import json, django; django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from firms.models import Person
from firms.services.firms import Profile, firm_register
from surveys.library import instrument_get
from surveys.services import assessment_start
told = []
for number in range({clients}):
    person = Person.objects.create_user(f"load-{{number}}@example.com", "x" * 12, name="Load")
    firm = firm_register(person=person, profile=Profile(f"厂 {{number}}", "C34", "33", 100, 5000))
    draft = assessment_start(firm=firm, instrument=instrument_get("bluebook"), person=person, now=timezone.now())
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    told.append([str(draft.pk), session.session_key])
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Load:
    """How a run went: answers a second, the times in order, and what was no success."""

    rate: float
    times: list[float]
    wrong: int

    @property
    def p95(self) -> float:
        return self.times[int(len(self.times) * 0.95)]


def run() -> list[Row]:
    with site() as (port, drafts):
        bare = load(port, [bare_write(number) for number in range(CLIENTS)])
        saves = load(port, [autosave(port, *draft) for draft in drafts])
    return [
        Row(
            f"Autosaves a second, {CLIENTS} writers", saves.rate, bare.rate, saves.rate / bare.rate, "at least 0.6 x",
            f"Reference: a bare view with one write, same server. {saves.wrong} saves were refused.",
        ),
    ]  # fmt: skip


@contextlib.contextmanager
def site() -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """The site under granian as `serve` starts it, with somebody signed in for each writer."""
    with tempfile.TemporaryDirectory(prefix="bench-web-") as home:
        environment = {
            "PATH": os.environ["PATH"],
            "QMS_HOME": home,
            "LANG": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        manage(environment, "migrate", "-v", "0")
        drafts = json.loads(python(environment, PREPARE.format(clients=CLIENTS)))
        (Path(home) / "static").mkdir(exist_ok=True)
        port = free_port()
        words = ("--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "2", "--no-ws")
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", *words, "--log-level", "warning", "qms_survey.wsgi:application"],
            cwd=REPOSITORY,
            env=environment,
        )
        try:
            wait_for(port)
            yield port, drafts
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


Send = Callable[[http.client.HTTPConnection], int]


def load(port: int, senders: list[Send]) -> Load:
    """Every sender in a thread of its own, one request after the other on a kept connection."""
    times: list[float] = []
    wrong = 0
    lock = threading.Lock()
    until = time.perf_counter() + SECONDS

    def work(send: Send) -> None:
        nonlocal wrong
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while (start := time.perf_counter()) < until:
            status = send(connection)
            with lock:
                times.append(time.perf_counter() - start)
                wrong += status != 200

    threads = [threading.Thread(target=work, args=(send,)) for send in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(len(times) / SECONDS, sorted(times), wrong)


def bare_write(number: int) -> Send:
    def send(connection: http.client.HTTPConnection) -> int:
        connection.request("POST", f"/bench/write/?key=bench-{number}", b"")
        response = connection.getresponse()
        response.read()
        return response.status

    return send


def autosave(port: int, draft: str, session: str) -> Send:
    """Saves one answer after the other, as the page does: with the token against forged forms and the "
    "answer's version."""
    token = csrf_token(port, draft, session)
    state = {"version": 0, "count": 0}

    def send(connection: http.client.HTTPConnection) -> int:
        state["count"] += 1
        form = f"answer={1 + state['count'] % 5}&version={state['version']}&key={uuid.uuid4()}"
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        connection.request("POST", f"/assessments/{draft}/answers/RD-01/", form.encode(), headers)
        response = connection.getresponse()
        told = response.read()
        if response.status == 200:
            state["version"] = json.loads(told).get("version", state["version"])
        return response.status

    return send


def csrf_token(port: int, draft: str, session: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", f"/assessments/{draft}/parts/RD/", headers={"Cookie": f"sessionid={session}"})
    response = connection.getresponse()
    response.read()
    found = re.search(r"csrftoken=([^;]+)", response.headers.get("Set-Cookie", ""))
    if found is None:
        raise RuntimeError(f"no token came with the page: {response.status}")
    return found[1]
