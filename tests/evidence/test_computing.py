"""What is computed from files, and that it comes out the same again."""

import json

import pytest

from scoring.engine.evidence.facts import DeclaredStudies
from scoring.engine.evidence.inventory import DataRow, Way, automatic_share
from scoring.engine.evidence.messages import EvidenceError
from scoring.engine.spc.messages import SpcError
from scoring.evidence.computing import compute
from scoring.evidence.mapping import CountsMapping, GaugeMapping, InventoryMapping, StudyMapping, from_json, to_json
from scoring.evidence.reading import facts_of
from scoring.evidence.sources import Source, opened
from scoring.evidence.summary import bounded, same, summary_of
from tests.evidence.world import VALUES, counts_table, gauge_table, table
from tests.qif.build import shaft, study_results

STUDY = StudyMapping(columns=("Diameter",), lsl=9.9, usl=10.1, time="Time")
GAUGE = GaugeMapping(values="Value", part="Part", appraiser="Operator", tolerance=1.0)
LISTED = InventoryMapping(rows=(DataRow("直径", Way.AUTOMATIC, 10, "day"), DataRow("外观", Way.PAPER, 660, "month")))


def summary(content, mapping):
    return summary_of(compute(opened([content]), mapping))


def chart(content, mapping):
    return summary(content, mapping)["chart"]


@pytest.mark.parametrize(
    ("content", "mapping"),
    [
        (table(), STUDY),
        (counts_table([3, 5, 2, 4] * 6), CountsMapping(kind="p", counts="Nonconforming", sizes="Inspected")),
        (gauge_table(), GAUGE),
    ],
)
def test_the_kept_mapping_and_the_file_give_the_kept_figures(content, mapping):
    method = summary(content, mapping)["method"]
    again = from_json(method, json.loads(json.dumps(to_json(mapping))))
    assert again == mapping
    assert same(summary(content, again), json.loads(json.dumps(summary(content, mapping))))


def test_other_figures_are_not_the_same():
    assert not same(summary(table(), STUDY), summary(table([*VALUES[:-1], 10.01]), STUDY))


@pytest.mark.parametrize(
    ("mapping", "order"),
    [
        (STUDY, "time"),
        (StudyMapping(columns=("Diameter",), lsl=9.9, usl=10.1), "unknown"),
        (StudyMapping(columns=("Diameter",), lsl=9.9, usl=10.1, in_order=True), "confirmed"),
    ],
)
def test_the_order_is_known_from_times_or_by_word(mapping, order):
    assert chart(table(), mapping)["order"] == order


def test_times_that_run_backwards_are_told_with_their_row():
    lines = table().decode().splitlines()
    lines[5], lines[6] = lines[6], lines[5]
    found = chart("\n".join(lines).encode(), STUDY)
    assert (found["order"], found["backwards_at"]) == ("backwards", 7)


@pytest.mark.parametrize("written", ["2026/3/1 8:05", "2026年3月1日 8:05", "2026-03-01T08:05:00Z", "08:05", "46082.3"])
def test_times_are_read_as_shops_write_them(written):
    content = f"t,x\n{written},1.0\n{written},1.1\n{written},1.3\n".encode()
    found = chart(content, StudyMapping(columns=("x",), usl=2, time="t"))
    assert found["order"] == "ties"


def test_a_time_that_is_none_is_refused_with_its_row():
    content = b"t,x\n2026-03-01,1.0\nmorning,1.1\n"
    with pytest.raises(EvidenceError) as refused:
        summary(content, StudyMapping(columns=("x",), usl=2, time="t"))
    assert (refused.value.code, refused.value.params["row"]) == ("time_unreadable", 3)


JUMP = [*VALUES[:30], 10.2, *VALUES[30:]]


@pytest.mark.parametrize(("note", "reacted"), [("tool changed", 1), ("-", 0), ("无", 0), ("", 0)])
def test_reactions_are_counted_at_the_points_with_signals(note, reacted):
    content = table(JUMP, "Time,Diameter,Action", lambda at: f",{note if at == 30 else ''}")
    mapping = StudyMapping(columns=("Diameter",), lsl=9.9, usl=10.1, time="Time", reaction="Action", rules="nelson")
    found = chart(content, mapping)
    assert found["reacted"] == reacted
    assert found["beyond"] >= 1


def test_a_reaction_in_any_row_of_a_subgroup_counts_for_its_point():
    rows = "".join(f"{10 + at % 3 / 100},\n" for at in range(100))
    shifted = "".join(f"{10.025 + at % 3 / 100},{'moved' if at == 2 else ''}\n" for at in range(5))
    content = ("x,note\n" + rows + shifted).encode()
    mapping = StudyMapping(columns=("x",), usl=11, subgroup_size=5, in_order=True, reaction="note")
    found = chart(content, mapping)
    assert (found["points"], found["flagged"], found["reacted"]) == (21, 1, 1)


