"""Runs inside a site: reports of all firms as one batch, and in its midst a single report that somebody waits for."""

import argparse
import json
import sys
import time
from dataclasses import replace

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.memory import Memory, children  # noqa: E402
from firms.models import Person  # noqa: E402
from qms_survey import heartbeat, site_services  # noqa: E402
from qms_survey.guard import Guard  # noqa: E402
from qms_survey.serving import Service, Supervisor  # noqa: E402
from reports.models import Report  # noqa: E402
from reports.queue import report_send  # noqa: E402
from reports.services import report_request  # noqa: E402
from surveys.models import Assessment  # noqa: E402

ORDERED_AT_ONCE = 100
LOOK_SECONDS = 0.5
SINGLES = 5


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3600.0)
    options = parser.parse_args()
    person = Person.objects.create_user("batch@example.com", None, name="Batch")
    assessments = list(Assessment.objects.order_by("pk"))
    guard = Guard()
    supervisor = Supervisor(guard, settings.BASE_DIR, say)
    try:
        for service in services(options.processes):
            supervisor.start(service)
        wait_for_workers()
        figures = batch(supervisor, person, assessments, options.seconds)
    finally:
        supervisor.stop()
        guard.close()
    sys.stdout.write(f"{json.dumps(figures)}\n")
    return 0


def services(processes: int) -> list[Service]:
    """The site's own workers and scheduler; the worker for batches has as many processes as the machine has cores."""
    single, many = site_services.worker_services()
    words = list(many.command)
    words[words.index("--concurrency") + 1] = str(processes)
    return [single, replace(many, command=tuple(words)), site_services.scheduler_service()]


def wait_for_workers() -> None:
    until = time.monotonic() + 120.0
    while heartbeat.seconds_since(settings.REDIS_URL) is None:
        if time.monotonic() > until:
            raise RuntimeError("no worker came up")
        time.sleep(0.1)


def batch(supervisor: Supervisor, person: Person, assessments: list[Assessment], seconds: float) -> dict[str, object]:
    """Some assessments are kept back for the single reports, which are asked for one after the other."""
    alone, many = assessments[:SINGLES], assessments[SINGLES:]
    memory, waits = Memory(), list[float]()
    started = time.monotonic()
    order(person, many, batch=True)
    ordered = time.monotonic() - started
    while (ready := count_ready()) < len(assessments) and time.monotonic() < started + seconds:
        supervisor.tend()
        memory.look(list(workers_of(supervisor)), ready)
        if alone and ready - len(waits) >= len(many) * (1 + len(waits)) / (SINGLES + 1):
            waits.append(wait_for_one(person, alone.pop()))
        time.sleep(LOOK_SECONDS)
    return {
        "reports": len(assessments),
        "ready": count_ready(),
        "failed": Report.objects.filter(state=Report.State.FAILED).count(),
        "seconds": time.monotonic() - started,
        "ordering": ordered,
        "waits": waits,
        "most memory": memory.most,
        "most memory shared out": memory.most_shared_out,
        "growth over 1,000 reports": memory.growth(1000.0),
        "processes": len(memory.seen),
    }


def order(person: Person, assessments: list[Assessment], *, batch: bool) -> None:
    for start in range(0, len(assessments), ORDERED_AT_ONCE):
        with transaction.atomic():
            for assessment in assessments[start : start + ORDERED_AT_ONCE]:
                report = report_request(
                    assessment=assessment, language="zh-hans", person=person, now=timezone.now(), batch=batch
                )
                report_send(report)


def wait_for_one(person: Person, assessment: Assessment) -> float:
    """Seconds from the order to the finished file."""
    started = time.monotonic()
    order(person, [assessment], batch=False)
    while not Report.objects.filter(assessment=assessment, state=Report.State.READY).exists():
        if time.monotonic() > started + 120.0:
            raise RuntimeError("the single report did not come")
        time.sleep(0.02)
    return time.monotonic() - started


def count_ready() -> int:
    return Report.objects.filter(state=Report.State.READY).count()


def workers_of(supervisor: Supervisor) -> list[int]:
    """The processes that build: children of the workers."""
    parents = [one.process.pid for one in supervisor.running if "worker" in one.service.name]
    return [child for parent in parents for child in children(parent)]


if __name__ == "__main__":
    sys.exit(main())
