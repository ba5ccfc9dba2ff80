"""docs/evidence.md tells every rule that decides, and the bounds as they are."""

from pathlib import Path

import pytest

from reports.evidence.forms import MOST_ROWS
from reports.measurements.files import MOST_BYTES, MOST_FILES
from reports.measurements.limiting import MOST_REQUESTS, WINDOW_SECONDS
from scoring.engine.evidence import claims
from scoring.engine.evidence.messages import OWN_REASONS
from scoring.evidence.services import MOST_OF_AN_ASSESSMENT
from scoring.evidence.summary import LONGEST_LIST

TEXT = Path("docs/evidence.md").read_text("utf-8")


@pytest.mark.parametrize("reason", OWN_REASONS)
def test_every_reason_is_documented(reason):
    assert f"`{reason}`" in TEXT


@pytest.mark.parametrize(
    "sentence",
    [
        f"Ppk {claims.REQUIRED_PPK[4]}",
        f"Ppk {claims.REQUIRED_PPK[5]}",
        f"{claims.LEAST_POINTS} points or more",
        f"with {claims.LEAST_PARTS} parts or more",
        f"GRR at most {claims.MOST_GRR:g} %",
        f"{claims.LEAST_CATEGORIES} distinct categories or more",
        f"within {claims.SHARE_SLACK:g} points",
        f"{MOST_FILES}, together {MOST_BYTES // 2**20} MB",
        f"computations of an assessment | {MOST_OF_AN_ASSESSMENT}",
        f"{MOST_REQUESTS} in ten minutes" if WINDOW_SECONDS == 600 else "",
        f"rows of the list of data | {MOST_ROWS}",
        f"longer than {LONGEST_LIST} entries",
    ],
)
def test_the_figures_of_the_rules_are_those_of_the_code(sentence):
    assert sentence
    assert sentence in TEXT
