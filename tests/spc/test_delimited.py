"""CSV files as they come from shops: read right, or refused with row, column and reason."""

import time

import numpy as np
import pytest

from scoring.measurements.table import TableRefused, read_csv, read_labels, read_numbers, read_table


def numbers(text, column="D", encoding="utf-8", **options):
    table = read_csv(text.encode(encoding))
    return read_numbers(table, table.column(column), **options)


def values(text, column="D", encoding="utf-8", **options):
    return numbers(text, column, encoding, **options).values.tolist()


def faults(text, column="D", **options):
    with pytest.raises(TableRefused) as refusal:
        numbers(text, column, **options)
    return [(fault.code, fault.row, fault.column) for fault in refusal.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_chinese_headers_in_every_encoding(encoding):
    data = "\ufeff序号,直径\n1,12.3\n2,12.4\n" if encoding == "utf-16-le" else "序号,直径\n1,12.3\n2,12.4\n"
    assert values(data, "直径", encoding) == [12.3, 12.4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,D\n1,12.3\n2,12.4\n", [12.3, 12.4]),
        ("id;D\n1;12,3\n2;12,4\n", [12.3, 12.4]),
        ("id\tD\n1\t12,3\n2\t12,4\n", [12.3, 12.4]),
        ("id|D\n1|12.3\n2|12.4\n", [12.3, 12.4]),
        ("id;D\n1;12.3\n2;12.4\n", [12.3, 12.4]),
        ("D\n12,3\n12,4\n", [12.3, 12.4]),
        ("D\n12.3\n12.4\n", [12.3, 12.4]),
        ('id,D\n1,"12,3"\n2,"12,45"\n', [12.3, 12.45]),
        ("id,note,D\n1,a; b,12.3\n2,c; d,12.4\n", [12.3, 12.4]),
        ('id,note,D\n1,"a, b",12.3\n2,"c ""d""",12.4\n', [12.3, 12.4]),
        ('id,note,D\n1,"two\nlines",12.3\n2,,12.4\n', [12.3, 12.4]),
        ("id,D\r\n1,12.3\r\n2,12.4\r\n", [12.3, 12.4]),
        ("id,D\r1,12.3\r2,12.4\r", [12.3, 12.4]),
        ("id,D,\n1,12.3,\n2,12.4,\n", [12.3, 12.4]),
        ("id, D \n1, 12.3 \n2,\t12.4\n", [12.3, 12.4]),
    ],
)
def test_every_delimiter(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("cells", "expected", "mark"),
    [
        (["12,3", "1,234"], [12.3, 1.234], ","),
        (["1,234.5", "1,234"], [1234.5, 1234], "."),
        (["1.234,5", "1.234"], [1234.5, 1234], ","),
        (["1.234", "1.235"], [1.234, 1.235], "."),
        (["1,234,567", "1,234"], [1234567, 1234], "."),
        (["1 234,5", "12,5"], [1234.5, 12.5], ","),
        (["9.98", "10.002"], [9.98, 10.002], "."),
        (["0,998", "1,002"], [0.998, 1.002], ","),
    ],
)
def test_the_column_tells_which_mark_is_the_decimal_one(cells, expected, mark):
    found = numbers("D\tx\n" + "".join(f"{cell}\t1\n" for cell in cells))
    assert (found.values.tolist(), found.decimal) == (expected, mark)


def test_semicolons_between_columns_make_the_comma_a_decimal_mark():
    assert values("id;D\n1;1,234\n2;1,235\n") == [1.234, 1.235]


