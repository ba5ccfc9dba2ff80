"""The editors' workbook: it comes back identical, and a fault is told by sheet, row and column."""

import io
import zipfile

import openpyxl
import pytest

from surveys.instruments import check_messages as say
from surveys.instruments.check_file import load_file
from surveys.instruments.check_source import read_source
from surveys.instruments.export import content_of
from surveys.instruments.faults import FileRefused
from surveys.instruments.workbook import to_workbook
from surveys.instruments.workbook_file import read_workbook, write_workbook
from tests.instruments.bundled import INSTRUMENT_FILES
from tests.instruments.rich import RICH

TEXTS = [RICH, *(path.read_text(encoding="utf-8") for path in INSTRUMENT_FILES)]
NAMES = ["rich", *(path.stem for path in INSTRUMENT_FILES)]


@pytest.mark.parametrize("text", TEXTS, ids=NAMES)
def test_a_workbook_comes_back_identical(text: str) -> None:
    raw = read_source(text).raw
    assert content_of(load_file(to_workbook(raw)).raw) == content_of(raw)


def edited_workbook(sheet: str, cell: str, value: object) -> bytes:
    """The sample's workbook, saved again by another program with one cell changed."""
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(read_source(RICH).raw)))
    book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def faults(data: bytes) -> list[tuple[str, str, int | None, str]]:
    with pytest.raises(FileRefused) as refused:
        load_file(data)
    return [(fault.message, fault.sheet, fault.line, fault.column) for fault in refused.value.faults]


CELLS = [
    ("items", "B4", "multiple", say.NEEDS_ONE_OF_NEAR, "kind"),
    ("items", "E3", None, say.NO_TRANSLATION, "title:zh-hans"),
    ("items", "C2", -1, say.NEEDS_NUMBER, "weight"),
    ("items", "O6", "{item: PR-44, is: x}", say.UNKNOWN_ITEM_NEAR, "ask_when"),
    ("items", "O6", "{item: [", say.BAD_YAML, "ask_when"),
    ("options", "A3", "PR-91", say.UNKNOWN_ITEM, ""),
    ("nodes", "C4", "of: [ST-01-LEVEL, ST-22]", say.UNKNOWN_NAME_NEAR, "fields"),
    ("levels", "B4", 30, say.LEVELS_FALL, "from"),
    ("gates", "B2", "top", say.UNKNOWN_LEVEL, "level"),
    ("checks", "D2", None, say.NO_TRANSLATION, "text:en"),
    ("items", "A1", "codes", say.UNKNOWN_COLUMN, "codes"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "message", "column"), CELLS)
def test_a_fault_is_told_by_its_cell(sheet: str, cell: str, value: object, message: str, column: str) -> None:
    assert (message, sheet, int(cell[1:]), column) in faults(edited_workbook(sheet, cell, value))


def test_an_edited_cell_is_taken() -> None:
    raw = load_file(edited_workbook("items", "F2", "新的题名")).raw
    assert raw["dimensions"][0]["items"][0]["title"]["en"] == "新的题名"


def test_texts_never_become_formulas() -> None:
    data = write_workbook({"a": [["head"], ["=1+1"], ["@x"], ["http://example.org"]]})
    assert read_workbook(data)["a"] == [["head"], ["=1+1"], ["@x"], ["http://example.org"]]


def test_words_that_look_like_numbers_stay_words() -> None:
    assert read_workbook(write_workbook({"a": [["3", 3]]}))["a"] == [["3", 3.0]]


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 and nothing more", say.NOT_A_WORKBOOK),
        (bomb(), say.WORKBOOK_TOO_LARGE),
        (write_workbook({"sheet": [["a"]]}), say.UNKNOWN_SHEETS),
        (write_workbook({"items": [["code"]]}), say.NO_SHEET),
    ],
    ids=["no zip", "a bomb", "other sheets", "sheets missing"],
)
def test_what_is_no_instrument_workbook_is_refused(data: bytes, message: str) -> None:
    assert message in [found[0] for found in faults(data)]
