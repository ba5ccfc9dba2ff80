"""Poisoned reports among good ones: ``python -m tests.faults.poison``; prints what became of each as JSON.

A real PostgreSQL, Redis, worker and scheduler. The poison lies in the firm's name and works where the pages are set:
one never ends, one takes all memory, one kills its process.
"""

import argparse
import contextlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from qms_survey.guard import Guard
from tests.faults.__main__ import set_environment
from tests.pipeline import servers

KINDS = ("endless", "greedy", "deadly")
OTHERS = 3


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=150.0)
    options = parser.parse_args()
    answer = os.dup(1)
    os.dup2(2, 1)
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qms-poison-")))
        guard = stack.enter_context(contextlib.closing(Guard()))
        database = stack.enter_context(servers.postgres(guard))
        broker = stack.enter_context(servers.redis(guard))
        (home / "disk").mkdir()
        set_environment(QMS_HOME=str(home), DATABASE_URL=database.url, REDIS_URL=broker.url)
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.faults.poisoned_settings"
        figures = run(guard, options.seconds)
    os.write(answer, f"{json.dumps(figures, indent=1)}\n".encode())
    return 0


def run(guard: Guard, seconds: float) -> dict[str, Any]:
    """Poisoned ones are ordered first: what stands behind them must come all the same."""
    # The models are there only once the environment is set.
    from tests.pipeline import run as pipeline  # noqa: PLC0415

    pipeline.call_command("migrate", verbosity=0)
    assessments = pipeline.submitted_many(len(KINDS) + OTHERS)
    for kind, assessment in zip(KINDS, assessments, strict=False):
        pipeline.Snapshot.objects.filter(assessment=assessment).update(firm_name=f"poison {kind}")
    site = pipeline.Site(pipeline.Supervisor(guard, pipeline.settings.BASE_DIR, pipeline.say))
    try:
        for service in [*pipeline.site_services.worker_services(), pipeline.site_services.scheduler_service()]:
            site.supervisor.start(service)
        order(pipeline, assessments)
        wait(pipeline, site, time.monotonic() + seconds)
    finally:
        site.supervisor.stop()
    return figures(pipeline)


def order(pipeline: Any, assessments: list[Any]) -> None:
    person = pipeline.Person.objects.get()
    for assessment in assessments:
        with pipeline.transaction.atomic():
            told = {"language": "en", "person": person, "now": pipeline.timezone.now()}
            pipeline.report_send(pipeline.report_request(assessment=assessment, **told))


def wait(pipeline: Any, site: Any, until: float) -> None:
    while pipeline.Report.objects.filter(state__in=["queued", "building"]).exists() and time.monotonic() < until:
        site.supervisor.tend()
        time.sleep(0.2)


def figures(pipeline: Any) -> dict[str, Any]:
    rows = pipeline.Report.objects.select_related("assessment__snapshot")
    poisoned = {row.assessment.snapshot.firm_name: [row.state, row.fault, row.attempts] for row in rows}
    names = {f"poison {kind}": kind for kind in KINDS}
    others = rows.exclude(assessment__snapshot__firm_name__startswith="poison")
    return {
        "poisoned": {names[name]: told for name, told in poisoned.items() if name in names},
        "others": others.count(),
        "others ready": others.filter(state=pipeline.Report.State.READY).count(),
    }


if __name__ == "__main__":
    sys.exit(main())
