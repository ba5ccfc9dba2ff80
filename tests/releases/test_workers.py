"""Real processes count a release together; one that is killed in the middle costs time and changes nothing."""

import signal
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import Settings

from scoring.models import CountedAssessment, Release
from scoring.releases.services import part_claim, part_count, parts_overdue, tallies_of
from tests.releases.country import later, made, ordered, peopled
from tests.services.processes import wait_until
from tests.services.site import Site

pytestmark = pytest.mark.django_db(transaction=True)
FORK = get_context("fork")
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
    whole = made()
    CountedAssessment.objects.all().delete()
    whole.delete()
    settings.RELEASE_PART_FIRMS = 15
    return whole.content_hash


def started(work: Any, *told: Any) -> BaseProcess:
    """Another process; neither may use the other's connection."""
    connections.close_all()
    process = FORK.Process(target=work, args=told)
    process.start()
    return process


def count_all(part_ids: list[int]) -> None:
    for part_id in part_ids:
        part_count(part_id=part_id)


def count_for_ever(part_id: int, begun: Event) -> None:
    part = part_claim(part_id=part_id, now=timezone.now())
    begun.set()
    while part is not None:
        tallies_of(part)


def part_ids(release: Release) -> list[int]:
    return list(release.parts.order_by("number").values_list("pk", flat=True))


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_workers_makes_the_same_release(alone: str, workers: int) -> None:
    release = ordered()
    ids = part_ids(release)
    processes = [started(count_all, ids[2 * place :] + ids[: 2 * place]) for place in range(workers)]
    for process in processes:
        process.join(60)
    release.refresh_from_db()
    assert (release.state, release.content_hash) == (Release.State.READY, alone)


def test_a_worker_killed_in_the_middle_changes_nothing_but_the_time(alone: str) -> None:
    release, begun = ordered(), FORK.Event()
    first, *others = part_ids(release)
    victim = started(count_for_ever, first, begun)
    assert begun.wait(30)
    victim.kill()
    victim.join(30)
    assert victim.exitcode == -signal.SIGKILL
    count_all(others)
    assert parts_overdue(now=later(11)) == [first]
    part_count(part_id=first, clock=lambda: later(11))
    release.refresh_from_db()
    assert (release.state, release.content_hash) == (Release.State.READY, alone)


def test_on_a_running_site_the_batch_worker_makes_it(live_site: Site) -> None:
    live_site.manage("shell", "--verbosity", "0", "--command", ORDER_ONE)
    assert wait_until(lambda: "ready" in live_site.manage("shell", "--verbosity", "0", "--command", STATES), 60)
