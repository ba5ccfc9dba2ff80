"""Real processes count a release together; one that is killed in the middle costs time and changes nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as site_settings
from django.db import connection
from pytest_django import Settings

from scoring.models import CountedAssessment, Release
from scoring.releases.services import part_count, parts_overdue
from tests.releases.country import evidenced, later, made, ordered, peopled
from tests.services.processes import wait_until
from tests.services.site import Site

pytestmark = pytest.mark.django_db(transaction=True)
REPOSITORY = Path(__file__).resolve().parents[2]
SECONDS = 120
COUNT_ALL = """
import sys, django
django.setup()
from scoring.releases.services import part_count
for part_id in sys.argv[1:]:
    part_count(part_id=int(part_id))
"""
# Claims a part, says so, and never comes to an end with it.
COUNT_FOR_EVER = """
import sys, django
django.setup()
from django.utils import timezone
from scoring.releases.services import part_claim, tallies_of
part = part_claim(part_id=int(sys.argv[1]), now=timezone.now())
print("begun", flush=True)
while part is not None:
    tallies_of(part)
"""
ORDER_ONE = """
from django.utils import timezone
from scoring.queue import release_send
from scoring.releases.services import release_request
from surveys.library import instrument_get
release = release_request(
    association=None, instrument=instrument_get("bluebook"), label="2026-11", person=None, now=timezone.now()
)
release_send(release)
"""
STATES = "from scoring.models import Release; print(*Release.objects.values_list('state', flat=True))"


@pytest.fixture
def alone(settings: Settings) -> str:
    """The content hash of the release when one process counts it whole. The release itself is forgotten."""
    peopled(firms=120, campaign_share=0)
    evidenced()
    whole = made()
    CountedAssessment.objects.all().delete()
    whole.delete()
    settings.RELEASE_PART_FIRMS = 15
    return whole.content_hash


def database_url() -> str:
    """The database that the test is on, as another process may be told it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    host = quote(str(known["HOST"]), safe="")
    return f"postgres://{known['USER']}:{known['PASSWORD']}@{host}:{known['PORT']}/{known['NAME']}"


def started(code: str, *words: object) -> "subprocess.Popen[str]":
    """A process of its own: a fork of one that runs threads may wait for ever."""
    environment = {
        "PATH": os.environ["PATH"],
        "QMS_HOME": str(site_settings.QMS_HOME),
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "qms_survey.settings",
    }
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True)


def part_ids(release: Release) -> list[int]:
    return list(release.parts.order_by("number").values_list("pk", flat=True))


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_workers_makes_the_same_release(alone: str, workers: int) -> None:
    release = ordered()
    ids = part_ids(release)
    processes = [started(COUNT_ALL, *ids[2 * place :], *ids[: 2 * place]) for place in range(workers)]
    for process in processes:
        process.communicate(timeout=SECONDS)
    assert [process.returncode for process in processes] == [0] * workers
    release.refresh_from_db()
    assert (release.state, release.content_hash) == (Release.State.READY, alone)


def test_a_worker_killed_in_the_middle_changes_nothing_but_the_time(alone: str) -> None:
    release = ordered()
    first, *others = part_ids(release)
    with started(COUNT_FOR_EVER, first) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "begun\n"
        victim.kill()
    assert victim.returncode == -signal.SIGKILL
    for part_id in others:
        part_count(part_id=part_id)
    assert parts_overdue(now=later(11)) == [first]
    part_count(part_id=first, clock=lambda: later(11))
    release.refresh_from_db()
    assert (release.state, release.content_hash) == (Release.State.READY, alone)


def test_on_a_running_site_the_batch_worker_makes_it(live_site: Site) -> None:
    live_site.manage("shell", "--verbosity", "0", "--command", ORDER_ONE)
    assert wait_until(lambda: "ready" in live_site.manage("shell", "--verbosity", "0", "--command", STATES), 60)
