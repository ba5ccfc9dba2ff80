"""`manage.py capability`: the published shape on standard output, or the reason on standard error and nothing else."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from scoring.management.commands.capability import Command
from tests.qif.build import Char, Res, Row, document
from tests.spc.published import FURNACE, GAUGE, RINGS
from tests.spc.workbooks import of_rows

MANAGE = Path(__file__).parents[2] / "manage.py"
RINGS_CSV = "sample,diameter\n" + "".join(f"{n // 5 + 1},{value:.3f}\n" for n, value in enumerate(RINGS))


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def rings(tmp_path):
    path = tmp_path / "rings.csv"
    path.write_text(RINGS_CSV)
    return str(path)


def run(file, *arguments):
    out = io.StringIO()
    call_command("capability", file, *arguments, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def manage(*arguments, stdin=b""):
    return subprocess.run(
        [sys.executable, MANAGE, "capability", *arguments], input=stdin, capture_output=True, check=False
    )


def test_piston_rings_from_file_to_indices(rings):
    found = run(rings, "--column=diameter", "--lsl=73.95", "--usl=74.05", "--target=74", "--subgroup=sample")
    assert found["cp"]["value"] == pytest.approx(1.703229, rel=5e-5)
    assert found["cpk"]["value"] == pytest.approx(1.663169, rel=5e-5)
    assert found["control_charts"]["xbar"]["lower"] == pytest.approx(73.98805, rel=1e-7)
    assert found["control_charts"]["r"]["upper"] == pytest.approx(0.04812533, rel=5e-5)
    assert found["cpk"]["method"].startswith("mean subgroup range / d2; 90 degrees of freedom")


def test_furnace_as_individuals(tmp_path):
    path = tmp_path / "furnace.xlsx"
    path.write_bytes(of_rows([["thickness"], *([float(value)] for value in FURNACE)]))
    found = run(str(path), "--column=thickness", "--lsl=460", "--usl=660", "--target=560")
    assert (found["n"], found["mean"]) == (168, pytest.approx(563.03571, rel=5e-8))
    assert [found["ppk"][key] for key in ("value", "low", "high")] == pytest.approx(
        [1.27327, 1.12771, 1.41882], rel=5e-5
    )
    assert found["cpm"]["value"] == pytest.approx(1.30384, rel=5e-5)
    assert found["sigma"]["within"]["estimator"] == "moving_range"


@pytest.mark.parametrize("key", ["cp", "cpk", "pp", "ppk", "cpm"])
def test_the_published_keys_hold_a_figure_or_null(rings, key):
    both = run(rings, "--column=diameter", "--lsl=73.95", "--usl=74.05", "--target=74")
    one = run(rings, "--column=diameter", "--lsl=73.95")
    assert {"value", "low", "high", "confidence", "method"} <= both[key].keys()
    assert (one[key] is None) == (key in {"cp", "pp", "cpm"})


def test_subgroups_by_size_equal_subgroups_by_name(rings):
    by_size = run(rings, "--column=diameter", "--usl=74.05", "--subgroup-size=5")
    by_name = run(rings, "--column=diameter", "--usl=74.05", "--subgroup=sample")
    assert by_size["cpk"] == by_name["cpk"]


def test_another_estimator_may_be_chosen(rings):
    found = run(rings, "--column=diameter", "--usl=74.05", "--subgroup-size=5", "--sigma=pooled_unbiased")
    assert found["cpk"]["value"] == pytest.approx(1.645976, rel=5e-5)


def test_a_requirement_is_answered_with_a_verdict(rings):
    found = run(rings, "--column=diameter", "--lsl=73.95", "--usl=74.05", "--required-ppk=1.33")
    assert found["verdict"]["outcome"] == "supported"
    assert found["verdict"]["ppk"] == found["ppk"]


def test_a_qif_file_brings_its_own_limits(tmp_path):
    path = tmp_path / "part.qif"
    rows = (("2.01", 1), ("2.03", 2), ("1.98", 3), ("2.02", 4))
    results = tuple(Res(10 + n, (Row(100 + n, 1, value),), component=50 + n) for value, n in rows)
    path.write_bytes(document(chars=(Char(1, name="Bore"),), results=results))
    found = run(str(path), "--column=Bore")
    assert found["limits"] == {"lsl": 1.8, "usl": 2.2, "target": None}
    assert (found["n"], found["unit"]) == (4, "mm")


def test_the_text_form_says_the_same(rings):
    out = io.StringIO()
    call_command(
        "capability", rings, "--column=diameter", "--lsl=73.95", "--usl=74.05", "--subgroup=sample", stdout=out
    )
    assert "25 subgroups of 5" in out.getvalue()
    assert "Cpk: 1.66317 (95 % from 1.41327 to 1.91306)" in out.getvalue()
    assert "Cpm: does not exist" in out.getvalue()


def test_the_text_form_tells_signals_and_verdict(tmp_path):
    path = tmp_path / "drift.csv"
    path.write_text("x\n" + "".join(f"{value / 10}\n" for value in range(40)))
    out = io.StringIO()
    call_command("capability", str(path), "--column=x", "--usl=3", "--required-ppk=1.33", "--rules=nelson", stdout=out)
    assert "Signal on i by N3 (six points in a row rising or falling)" in out.getvalue()
    assert "Ppk of at least 1.33: contradicted" in out.getvalue()


def test_standard_input_and_status_zero():
    done = manage("-", "--column=diameter", "--lsl=73.95", "--format=json", stdin=RINGS_CSV.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["n"] == 125


def test_a_refused_file_gives_status_one_and_no_output():
    done = manage("-", "--column=D", "--lsl=1", "--format=json", stdin=b"id,D\n1,abc\n2,3,4\n")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--column=x"],
        ["--column=x", "--lsl=nan"],
        ["--column=x", "--lsl=abc"],
        ["--column=x", "--lsl=2", "--usl=1"],
        ["--column=x", "--usl=9", "--target=10"],
        ["--column=x", "--lsl=0", "--confidence=95"],
        ["--column=x", "--lsl=0", "--subgroup-size=1"],
        ["--column=x", "--lsl=0", "--subgroup-size=2.5"],
        ["--column=x", "--lsl=0", "--subgroup-size=2", "--subgroup=x"],
        ["--column=x", "--lsl=0", "--sigma=rbar"],
        ["--column=x", "--lsl=0", "--sigma=median"],
    ],
)
def test_wrong_usage_gives_status_two_and_no_output(tmp_path, capsys, arguments):
    path = tmp_path / "x.csv"
    path.write_text("x\n1\n2\n3\n5\n")
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "capability", str(path), *arguments])
    assert (ended.value.code, capsys.readouterr().out) == (2, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x\n5\n5\n", "no spread"),
        ("x\n5\n", "at least 2 are needed"),
        ("y\n5\n6\n", "no column “x”"),
        ("x\n1\nabc\n", "Row 3, column A (x): “abc” is text"),
        ("x\n1e200\n-1e200\n", "Choose a unit"),
        ("x\n1e-200\n-1e-200\n", "Choose a unit"),
    ],
)
def test_a_refusal_says_what_and_where(tmp_path, text, said):
    path = tmp_path / "x.csv"
    path.write_text(text)
    with pytest.raises(CommandError, match=r".") as refusal:
        call_command("capability", str(path), "--column=x", "--lsl=0")
    assert said in str(refusal.value)
    assert refusal.value.returncode == 1


@pytest.fixture
def gauge(tmp_path):
    path = tmp_path / "gauge.csv"
    rows = (f"{part},{'ABC'[who]},{value}\n" for (part, who, _), value in np.ndenumerate(GAUGE))
    path.write_text("part,who,gap (mm)\n" + "".join(rows))
    return str(path)


STUDY = ("--column=gap", "--part=part", "--appraiser=who")


def test_a_gauge_study_comes_with_its_intervals(gauge):
    found = run(gauge, *STUDY)
    assert found["components"]["grr"]["sigma"]["value"] == pytest.approx(0.302373, abs=2e-6)
    grr = found["grr_percent"]
    assert (grr["low"], grr["value"], grr["high"]) == pytest.approx((13.6966, 27.8607, 81.6453), abs=1e-4)
    assert (found["unit"], found["interval"], found["components"]["int"]["sigma"]["low"]) == ("mm", "mls", None)


@pytest.mark.parametrize("given", [["--tolerance=8"], ["--lsl=1", "--usl=9"]])
def test_a_gauge_is_judged_on_the_tolerance_given(gauge, given):
    assert run(gauge, *STUDY, *given)["grr_percent"]["value"] == pytest.approx(22.6779, abs=1e-4)


def test_less_confidence_gives_a_narrower_interval(gauge):
    usual, less = (run(gauge, *STUDY, *more)["grr_percent"] for more in ([], ["--confidence=0.8"]))
    assert usual["low"] < less["low"] < less["high"] < usual["high"]


def test_a_gauge_study_in_words_names_method_and_level(gauge):
    out = io.StringIO()
    call_command("capability", gauge, *STUDY, "--tolerance=8", stdout=out)
    assert "GRR 22.68 % of the tolerance, 95 % interval 17.06 % to 109.30 %" in out.getvalue()
    assert "modified large sample method" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--column=gap", "--part=part"], 2, "both --part and --appraiser"),
        ([*STUDY, "--column=part"], 2, "give --column once"),
        (["--column=gap", "--tolerance=8", "--lsl=1"], 2, "--tolerance is for gauge studies"),
        (["--column=gap", "--part=nobody", "--appraiser=who"], 1, "nobody"),
        (["--column=gap", "--part=part", "--appraiser=part"], 1, "equally often"),
    ],
)
def test_a_gauge_study_that_cannot_be_says_why(gauge, arguments, status, said):
    with pytest.raises(CommandError, match=said) as refusal:
        call_command("capability", gauge, *arguments, stdout=io.StringIO())
    assert refusal.value.returncode == status
