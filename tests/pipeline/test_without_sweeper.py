"""The measure of tests/pipeline/test_faults.py can fail: without the sweeper, what a broker loses stays lost."""

import json
import subprocess
import sys

import pytest

from tests.services.site import REPOSITORY

REPORTS, SECONDS = 16, 60


@pytest.mark.services
@pytest.mark.timeout(SECONDS + 180)
def test_without_the_sweeper_reports_are_lost_with_their_messages() -> None:
    options = ["--reports", str(REPORTS), "--seconds", str(SECONDS), "--without-sweeper"]
    command = [sys.executable, "-m", "tests.pipeline", *options]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=SECONDS + 150, check=False)
    figures = done.stdout[done.stdout.rindex('{\n "reports":') :]
    found = json.JSONDecoder().raw_decode(figures)[0]
    assert done.returncode == 1
    assert found["ready"] < REPORTS
