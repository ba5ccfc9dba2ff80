"""`manage.py score`: a file in, a file out, or every fault and nothing written."""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from surveys.library import instrument_get
from tests.engine.bundled import all_highest, all_lowest

BLUEBOOK = instrument_get("bluebook")
INDICATORS = (
    "BB18-RD-NEW",
    "BB18-RD-TOOLS",
    "BB18-SPC",
    "BB18-CPK",
    "BB18-AUTO80",
    "SME-QMIS",
    "SME-QMIS50",
    "CAQ-QDEPT",
)
FIGURES = ("reached", "rank_low", "rank_mid", "rank_high")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def answers_file(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["firm", "size", *BLUEBOOK.item_by_code])
        writer.writeheader()
        writer.writerows(rows)
    return path


def score(answers: Path, out: Path, instrument: str = "bluebook") -> list[dict[str, str]]:
    call_command("score", str(answers), instrument=instrument, out=str(out))
    return list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    rows = (
        {"firm": "小厂", "size": "small", **all_lowest(BLUEBOOK, DG_02="yes", DG_03="60", PR_01="4")},
        {"firm": "大厂", "size": "large", **all_highest(BLUEBOOK)},
    )
    return answers_file(tmp_path / "answers.csv", *rows), tmp_path / "results.csv"


def test_the_columns_are_those_that_scripts_rely_on(files) -> None:
    names = list(score(*files)[0])
    dimensions = [f"dimension.{one.code}" for one in BLUEBOOK.dimensions]
    indicators = [f"indicator.{id_}.{figure}" for id_ in INDICATORS for figure in FIGURES]
    assert names == ["firm", "complete", "index", "level", *dimensions, *indicators]


PLACED = [
    # row, indicator, reached, low, mid, high
    (0, "BB18-SPC", "1", "0.84", "0.92", "1.0"),
    (0, "BB18-CPK", "0", "0.0", "0.4305", "0.861"),
    (0, "BB18-RD-TOOLS", "0", "0.0", "", "0.5"),
    (1, "BB18-RD-TOOLS", "1", "0.5", "", "1.0"),
    (0, "SME-QMIS50", "1", "0.8893", "0.94465", "1.0"),
    (1, "SME-QMIS", "", "", "", ""),
    (1, "SME-QMIS50", "", "", "", ""),
]


@pytest.mark.parametrize(("row", "indicator", "reached", "low", "mid", "high"), PLACED)
def test_placements_are_written_and_absent_is_empty(files, row, indicator, reached, low, mid, high) -> None:
    found = [score(*files)[row][f"indicator.{indicator}.{figure}"] for figure in FIGURES]
    assert found == [reached, low, mid, high]


def test_a_named_version_is_used(files) -> None:
    assert score(*files, instrument=f"bluebook@{BLUEBOOK.version}")[1]["level"] == "excellence"


def test_full_precision_is_written(tmp_path: Path) -> None:
    answers = answers_file(tmp_path / "a.csv", {"firm": "a", **all_lowest(BLUEBOOK, RD_01="2")})
    written = score(answers, tmp_path / "r.csv")[0]["dimension.RD"]
    assert float(written) == 25 / len(BLUEBOOK.dimension_by_code["RD"].items)


def test_a_workbook_scores_like_the_same_csv(files, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in csv.reader(files[0].read_text(encoding="utf-8").splitlines()):
        book.active.append(row)
    book.save(tmp_path / "answers.xlsx")
    assert score(tmp_path / "answers.xlsx", tmp_path / "x.csv") == score(*files)


class Stream:
    """A standard stream with the bytes beneath it."""

    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)


def test_a_dash_stands_for_standard_input_and_output(files, monkeypatch: pytest.MonkeyPatch) -> None:
    sent, got = Stream(files[0].read_bytes()), Stream()
    monkeypatch.setattr(sys, "stdin", sent)
    monkeypatch.setattr(sys, "stdout", got)
    call_command("score", "-", instrument="bluebook", out="-")
    monkeypatch.undo()
    score(*files)
    assert got.buffer.getvalue() == files[1].read_bytes()


def refusal(answers: str, tmp_path: Path, instrument: str = "bluebook") -> CommandError:
    source = tmp_path / "bad.csv"
    source.write_text(answers, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        score(source, tmp_path / "never.csv", instrument)
    assert not (tmp_path / "never.csv").exists()
    return refused.value


def test_every_fault_is_listed_with_row_and_column_and_nothing_is_written(tmp_path: Path) -> None:
    error = refusal("firm,size,RD-01,DG-01,ZZ-09\na,huge,3,120,1\na,small,7,5,1\n", tmp_path)
    told = str(error).splitlines()
    assert error.returncode == 1
    assert len(told) == 6
    assert [line.split(":")[0] for line in told[1:]] == [
        "Row 1, column ZZ-09, “ZZ-09”",
        "Row 2, column size, “huge”",
        "Row 2, column DG-01, “120”",
        "Row 3, column firm, “a”",
        "Row 3, column RD-01, “7”",
    ]


def test_an_unknown_instrument_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    error = refusal("firm\na\n", tmp_path, "nowhere")
    assert (error.returncode, "bluebook@1.0.0" in str(error)) == (1, True)


def test_an_instrument_file_with_faults_is_refused_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("format: 1\ncode: bad\n", encoding="utf-8")
    error = refusal("firm\na\n", tmp_path, str(tmp_path / "bad.yaml"))
    assert "dimensions: must be a list with at least one entry" in str(error)


def test_an_instrument_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes("title: 问卷".encode("gb18030"))
    assert "not UTF-8" in str(refusal("firm\na\n", tmp_path, str(tmp_path / "bad.yaml")))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot be read") as refused:
        score(tmp_path / "none.csv", tmp_path / "never.csv")
    assert refused.value.returncode == 1
