"""A few bytes that name a far cell are refused before the reader of workbooks allocates what lies in between."""

import io
import zipfile

import pytest
import xlsxwriter

from surveys.instruments.answers_file import AnswersRefused, cells_of
from surveys.instruments.faults import FileRefused
from surveys.instruments.workbook_extent import NoSheet, Reach, largest_reach, reach
from surveys.instruments.workbook_file import read_workbook
from tests.fuzz.corpus import zipped

SHEET = "xl/worksheets/sheet1.xml"


def workbook(**parts: bytes) -> bytes:
    """A good workbook with some parts put in place of its own."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        book.add_worksheet("survey").write(0, 0, "firm")
    with zipfile.ZipFile(kept) as archive:
        good = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**good, **parts})


def with_cell(place: str) -> bytes:
    cell = f'<worksheet><sheetData><row r="1"><c r="A1"/><c r="{place}"/></row></sheetData></worksheet>'
    return workbook(**{SHEET: cell.encode()})


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (b"", Reach()),
        (b'<row r="2"><c r="C2"/></row>', Reach(2, 3)),
        (b"<row r='7'><c r='AA7'></c></row>", Reach(7, 27)),
        (b'<row r="1"><c r="A1"/><c/><c/></row>', Reach(1, 4)),
        (b'<x:row r="3"><x:c r="B3"/></x:row>', Reach(3, 2)),
        (b'<row r="1"><c r="A1" r="XFD9"/>', Reach(9, 16384)),
    ],
)
def test_the_reach_of_a_sheet(sheet: bytes, expected: Reach) -> None:
    assert reach(sheet) == expected


@pytest.mark.parametrize("sheet", [b'<c r="AAAA1"/>', b'<c r="A12345678"/>', b"\xff\xfe<\0c\0", b"<\0c\0"])
def test_a_place_outside_every_sheet_is_none(sheet: bytes) -> None:
    with pytest.raises(NoSheet):
        reach(sheet)


def test_a_good_workbook_reaches_as_far_as_it_is_written() -> None:
    assert largest_reach(workbook()) == 1


@pytest.mark.parametrize("place", ["XFD1048576", "ZZZ9999999", "A" * 5000 + "1", "A99999999999999"])
def test_a_far_cell_is_refused_in_an_answers_file(place: str) -> None:
    with pytest.raises(AnswersRefused):
        cells_of(with_cell(place))


@pytest.mark.parametrize("place", ["XFD1048576", "ZZZ9999999", "A" * 5000 + "1", "A99999999999999"])
def test_a_far_cell_is_refused_in_an_instrument(place: str) -> None:
    with pytest.raises(FileRefused):
        read_workbook(with_cell(place))


def test_a_sheet_under_another_name_is_looked_through_too() -> None:
    with pytest.raises(FileRefused):
        read_workbook(workbook(**{"xl/media/picture.png": b'not XML <c r="XFD1048576"/>'}))


@pytest.mark.parametrize("other", ["xl/workbook.bin", "content.xml"])
def test_other_kinds_of_workbook_are_refused(other: str) -> None:
    with pytest.raises(FileRefused):
        read_workbook(workbook(**{other: b""}))


def test_an_old_workbook_is_refused() -> None:
    with pytest.raises(FileRefused):
        read_workbook(b"\xd0\xcf\x11\xe0" + b"\0" * 600)


def test_many_names_for_one_sheet_are_counted_as_they_are_read() -> None:
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c><c r="J%d"><v>1</v></c></row>' % (n, n, n) for n in range(1, 9001)
    )
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 200))
    index = f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>'
    data = workbook(
        **{SHEET: b"<worksheet><sheetData>%s</sheetData></worksheet>" % rows, "xl/workbook.xml": index.encode()}
    )
    with pytest.raises(FileRefused) as caught:
        read_workbook(data)
    assert "more than can be read" in caught.value.faults[0].message


def test_a_part_packed_another_way_and_damaged_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>" * 50)
    data = bytearray(packed.getvalue())
    start = data.index(b"workbook.xml") + len("workbook.xml") + 12
    data[start : start + 8] = b"\xff" * 8
    with pytest.raises(NoSheet):
        largest_reach(bytes(data))
