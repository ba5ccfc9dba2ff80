"""Reading an answers file: every form that people send, and every fault with its row and column."""

import io

import openpyxl
import pytest

from surveys.instruments.answers import State, code_of
from surveys.instruments.answers_file import AnswersFile, AnswersRefused, Catalogues, read_answers
from surveys.instruments.coding import written_answer
from tests.engine.build import dimension, instrument, item

CATALOGUES = Catalogues(industries=("C13", "C43"), regions=("31", "44"))
FOUND = instrument(
    dimension(
        "A", item("A-01"), item("A-02", "share"), item("A-03", "multi", ("x", "y", "none")), item("A-04", na=None)
    )
)
CODES = ("A-01", "A-02", "A-03", "A-04")
PLAIN = "firm,size,industry,region,A-01,A-02,A-03,A-04\n甲,small,C13,31,3,62.5,x;y,5\n乙,,,,NA,DK,DECLINE,\n"
READ = [["3", "62.5", "x;y", "5"], ["NA", "DK", "DECLINE", ""]]


def read(data: str | bytes) -> AnswersFile:
    return read_answers(data.encode() if isinstance(data, str) else data, FOUND, CATALOGUES)


def cells(file: AnswersFile) -> list[list[str]]:
    """The answers as they would be written back."""
    return [[_cell(file, code, row) for code in CODES] for row in range(file.answers.size)]


def _cell(file: AnswersFile, code: str, row: int) -> str:
    column = file.answers[code]
    number = 0.0 if column.number is None else float(column.number[row])
    return written_answer(FOUND.item(code), int(column.code[row]), number)


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


BOOK = workbook(
    [
        ["firm", "size", "industry", "region", "A-01", "A-02", "A-03", "A-04"],
        ["甲", "small", "C13", 31, 3, 62.5, "x;y", 5.0],
        ["乙", None, None, None, "NA", "DK", "DECLINE", None],
    ]
)
FORMS = {
    "utf-8": PLAIN.encode(),
    "utf-8 with byte order mark": PLAIN.encode("utf-8-sig"),
    "gb18030": PLAIN.encode("gb18030"),
    "semicolons": PLAIN.replace("x;y", "x|y").replace(",", ";").replace("x|y", '"x;y"').encode(),
    "tabs": PLAIN.replace(",", "\t").encode(),
    "windows line ends": PLAIN.replace("\n", "\r\n").encode(),
    "no line end at the end": PLAIN.strip().encode(),
    "blank lines at the end": (PLAIN + ",,,,,,,\n\n").encode(),
    "quoted cells": PLAIN.replace("甲,small", '"甲","small"').encode(),
    "a spreadsheet's 3.0 and percent sign": PLAIN.replace(",3,62.5,", ",3.0,62.5%,").encode(),
    "spaces around cells": PLAIN.replace(",3,", ", 3 ,").encode(),
    "xlsx": BOOK,
}


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS.keys())
def test_the_same_answers_are_read_from_every_form(data: bytes) -> None:
    file = read(data)
    assert (file.firms, cells(file)) == (("甲", "乙"), READ)
    assert (file.sizes, file.industries, file.regions) == (("small", ""), ("C13", ""), ("31", ""))


def test_profile_columns_may_be_left_out_and_an_item_without_a_column_is_not_yet_answered() -> None:
    file = read("firm,A-02\na,10\n")
    assert (file.sizes, cells(file)) == (("",), [["", "10", "", ""]])


def test_columns_may_stand_in_any_order_behind_firm() -> None:
    assert cells(read("firm,A-04,A-01\na,2,1\n")) == [["1", "", "", "2"]]


def test_a_comma_inside_quotes_belongs_to_the_cell() -> None:
    assert read('firm,A-01\n"Zhang, Li & Co",3\n').firms == ("Zhang, Li & Co",)


def test_rows_keep_their_order() -> None:
    assert read("firm,A-01\nb,1\na,2\nc,3\n").firms == ("b", "a", "c")


