"""Four people at work, every machine killed once: nothing that was acknowledged is lost."""

import json
import os
import subprocess
import sys

import pytest

from tests.services.site import REPOSITORY

# The full measure: QMS_FAULT_MINUTES=30.
MINUTES = float(os.environ.get("QMS_FAULT_MINUTES", "0.33"))


@pytest.mark.services
@pytest.mark.timeout(MINUTES * 60 + 420)
def test_whatever_is_killed_nothing_acknowledged_is_lost() -> None:
    command = [sys.executable, "-m", "tests.faults", "--minutes", str(MINUTES)]
    seconds = MINUTES * 60 + 400
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=seconds, check=False)
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert found["losses"] == []
    assert len(found["killed"]) == 7
    assert found["saves acknowledged"] > 50
    assert found["consents and withdrawals acknowledged"] > 0
