"""The free check beyond measured values: gauge studies, counts, declared indices, sheets of a workbook."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from reports.measurements import files
from tests.evidence.world import VALUES, counts_table, gauge_table, table
from tests.qif.build import Char, Res, Row, document, study_results

pytestmark = pytest.mark.django_db

# Ten parts, three appraisers, three trials: the example of the AIAG manual Measurement Systems Analysis.
AIAG = """
 0.29  0.41  0.64 |  0.08  0.25  0.07 |  0.04 -0.11 -0.15
-0.56 -0.68 -0.58 | -0.47 -1.22 -0.68 | -1.38 -1.13 -0.96
 1.34  1.17  1.27 |  1.19  0.94  1.34 |  0.88  1.09  0.67
 0.47  0.50  0.64 |  0.01  1.03  0.20 |  0.14  0.20  0.11
-0.80 -0.92 -0.84 | -0.56 -1.20 -1.28 | -1.46 -1.07 -1.45
 0.02 -0.11 -0.21 | -0.20  0.22  0.06 | -0.29 -0.67 -0.49
 0.59  0.75  0.66 |  0.47  0.55  0.83 |  0.02  0.01  0.21
-0.31 -0.20 -0.17 | -0.63  0.08 -0.34 | -0.46 -0.56 -0.49
 2.26  1.99  2.01 |  1.80  2.12  2.19 |  1.77  1.45  1.87
