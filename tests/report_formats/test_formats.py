"""One report in every format and language: the same figures, whole, and everything people wrote as text."""

import io
import json

import docx
import pikepdf
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from firms.models import Person
from reports.models import Report
from reports.services import report_request
from surveys.models import Assessment, Snapshot
from tests.filling import NOW
from tests.report_formats.conftest import Built
from tests.report_formats.reading import text_of, xlsx_cells

FORMATS = ("pdf", "docx", "xlsx", "json")
LANGUAGES = ("zh-hans", "en", "both")
# Published shares as they are printed; in JSON they are fractions.
SHARES = dict.fromkeys(FORMATS, ("16", "13.9", "19.6", "21.9")) | {"json": ("0.16", "0.139", "0.196", "0.219")}
# What must come out as it went in: typesetting, markup, formulas, directions, pictures, nothing at all.
NASTY = (
    '#import "x" $x^2$ *a* _b_ `c` @d <e>',
    "<script>alert(1)</script>&amp;<img src=x onerror=y>",
    '=HYPERLINK("http://x")',
    "+1-2@3",
    "עברית \u202e abc \u202c",
    "工厂😀机械",
    "零\u200b宽\u200d字",
    "长" * 200,
)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_tells_firm_index_level_and_published_figures(
    built: Built, assessment: Assessment, format: str, language: str
) -> None:
    text = squeezed(text_of(built(format=format, language=language)[1], format))
    assert squeezed(assessment.snapshot.firm_name) in text
    assert f"{int(assessment.result.index)}." in text
    assert [share for share in SHARES[format] if share not in text] == []


@pytest.mark.parametrize("format", FORMATS)
def test_both_languages_are_whole(built: Built, format: str) -> None:
    alone = {language: text_of(built(format=format, language=language)[1], format) for language in ("zh-hans", "en")}
    both = squeezed(text_of(built(format=format, language="both")[1], format))
    assert ("设计质量" in alone["zh-hans"] and "设计质量" in both) is True
    assert ("Design quality" in alone["en"] and "Designquality" in both) is True


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("format", FORMATS)
def test_what_people_write_comes_out_as_text(built: Built, assessment: Assessment, nasty: str, format: str) -> None:
    Snapshot.objects.filter(assessment=assessment).update(firm_name=nasty)
    text = squeezed(text_of(built(format=format)[1], format))
    plain = "".join(character if character.isascii() else " " for character in nasty).split()
    assert [run for run in plain if len(run) > 3 and run not in text] == []


def test_no_cell_of_a_workbook_is_a_formula(built: Built, assessment: Assessment) -> None:
    Snapshot.objects.filter(assessment=assessment).update(firm_name='=HYPERLINK("http://x")')
    cells = list(xlsx_cells(built(format="xlsx")[1]))
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_a_word_file_has_real_headings_and_tables(built: Built) -> None:
    document = docx.Document(io.BytesIO(built(format="docx")[1]))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "Heading 2"} <= styles
    assert len(document.tables) > 3


def test_chinese_in_a_word_file_has_a_chinese_font(built: Built) -> None:
    document = docx.Document(io.BytesIO(built(format="docx")[1]))
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_is_tagged_titled_and_has_its_fonts(built: Built, language: str) -> None:
    with pikepdf.open(io.BytesIO(built(language=language)[1])) as pdf:
        about = pdf.open_metadata()
        assert (bool(pdf.Root.MarkInfo.Marked), bool(pdf.Root.Lang)) == (True, True)
        assert (about["pdfuaid:part"], about["pdfaid:part"], about["pdfaid:conformance"]) == ("1", "2", "A")
        fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
        embedded = [one.DescendantFonts[0].FontDescriptor for one in fonts if "/DescendantFonts" in one]
    assert len(embedded) == len(fonts) > 0


def test_chosen_sections_are_told_and_the_others_are_not(built: Built) -> None:
    data = built(format="json", sections=["benchmarks"])[1]
    told = json.loads(data)
    assert ("indicators" in told, "next_steps" in told, "dimensions" in told) == (True, False, False)


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_a_report_of_one_section_is_shorter(built: Built, format: str) -> None:
    whole = text_of(built(format=format)[1], format)
    part = text_of(built(format=format, sections=["benchmarks"])[1], format)
    assert len(part) < len(whole) * 0.7


def test_the_same_order_gives_the_same_report(assessment: Assessment, alice: Person) -> None:
    orders = [
        report_request(assessment=assessment, language="en", person=alice, now=NOW, format="docx", sections=sections)
        for sections in (["next", "summary"], ["summary", "next"], ["summary", "next", "next"])
    ]
    assert len({order.pk for order in orders}) == 1


def test_another_format_is_another_report(assessment: Assessment, alice: Person) -> None:
    for format in FORMATS:
        report_request(assessment=assessment, language="en", person=alice, now=NOW, format=format)
    assert Report.objects.count() == 4


def test_the_figures_of_all_formats_have_one_hash(built: Built) -> None:
    hashes = {built(format=format, language=language)[0].figures_hash for format in FORMATS for language in LANGUAGES}
    assert len(hashes) == 1


def test_a_report_built_again_tells_the_same_figures(built: Built, assessment: Assessment, alice: Person) -> None:
    first = built()[0].figures_hash
    Report.objects.update(state=Report.State.EXPIRED)
    assert built()[0].figures_hash == first


@pytest.mark.parametrize("format", FORMATS)
def test_the_command_gives_every_format(assessment: Assessment, tmp_path: object, format: str) -> None:
    out = tmp_path / f"report.{format}"  # type: ignore[operator]
    call_command("report", str(assessment.pk), "--format", format, "--lang", "both", "--out", str(out))
    assert assessment.snapshot.firm_name in text_of(out.read_bytes(), format).replace("\n", "")


def test_the_page_orders_any_format(
    assessment: Assessment, alice: Person, signed_in: object, django_capture_on_commit_callbacks: object
) -> None:
    order = {"language": "both", "format": "xlsx", "sections": ["summary", "next"]}
    signed_in(alice).post(reverse("report-order", args=[assessment.pk]), order)  # type: ignore[operator]
    report = Report.objects.get()
    assert (report.format, report.language, report.sections) == ("xlsx", "both", "summary,next")


@pytest.mark.parametrize("wrong", [{"format": "exe"}, {"sections": ["secrets"]}, {"language": "xx"}])
def test_an_order_that_is_not_understood_is_refused(
    assessment: Assessment, alice: Person, signed_in: object, wrong: dict[str, object]
) -> None:
    address = reverse("report-order", args=[assessment.pk])
    response: Client = signed_in(alice).post(address, {"language": "en"} | wrong)  # type: ignore[operator]
    assert (response.status_code, Report.objects.count()) == (400, 0)  # type: ignore[attr-defined]


def test_a_stranger_orders_nothing(assessment: Assessment, charlie: Person, signed_in: object) -> None:
    address = reverse("report-order", args=[assessment.pk])
    response = signed_in(charlie).post(address, {"language": "en", "format": "docx"})  # type: ignore[operator]
    assert response.status_code == 404