def test_a_number_with_two_readings_is_refused_until_the_mark_is_stated():
    text = 'id,D\n1,"1,234"\n2,"1,235"\n'
    assert faults(text) == [("ambiguous", 2, "B (D)"), ("ambiguous", 3, "B (D)")]
    assert values(text, decimal=",") == [1.234, 1.235]
    assert values(text, decimal=".") == [1234, 1235]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["9.985", "10,002", "9.998"], "ambiguous"),
        (["9.98", "10,002", "9.99"], "ambiguous"),
        (["9,98", "10.002", "9,99"], "ambiguous"),
        (["9.98", "10,02", "9.99"], "decimal_mark"),
    ],
)
def test_one_slip_of_the_decimal_mark_is_found(cells, code):
    assert faults("D\tx\n" + "".join(f"{cell}\t1\n" for cell in cells)) == [(code, 3, "A (D)")]


def test_an_unquoted_decimal_comma_is_refused_on_every_row():
    assert faults("id,D\n1,12,3\n2,12,4\n") == [("extra_cell", 2, "C"), ("extra_cell", 3, "C")]


def test_two_whole_numbers_a_line_without_a_header_are_ambiguous():
    with pytest.raises(TableRefused) as refusal:
        read_csv(b"12,3\n12,4\n")
    assert refusal.value.faults[0].code == "comma_ambiguous"


def test_blanks_are_absent_and_blank_rows_are_no_rows():
    table = read_csv(b"id,D\n1,12.3\n\n2,\n,,\n3,12.5\n")
    found = read_numbers(table, table.column("D"))
    assert table.rows.tolist() == [2, 4, 6]
    assert found.present.tolist() == [True, False, True]


def test_every_wrong_cell_is_named():
    text = "id,D\n1,abc\n2,12.3\n3,2026-01-02\n4,<3\n5,12.4 xyz\n"
    assert faults(text) == [
        ("text", 2, "B (D)"),
        ("date", 4, "B (D)"),
        ("bound", 5, "B (D)"),
        ("unit_unknown", 6, "B (D)"),
    ]


def test_wrong_cells_of_other_columns_do_not_matter():
    assert values("note,D\nabc,12.3\n2026-01-02,12.4\n") == [12.3, 12.4]


def test_many_wrong_cells_are_counted():
    with pytest.raises(TableRefused) as refusal:
        numbers("id,D\n0,1\n" + "".join(f"{n},bad{n}\n" for n in range(1000)))
    assert (len(refusal.value.faults), refusal.value.more) == (50, 950)
    assert refusal.value.lines[-1] == "And 950 more of this file."


def test_a_unit_in_the_cells_is_kept():
    assert numbers("id,D\n1,12.3 mm\n2,12.4mm\n3,12.5\n").unit == "mm"
    assert numbers("id,D (mm)\n1,12.3\n").unit == "mm"


def test_another_unit_than_the_header_says_is_refused():
    assert faults("id,D (mm)\n1,12.3\n2,0.5 in\n3,12.4 mm\n") == [("unit_differs", 3, "B (D (mm))")]


def test_another_unit_than_the_rest_is_refused():
    assert faults("id,D\n1,12.3 mm\n2,0.5 in\n3,12.4 mm\n") == [("unit_differs", 3, "B (D)")]


@pytest.mark.parametrize("word", ["平均值", "Average:", "MAX", "合计", "Std. Dev."])
def test_a_summary_row_is_no_measurement(word):
    assert faults(f"id,D\n1,12.3\n2,12.4\n{word},12.35\n") == [("summary_row", 4, "B (D)")]


def test_a_column_of_summary_words_is_data():
    assert values("kind,D\nmin,1.5\nmax,2.5\nmin,1.6\nmax,2.6\n") == [1.5, 2.5, 1.6, 2.6]


def test_titles_and_headers_of_several_lines():
    text = "Inspection record,,,\n,Bore,,Shaft\nNo.,X1,X2,X1\n,mm,mm,mm\n1,10.1,10.2,5.1\n2,10.3,10.4,5.2\n"
    table = read_csv(text.encode())
    assert [column.name for column in table.columns] == ["No.", "Bore / X1", "Bore / X2", "Shaft / X1"]
    assert [column.unit for column in table.columns] == [None, "mm", "mm", "mm"]
    assert table.rows.tolist() == [5, 6]
    assert read_numbers(table, table.column("X2")).values.tolist() == [10.2, 10.4]


