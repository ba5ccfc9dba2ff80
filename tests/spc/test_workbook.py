"""Workbooks: typed cells, merged cells, formulas, hidden traps and archives made to harm."""

import datetime
import struct
import zipfile

import pytest

from scoring.measurements.table import TableRefused, read_labels, read_numbers, read_table
from tests.spc.workbooks import by_openpyxl, of_rows, part_of, with_part, written

PLAIN = of_rows([["id", "D"], [1, 12.3], [2, 12.4]])
SHEET = "xl/worksheets/sheet1.xml"


def values(data, column="D", sheet=None):
    table = read_table(data, sheet)
    return read_numbers(table, table.column(column)).values.tolist()


def codes(data, column="D", sheet=None):
    with pytest.raises(TableRefused) as refusal:
        values(data, column, sheet)
    return [(fault.code, fault.row, fault.column) for fault in refusal.value.faults]


def inspection_record(book, sheet):
    """A record as shops keep it: merged title, merged headers, merged lots, numbers as text, real dates."""
    sheet.merge_range("B2:E2", "检测记录")
    sheet.merge_range("B3:B4", "批次")
    sheet.merge_range("C3:D3", "直径 (mm)")
    sheet.write_row("C4", ["X1", "X2"])
    sheet.write("E4", "日期")
    for row in range(6):
        sheet.write(4 + row, 2, 10 + row / 10)
        sheet.write(4 + row, 3, f"{10 + row / 10} mm")
        day = datetime.date(2026, 1, 1 + row)
        sheet.write_datetime(4 + row, 4, day, book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.merge_range("B5:B7", "L1")
    sheet.merge_range("B8:B10", "L2")


def test_merged_headers_name_all_their_columns():
    table = read_table(written(inspection_record))
    assert [column.name for column in table.columns] == ["批次", "直径 / X1", "直径 / X2", "日期"]
    assert [column.letter for column in table.columns] == ["B", "C", "D", "E"]


def test_numbers_and_numbers_as_text_are_read():
    expected = pytest.approx([10.0, 10.1, 10.2, 10.3, 10.4, 10.5])
    assert values(written(inspection_record), "X1") == expected
    assert values(written(inspection_record), "X2") == expected


def test_a_merged_lot_counts_for_all_its_rows():
    table = read_table(written(inspection_record))
    needed = read_numbers(table, table.column("X1")).present
    assert read_labels(table, table.column("批次"), needed) == ["L1"] * 3 + ["L2"] * 3


def test_a_merged_value_counts_once():
    data = written(
        lambda _, sheet: (
            sheet.write_row(0, 0, ["id", "D"]),
            sheet.write_column(1, 0, [1, 2, 3]),
            sheet.merge_range("B2:B4", 12.5),
        )
    )
    table = read_table(data)
    assert read_numbers(table, table.column("D")).present.tolist() == [True, False, False]


def test_dates_are_no_numbers():
    assert codes(written(inspection_record), "日期")[0] == ("date", 5, "E (日期)")


def test_errors_truth_values_and_uncomputed_formulas_are_named():
    def fill(_, sheet):
        sheet.write_column(0, 0, ["id", 1, 2, 3])
        sheet.write(0, 1, "D")
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
        sheet.write_boolean("B3", True)
        sheet.write_formula("B4", "=1+1", None, 2)

    assert codes(written(fill)) == [("spreadsheet_error", 2, "B (D)"), ("truth", 3, "B (D)")]


def test_a_formula_without_a_result_is_not_a_blank():
    data = by_openpyxl(lambda book: [book.active.append(row) for row in (["id", "D"], [1, 2.5], [2, "=B2*2"])])
    assert codes(data) == [("uncomputed", 3, "B (D)")]


def test_a_formula_that_gives_an_empty_text_is_a_blank():
    sheet = part_of(PLAIN, SHEET).replace(
        b'<c r="B3"><v>12.4</v></c>', b'<c r="B3" t="str"><f>IF(A1="","","")</f><v></v></c>'
    )
    table = read_table(with_part(PLAIN, SHEET, sheet))
    assert read_numbers(table, table.column("D")).present.tolist() == [True, False]


def test_the_first_visible_sheet_with_data_is_read_unless_another_is_named():
    def fill(book):
        book.active.sheet_state = "hidden"
        book.active.append(["D"])
        book.create_sheet("Empty")
        for name, value in (("First", 1.5), ("Second", 2.5)):
            sheet = book.create_sheet(name)
            sheet.append(["D"])
            sheet.append([value])

    data = by_openpyxl(fill)
    assert values(data) == [1.5]
    assert values(data, sheet="Second") == [2.5]
    assert codes(data, sheet="Third") == [("no_sheet", None, None)]


def test_a_table_may_begin_anywhere():
    data = written(lambda _, sheet: (sheet.write_row("D7", ["id", "D"]), sheet.write_row("D8", [1, 12.3])))
    table = read_table(data)
    assert [column.letter for column in table.columns] == ["D", "E"]
    assert table.rows.tolist() == [8]


def test_a_cell_far_away_does_not_fill_the_memory():
    def fill(book):
        book.active["A1"], book.active["A2"], book.active["XFD1048576"] = "D", 1, 3

    assert codes(by_openpyxl(fill)) == [("too_many_cells", None, None)]


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1"><c r="A1"/></row><row r="2"><c r="A2" r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1">' + b"<c/>" * 16_000 + b'</row><row r="1048576"><c><v>1</v></c></row>',
        b'<x:row r="1"><x:c r="A1"/></x:row><x:row r="1048576"><x:c r="XFD1048576"/></x:row>',
    ],
)
def test_no_spelling_of_a_place_far_away_is_missed(rows):
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    assert codes(with_part(PLAIN, SHEET, sheet % rows)) == [("too_many_cells", None, None)]


