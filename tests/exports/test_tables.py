"""The pure part of exports, and what each format holds, on a release and firms made up for the purpose."""

import io
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from django.conf import settings
from django.core.management import call_command

from reports.builders.exports.firms_table import FirmRow, answers_table, firms_table
from reports.builders.exports.release_table import release_table
from reports.builders.exports.release_terms import release_terms
from reports.builders.exports.table import CODED, NUMBER, Table, Term, Variable, codebook
from reports.exports.spss import LONGEST_NOTE, pieces, sav_names
from reports.exports.writing import as_csv, as_sav, as_xlsx, codebook_csv, write_table
from scoring.engine.release.layout import STATES
from scoring.engine.release.released import ProtectedGroup, ProtectedRelease, ReleasedReliability, ReleasedShare
from surveys.instruments.model import Instrument
from surveys.library import instrument_get

TICKED = ("spc", "msa", "none", "answered", *STATES)
TABLES = {"item.T": TICKED, "item.N": ("answered", *STATES), "index": (*(str(n) for n in range(0, 100, 5)), "none")}


def release(**figures: object) -> ProtectedRelease:
    group = ProtectedGroup("industry=C36;size=small", 40, "2026-11", **figures)
    return ProtectedRelease("id", 1, "x@1#h", 5, 10, 5, 2.16, TABLES, {}, {group.name: group})


def rows_of(of: ProtectedRelease) -> dict[tuple[str, str, str], tuple[int, float, str]]:
    """(figure, variable, cell) to (firms, value, shown)."""
    frame = release_table(of, str, title="x").labelled()
    keys = zip(frame["figure"], frame["variable"], frame["cell"], strict=True)
    return dict(zip(keys, zip(frame["firms"], frame["value"], frame["shown"], strict=True), strict=True))


@cache
def bluebook() -> Instrument:
    return instrument_get("bluebook")


def firms(written: dict[str, str], language: str = "en") -> Table:
    figures = {"nodes": {"index": 50.0}, "level": "L3", "indicators": {"BB18-SPC": {"reached": 1.0, "rank_low": 0.84}}}
    profile = {"name": "甲", "credit_code": "91310000MA1K000017", "size": "small", "industry": "C36", "region": "31"}
    return firms_table(bluebook(), [FirmRow(profile, written, figures)], language, str, title="x")


@pytest.mark.parametrize(
    ("reached", "told"),
    [(0, (40, 0.05, "shown.at_most")), (10, (40, 0.25, "shown.about")), (40, (40, 0.95, "shown.at_least"))],
)
def test_a_share_is_told_between_its_bounds(reached: int, told: tuple[int, float, str]) -> None:
    of = release(shares={"BB18-SPC": ReleasedShare(40, reached)})
    assert rows_of(of)["figure.share", "indicator.BB18-SPC", ""] == told


def test_ticks_are_shares_of_those_who_answered() -> None:
    rows = rows_of(release(distributions={"item.T": (10, 15, 0, 20, 10, 10, 0, 0, 0)}))
    assert rows["figure.ticks", "item.T", "spc"] == (20, 0.5, "shown.about")
    assert rows["figure.distribution", "item.T", "answered"] == (40, 0.5, "shown.about")
    assert rows["figure.distribution", "item.T", "NA"] == (40, 0.25, "shown.about")


def test_whether_a_number_was_given_is_a_distribution() -> None:
    rows = rows_of(release(distributions={"item.N": (30, 10, 0, 0, 0, 0)}))
    assert rows["figure.distribution", "item.N", "answered"] == (40, 0.75, "shown.about")


def test_a_score_has_its_quartiles_and_never_its_ends() -> None:
    rows = rows_of(release(distributions={"index": (0, *[4] * 10, *[0] * 10)}))
    assert [rows["figure.quartile", "index", part][1] for part in ("first", "second", "third")] == [17.5, 30.0, 42.5]


def test_a_reliability_has_its_interval() -> None:
    rows = rows_of(release(reliability={"RD": ReleasedReliability(0.8, 0.7, 0.9, 55, ())}))
    assert rows["figure.reliability", "RD", "low"] == (55, 0.7, "shown.about")


def test_a_frozen_groups_distribution_dates_from_its_own_release() -> None:
    of = release(distributions={"item.N": (30, 10, 0, 0, 0, 0)}, distributions_as_of="2026-06")
    found = release_table(of, str, title="x").frame
    assert dict(zip(found["variable"], found["as_of"], strict=True)) == {"firms": "2026-11", "item.N": "2026-06"}


def test_a_group_is_told_by_its_codes() -> None:
    frame = release_table(release(), str, title="x").frame
    assert frame[["industry", "size", "region", "firms"]].to_numpy().tolist() == [["C36", 2, "", 40]]


def test_every_code_of_the_questionnaire_has_a_term() -> None:
    names = {"industry": {"C36": "汽车制造业"}, "region": {"31": "上海市"}}
    terms = {(one.variable, one.code): one.meaning for one in release_terms(bluebook(), (), names, "zh-hans", str)}
    assert terms["industry", "C36"] == "汽车制造业"
    assert {("variable", f"item.{item.code}") for item in bluebook().items} <= set(terms)
    assert terms["variable", "item.RD-01"] == bluebook().item_by_code["RD-01"].title.pick("zh-hans")


