"""From the bytes of a file to values and subgroups."""

import pytest

from scoring.engine.spc.messages import SpcError
from scoring.measurements.measured import Wanted, measured
from scoring.measurements.table import TableRefused
from tests.qif.build import Char, Res, Row, document
from tests.spc.workbooks import of_rows

LONG = b"lot,D (mm)\na,1.1\na,1.2\nb,1.3\nb,1.4\n"
WIDE = b"lot,X1,X2,X3\na,1,2,3\nb,4,,6\nc,7,8,9\n"


def sizes(found):
    return found.subgroups.sizes.tolist()


def test_individual_values_of_a_column():
    found = measured(LONG, Wanted(("D",)))
    assert found.values.tolist() == [1.1, 1.2, 1.3, 1.4]
    assert (found.subgroups, found.unit, found.name, found.format) == (None, "mm", "D", "csv")


def test_subgroups_by_a_column_of_names():
    assert sizes(measured(LONG, Wanted(("D",), subgroup="lot"))) == [2, 2]


def test_names_that_return_are_put_together_and_remarked():
    found = measured(b"lot,D\na,1\nb,2\na,3\nb,4\n", Wanted(("D",), subgroup="lot"))
    assert found.subgroups.values.tolist() == [1, 3, 2, 4]
    assert [(remark.code, remark.params["count"]) for remark in found.remarks] == [("subgroup_returns", 2)]


def test_a_row_with_several_columns_is_a_subgroup():
    found = measured(WIDE, Wanted(("X1", "X2", "X3")))
    assert found.subgroups.values.tolist() == [1, 2, 3, 4, 6, 7, 8, 9]
    assert (sizes(found), found.blank) == ([3, 2, 3], 1)


def test_a_blank_cell_does_not_shift_later_subgroups():
    found = measured(b"n,D\n1,1\n2,\n3,3\n4,4\n5,5\n6,6\n", Wanted(("D",), subgroup_size=2))
    assert found.subgroups.values.tolist() == [1, 3, 4, 5, 6]
    assert sizes(found) == [1, 2, 2]


@pytest.mark.parametrize("size", [1, 3])
def test_a_subgroup_size_must_fit_the_rows(size):
    with pytest.raises(SpcError) as refusal:
        measured(LONG, Wanted(("D",), subgroup_size=size))
    assert refusal.value.code == "subgroup_size"


def test_faults_of_all_columns_are_named():
    with pytest.raises(TableRefused) as refusal:
        measured(b"lot,X1,X2\na,bad,1\nb,2,worse\n", Wanted(("X1", "X2")))
    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [(2, "B (X1)"), (3, "C (X2)")]


def test_workbooks_give_the_same_as_text():
    data = of_rows([["lot", "D (mm)"], ["a", 1.1], ["a", 1.2], ["b", 1.3], ["b", 1.4]])
    found = measured(data, Wanted(("D",), subgroup="lot"))
    assert (found.values.tolist(), sizes(found), found.format) == ([1.1, 1.2, 1.3, 1.4], [2, 2], "xlsx")


def qif(*chars, **options):
    values = ("2.01", "2.03", "1.98", "2.02")
    rows = [Row(100 * n + char.id, char.id, value) for n, value in enumerate(values, start=1) for char in chars]
    results = tuple(Res(10 + n, tuple(rows[n * len(chars) : (n + 1) * len(chars)]), component=50 + n) for n in range(4))
    return document(chars=chars, results=results, **options)


def test_a_qif_characteristic_brings_its_limits():
    found = measured(qif(Char(1, name="Bore")), Wanted(("bore",)))
    assert found.values.tolist() == [2.01, 2.03, 1.98, 2.02]
    assert (found.lower, found.upper, found.unit, found.format) == (1.8, 2.2, "mm", "qif")


def test_consecutive_parts_of_a_qif_file_may_form_subgroups():
    assert sizes(measured(qif(Char(1, name="Bore")), Wanted(("Bore",), subgroup_size=2))) == [2, 2]


@pytest.mark.parametrize(
    ("chars", "wanted", "code"),
    [
        ((Char(1, name="Bore"),), Wanted(("Shaft",)), "no_characteristic"),
        ((Char(1, name="Bore"), Char(2, name="Bore")), Wanted(("Bore",)), "characteristic_twice"),
        ((Char(1, name="Bore"),), Wanted(("Bore", "Bore")), "one_characteristic"),
        ((Char(1, name="Bore"),), Wanted(("Bore",), subgroup="lot"), "no_subgroup_column"),
        ((Char(1, kind="Position", name="Bore", zone="0.5", material="MAXIMUM"),), Wanted(("Bore",)), "no_index"),
    ],
)
def test_a_qif_characteristic_that_cannot_be_used_is_refused(chars, wanted, code):
    with pytest.raises(TableRefused) as refusal:
        measured(qif(*chars), wanted)
    assert refusal.value.faults[0].code == code