def test_specifications_above_the_header_are_no_data():
    assert values("USL,10.5\nLSL,9.5\nNo.,D\n1,10.1\n2,10.2\n") == [10.1, 10.2]


def test_headers_that_are_numbers():
    assert values("No,1,2\n1,10.1,10.2\n2,10.3,10.4\n", "2") == [10.2, 10.4]


def test_without_a_header_columns_have_letters():
    assert values("1,12.3\n2,12.4\n", "B") == [12.3, 12.4]


def test_a_first_row_without_a_number_is_not_swallowed_by_the_header():
    assert faults("id,D\nS1,n/a\nS2,10.1\n") == [("text", 2, "B (D)")]


def test_a_comment_between_the_rows_is_no_header():
    text = "1,2,12.3\nnew tool,,\n2,2,12.4\n3,2,12.5\n"
    assert values(text, "C") == pytest.approx([12.3, np.nan, 12.4, 12.5], nan_ok=True)


@pytest.mark.parametrize(
    ("wanted", "code"), [("Q", "no_column"), ("D", "column_twice"), ("", "no_column"), ("E", "column_twice")]
)
def test_a_column_that_cannot_be_told_is_refused(wanted, code):
    with pytest.raises(TableRefused) as refusal:
        read_csv(b"A (mm),D,D,E (mm),E (in)\n1,2,3,4,5\n").column(wanted)
    assert refusal.value.faults[0].code == code


@pytest.mark.parametrize(("wanted", "letter"), [("diameter (MM)", "A"), ("Diameter", "A"), ("b", "B"), ("Length", "C")])
def test_a_column_is_found_by_header_name_or_letter(wanted, letter):
    assert read_csv(b"Diameter (mm),b,Length\n1,2,3\n").column(wanted).letter == letter


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"a,b\n", "no_rows"),
        (b"\x81\xff\xfe\xff,1\n", "encoding"),
        (b"a,b\n1\x00,2\n", "binary"),
        (b'a,b\n1,"2\n3,4\n', "quotes"),
        (b"%PDF-1.7", "unknown_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"<QIFDocument/>", "unknown_format"),
        (b"a," * 1500 + b"b\n" + b"1," * 1500 + b"2\n", "too_many_columns"),
    ],
)
def test_files_that_are_no_table_are_refused(data, code):
    with pytest.raises(TableRefused) as refusal:
        read_table(data)
    assert refusal.value.faults[0].code == code


def test_a_column_without_a_number_is_refused():
    assert faults("id,D,E\n1,,2\n2,,3\n") == [("no_numbers", None, None)]


def test_labels_must_stand_on_every_row_with_a_value():
    table = read_csv(b"lot,D\nL1,1.5\n,2.5\nL2,\n,\nL2,3.5\n")
    needed = read_numbers(table, table.column("D")).present
    with pytest.raises(TableRefused) as refusal:
        read_labels(table, table.column("lot"), needed)
    assert [(fault.code, fault.row) for fault in refusal.value.faults] == [("label_missing", 3)]


def test_a_million_rows_are_read_in_bounded_time():
    measured = np.random.default_rng(1).normal(10, 0.05, 1_000_000).round(4)
    text = "id,lot,D,note\n" + "".join(f"{n},L{n // 5},{value},ok\n" for n, value in enumerate(measured.tolist()))
    told, started = [], time.monotonic()
    table = read_csv(text.encode(), told.append)
    found = read_numbers(table, table.column("D"))
    assert time.monotonic() - started < 60
    assert np.array_equal(found.values, measured)
    assert told[-1] > 900_000


def test_more_rows_than_allowed_are_refused():
    with pytest.raises(TableRefused) as refusal:
        read_csv(b"D\n" + b"1\n" * 2_000_001)
    assert refusal.value.faults[0].code == "too_many_rows"
