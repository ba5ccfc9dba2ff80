"""A broken instrument file loads or is refused at a place: never a traceback, never a hang.

`MUTANTS=10000` in the environment tries ten thousand files; without it a hundred or so are tried.
"""

import os
import time
from collections.abc import Callable

import pytest

from scoring.engine.scorer import score
from surveys.instruments.check import load_instrument
from surveys.instruments.check_source import read_source
from surveys.instruments.coding import table_from_written
from surveys.instruments.faults import Fault, FileRefused
from surveys.instruments.model import Instrument
from surveys.instruments.workbook import from_workbook, to_workbook
from surveys.instruments.workbook_file import Sheets, read_workbook
from surveys.instruments.xlsform import to_xlsform
from surveys.instruments.xlsform_foreign import from_foreign_xlsform
from surveys.instruments.xlsform_own import from_own_xlsform
from tests.instruments.mutants import mutants, workbook_mutants
from tests.instruments.rich import RICH
from tests.instruments.test_xlsform_foreign import PLAIN, form

COUNT = int(os.environ.get("MUTANTS", "120"))
SEED = 2026
BATCHES = 10
# One file takes a few hundredths of a second; this is for a machine that does much else.
LONGEST_SECONDS = 20.0


def outcome(data: bytes) -> list[Fault]:
    """The faults of a file, or [] if it loads; what loads can also be scored."""
    try:
        instrument = load_instrument(data)
    except FileRefused as refused:
        return list(refused.faults)
    score(instrument, table_from_written(instrument, [{}, lowest(instrument)]))
    return []


def lowest(instrument: Instrument) -> dict[str, str]:
    return {item.code: "DK" for item in instrument.items}


def refused_without_place(data: bytes) -> bool:
    return not all(fault.line and fault.text for fault in outcome(data))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_broken_file_loads_or_is_refused_at_a_place(batch: int) -> None:
    slowest = 0.0
    for data in mutants(COUNT // BATCHES, SEED + batch):
        start = time.perf_counter()
        assert not refused_without_place(data), data
        slowest = max(slowest, time.perf_counter() - start)
    assert slowest < LONGEST_SECONDS


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(mutants(5, 1)) == list(mutants(5, 1))


def test_most_broken_files_are_refused_and_some_still_load() -> None:
    loaded = sum(outcome(data) == [] for data in mutants(60, SEED))
    assert 0 < loaded < 30


RAW = read_source(RICH).raw
READERS = {
    "our workbook": (from_workbook, read_workbook(to_workbook(RAW))),
    "our XLSForm": (from_own_xlsform, read_workbook(to_xlsform(RAW))),
    "a foreign XLSForm": (from_foreign_xlsform, read_workbook(form(PLAIN))),
}


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("reader", READERS)
def test_a_broken_workbook_loads_or_is_refused_at_a_place(reader: str) -> None:
    read, sheets = READERS[reader]
    for broken in workbook_mutants(sheets, COUNT // 3, SEED):
        assert placed(faults_of(read, broken)), broken


def faults_of(read: Callable[[Sheets], object], sheets: Sheets) -> list[Fault]:
    try:
        read(sheets)
    except FileRefused as refused:
        return list(refused.faults)
    return []


def placed(faults: list[Fault]) -> bool:
    """A sheet and a row, or, for what is nowhere to be found, the sentence that names it."""
    return all(fault.text and (fault.sheet or fault.path or fault.detail) for fault in faults)