-1.36 -1.25 -1.31 | -1.68 -1.62 -1.50 | -1.49 -1.77 -2.16
"""


@pytest.fixture
def browser(client):
    client.cookies["django_language"] = "en"
    return client


def send(browser, *contents, **fields):
    sent = [SimpleUploadedFile(f"file{number}", content) for number, content in enumerate(contents)]
    return browser.post(reverse("spc-check"), {"file": sent, **fields} if sent else fields)


def confirmed(browser, answer, **fields):
    form = answer.context["mapping_form"]
    proposed = {name: value for name, value in form.initial.items() if name in form.fields}
    carried = re.search(r'name="carried" value="([^"]+)"', answer.content.decode())[1]
    method = {"method": answer.context["method"]}
    return send(browser, **{**proposed, **method, "mapping": "1", "carried": carried, **fields})


def aiag():
    cells = [
        f"{part},{who},{value}"
        for part, line in enumerate(AIAG.strip().splitlines(), 1)
        for who, trials in zip("ABC", line.split("|"), strict=True)
        for value in trials.split()
    ]
    return ("Part,Appraiser,Value\n" + "\n".join(cells) + "\n").encode()


@pytest.mark.parametrize(
    ("content", "method"),
    [(table(), "study"), (counts_table([1, 2, 3]), "counts"), (gauge_table(), "gauge")],
)
def test_the_headers_show_what_a_file_is_good_for(browser, content, method):
    assert send(browser, content).context["method"] == method


def test_the_same_file_may_be_read_in_another_way(browser):
    answer = send(browser, counts_table([1, 2, 3]))
    carried = re.search(r'name="carried" value="([^"]+)"', answer.content.decode())[1]
    assert send(browser, carried=carried, method="study").context["method"] == "study"


def test_the_manuals_gauge_study_comes_out_on_the_page(browser):
    page = confirmed(browser, send(browser, aiag())).context["page"]
    sigmas = {name: sigma for name, sigma, *_shares in page.components}
    assert sigmas["Repeatability and reproducibility (GRR)"] == "0.30237"
    assert sigmas["Repeatability (EV)"] == "0.19993"
    assert ("Distinct categories (ndc)", "4") in page.facts


@pytest.mark.parametrize(
    ("tolerance", "judgement"),
    [
        ("40", "GRR 4.5 %: acceptable (below 10 %)."),
        ("8", "GRR 22.7 %: not decidable, for its 95 % interval holds the bound of 30 %."),
        ("1.5", "GRR 120.9 %: not acceptable (above 30 %)."),
    ],
)
def test_a_tolerance_adds_its_shares(browser, tolerance, judgement):
    answer = confirmed(browser, send(browser, aiag()), tolerance=tolerance)
    assert "% of tolerance" in answer.content.decode()
    assert answer.context["page"].judgement == judgement


def test_the_interval_of_grr_is_told_with_its_method(browser):
    facts = dict(confirmed(browser, send(browser, aiag()), tolerance="8").context["page"].facts)
    assert facts["Confidence interval of GRR"].startswith(
        "17.1 % to 109.3 % at a confidence of 95 %; modified large sample method"
    )


def test_an_unbalanced_gauge_study_is_refused_in_words(browser):
    lines = aiag().splitlines()
    answer = confirmed(browser, send(browser, b"\n".join(lines[:-1])))
    assert "Every appraiser must measure every part equally often" in answer.context["faults"][0]


def test_three_different_columns_are_needed(browser):
    answer = confirmed(browser, send(browser, aiag()), part="B")
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (counts_table([1, 2, 3], sizes=50), "np"),
        (b"n,rejected\n50,1\n60,2\n70,3\n", "p"),
        (b"defects,line\n1,a\n2,b\n4,c\n", "c"),
        ("检验数,缺陷数\n50,1\n60,2\n70,3\n".encode(), "u"),
    ],
)
def test_the_kind_of_chart_is_proposed(browser, content, kind):
    assert send(browser, content).context["mapping_form"].initial["kind"] == kind


@pytest.mark.parametrize("kind", ["p", "np", "c", "u"])
def test_counts_are_charted_with_the_point_beyond_the_limits(browser, kind):
    counts = [2, 3, 1, 2, 30, 2, 3, 2, 1, 3]
    page = confirmed(browser, send(browser, counts_table(counts)), kind=kind).context["page"]
    assert [(row.rule, row.points) for row in page.signals] == [("limit", "5")]
    assert len(page.pictures) == 1


def test_limits_follow_the_sample_sizes(browser):
    page = confirmed(browser, send(browser, b"n,rejected\n50,1\n60,2\n70,3\n")).context["page"]
    assert ("Control limits", "one pair for each sample size") in page.facts


@pytest.mark.parametrize(("sizes", "size", "status"), [("", "", 422), ("", "80", 200), ("", "0", 422)])
def test_a_p_chart_needs_sizes(browser, sizes, size, status):
    answer = confirmed(browser, send(browser, counts_table([1, 2, 3])), kind="p", sizes=sizes, size=size)
    assert answer.status_code == status


def test_more_rejects_than_items_are_refused_with_their_place(browser):
    answer = confirmed(browser, send(browser, b"n,rejected\n50,1\n60,99\n70,3\n"))
    assert "Sample 2" in answer.context["faults"][0]


def declared(ppk):
    """20 diameters from 1.95 to 2.045 in even steps, limits 1.8 and 2.2, and the Ppk that the file declares."""
    rows = tuple(Res(100 + n, (Row(300 + n, 1, f"{1.95 + (7 * n) % 20 * 0.005:.4f}"),)) for n in range(20))
    statistics = study_results("3.0", figures={"Ppk": ppk}, measured=tuple(range(300, 320)))
    return document(chars=(Char(1, name="Bore"),), results=rows, statistics=statistics)


@pytest.mark.parametrize(("ppk", "told"), [("2.23", "✓ supported"), ("4.5", "✗ not supported by the data")])
def test_what_a_qif_file_declares_stands_against_its_own_data(browser, ppk, told):
    answer = send(browser, declared(ppk))
    row = answer.context["declared"][0]
    assert (row.name, row.index, row.declared) == ("Bore", "Ppk", ppk)
    assert told in answer.content.decode()


def workbook():
    book, stream = Workbook(), BytesIO()
    book.active.title = "Notes"
    book.active.append(["Remarks"])
    book.active.append(["see next sheet"])
    sheet = book.create_sheet("直径")
    sheet.append(["Diameter (mm)"])
    for value in VALUES:
        sheet.append([value])
    book.save(stream)
    return stream.getvalue()


def test_the_sheet_of_a_workbook_may_be_named(browser):
    answer = send(browser, workbook(), sheet="直径")
    page = confirmed(browser, answer, sheet="直径", lsl="9.9").context["page"]
    assert page.n == 60


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(browser):
    answer = send(browser, workbook(), sheet="Width")
    assert answer.status_code == 422
    assert "直径" in answer.context["faults"][0]


def test_only_workbooks_ask_for_a_sheet(browser):
    forms = [
        send(browser, content, **more).context["mapping_form"]
        for content, more in ((table(), {}), (workbook(), {"sheet": "直径"}))
    ]
    assert ["sheet" in form.fields for form in forms] == [False, True]


def test_the_method_stays_with_a_file_too_large_to_travel(browser, monkeypatch):
    monkeypatch.setattr(files, "MOST_CARRIED", 10)
    answer = send(browser, gauge_table(), method="counts")
    assert 'name="method" value="counts"' in answer.content.decode()
