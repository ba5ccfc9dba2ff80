"""The free check: a file in, a proposal to confirm, results out; nothing stored, every refusal in words."""

import re
from io import BytesIO
from statistics import NormalDist

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from reports.measurements import files, limiting
from tests.qif.build import Char, Res, Row, document

pytestmark = pytest.mark.django_db
VALUES = [round(NormalDist(10, 0.02).inv_cdf(((37 * step) % 60 + 0.5) / 60), 4) for step in range(60)]
CSV = "No,Diameter 10±0.1 (mm)\n" + "".join(f"{row},{value}\n" for row, value in enumerate(VALUES, 1))


@pytest.fixture
def browser(client):
    client.cookies["django_language"] = "en"
    return client


def send(browser, *contents, **fields):
    sent = [SimpleUploadedFile(f"file{number}.csv", content) for number, content in enumerate(contents)]
    return browser.post(reverse("spc-check"), {"file": sent, **fields} if sent else fields)


def carried(answer):
    return re.search(r'name="carried" value="([^"]+)"', answer.content.decode())[1]


def confirmed(browser, answer, **fields):
    form = answer.context["mapping_form"]
    proposed = {name: value for name, value in form.initial.items() if name in form.fields}
    return send(browser, **{**proposed, "mapping": "1", "carried": carried(answer), **fields})


def test_a_stranger_sees_the_page(browser):
    assert "Choose a file" in browser.get(reverse("spc-check")).content.decode()


def test_columns_limits_and_unit_are_proposed(browser):
    form = send(browser, CSV.encode()).context["mapping_form"]
    proposed = {name: form.initial[name] for name in ("columns", "lsl", "usl", "target", "unit")}
    assert proposed == {"columns": ["B"], "lsl": "9.9", "usl": "10.1", "target": "10", "unit": "mm"}


def test_the_confirmed_proposal_gives_the_figures(browser):
    page = confirmed(browser, send(browser, CSV.encode())).context["page"]
    assert page.n == 60
    assert [row.name for row in page.indices[:5]] == ["Ppk", "Pp", "Cpk", "Cp", "Cpm"]
    assert all(row.method and row.interval for row in page.indices[:5])


def test_every_chart_is_on_the_page_in_two_widths(browser):
    text = confirmed(browser, send(browser, CSV.encode())).content.decode()
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg"') == 8


def test_row_numbers_are_not_taken_for_values(browser):
    form = send(browser, b"n,x\n" + b"".join(b"%d,%d.5\n" % (row, row % 7) for row in range(1, 30))).context[
        "mapping_form"
    ]
    assert form.initial["columns"] == ["B"]


def test_columns_of_one_stem_are_the_rows_of_subgroups(browser):
    table = b"group,x1,x2,x3\n" + b"".join(b"%d,1.%d,1.%d,1.%d\n" % (r, r % 7, r % 5, r % 3) for r in range(1, 30))
    answer = send(browser, table)
    assert answer.context["mapping_form"].initial["columns"] == ["B", "C", "D"]
    page = confirmed(browser, answer, usl="3").context["page"]
    assert page.facts[0][1] == "29 subgroups of 3"


def test_limits_in_columns_of_their_own_are_proposed(browser):
    table = "直径,下限,上限\n" + "".join(f"{value},9.9,10.2\n" for value in VALUES)
    form = send(browser, table.encode("gb18030")).context["mapping_form"]
    assert (form.initial["columns"], form.initial["lsl"], form.initial["usl"]) == (["A"], "9.9", "10.2")


def test_text_among_the_numbers_is_refused_with_its_cell(browser):
    answer = send(browser, CSV.replace("30,", "30,broken ", 1).encode())
    refused = confirmed(browser, answer)
    assert refused.status_code == 422
    assert "Row 31, column B" in refused.context["faults"][0]


