"""No cell of any file that is handed out starts a formula, and what was defused is read back as it was."""

import csv
import io
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firms.csv_safe import BOM, csv_rows
from tests.access.world import World
from tests.hostile.files import FORMULAS, handed_out, runs

# Whatever a database keeps: no half characters, no NUL.
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
STARTS = st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "\n", "'", "'=", "''=", " =", "＝"])


@pytest.mark.parametrize("formula", FORMULAS[:1])
def test_no_file_that_is_handed_out_holds_a_formula(
    everybody: World, caplog: pytest.LogCaptureFixture, formula: str
) -> None:
    caplog.set_level(logging.CRITICAL, logger="django")
    files = handed_out(everybody, formula)
    assert [one for file in files for one in runs(file)] == []
    # The formula is in them, as text: an empty file would prove nothing.
    told = [file.name for file in files if any(formula in str(cell) for cell in file.cells)]
    assert (len(files) >= 8, len(told) >= 3) == (True, True)


@given(STARTS, TEXTS)
def test_a_defused_cell_is_told_from_every_other(start: str, text: str) -> None:
    written = "".join(csv_rows(["x"], [[start + text]])).removeprefix(BOM)
    cell = list(csv.reader(io.StringIO(written, newline="")))[1][0]
    assert cell in {start + text, f"'{start + text}"}
