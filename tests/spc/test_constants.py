"""The constants agree with the printed table, with closed forms and with simulated samples."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from scoring.engine.spc import constants
from scoring.engine.spc.messages import SpcError

TABLE = """
2 1.1284 0.8525 0.7979 1.8800 2.6587 0 3.2665 0 3.2665 2.6587
3 1.6926 0.8884 0.8862 1.0233 1.9544 0 2.5682 0 2.5746 1.7725
4 2.0588 0.8798 0.9213 0.7286 1.6281 0 2.2660 0 2.2821 1.4572
5 2.3259 0.8641 0.9400 0.5768 1.4273 0 2.0890 0 2.1145 1.2898
6 2.5344 0.8480 0.9515 0.4832 1.2871 0.0304 1.9696 0 2.0038 1.1837
7 2.7044 0.8332 0.9594 0.4193 1.1819 0.1177 1.8823 0.0757 1.9243 1.1093
8 2.8472 0.8198 0.9650 0.3725 1.0991 0.1851 1.8149 0.1362 1.8638 1.0537
9 2.9700 0.8078 0.9693 0.3367 1.0317 0.2391 1.7609 0.1840 1.8160 1.0101
10 3.0775 0.7971 0.9727 0.3083 0.9754 0.2837 1.7163 0.2230 1.7770 0.9748
15 3.4718 0.7562 0.9823 0.2231 0.7885 0.4282 1.5718 0.3466 1.6534 0.8641
20 3.7350 0.7287 0.9869 0.1796 0.6797 0.5102 1.4898 0.4147 1.5853 0.8032
25 3.9306 0.7084 0.9896 0.1526 0.6063 0.5648 1.4352 0.4593 1.5407 0.7632
"""
FUNCTIONS = (
    constants.d2,
    constants.d3,
    constants.c4,
    constants.a2,
    constants.a3,
    constants.b3,
    constants.b4,
    constants.d3_lower,
    constants.d4_upper,
    constants.e2,
)
ROWS = [(int(line.split()[0]), [float(cell) for cell in line.split()[1:]]) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("n", "printed"), ROWS)
def test_constants_agree_with_the_printed_table(n, printed):
    assert [function(n) for function in FUNCTIONS] == pytest.approx(printed, abs=5.1e-5)


def test_small_samples_have_closed_forms():
    assert constants.d2(2) == pytest.approx(2 / math.sqrt(math.pi), rel=1e-11)
    assert constants.d2(3) == pytest.approx(3 / math.sqrt(math.pi), rel=1e-11)
    assert constants.d3(2) == pytest.approx(math.sqrt(2 - 4 / math.pi), rel=1e-10)
    assert constants.c4(2) == pytest.approx(math.sqrt(2 / math.pi), rel=1e-12)


@pytest.mark.parametrize("n", [2, 4, 7, 25, 50, 200, 1000])
def test_d2_equals_tippetts_integral(n):
    mean, _ = quad(lambda x: 1 - norm.cdf(x) ** n - norm.sf(x) ** n, -12, 12, epsabs=1e-12, limit=400)
    assert constants.d2(n) == pytest.approx(mean, rel=1e-10)


@pytest.mark.parametrize("n", [2, 5, 9, 50])
def test_constants_are_the_moments_of_simulated_samples(n):
    sample = np.random.default_rng(20240229).standard_normal((200_000, n))
    ranges = np.ptp(sample, axis=1)
    assert constants.d2(n) == pytest.approx(ranges.mean(), rel=4e-3)
    assert constants.d3(n) == pytest.approx(ranges.std(), rel=6e-3)
    assert constants.c4(n) == pytest.approx(sample.std(axis=1, ddof=1).mean(), rel=4e-3)


def test_c4_approaches_one_for_large_samples():
    assert constants.c4(1_000_000) == pytest.approx(1 - 1 / (4 * 999_999), rel=1e-9)


@pytest.mark.parametrize("n", [-1, 0, 1, 1001])
def test_ranges_of_other_sizes_are_refused(n):
    with pytest.raises(SpcError) as refusal:
        constants.d2(n)
    assert refusal.value.code == "constant_n"
