"""What a country's associations ask for: releases by one and by two workers, dashboards."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.rows import Row

FIRMS = int(os.environ.get("QMS_BENCH_FIRMS", "100000"))
FEW = 1_000
REPOSITORY = Path(__file__).resolve().parents[1]
# One process counts the parts that it can claim and leaves when none is left.
WORKER = """
import sys, django; django.setup()
from scoring.models import ReleasePart
from scoring.releases.services import part_count
for part in ReleasePart.objects.filter(release=sys.argv[1]).order_by("number"):
    part_count(part_id=part.pk)
"""
ORDER = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from scoring.models import CountedAssessment, Release
from scoring.releases.services import release_request
from surveys.library import instrument_get
Release.objects.all().delete()
now = timezone.now()
print(release_request(association=None, instrument=instrument_get("bluebook"), label="bench", person=None, now=now).pk)
"""
SHOWN = """
import time, django; django.setup()
from django.test import Client
from scoring.models import Release
Release.objects.update(is_public=True)
release = Release.objects.get()
client = Client(HTTP_HOST="localhost")
address = f"/benchmarks/{release.pk}/"
assert client.get(address).status_code == 200, address
times = []
for _ in range(5):
    start = time.perf_counter(); client.get(address); times.append(time.perf_counter() - start)
print(min(times))
"""


def run() -> list[Row]:
    with country(FEW) as few, country(FIRMS) as many:
        one, two = (release_seconds(many, workers) for workers in (1, 2))
        release_seconds(few, 1)
        shown_few, shown_many = float(python(few, SHOWN)), float(python(many, SHOWN))
    return [
        Row(
            f"Release of {FIRMS:,} firms by two workers, s", two, one, one / two, "at least 1.7 x",
            "Reference: one worker. Includes protecting, which one worker does.",
        ),
        Row(
            f"Release page at {FIRMS:,} firms, s", shown_many, shown_few, shown_many / shown_few, "at most 1.3 x",
            f"Reference: the same page at {FEW:,} firms.",
        ),
    ]  # fmt: skip


@contextmanager
def country(firms: int) -> Iterator[dict[str, str]]:
    """A data directory with so many firms in the open pool; its environment."""
    with tempfile.TemporaryDirectory(prefix="bench-country-") as home:
        environment = {
            "PATH": os.environ["PATH"],
            "QMS_HOME": home,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "LANG": "C.UTF-8",
        }
        manage(environment, "migrate", "-v", "0")
        manage(environment, "demo", "--firms", str(firms), "--campaign-share", "0", "-v", "0")
        yield environment


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words], cwd=REPOSITORY, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def python(environment: dict[str, str], code: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=REPOSITORY,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def release_seconds(environment: dict[str, str], workers: int) -> float:
    """From the first part claimed to the release published; the processes start outside the time of a long run."""
    release = python(environment, ORDER)
    start = time.perf_counter()
    running = [
        subprocess.Popen([sys.executable, "-c", WORKER, release], cwd=REPOSITORY, env=environment)
        for _ in range(workers)
    ]
    assert [process.wait() for process in running] == [0] * workers  # noqa: S101 - a broken run has no figure
    return time.perf_counter() - start