def test_cells_need_not_name_their_place():
    sheet = part_of(PLAIN, SHEET).replace(b' r="A2"', b"").replace(b' r="B2"', b"").replace(b' r="B3"', b"")
    assert values(with_part(PLAIN, SHEET, sheet)) == [12.3, 12.4]


@pytest.fixture(scope="module")
def bomb():
    """A workbook of one megabyte that unpacks to more than a thousand."""
    return with_part(PLAIN, "xl/media/image1.png", bytes(1100 * 1024 * 1024))


def test_a_workbook_that_unpacks_without_end_is_refused(bomb):
    assert len(bomb) < 2 * 1024 * 1024
    assert codes(bomb) == [("inflates", None, None)]


def test_a_part_that_lies_about_its_size_is_counted_all_the_same(bomb):
    size = struct.pack("<I", 1100 * 1024 * 1024)
    assert bomb.count(size) == 2
    assert codes(bomb.replace(size, struct.pack("<I", 10))) == [("inflates", None, None)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04junk", "damaged_workbook"),
        (PLAIN[: len(PLAIN) // 2], "damaged_workbook"),
        (with_part(PLAIN, "xl/workbook.xml", b"<workbook"), "damaged_workbook"),
        (with_part(PLAIN, "xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "damaged_workbook"),
        (with_part(PLAIN, "xl/workbook.xml", b"<workbook/>", zipfile.ZIP_BZIP2), "damaged_workbook"),
        (with_part(PLAIN, SHEET, part_of(PLAIN, SHEET)[:-400]), "damaged_workbook"),
        (of_rows([]), "no_visible_sheet"),
        (of_rows([["id", "D"]]), "no_rows"),
    ],
)
def test_damaged_and_empty_workbooks_are_refused(data, code):
    assert codes(data) == [(code, None, None)]


def test_another_archive_is_no_workbook():
    document = with_part(PLAIN, "xl/workbook.xml", b"<a/>").replace(b"xl/workbook.xml", b"word/docs.xml__")
    assert codes(document) == [("not_workbook", None, None)]