def test_stated_indices_are_held_against_the_data():
    mapping = StudyMapping(columns=("Diameter",), lsl=9.9, usl=10.1, stated_cpk=2.9, stated_ppk=1.0)
    found = summary(table(), mapping)["declared"]
    assert [(row["index"], row["verdict"]) for row in found] == [("Cpk", "unsupported"), ("Ppk", "supported")]


def test_long_lists_of_points_are_cut_and_counted():
    drift = [10 + at / 1000 for at in range(2000)]
    content = ("x\n" + "\n".join(map(str, drift))).encode()
    found = summary(content, StudyMapping(columns=("x",), usl=20, in_order=True))
    assert len(json.dumps(found)) < 60_000
    assert found["study"]["stability"]["flagged"]["count"] > 1000


@pytest.mark.parametrize(
    ("value", "kept"),
    [("a\0b", "ab"), (float("inf"), None), ((1, 2), [1, 2]), ({"x": [float("nan")]}, {"x": [None]})],
)
def test_every_database_takes_what_is_kept(value, kept):
    assert bounded(value) == kept


def test_counts_have_limits_for_each_sample_size():
    content = b"n,bad\n" + b"".join(b"%d,%d\n" % (50 + row, row % 4) for row in range(24))
    found = summary(content, CountsMapping(kind="p", counts="bad", sizes="n"))
    assert len(set(found["upper"])) == 24
    assert found["centre"] == pytest.approx(36 / sum(50 + row for row in range(24)))


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        (CountsMapping(kind="p", counts="bad"), "no_sizes"),
        (CountsMapping(kind="u", counts="bad", sizes="n"), "sizes_missing"),
    ],
)
def test_counts_without_sizes_are_refused(mapping, code):
    with pytest.raises(EvidenceError) as refused:
        summary(b"day,n,bad\n1,50,1\n2,,2\n3,50,3\n", mapping)
    assert refused.value.code == code


def test_a_c_chart_needs_no_sizes():
    assert summary(b"bad\n1\n2\n3\n2\n", CountsMapping(kind="c", counts="bad"))["centre"] == 2.0


def test_an_unbalanced_gauge_study_is_refused_by_name():
    content = gauge_table().replace(b"1,A,", b"1,B,", 1)
    with pytest.raises(SpcError) as refused:
        summary(content, GAUGE)
    assert refused.value.code == "study_unbalanced"


def test_a_gauge_study_is_judged_on_the_tolerance_where_there_is_one():
    found = facts_of(summary(gauge_table(), GAUGE))
    of_variation = facts_of(summary(gauge_table(), GaugeMapping(values="Value", part="Part", appraiser="Operator")))
    assert (found.of_tolerance, of_variation.of_tolerance) == (True, False)
    assert found.grr != of_variation.grr
    assert found.low < found.grr < found.high
    assert of_variation.low < of_variation.grr < of_variation.high


def test_a_gauge_study_from_before_intervals_is_the_same_and_has_no_limits():
    now = json.loads(json.dumps(summary(gauge_table(), GAUGE)))
    then = json.loads(json.dumps(now))
    del then["gauge"]["confidence"], then["gauge"]["grr"]["tolerance_limits"]
    assert (facts_of(then).low, facts_of(then).high) == (None, None)
    assert same(now, then)
    assert not same(then, now)


def test_qif_files_without_a_gauge_study_are_refused():
    content = shaft()
    with pytest.raises(EvidenceError) as refused:
        compute(opened([content]), GAUGE)
    assert refused.value.code == "no_studies"


def test_the_share_is_that_of_the_values_not_of_the_rows():
    assert automatic_share(LISTED.rows) == pytest.approx(25.0)
    assert summary_of(compute(Source(), LISTED))["share"] == pytest.approx(25.0)


@pytest.mark.parametrize(("period", "monthly"), [("day", 22), ("week", 52 / 12), ("month", 1)])
def test_periods_come_so_often_in_a_month(period, monthly):
    assert DataRow("x", Way.TYPED, 1, period).monthly == pytest.approx(monthly)


def test_a_list_without_values_is_refused():
    with pytest.raises(EvidenceError) as refused:
        compute(Source(), InventoryMapping(rows=(DataRow("x", Way.TYPED, 0, "day"),)))
    assert refused.value.code == "no_values"


def test_studies_that_a_qif_file_only_declares_are_counted():
    content = shaft(statistics=study_results("3.0", kind="GageRandR", figures={"GageRandR": "12.5"}))
    assert facts_of(summary(content, GAUGE)) == DeclaredStudies(1)


@pytest.mark.parametrize(("kind", "planned"), [("Production", True), ("Capability", False)])
def test_a_production_study_in_qif_is_a_plan_to_chart(kind, planned):
    content = shaft(statistics=study_results("3.0", kind=kind, figures={"Average": "2.0"}))
    mapping = StudyMapping(columns=("12 Shaft diameter",), lsl=1.8, usl=2.2)
    assert chart(content, mapping)["planned"] is planned
