"""The cell-key method, with the package of the Office for National Statistics as the oracle."""

import csv
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cell_key_perturbation.create_perturbed_table import create_perturbed_table

import scoring
from scoring.engine.release.noise import NoiseRefused, NoiseTable, noise, record_key, table_from, uniform, unit_key
from scoring.engine.release.noise_design import designed

SHIPPED = Path(scoring.__file__).parent / "data" / "noise" / "firms-5.csv"
OF_THE_OFFICE = Path(sys.prefix) / "ptable_10_5_rule.csv"
NOISE = designed(5)
ROWS_OF_THE_OFFICE = 750


def entries(path: Path) -> list[tuple[int, int, int]]:
    with path.open() as file:
        return [tuple(map(int, row)) for row in list(csv.reader(file))[1:]]  # type: ignore[misc]


def as_their_table(table: NoiseTable) -> pd.DataFrame:
    """Our short table written out to the 750 rows that the package expects; it leaves empty cells alone."""
    counts = range(1, ROWS_OF_THE_OFFICE + 1)
    rows = [(c, key, value) for c in counts for key, value in enumerate(table.rows[min(c, table.top)])]
    return pd.DataFrame(rows, columns=["pcv", "ckey", "pvalue"])


def microdata(seed: int, n: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    cells = rng.choice(12, n, p=rng.dirichlet([0.4] * 12))
    return pd.DataFrame({"a": cells // 4, "b": cells % 4, "record_key": rng.integers(0, 256, n)})


@pytest.mark.parametrize("n", [40, 400, 9000])
@pytest.mark.parametrize("ours", [True, False], ids=["our table", "their table"])
def test_every_count_equals_that_of_the_ons_package(ours: bool, n: int, capsys) -> None:
    table = NOISE if ours else table_from(entries(OF_THE_OFFICE), period=250)
    theirs = as_their_table(NOISE) if ours else pd.read_csv(OF_THE_OFFICE)
    for seed in range(5):
        data = microdata(seed, n)
        expected = create_perturbed_table(data, theirs, [], ["a", "b"], "record_key", threshold=0)
        counts = expected["pre_sdc_count"].to_numpy(np.int64)
        keys = data.groupby(["a", "b"])["record_key"].sum().reindex(pd.MultiIndex.from_frame(expected[["a", "b"]]))
        # The package draws for empty cells with cell key 0.
        found = counts + noise(table, counts, keys.fillna(0).to_numpy(np.int64))
        assert found.tolist() == expected["count"].to_list()


def test_counts_beyond_the_table_use_its_last_rows_over_again() -> None:
    table = table_from(entries(OF_THE_OFFICE), period=250)
    counts = np.array([750, 751, 1000, 1001, 1250])
    assert noise(table, counts, np.zeros(5, np.int64)).tolist() == [
        table.rows[row][0] for row in (750, 501, 750, 501, 750)
    ]


def test_the_shipped_table_is_the_designed_one() -> None:
    assert table_from(entries(SHIPPED)).rows == NOISE.rows


@pytest.mark.parametrize("count", range(1, 6))
def test_noise_has_mean_zero_and_never_makes_a_count_negative(count: int) -> None:
    row = NOISE.rows[count]
    assert sum(row) == 0
    assert count + min(row) >= 0


def test_every_neighbour_within_reach_stays_possible() -> None:
    assert NOISE.hides_neighbours
    assert set(NOISE.rows[5]) == set(range(-5, 6))
    assert set(NOISE.rows[0]) == set(range(6))


def test_a_table_that_only_rounds_hides_no_neighbour() -> None:
    assert not table_from(entries(OF_THE_OFFICE), period=250).hides_neighbours


def test_an_empty_cell_seldom_seems_to_hold_firms() -> None:
    assert Counter(NOISE.rows[0])[0] == 251


@pytest.mark.parametrize(
    ("rows", "says"), [([], "is empty"), ([(1, 0, 0), (1, 1, 0), (2, 0, 0)], "needs every count 0 to 2")]
)
def test_a_table_with_holes_is_refused(rows, says: str) -> None:
    with pytest.raises(NoiseRefused, match=says):
        table_from(rows)


def test_record_keys_are_spread_evenly_and_need_the_secret() -> None:
    keys = [record_key(b"secret", f"firm {number}") for number in range(5120)]
    assert set(keys) == set(range(256))
    assert keys != [record_key(b"other", f"firm {number}") for number in range(5120)]


def test_a_unit_key_is_no_record_key() -> None:
    assert unit_key(b"secret", "group") != unit_key(b"secret", "other")
    assert unit_key(b"secret", "group") >> 8 > 0


def test_noise_on_means_is_even_and_the_same_for_the_same_firms() -> None:
    drawn = uniform(np.arange(20_000), 3)
    assert np.abs(drawn).max() < 1
    assert (abs(drawn.mean()), drawn.var()) == pytest.approx((0, 1 / 3), abs=0.02)
    assert (uniform(np.arange(5), 3) == drawn[:5]).all()
    assert (uniform(np.arange(5), 4) != drawn[:5]).all()
