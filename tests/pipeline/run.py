"""One run: reports are ordered, machines break in their midst, and every row is looked at until all are ready."""

import os
import signal
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

import pikepdf  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from firms.models import Person  # noqa: E402
from firms.services.firms import firm_register  # noqa: E402
from qms_survey import site_services  # noqa: E402
from qms_survey.guard import Guard  # noqa: E402
from qms_survey.serving import Supervisor  # noqa: E402
from reports.expiry import files_tidy  # noqa: E402
from reports.models import Report  # noqa: E402
from reports.queue import report_send  # noqa: E402
from reports.services import report_request  # noqa: E402
from scoring.models import Result  # noqa: E402
from surveys.models import Assessment, Snapshot  # noqa: E402
from tests.cast import PROFILE  # noqa: E402
from tests.filling import submitted  # noqa: E402
from tests.pipeline.disk import Disk  # noqa: E402
from tests.pipeline.servers import Server  # noqa: E402
from tests.pipeline.watching import Watch  # noqa: E402

FULL_SECONDS = 3.0


@dataclass
class Machines:
    database: Server
    broker: Server
    disk: Disk
    guard: Guard


@dataclass
class Site:
    """The workers and the scheduler, started again when they die, as `serve` does."""

    supervisor: Supervisor

    def kill_child(self, service: str) -> None:
        for child in children(self._pid(service)):
            os.kill(child, signal.SIGKILL)

    def kill(self, service: str, number: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self._pid(service), number)

    def _pid(self, service: str) -> int:
        return next(one.process.pid for one in self.supervisor.running if one.service.name == service)


@dataclass(frozen=True)
class Fault:
    """Happens once so large a share of the reports is ready."""

    name: str
    share: float
    happen: Callable[[], None]


def run(machines: Machines, reports: int, seconds: float, sweeper: bool) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    assessments = submitted_many(reports // 2)
    site = Site(Supervisor(machines.guard, settings.BASE_DIR, say))
    for service in site_services.worker_services():
        site.supervisor.start(service)
    if sweeper:
        site.supervisor.start(site_services.scheduler_service())
    started = time.monotonic()
    watch = Watch()
    try:
        order(assessments)
        coming = faults(machines, site) if sweeper else loss(machines)
        happened = watch_until_ready(site, coming, watch, reports, started + seconds)
    finally:
        site.supervisor.stop()
    return {"reports": reports, "seconds": round(time.monotonic() - started, 1), **outcome(watch), "faults": happened}


def submitted_many(number: int) -> list[Assessment]:
    """One assessment is really answered; the others are copies of its rows."""
    owner = Person.objects.create_user("owner@example.com", "correct-horse-battery")
    first = submitted(firm_register(person=owner, profile=PROFILE), owner)
    ids = [uuid.uuid4() for _ in range(number)]
    rows = [Assessment(**{**values(first), "id": pk, "started_by_id": owner.pk}) for pk in ids]
    Assessment.objects.bulk_create(rows)
    Snapshot.objects.bulk_create(Snapshot(**{**values(first.snapshot), "id": None, "assessment_id": pk}) for pk in ids)
    Result.objects.bulk_create(Result(**{**values(first.result), "id": None, "assessment_id": pk}) for pk in ids)
    return rows


def values(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def order(assessments: list[Assessment]) -> None:
    """Each in both languages; every other assessment's as one of many."""
    person = Person.objects.get()
    for number, assessment in enumerate(assessments):
        for language in ("zh-hans", "en"):
            with transaction.atomic():
                told = {"language": language, "person": person, "now": timezone.now(), "batch": number % 2 == 1}
                report_send(report_request(assessment=assessment, **told))


def faults(machines: Machines, site: Site) -> Iterator[Fault]:
    yield Fault("a child of the first worker killed", 0.05, lambda: site.kill_child("worker"))
    yield Fault("a child of the batch worker killed", 0.15, lambda: site.kill_child("batch worker"))
    yield Fault("the batch worker killed", 0.25, lambda: site.kill("batch worker"))
    yield Fault("Redis killed, its data lost", 0.35, lambda: machines.broker.restart(signal.SIGKILL))
    yield Fault("PostgreSQL killed at once", 0.5, lambda: machines.database.restart(signal.SIGQUIT))
    if machines.disk.small:
        yield Fault("the disk full", 0.6, machines.disk.fill)
        yield Fault("room on the disk again", 0.0, lambda: wait_and_empty(machines.disk))
    yield Fault("both workers killed", 0.7, lambda: (site.kill("worker"), site.kill("batch worker"))[0])
    yield Fault("the first worker asked to stop", 0.85, lambda: site.kill("worker", signal.SIGTERM))


def loss(machines: Machines) -> Iterator[Fault]:
    """Early, while most messages wait: without the sweeper nothing else brings them back."""
    yield Fault("Redis killed, its data lost", 0.05, lambda: machines.broker.restart(signal.SIGKILL))


def wait_and_empty(disk: Disk) -> None:
    disk.empty()


def watch_until_ready(site: Site, coming: Iterator[Fault], watch: Watch, reports: int, until: float) -> list[str]:
    happened: list[str] = []
    fault = next(coming, None)
    not_before = 0.0
    while (ready := watch.look()) < reports and time.monotonic() < until:
        site.supervisor.tend()
        if fault and ready >= fault.share * reports and time.monotonic() >= not_before:
            fault.happen()
            happened.append(f"{fault.name} after {ready} of {reports}")
            say(happened[-1])
            # The next one lets this one take effect.
            not_before = time.monotonic() + FULL_SECONDS
            fault = next(coming, None)
        time.sleep(0.05)
    return happened


def outcome(watch: Watch) -> dict[str, Any]:
    """What stands in the end; the daily tidying is done first, as if a day had passed."""
    before = len(list(files()))
    files_tidy(now=timezone.now() + timedelta(days=2))
    left = {path.name for path in files()}
    named = Counter(Report.objects.exclude(file="").values_list("file", flat=True))
    ready = Report.objects.filter(state=Report.State.READY).count()
    return {
        "ready": ready,
        "files": len(left),
        "files beside the rows": len(left ^ set(named)),
        "files named twice": sum(count > 1 for count in named.values()),
        "stray files tidied away": before - len(left),
        "broken": sum(not opens(Path(settings.REPORTS_DIR) / name) for name in left),
        "lies": watch.lies,
        "looks": watch.looks,
        "looks without a database": watch.blind,
        "most attempts": watch.most_attempts,
        "faults shown": sorted(watch.faults),
    }


def files() -> Iterator[Path]:
    return (path for path in Path(settings.REPORTS_DIR).iterdir() if path.is_file())


def opens(path: Path) -> bool:
    try:
        with pikepdf.open(path) as pdf:
            return path.read_bytes().startswith(b"%PDF-") and len(pdf.pages) > 5
    except pikepdf.PdfError:
        return False


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
