"""Eight people save into one assessment at once: nothing is lost without being told."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from firms.models import Firm, Person
from surveys.models import SaveReceipt
from tests.filling import started
from tests.services import servers
from tests.surveys import stress

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def told(transactional_db: None, firm: Firm, alice: Person) -> "tuple[object, stress.Journal]":
    assessment = started(firm, alice)
    began = time.monotonic()
    journal = stress.run(assessment, alice)
    seconds = time.monotonic() - began
    conflicts = len(journal.told) - len(journal.acknowledged())
    sys.stdout.write(f"\n{len(journal.told)} saves, {conflicts} conflicts told, {seconds:.1f} s\n")
    return assessment, journal


def test_the_final_state_of_each_item_is_the_last_acknowledged_save(
    told: "tuple[object, stress.Journal]",
) -> None:
    assessment, journal = told
    assert journal.faults == []
    assert len(journal.told) == stress.SAVES // stress.WRITERS * stress.WRITERS
    assert stress.standing(assessment) == journal.last_acknowledged()
    # No version was given to two different answers: every overwritten answer was seen by whoever overwrote it.
    acknowledged = {(one.item, one.version, one.written) for one in journal.acknowledged()}
    assert len({(item, version) for item, version, _written in acknowledged}) == len(acknowledged)
    assert len(journal.acknowledged()) < len(journal.told)
    assert SaveReceipt.objects.count() == len(journal.acknowledged())


@pytest.mark.services
def test_the_same_holds_on_postgresql(postgres_url: str) -> None:
    """The test above once more, in a process of its own with PostgreSQL under it."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", f"{__file__}::{RULE}"]
    with servers.new_database(postgres_url) as database:
        environment = os.environ | {"TEST_LANES": "postgres", "TEST_DATABASE_URL": database}
        environment.pop("PYTEST_XDIST_WORKER", None)
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


RULE = test_the_final_state_of_each_item_is_the_last_acknowledged_save.__name__