def test_the_codebook_holds_facts_notes_labels_codes_and_terms() -> None:
    told = codebook(sample())
    assert (None, None, "fact", "share_threshold", "5", None) in told
    assert (None, None, "note", None, "=注", None) in told
    assert ("c", "规模", "coded", 1, "微型", False) in told
    assert ("t", "文", "term", "C36", "汽车", None) in told


def test_a_codebook_never_runs() -> None:
    assert "'=注" in codebook_csv(sample()).decode()


def test_what_does_not_fit_on_a_sheet_goes_on_in_another() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(sample(rows=5), sheet_rows=2)))
    assert book.sheetnames == ["about", "data", "data 2", "data 3", "codebook"]
    assert [len(list(book[name].iter_rows())) for name in ("data", "data 2", "data 3")] == [3, 3, 2]


def test_parquet_carries_the_facts() -> None:
    told = pq.read_schema(io.BytesIO(write_table(sample(), "parquet"))).metadata
    assert (told[b"title"], told[b"share_threshold"]) == ("标题".encode(), b"5")


def test_long_chinese_labels_are_cut_between_characters(tmp_path: Path) -> None:
    (tmp_path / "t.sav").write_bytes(as_sav(sample(label="质量" * 100)))
    _, about = pyreadstat.read_sav(tmp_path / "t.sav")
    assert about.column_names_to_labels["c"] == ("质量" * 100)[:83]
    assert about.notes == ["=注", "share_threshold: 5"]


def test_a_long_note_loses_nothing() -> None:
    lines = pieces("质量管理 quality " * 20, LONGEST_NOTE)
    assert "".join(lines) == "质量管理 quality " * 20
    assert max(len(line.encode()) for line in lines) <= LONGEST_NOTE


def test_names_in_spss_are_apart_and_none_is_reserved() -> None:
    written = ("RD-01", "rd.01", "RD_01", "by", "2nd", "得分")
    assert list(sav_names([Variable(name, name) for name in written]).values()) == [
        "RD_01", "rd_01_2", "RD_01_3", "by_2", "v_2nd", "v___",
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", " =1"])
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_cell_that_would_run_is_text(cell: str, format: str) -> None:
    table = Table(cell, (Variable("t", "t"),), pd.DataFrame({"t": [cell]}))
    data = io.BytesIO(write_table(table, format))
    read = pd.read_csv(data) if format == "csv" else pd.read_excel(data, sheet_name="data", engine="openpyxl")
    assert read["t"].iloc[0].startswith("'")


def test_a_numbers_missing_codes_are_for_spss_alone(tmp_path: Path) -> None:
    table = firms({"DG-01": "DK"})
    (tmp_path / "t.sav").write_bytes(as_sav(table))
    whole, about = pyreadstat.read_sav(tmp_path / "t.sav", user_missing=True)
    plain = pyreadstat.read_sav(tmp_path / "t.sav")[0]
    assert whole["DG_01"].iloc[0] == -98
    assert about.variable_value_labels["DG_01"][-98.0] == "missing.DK"
    assert plain["DG_01"].isna().all() and pd.read_csv(io.BytesIO(as_csv(table)))["DG-01"].isna().all()


def test_results_are_named_as_in_the_results_file() -> None:
    frame = firms({"RD-01": "4"}).frame
    assert {"index", "dimension.RD", "indicator.BB18-SPC.reached", "indicator.BB18-SPC.rank_high"} <= set(frame)
    assert frame["indicator.BB18-SPC.rank_low"].tolist() == [0.84]


@pytest.mark.parametrize("written", [{}, {"RD-01": "4", "DG-01": "12.5", "DG-02": "yes", "RD-02": "DK"}])
def test_an_answers_table_is_scored_as_an_answers_file(tmp_path: Path, written: dict[str, str]) -> None:
    profile = {"credit_code": "91310000MA1K000017", "size": "small", "industry": "C36", "region": "31"}
    table = answers_table(bluebook(), [FirmRow(profile, written, {})], title="x")
    (tmp_path / "a.csv").write_bytes(as_csv(table))
    call_command("score", str(tmp_path / "a.csv"), "--instrument", "bluebook", "--out", str(tmp_path / "r.csv"))
    assert pd.read_csv(tmp_path / "r.csv")["firm"].tolist() == ["91310000MA1K000017"]


def test_the_languages_of_exports_are_those_of_the_product() -> None:
    titles = {language: firms({}, language).variables[7].label for language, _ in settings.LANGUAGES}
    assert titles == {language: f"RD-01 {bluebook().item_by_code['RD-01'].title.pick(language)}" for language in titles}


def sample(rows: int = 1, label: str = "规模") -> Table:
    variables = (Variable("t", "文"), Variable("c", label, CODED, {1: "微型"}), Variable("n", "数", NUMBER))
    frame = pd.DataFrame({"t": ["C36"] * rows, "c": [1] * rows, "n": [0.5] * rows})
    return Table("标题", variables, frame, ("=注",), (Term("t", "C36", "汽车"),), {"share_threshold": "5"})
