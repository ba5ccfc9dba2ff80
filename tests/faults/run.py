"""One run: people work, machines are killed at moments that the seed decides, and in the end everything is counted."""

import contextlib
import http.client
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import Error as DatabaseFault  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from firms.models import Person as Account  # noqa: E402
from firms.services.firms import firm_register  # noqa: E402
from qms_survey import site_services  # noqa: E402
from qms_survey.guard import Guard  # noqa: E402
from qms_survey.serving import Supervisor  # noqa: E402
from reports.models import Report  # noqa: E402
from scoring.models import Release  # noqa: E402
from scoring.releases.services import release_request  # noqa: E402
from surveys.library import instrument_get  # noqa: E402
from tests.cast import PROFILE  # noqa: E402
from tests.faults.checking import losses  # noqa: E402
from tests.faults.people import Person  # noqa: E402
from tests.filling import answered  # noqa: E402
from tests.pipeline.run import Site, outcome, say  # noqa: E402
from tests.pipeline.servers import Server  # noqa: E402
from tests.pipeline.watching import Watch  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CATCH_UP_SECONDS = 150.0
START_SECONDS = 120.0
# For a short run on a slow machine: until every kind of kill has had its turn.
LONGEST_EXTRA = 40.0
WORKING = {Release.State.QUEUED, Release.State.TALLYING, Release.State.PROTECTING}


@dataclass(frozen=True)
class Plan:
    database: Server
    broker: Server
    guard: Guard
    seconds: float
    people: int
    seed: int
    # Which of the kinds of kill; empty is all of them.
    only: tuple[str, ...] = ()


def run(plan: Plan) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    people = [person(number, plan.seed) for number in range(plan.people)]
    site = Site(Supervisor(plan.guard, settings.BASE_DIR, say))
    watch = Watch()
    try:
        for service in [*site_services.worker_services(), site_services.scheduler_service()]:
            site.supervisor.start(service)
        site.supervisor.start(site_services.web_service())
        tend_while(site, lambda: not answers(settings.PORT), START_SECONDS)
        killed = under_use(plan, site, watch, people)
        catch_up(site, watch)
    finally:
        site.supervisor.stop()
    return figures(people, watch, killed)


def person(number: int, seed: int) -> Person:
    account = Account.objects.create_user(f"p{number}@example.com", "x" * 12, name=f"P{number}")
    firm = firm_register(person=account, profile=PROFILE)
    draft = answered(firm, account)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    items = [item.code for item in instrument_get("bluebook").items if item.kind == "level"][:12]
    return Person(settings.PORT, str(firm.pk), str(draft.pk), str(session.session_key), items, seed * 1000 + number)


def kills(plan: Plan, site: Site) -> dict[str, Callable[[], None]]:
    every: dict[str, Callable[[], None]] = {
        "a web process": lambda: site.kill_child("web server"),
        "a worker's child": lambda: site.kill_child("worker"),
        "PostgreSQL": lambda: plan.database.restart(signal.SIGKILL),
        "Redis, its data lost": lambda: plan.broker.restart(signal.SIGKILL),
        "the web server": lambda: site.kill("web server"),
        "the worker": lambda: site.kill("worker"),
        "the batch worker": lambda: site.kill("batch worker"),
    }
    return {name: kill for name, kill in every.items() if name in plan.only or not plan.only}


def under_use(plan: Plan, site: Site, watch: Watch, people: list[Person]) -> Counter[str]:
    """Every kind of kill once in an order of chance, then any of them; the people work all the while."""
    stop = threading.Event()
    threads = [threading.Thread(target=one.work, args=(stop,)) for one in people]
    for thread in threads:
        thread.start()
    try:
        return break_things(plan, site, watch)
    finally:
        stop.set()
        tend_while(site, lambda: any(thread.is_alive() for thread in threads), 90.0)


def break_things(plan: Plan, site: Site, watch: Watch) -> Counter[str]:
    dice = random.Random(plan.seed)
    kinds, killed = kills(plan, site), Counter[str]()
    coming = dice.sample(list(kinds), len(kinds))
    pause = min(6.0, plan.seconds / (len(kinds) + 1))
    until = time.monotonic() + plan.seconds
    while time.monotonic() < until + (LONGEST_EXTRA if coming else 0.0):
        tend_while(site, lambda: True, dice.uniform(0.5, 1.5) * pause, watch)
        name = coming.pop() if coming else dice.choice(list(kinds))
        if not alive(site):
            continue
        kinds[name]()
        killed[name] += 1
        say(f"killed: {name}")
        order_release(sum(killed.values()))
    return killed


def answers(port: int) -> bool:
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


def alive(site: Site) -> bool:
    return all(one.due is None and one.process.poll() is None for one in site.supervisor.running)


def order_release(number: int) -> None:
    """In the midst of it all; refused while one is in work."""
    try:
        now = timezone.now()
        bluebook = instrument_get("bluebook")
        release_request(association=None, instrument=bluebook, label=f"r{number}", person=None, now=now, as_of=now)
    except DatabaseFault:
        connection.close()
    except Exception as refused:
        say(f"no release: {refused}")


def tend_while(site: Site, going: Callable[[], bool], seconds: float, watch: Watch | None = None) -> None:
    until = time.monotonic() + seconds
    while going() and time.monotonic() < until:
        site.supervisor.tend()
        if watch:
            watch.look()
        time.sleep(0.2)


def catch_up(site: Site, watch: Watch) -> None:
    tend_while(site, lambda: in_work(watch) > 0, CATCH_UP_SECONDS)


def in_work(watch: Watch) -> int:
    try:
        return Report.objects.count() - watch.look() + Release.objects.filter(state__in=WORKING).count()
    except DatabaseFault:
        connection.close()
        return 1


def figures(people: list[Person], watch: Watch, killed: Counter[str]) -> dict[str, Any]:
    reports = outcome(watch)
    untidy = [
        f"{name}: {reports[name]}" for name in ("files beside the rows", "files named twice", "broken") if reports[name]
    ]
    missing = Report.objects.count() - reports["ready"]
    untidy += [f"{missing} reports are not ready"] * (missing > 0) + watch.lies
    untidy += [refusal for one in people for refusal in one.refused]
    return {
        "killed": dict(killed),
        "saves acknowledged": sum(save.version is not None for one in people for save in one.saves),
        "submissions acknowledged": sum(len(one.submitted) for one in people),
        "reports ordered": Report.objects.count(),
        "reports ready": reports["ready"],
        "consents and withdrawals acknowledged": sum(sum(one.acknowledged.values()) for one in people),
        "releases": dict(Counter(Release.objects.values_list("state", flat=True))),
        "requests without an answer": sum(one.unanswered for one in people),
        "conflicts": sum(one.conflicts for one in people),
        "most attempts": reports["most attempts"],
        "losses": [*losses(people), *untidy],
    }
