"""The product and its peer as running sites: the same server with the same workers, on the same database server."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.country import REPOSITORY, manage, python
from bench.load import wait_for
from bench.peers import peers_python
from qms_survey.site_services import THREADS_PER_WEB_WORKER, WEB_WORKERS
from tests.services import servers

CLIENTS = 4
# Who answers in the load: the owner of a firm, with a draft of its own, signed in.
PREPARE = """
import json, django; django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from firms.models import Person
from firms.services.firms import Profile, firm_register
from firms.sessions import SessionStore
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
class Site:
    """``drafts`` are (assessment, session), two a client."""

    port: int
    environment: dict[str, str]
    drafts: list[tuple[str, str]]


@dataclass(frozen=True)
class Peer:
    """``told`` is what bench/peer_site.py says: ``surveys``, ``sessions``, ``forms``."""

    port: int
    interpreter: Path
    environment: dict[str, str]
    told: dict[str, Any]

    def count(self) -> int:
        """Answers that it stores."""
        return int(_peer(self.interpreter, self.environment, "count"))


@contextlib.contextmanager
def site(server: str) -> Iterator[Site]:
    """The site as `serve` starts it, on a database of its own on that PostgreSQL server."""
    with tempfile.TemporaryDirectory(prefix="bench-web-") as home, servers.new_database(server) as url:
        environment = {
            "PATH": os.environ["PATH"],
            "QMS_HOME": home,
            "LANG": "C.UTF-8",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        (Path(home) / "static").mkdir(exist_ok=True)
        manage(environment, "migrate", "-v", "0")
        drafts = json.loads(python(environment, PREPARE.format(clients=2 * CLIENTS)))
        with serving(Path(sys.executable), "qms_survey.wsgi:application", environment) as port:
            yield Site(port, environment, [(draft, session) for draft, session in drafts])


@contextlib.contextmanager
def peer(server: str, parts: list[dict[str, Any]]) -> Iterator[Peer]:
    """The package with the same questions. PeersMissing if it could not be installed."""
    interpreter = peers_python()
    with tempfile.TemporaryDirectory(prefix="bench-peer-") as home, servers.new_database(server) as url:
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PEER_DATABASE_URL": url, "PEER_HOME": home}
        questions = Path(home) / "questions.json"
        questions.write_text(json.dumps(parts), encoding="utf-8")
        told = json.loads(_peer(interpreter, environment, str(questions), str(CLIENTS)))
        with serving(interpreter, "bench.peer_site:application", environment) as port:
            yield Peer(port, interpreter, environment, told)


def _peer(interpreter: Path, environment: dict[str, str], *words: str) -> str:
    command = [str(interpreter), "-m", "bench.peer_site", *words]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip().splitlines()[-1]


@contextlib.contextmanager
def serving(interpreter: Path, application: str, environment: dict[str, str]) -> Iterator[int]:
    """Granian with the workers and threads of `serve`; the port it listens on."""
    port = servers.free_port()
    words = ("--interface", "wsgi", "--port", str(port), "--no-ws", "--no-access-log", "--log-level", "warning")
    size = ("--workers", str(WEB_WORKERS), "--blocking-threads", str(THREADS_PER_WEB_WORKER))
    process = subprocess.Popen(
        [str(interpreter), "-m", "granian", *words, *size, application], cwd=REPOSITORY, env=environment
    )
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()
