"""Every file that comes with the product is free of faults and written as its documentation says."""

import pytest

from surveys.instruments.check import check_instrument
from surveys.instruments.check_benchmark import check_benchmark
from surveys.instruments.check_source import read_source
from surveys.library import BUNDLED, instrument_text
from tests.instruments.bundled import BENCHMARK_FILES, INSTRUMENT_FILES

EVERY = [path.name for path in INSTRUMENT_FILES]


@pytest.mark.parametrize("name", EVERY)
def test_a_bundled_instrument_has_no_fault(name: str) -> None:
    assert check_instrument((BUNDLED / name).read_bytes()) == []


@pytest.mark.parametrize("path", BENCHMARK_FILES, ids=lambda path: path.name)
def test_bundled_figures_have_no_fault_and_fit_their_instrument(path) -> None:
    found = check_benchmark(path.read_bytes(), lambda code: read_source(instrument_text(code)).raw, ["bluebook"])
    assert found == []
