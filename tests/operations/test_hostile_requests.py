"""What an attacker sends is refused at once, in words, and costs next to nothing."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from firms.masking import masked
from firms.models import Firm, Person
from scoring.measurements.table import read_table
from scoring.measurements.table_messages import TableRefused
from surveys.models import Assessment
from surveys.workbook.opening import WorkbookRefused, open_workbook
from tests.filling import started

SignIn = Callable[[Person], Client]
SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)


def zipped(**parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return packed.getvalue()


def test_a_body_larger_than_any_page_takes_is_refused_before_it_is_read(db: None) -> None:
    response = Client().post("/accounts/login/", data=b"", content_type="text/plain", CONTENT_LENGTH="120000000")
    assert response.status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e9", "9" * 40])
def test_a_length_that_is_none_is_refused(db: None, length: str) -> None:
    response = Client().post("/accounts/login/", data=b"", content_type="text/plain", CONTENT_LENGTH=length)
    assert response.status_code == 413


def test_a_merged_area_of_the_whole_sheet_is_refused() -> None:
    bomb = SHEET.format('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    with pytest.raises(WorkbookRefused):
        open_workbook(zipped(xl__worksheets__sheet1=bomb))


def test_millions_of_cells_are_refused_before_they_are_built() -> None:
    bomb = SHEET.format("<sheetData><row>" + "<c/>" * 200_000 + "</row></sheetData>")
    with pytest.raises(WorkbookRefused):
        open_workbook(zipped(xl__worksheets__sheet1=bomb))


@pytest.mark.parametrize("query", ["offset=99999999999999999999", "limit=0", "limit=501", "offset=-1", "limit=x"])
def test_a_page_that_cannot_be_is_a_problem_in_words(alice: Person, signed_in: SignIn, query: str) -> None:
    response = signed_in(alice).get(f"{reverse('api:firms')}?{query}")
    assert response.status_code == 422


@pytest.mark.parametrize(
    "written", ["٥٠", "0" * 10_000 + "50", "1" * 31, "5" * 400], ids=["arabic digits", "zeros", "digits", "many"]
)
def test_a_number_that_no_scale_has_is_not_stored(firm: Firm, alice: Person, signed_in: SignIn, written: str) -> None:
    assessment = started(firm, alice)
    address = reverse("answer", args=[assessment.pk, "DG-01"])
    signed_in(alice).post(address, {"DG-01-number": written, "DG-01-version": "0"})
    assert not Assessment.objects.get().answers.filter(item="DG-01").exclude(written="").exists()


def test_the_token_of_a_part_link_never_reaches_the_logs() -> None:
    assert "SeCrEt" not in masked("Forbidden (CSRF token missing.): /work/SeCrEt/")


def test_a_sheet_of_broken_tags_costs_no_more_than_its_length() -> None:
    sheet = SHEET.format("<sheetData><row>" + "<c " * 300_000 + '"e"</row></sheetData>')
    with pytest.raises(TableRefused):
        read_table(zipped(**{"xl__worksheets__sheet1.xml": sheet, "[Content_Types].xml": "<Types/>"}))
