"""XLSForm: pyxform, the reference implementation, accepts the export, and the export comes back identical."""

import io
import shutil

import openpyxl
import pytest
from pyxform.xls2xform import convert

from surveys.instruments import check_messages as say
from surveys.instruments.check_file import load_file
from surveys.instruments.check_source import read_source
from surveys.instruments.export import content_of
from surveys.instruments.faults import FileRefused
from surveys.instruments.workbook_file import body_of, read_workbook
from surveys.instruments.xlsform import to_xlsform
from surveys.instruments.xlsform_convention import convention_faults
from tests.instruments.bundled import INSTRUMENT_FILES
from tests.instruments.rich import RICH

TEXTS = [RICH, *(path.read_text(encoding="utf-8") for path in INSTRUMENT_FILES)]
NAMES = ["rich", *(path.stem for path in INSTRUMENT_FILES)]
SURVEY = {row.cells["name"]: row.cells for row in body_of(read_workbook(to_xlsform(read_source(RICH).raw))["survey"])
          if "name" in row.cells}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=NAMES)
def test_an_export_comes_back_identical(text: str) -> None:
    raw = read_source(text).raw
    assert content_of(load_file(to_xlsform(raw)).raw) == content_of(raw)


@pytest.mark.parametrize("text", TEXTS, ids=NAMES)
def test_pyxform_accepts_an_export_without_a_warning(text: str) -> None:
    # Where Java is, pyxform also runs the ODK validator that it carries.
    result = convert(to_xlsform(read_source(text).raw), file_type=".xlsx", validate=shutil.which("java") is not None)
    assert result.warnings == []
    assert "<h:html" in result.xform


def edited_form(sheet: str, cell: str, value: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsform(read_source(RICH).raw)))
    book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_what_was_edited_elsewhere_is_taken() -> None:
    items = load_file(edited_form("survey", "D4", "Watched how?")).raw["dimensions"][0]["items"]
    assert items[0]["stem"]["en"] == "Watched how?"


def faults(data: bytes) -> list[tuple[str, str, int | None, str]]:
    with pytest.raises(FileRefused) as refused:
        load_file(data)
    return [(fault.message, fault.sheet, fault.line, fault.column) for fault in refused.value.faults]


CELLS = [
    ("survey", "C5", None, say.NO_TRANSLATION, "label::中文 (zh)"),
    ("survey", "H8", "${PR-04} = 'maybe'", say.X_NO_VALUE, "relevant"),
    ("survey", "H8", "count(${PR-04}) > 1", say.X_NOT_READ, "relevant"),
    ("survey", "A9", "date", say.XLS_TYPE, "type"),
    ("qms_gates", "B2", "top", say.UNKNOWN_LEVEL, "level"),
    ("qms_nodes", "C4", "of: [ST-22]", say.UNKNOWN_NAME_NEAR, "fields"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "message", "column"), CELLS)
def test_a_fault_is_told_by_its_cell(sheet: str, cell: str, value: object, message: str, column: str) -> None:
    assert (message, sheet, int(cell[1:]), column) in faults(edited_form(sheet, cell, value))


def test_a_form_against_the_convention_is_refused_with_its_row() -> None:
    data = edited_form("survey", "B5", "not a name")
    assert [(fault.message, fault.sheet, fault.line) for fault in convention_faults(data)] == [
        (say.XLS_CONVENTION, "survey", 5)
    ]


def test_every_select_question_offers_the_ways_to_give_no_answer() -> None:
    rows = body_of(read_workbook(to_xlsform(read_source(RICH).raw))["choices"])
    offered = [row.cells["name"] for row in rows if row.cells["list_name"] == "PR-01"]
    assert offered == [1, 2, 3, 4, 5, "NA", "DK", "DECLINE"]
    assert "NA" not in [row.cells["name"] for row in rows if row.cells["list_name"] == "PR-02"]


def test_branching_becomes_a_condition_in_which_dont_know_counts_as_the_lowest_answer() -> None:
    assert SURVEY["PR-05"]["relevant"] == "${PR-04} = 'yes'"
    assert SURVEY["PR-06"]["relevant"] == (
        "((${PR-01} <= 3 or ${PR-01} = 'DK') or (selected(${PR-03}, 'spc') and not(${PR-02} = 'none')))"
    )


def test_a_number_keeps_its_range_as_a_constraint() -> None:
    assert SURVEY["PR-06"]["constraint"] == ". >= 0 and . <= 5"


def test_none_of_these_cannot_be_ticked_with_others() -> None:
    assert "selected(., 'none')" in str(SURVEY["PR-03"]["constraint"])