HEAD = "firm,size,industry,region,A-01,A-02,A-03,A-04\n"
FAULTS = {
    "an unknown column": ("firm,A-01,B-01\na,3,1\n", [(1, "B-01", "unknown_column")]),
    "a repeated column": ("firm,A-01,A-01\na,3,1\n", [(1, "A-01", "repeated_column")]),
    "a header without a name": ("firm,A-01,\na,3,1\n", [(1, "", "unknown_column")]),
    "a first column that is not firm": ("name,A-01\na,3\n", [(1, "name", "first_column_is_firm")]),
    "no firm column and an empty first cell": (
        "name,A-01\n,3\n",
        [(1, "name", "first_column_is_firm"), (2, "firm", "firm_missing")],
    ),
    "firm in another place": ("A-01,firm\n3,a\n", [(1, "A-01", "first_column_is_firm")]),
    "a missing firm": ("firm,A-01\na,3\n,2\n", [(3, "firm", "firm_missing")]),
    "a firm twice": ("firm,A-01\na,3\nb,2\na,1\n", [(4, "firm", "firm_repeated")]),
    "an unknown size": (f"{HEAD}a,huge,,,1,,,\n", [(2, "size", "unknown_size")]),
    "an unknown industry": (f"{HEAD}a,,D44,,1,,,\n", [(2, "industry", "unknown_industry")]),
    "an unknown region": (f"{HEAD}a,,,99,1,,,\n", [(2, "region", "unknown_region")]),
    "an unknown value": (f"{HEAD}a,,,,6,,,\n", [(2, "A-01", "unknown_value")]),
    "a number out of range": (f"{HEAD}a,,,,,101,,\n", [(2, "A-02", "out_of_range")]),
    "no number": (f"{HEAD}a,,,,,half,,\n", [(2, "A-02", "not_a_number")]),
    "an unknown tick": (f"{HEAD}a,,,,,,x;w,\n", [(2, "A-03", "unknown_value")]),
    "none beside others": (f"{HEAD}a,,,,,,x;none,\n", [(2, "A-03", "none_and_others")]),
    "NA where it is not allowed": (f"{HEAD}a,,,,,,,NA\n", [(2, "A-04", "na_not_allowed")]),
    "an empty file": ("", [(0, "", "empty_file")]),
    "white space only": (" \n \n", [(0, "", "empty_file")]),
    "a row with too many cells": ("firm,A-01\na,3,4,5\n", [(0, "", "unreadable_rows")]),
    "an unclosed quote": ('firm,A-01\n"a,3\n', [(0, "", "unreadable_rows")]),
    "zero bytes": ("firm,A-01\na,\0\n", [(0, "", "not_a_table")]),
    "an unknown encoding": (b"firm,A-01\n\xff\xff\xff,1\n", [(0, "", "unknown_encoding")]),
    "a broken workbook": (b"PK\x03\x04 not a workbook", [(0, "", "unreadable_workbook")]),
}


@pytest.mark.parametrize(("data", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_every_fault_is_told_with_its_row_and_column(data, expected) -> None:
    with pytest.raises(AnswersRefused) as refused:
        read(data)
    assert [(fault.row, fault.column, fault.reason) for fault in refused.value.faults] == expected


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_reading() -> None:
    rows = f"{HEAD}a,huge,,,6,101,,NA\na,,,99,1,,z,2\n"
    with pytest.raises(AnswersRefused) as refused:
        read(rows)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [
        (2, "size"),
        (2, "A-01"),
        (2, "A-02"),
        (2, "A-04"),
        (3, "firm"),
        (3, "region"),
        (3, "A-03"),
    ]


def test_the_same_bad_value_is_told_in_every_row_that_holds_it() -> None:
    with pytest.raises(AnswersRefused) as refused:
        read("firm,A-01\na,9\nb,1\nc,9\n")
    assert [fault.row for fault in refused.value.faults] == [2, 4]


def test_a_repeated_firm_names_the_row_where_it_stands_first() -> None:
    with pytest.raises(AnswersRefused) as refused:
        read("firm,A-01\na,1\nb,1\na,1\n")
    assert refused.value.faults[0].detail == {"first": 2}


def test_rows_of_a_workbook_count_as_the_spreadsheet_shows_them() -> None:
    with pytest.raises(AnswersRefused) as refused:
        read(workbook([["firm", "A-01"], ["a", 1], ["b", 8]]))
    assert [(fault.row, fault.column, fault.value) for fault in refused.value.faults] == [(3, "A-01", "8")]


def test_a_header_alone_is_a_file_of_no_firms() -> None:
    file = read("firm,A-01\n")
    assert (file.firms, file.answers.size) == ((), 0)


def test_no_answer_is_kept_apart_in_the_columns() -> None:
    file = read("firm,A-01\na,NA\nb,DK\nc,DECLINE\nd,\n")
    states = (State.NA, State.DK, State.DECLINE, State.NOT_YET)
    assert file.answers["A-01"].code.tolist() == [code_of(state) for state in states]