def test_a_workbook_is_read(browser):
    book, stream = Workbook(), BytesIO()
    for row in [("x",), *((value,) for value in VALUES)]:
        book.active.append(row)
    book.save(stream)
    page = confirmed(browser, send(browser, stream.getvalue()), usl="10.1").context["page"]
    assert page.n == 60


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"%PDF-1.7", "neither CSV, XLSX nor QIF"),
        (b"<?xml version='1.0'?><Other/>", "so it is not QIF"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><QIFDocument/>", "document type or entities"),
    ],
)
def test_files_that_cannot_be_read_are_refused_in_words(browser, content, words):
    answer = send(browser, content)
    assert answer.status_code == 422
    assert words in answer.context["faults"][0]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"lsl": "", "usl": ""}, "There is no specification limit"),
        ({"lsl": "11", "usl": "9"}, "is not below the upper limit"),
        ({"lsl": "9,9", "usl": "abc"}, "Enter a number"),
        ({"subgroup": "A", "subgroup_size": "5"}, "Choose a column or a number of rows"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_sent_back(browser, limits, words):
    answer = confirmed(browser, send(browser, CSV.encode()), target="", **limits)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_decimal_comma_is_taken_in_the_limits(browser):
    page = confirmed(browser, send(browser, CSV.encode()), lsl="9,9", usl="10，1").context["page"]
    assert page.indices[1].value != ""


def test_a_required_ppk_is_judged(browser):
    page = confirmed(browser, send(browser, CSV.encode()), required_ppk="0.5").context["page"]
    assert (page.outcome, len(page.reasons)) == ("supported", 1)


def test_a_changed_carried_file_is_refused(browser):
    answer = send(browser, CSV.encode())
    refused = send(browser, mapping="1", carried=carried(answer)[:-1] + "x")
    assert (refused.status_code, refused.context["faults"]) == (
        422,
        ("The page is older than two hours. Choose the file again.",),
    )


def test_a_file_too_large_for_the_form_is_chosen_again(browser, monkeypatch):
    monkeypatch.setattr(files, "MOST_CARRIED", 10)
    answer = send(browser, CSV.encode())
    assert answer.context["carried"] is None
    again = send(browser, CSV.encode(), mapping="1", columns="B", usl="10.1")
    assert again.context["page"].n == 60


def test_too_many_bytes_are_refused_before_reading(browser):
    answer = send(browser, b"x" * (files.MOST_BYTES + 1))
    assert answer.status_code == 422
    assert "Up to 10 MB" in answer.content.decode()


def test_one_address_is_slowed_down(browser, monkeypatch):
    monkeypatch.setattr(limiting, "MOST_REQUESTS", 1)
    assert [send(browser, CSV.encode()).status_code for _ in range(2)] == [200, 429]


def test_tables_and_qif_are_not_mixed(browser):
    answer = send(browser, CSV.encode(), CSV.encode())
    assert "only when all of them are QIF" in answer.context["faults"][0]


def test_nothing_is_stored(browser):
    with CaptureQueriesContext(connection) as asked:
        confirmed(browser, send(browser, CSV.encode()))
    written = [each["sql"] for each in asked if re.match("INSERT|UPDATE|DELETE", each["sql"])]
    assert [sql for sql in written if '"rate_limits"' not in sql] == []


def test_hostile_headers_come_out_as_text(browser):
    answer = confirmed(browser, send(browser, CSV.replace("Diameter", "<script>alert(1)</script>").encode()))
    assert "<script>alert" not in answer.content.decode()


def qif_of(values, statistics=""):
    rows = tuple(Res(100 + n, (Row(200 + n, 1, f"{value:.4f}"),)) for n, value in enumerate(values))
    return document(chars=(Char(1, name="Bore"),), results=rows, statistics=statistics)


def test_the_limits_of_a_qif_file_are_proposed(browser):
    form = send(browser, qif_of(value - 8 for value in VALUES)).context["mapping_form"]
    assert (form.initial["lsl"], form.initial["usl"], form.initial["target"]) == ("1.8", "2.2", "2")


def test_several_qif_files_are_joined(browser):
    halves = [qif_of(value - 8 for value in part) for part in (VALUES[:30], VALUES[30:])]
    page = confirmed(browser, send(browser, *halves)).context["page"]
    assert page.n == 60


def test_columns_of_a_table_with_numbers_are_offered_with_examples(browser):
    form = send(browser, CSV.encode()).context["mapping_form"]
    assert [label.split(" · ")[1] for _, label in form.fields["columns"].choices] == ["60", "60"]
