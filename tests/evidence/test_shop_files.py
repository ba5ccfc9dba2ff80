"""CSV and Excel as they come from shops, through the pages: each read right, or refused with cell and reason."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from surveys.models import Evidence
from tests.filling import started

pytestmark = pytest.mark.django_db
# 30 values from 1010.01 to 1010.30; their mean is 1010.155.
VALUES = [1010 + step / 100 for step in range(1, 31)]
MEAN = 1010.155


def column(write, header="外径 (mm)"):
    return "\r\n".join([header, *(write(value) for value in VALUES)]) + "\r\n"


PLAIN = column("{:.2f}".format)


def grouped(value, thousands, decimal):
    return f"{value:,.2f}".translate(str.maketrans(",.", thousands + decimal))


def workbook(fill):
    book = Workbook()
    fill(book.active)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def merged(sheet):
    """A title over the whole width, then a header of two rows whose upper cell stands over two columns."""
    sheet.append(["3 号车间", None, None])
    sheet.append(["轴", None, "班次"])
    sheet.append(["外径 (mm)", "长度 (mm)", None])
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:B2")
    for value in VALUES:
        sheet.append([value, 50 + value, "甲"])


def dated(sheet):
    sheet.append(["日期", "外径 (mm)"])
    for number, value in enumerate(VALUES, 1):
        sheet.append([date(2026, 11, 1 + number % 30), value])


def blanks(sheet):
    sheet.append(["外径 (mm)"])
    for number, value in enumerate(VALUES):
        sheet.append([value if number % 10 else None])
        sheet.append([])


READ = {
    "UTF-8": (PLAIN.encode(), 30),
    "UTF-8 with its mark": (BOM_UTF8 + PLAIN.encode(), 30),
    "GB18030": (PLAIN.encode("gb18030"), 30),
    "UTF-16 LE": (BOM_UTF16_LE + PLAIN.encode("utf-16-le"), 30),
    "UTF-16 BE": (BOM_UTF16_BE + PLAIN.encode("utf-16-be"), 30),
    "decimal comma": (column(lambda value: f'"{grouped(value, " ", ",").replace(" ", "")}"').encode(), 30),
    "thousands, decimal point": (column(lambda value: f'"{grouped(value, ",", ".")}"').encode(), 30),
    "thousands, decimal comma": (column(lambda value: f"{grouped(value, '.', ',')};x", "外径 (mm);注").encode(), 30),
    "units in cells": (column(lambda value: f"{value:.2f} mm", "外径").encode(), 30),
    "full-width digits": (
        column(lambda value: f"{value:.2f}".translate(str.maketrans("0123456789", "０１２３４５６７８９"))).encode(),
        30,
    ),
    "times beside": (column(lambda value: f"2026-11-01 08:00,{value:.2f}", "时间,外径 (mm)").encode(), 30),
    "merged headers": (workbook(merged), 30),
    "dates in a column of their own": (workbook(dated), 30),
    "blanks": (workbook(blanks), 27),
}


def cells(*odd):
    """The values with others in place of those of rows 7 and following."""
    return [*VALUES[:5], *odd, *VALUES[5 + len(odd) :]]


def sheet_of(*odd):
    return workbook(lambda sheet: [sheet.append([cell]) for cell in ("外径 (mm)", *cells(*odd))])


def csv_of(*odd):
    return "\n".join(
        ["外径 (mm)", *(cell if isinstance(cell, str) else f"{cell:.2f}" for cell in cells(*odd))]
    ).encode()


REFUSED = {
    "text among numbers": (csv_of("未测"), "Row 7, column A (外径 (mm)): “未测” is text"),
    "text in a workbook": (sheet_of("OK"), "Row 7, column A (外径 (mm)): “OK” is text"),
    "a date among numbers": (sheet_of(date(2026, 10, 1)), "Row 7, column A (外径 (mm)): “2026-10-01"),
    "a date in a text file": (csv_of("2026-10-01"), "Row 7, column A (外径 (mm)): “2026-10-01”"),
    "another unit": (csv_of("39.76 in"), "Row 7, column A (外径 (mm)): “39.76 in” has another unit"),
    "a bound": (csv_of("<1010"), "Row 7, column A (外径 (mm)): “<1010” is a bound"),
    "a range": (csv_of("1010-1011"), "Row 7, column A (外径 (mm)): “1010-1011” is a range"),
    "a formula error": (sheet_of("#DIV/0!"), "Row 7, column A (外径 (mm)) holds a formula error"),
}


@pytest.fixture
def browser(signed_in, alice, settings, tmp_path):
    settings.QMS_HOME = tmp_path
    client = signed_in(alice)
    client.cookies["django_language"] = "en"
    return client


def checked_freely(browser, content):
    """The answer to sending the file to the free check and taking the proposal."""
    answer = browser.post(reverse("spc-check"), {"file": [SimpleUploadedFile("f", content)]})
    form = answer.context["mapping_form"]
    proposed = {name: value for name, value in form.initial.items() if name in form.fields}
    carried = re.search(r'name="carried" value="([^"]+)"', answer.content.decode())[1]
    fields = {**proposed, "columns": [one_of_diameter(form)], "usl": "1011", "mapping": "1", "method": "study"}
    return browser.post(reverse("spc-check"), {**fields, "carried": carried})


def kept_behind(browser, draft, content):
    """The answer to sending the file to an answer and taking the proposal."""
    sent = browser.post(reverse("measured-new", args=[draft.pk, "PR-02"]), {"file": [SimpleUploadedFile("f", content)]})
    form = browser.get(sent["Location"]).context["form"]
    proposed = {name: value for name, value in form.initial.items() if name in form.fields and value}
    fields = {**proposed, "columns": [one_of_diameter(form)], "usl": "1011"}
    return browser.post(sent["Location"], fields, follow=True)


def one_of_diameter(form):
    return next(value for value, words in form.fields["columns"].choices if "外径" in words)


@pytest.mark.parametrize("name", READ)
def test_the_free_check_reads_them(browser, name):
    content, count = READ[name]
    page = checked_freely(browser, content).context["page"]
    assert (page.n, page.unit, dict(page.facts)["Mean"][:6]) == (count, "mm", "1010.1")


@pytest.mark.parametrize("name", READ)
def test_an_answer_takes_them(browser, firm, alice, name):
    content, count = READ[name]
    summary = kept_behind(browser, started(firm, alice), content).context["row"].summary
    assert (summary["study"]["n"], summary["unit"]) == (count, "mm")
    assert summary["study"]["mean"] == pytest.approx(MEAN, abs=0.02)


@pytest.mark.parametrize("name", REFUSED)
def test_the_free_check_names_cell_and_reason(browser, name):
    content, words = REFUSED[name]
    answer = checked_freely(browser, content)
    assert answer.status_code == 422
    assert words in answer.context["faults"][0]


@pytest.mark.parametrize("name", REFUSED)
def test_the_page_of_an_answer_names_cell_and_reason(browser, firm, alice, name):
    content, words = REFUSED[name]
    answer = kept_behind(browser, started(firm, alice), content)
    assert answer.status_code == 422
    assert words in answer.context["faults"][0]


@pytest.mark.parametrize("content", ["1,234\n2,345\n3,456\n", "1,5\n2,7\n"])
def test_numbers_that_can_be_read_in_two_ways_are_asked_for(browser, content):
    answer = browser.post(reverse("spc-check"), {"file": [SimpleUploadedFile("f", content.encode())]})
    assert answer.status_code == 422
    assert "decimal" in answer.context["faults"][0]


def test_utf_16_without_its_mark_is_refused_and_not_kept(browser, firm, alice):
    sent = [SimpleUploadedFile("f", PLAIN.encode("utf-16-le"))]
    answer = browser.post(reverse("measured-new", args=[started(firm, alice).pk, "PR-02"]), {"file": sent})
    assert (answer.status_code, Evidence.objects.count()) == (422, 0)
