"""Workers killed, Redis emptied, PostgreSQL killed, the disk full, each in the midst: every report comes, once."""

import json
import os
import subprocess
import sys

import pytest

from tests.services.site import REPOSITORY

# The full measure: QMS_FAULTS=200. The runner's own time-out stands a little beyond.
REPORTS = int(os.environ.get("QMS_FAULTS", "40"))
SECONDS = 150 + 2 * REPORTS


@pytest.mark.services
@pytest.mark.timeout(SECONDS + 120)
def test_whatever_breaks_every_report_comes_once_and_whole_and_no_row_tells_an_untruth() -> None:
    command = [sys.executable, "-m", "tests.pipeline", "--reports", str(REPORTS), "--seconds", str(SECONDS)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=SECONDS + 90, check=False)
    # Workers that are stopped say good-bye before it and after it.
    figures = done.stdout[done.stdout.rindex('{\n "reports":') :]
    found = json.JSONDecoder().raw_decode(figures)[0]
    assert found["lies"] == []
    assert (found["ready"], found["files"], found["files beside the rows"]) == (REPORTS, REPORTS, 0)
    assert (found["broken"], found["files named twice"]) == (0, 0)
    assert len(found["faults"]) >= 7
