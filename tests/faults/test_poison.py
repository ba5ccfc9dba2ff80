"""A report that always kills or stalls its worker: the others come, and it is given up after three attempts."""

import json
import os
import subprocess
import sys

import pytest

from tests.services.site import REPOSITORY

SECONDS = int(os.environ.get("QMS_POISON_SECONDS", "150"))


@pytest.mark.services
@pytest.mark.timeout(SECONDS + 120)
def test_one_poisoned_report_of_each_kind_stops_nobody_else() -> None:
    command = [sys.executable, "-m", "tests.faults.poison", "--seconds", str(SECONDS)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=SECONDS + 100, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert found["poisoned"] == {
        "endless": ["failed", "time", 3],
        "greedy": ["failed", "memory", 3],
        "deadly": ["failed", "lost", 3],
    }
    assert found["others ready"] == found["others"]
