"""The Excel round trip: every bad cell is refused or ignored by its name, and the rest is taken."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from firms.models import Firm, Person
from surveys.library import instrument_get
from surveys.models import Assessment
from surveys.selectors import answers_of
from surveys.services import NewAnswer, answer_save
from surveys.workbook.opening import WorkbookRefused
from surveys.workbook.read import Reading, read_workbook
from surveys.workbook.write import assessment_workbook
from tests.filling import NOW, started

SignIn = Callable[[Person], Client]
Change = Callable[[Workbook], Any]
BLUEBOOK = instrument_get("bluebook")
ROW = {item.code: number for number, item in enumerate(BLUEBOOK.items, 5)}
FIRST = f"E{ROW['RD-01']}"


def workbook_of(assessment: Assessment, change: Change = lambda book: None) -> bytes:
    with override("en"):
        book = load_workbook(io.BytesIO(assessment_workbook(assessment, BLUEBOOK, answers_of(assessment), "en")))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(assessment: Assessment, data: bytes) -> Reading:
    with override("en"):
        return read_workbook(data, assessment, BLUEBOOK, answers_of(assessment))


def put(place: str, value: object, number_format: str = "General") -> Change:
    def change(book: Workbook) -> None:
        cell = book["Answers"][place]
        cell.value, cell.number_format = value, number_format

    return change


def test_what_comes_back_unchanged_changes_nothing(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    item = BLUEBOOK.item("RD-01")
    answer_save(assessment=assessment, item=item, answer=NewAnswer("NA", "=1+1"), person=alice, now=NOW)
    reading = read(assessment, workbook_of(assessment))
    assert (reading.changes, reading.refused, reading.ignored) == ([], [], [])


def test_no_cell_of_ours_is_a_formula(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)
    item = BLUEBOOK.item("RD-01")
    answer_save(assessment=assessment, item=item, answer=NewAnswer("NA", "=HYPERLINK(1)"), person=alice, now=NOW)
    book = load_workbook(io.BytesIO(workbook_of(assessment)))
    cells = [cell for row in book["Answers"].iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_a_choice_has_a_drop_down(firm: Firm, alice: Person) -> None:
    book = load_workbook(io.BytesIO(workbook_of(started(firm, alice))))
    lists = {
        str(rule.sqref): rule.formula1
        for rule in book["Answers"].data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists[FIRST] == '"1,2,3,4,5,NA,DK,DECLINE"'


@pytest.mark.parametrize(
    ("item", "value", "number_format", "written"),
    [
        ("RD-01", 3, "General", "3"),
        ("RD-01", 3.0, "General", "3"),
        ("RD-01", "３", "General", "3"),
        ("RD-01", "dk", "General", "DK"),
        ("DG-01", 62.5, "General", "62.5"),
        ("DG-01", 0.625, "0.0%", "62.5"),
        ("DG-02", "yes", "General", "yes"),
    ],
)
def test_a_cell_is_read_as_people_type_it(
    firm: Firm, alice: Person, item: str, value: object, number_format: str, written: str
) -> None:
    assessment = started(firm, alice)
    reading = read(assessment, workbook_of(assessment, put(f"E{ROW[item]}", value, number_format)))
    assert [(change.item.code, change.written) for change in reading.changes] == [(item, written)]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("=1+2", "formula"),
        ("#N/A", "not among"),
        (9, "not among"),
        ("three", "not among"),
        (True, "TRUE and FALSE"),
        (datetime(2026, 3, 2), "date"),  # noqa: DTZ001 - a spreadsheet's dates have no zone
    ],
)
def test_a_bad_cell_is_refused_by_name_and_the_others_are_taken(
    firm: Firm, alice: Person, value: object, told: str
) -> None:
    assessment = started(firm, alice)

    def change(book: Workbook) -> None:
        book["Answers"][FIRST] = value
        book["Answers"][f"E{ROW['RD-02']}"] = 4

    reading = read(assessment, workbook_of(assessment, change))
    assert [note.place for note in reading.refused] == [f"Answers!{FIRST}"]
    assert [change.item.code for change in reading.changes] == ["RD-02"]
    assert told.lower() in reading.refused[0].message.lower() or value == "#N/A"


def test_a_moved_column_is_read_where_it_stands_and_named(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)

    def change(book: Workbook) -> None:
        book["Answers"][FIRST] = 4
        book["Answers"].insert_cols(1)
        book["Answers"]["A3"], book["Answers"]["B3"] = None, "qms-survey"

    reading = read(assessment, workbook_of(assessment, change))
    assert [(change.item.code, change.written) for change in reading.changes] == [("RD-01", "4")]
    assert "Answers!F4" in [note.place for note in reading.ignored]


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        (f"B{ROW['RD-02']}", "RD-01", f"B{ROW['RD-02']}"),
        (f"B{ROW['RD-02']}", "XX-99", f"B{ROW['RD-02']}"),
        (f"B{ROW['RD-02']}", "=B5", f"B{ROW['RD-02']}"),
    ],
)
def test_a_code_that_is_not_clear_is_refused_by_name(
    firm: Firm, alice: Person, place: str, value: str, named: str
) -> None:
    assessment = started(firm, alice)
    reading = read(assessment, workbook_of(assessment, put(place, value)))
    assert [note.place for note in reading.refused] == [f"Answers!{named}"]


def test_other_sheets_and_columns_are_ignored_by_name(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)

    def change(book: Workbook) -> None:
        book.create_sheet("Notes")["A1"] = "=1"
        book["Answers"]["H4"] = "Remarks"

    reading = read(assessment, workbook_of(assessment, change))
    assert {note.place for note in reading.ignored} == {"Notes!A1", "Answers!H4"}


def test_a_reason_without_na_is_ignored_by_name(firm: Firm, alice: Person) -> None:
    assessment = started(firm, alice)

    def change(book: Workbook) -> None:
        book["Answers"][FIRST], book["Answers"][f"F{ROW['RD-01']}"] = 4, "because"

    reading = read(assessment, workbook_of(assessment, change))
    assert [note.place for note in reading.ignored] == [f"Answers!F{ROW['RD-01']}"]
    assert reading.changes[0].reason == ""


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda data: with_member(data, "xl/vbaProject.bin", b"x"), "macros"),
        (lambda data: with_member(data, "xl/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "document type"),
        (lambda data: with_member(data, "xl/x.xml", b'<?xml version="1.0" encoding="UTF-88"?><a/>'), "not a readable"),
        (lambda data: with_member(data, "xl/big.xml", b" " * (61 * 1024 * 1024)), "too large"),
        (lambda data: b"\xd0\xcf\x11\xe0" + data, "password"),
        (lambda data: data[: len(data) // 2], "not a readable"),
        (lambda data: b"item,answer\n", "not a readable"),
        (lambda data: b"x" * (6 * 1024 * 1024), "larger than 5 MB"),
    ],
)
def test_a_workbook_that_is_no_workbook_is_refused_whole(
    firm: Firm, alice: Person, spoil: Callable[[bytes], bytes], told: str
) -> None:
    assessment = started(firm, alice)
    with pytest.raises(WorkbookRefused, match=told):
        read(assessment, spoil(workbook_of(assessment)))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (put("D3", "another"), "Answers!A3"),
        (put("C3", "9.9.9"), "Answers!A3"),
        (put("A3", "mine"), "Answers!A1"),
        (put("E4", "Values"), "Answers!A12"),
    ],
)
def test_a_workbook_of_something_else_is_refused_by_cell(firm: Firm, alice: Person, change: Change, named: str) -> None:
    assessment = started(firm, alice)
    with pytest.raises(WorkbookRefused, match=named):
        read(assessment, workbook_of(assessment, change))


def upload(client: Client, assessment: Assessment, data: bytes) -> str:
    file = SimpleUploadedFile("answers.xlsx", data)
    return client.post(reverse("workbook", args=[assessment.pk]), {"file": file}).text


def test_nothing_is_stored_before_it_is_accepted(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    page = upload(signed_in(alice), assessment, workbook_of(assessment, put(FIRST, 4)))
    assert 'name="take" value="RD-01" checked' in page
    assert answers_of(assessment) == {}


def test_what_is_ticked_is_stored(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    data = {"take": ["RD-01"], "RD-01-written": "4", "RD-02-written": "5", "RD-01-version": "0"}
    signed_in(alice).post(reverse("workbook-take", args=[assessment.pk]), data)
    assert {code: row.written for code, row in answers_of(assessment).items()} == {"RD-01": "4"}


def test_what_was_changed_online_since_the_download_is_not_ticked(firm: Firm, alice: Person, signed_in: SignIn) -> None:
    assessment = started(firm, alice)
    data = workbook_of(assessment, put(FIRST, 4))
    answer_save(assessment=assessment, item=BLUEBOOK.item("RD-01"), answer=NewAnswer("2"), person=alice, now=NOW)
    page = upload(signed_in(alice), assessment, data)
    assert 'name="take" value="RD-01">' in page


def test_what_changes_between_looking_and_accepting_is_left_and_named(
    firm: Firm, alice: Person, signed_in: SignIn
) -> None:
    assessment = started(firm, alice)
    answer_save(assessment=assessment, item=BLUEBOOK.item("RD-01"), answer=NewAnswer("2"), person=alice, now=NOW)
    data = {"take": ["RD-01"], "RD-01-written": "4", "RD-01-version": "0"}
    page = signed_in(alice).post(reverse("workbook-take", args=[assessment.pk]), data, follow=True).text
    assert answers_of(assessment)["RD-01"].written == "2"
    assert "RD-01" in page
