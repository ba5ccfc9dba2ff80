"""A look in PDF, Word and Excel: what its owner wrote comes out as text, and the file stays what it has to be."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import docx
import pikepdf
import pytest

from reports.brand.logo import logo_read
from reports.builders.brand import Look, brand_told
from reports.builders.language import Language
from reports.builders.model import ReportModel
from reports.typesetting import typeset
from reports.writing import write_docx, write_json, write_xlsx
from tests.brand.pictures import drawn, opened, saved
from tests.builders.pdf_reading import pages_of, squeezed, tags
from tests.builders.sample import bare, sample
from tests.report_formats.reading import docx_text, pdf_text, xlsx_cells, xlsx_text
from tests.report_formats.test_formats import NASTY

LOGO = logo_read(saved(drawn()))
LEAN = Look(
    name="精益顾问",
    contact="0512-6288",
    title_zh="年度诊断",
    title_en="Annual diagnosis",
    text_zh="感谢参与。",
    text_en="Thank you.",
    footer="版权所有 2026",
    accent="#7a1f4a",
    logo=LOGO,
)
LANGUAGES: dict[str, tuple[Language, ...]] = {"zh-hans": ("zh-hans",), "en": ("en",), "both": ("zh-hans", "en")}
every_language = pytest.mark.parametrize("language", LANGUAGES)
WRITERS: dict[str, tuple[Callable[..., bytes], Callable[[bytes], str]]] = {
    "pdf": (lambda models: typeset(*models), pdf_text),
    "docx": (write_docx, docx_text),
    "xlsx": (write_xlsx, xlsx_text),
}


def models(look: Look | None, language: str) -> list[ReportModel]:
    return [replace(sample(one), brand=look and brand_told(look, one)) for one in LANGUAGES[language]]


@cache
def written(format: str, language: str = "zh-hans", look: Look | None = LEAN) -> bytes:
    return WRITERS[format][0](models(look, language))


def everywhere(text: str) -> Look:
    """The same words in every place that takes words."""
    return Look(
        name=text, contact=text, title_zh=text, title_en=text, text_zh=text, text_en=text, footer=text, logo=LOGO
    )


@every_language
@pytest.mark.parametrize("format", WRITERS)
def test_name_contact_and_title_stand_in_every_format(format: str, language: str) -> None:
    text = squeezed(WRITERS[format][1](written(format, language)))
    title = {"en": "Annualdiagnosis"}.get(language, "年度诊断")
    assert [part for part in ("精益顾问", "0512-6288", title) if part not in text] == []


@every_language
def test_the_platforms_name_its_own_title_and_the_number_stay_on_the_cover(language: str) -> None:
    cover, about = squeezed(pages_of(written("pdf", language))[0]), sample(LANGUAGES[language][0]).provenance
    title = {"en": "Self-AssessmentReport"}.get(language, "自评报告")
    assert [part for part in (squeezed(about.publisher), about.report_id, title) if part not in cover] == []


@every_language
@pytest.mark.parametrize("look", [None, LEAN])
def test_every_page_after_the_cover_has_number_and_foot(language: str, look: Look | None) -> None:
    feet = [sample("en").provenance.report_id, squeezed(look.footer) if look else ""]
    others = [squeezed(page) for page in pages_of(written("pdf", language, look))[1:]]
    assert [number for number, page in enumerate(others, 2) if any(part not in page for part in feet)] == []


@every_language
def test_a_pdf_with_a_look_is_still_accessible_and_fit_for_an_archive(language: str) -> None:
    with pikepdf.open(io.BytesIO(written("pdf", language))) as pdf:
        about = pdf.open_metadata()
        assert (bool(pdf.Root.MarkInfo.Marked), bool(pdf.Root.Lang)) == (True, True)
        assert (about["pdfuaid:part"], about["pdfaid:part"], about["pdfaid:conformance"]) == ("1", "2", "A")


@pytest.mark.parametrize(("language", "spoken"), [("zh-hans", "精益顾问的标识"), ("en", "Logo of 精益顾问")])
def test_the_logo_has_an_alternative_text(language: str, spoken: str) -> None:
    figures = [given.get("/Alt") for role, given in tags(written("pdf", language)) if role == "/Figure"]
    described = docx.Document(io.BytesIO(written("docx", language))).inline_shapes[0]._inline.docPr.get("descr")
    assert (figures[0], described) == (spoken, spoken)


def test_the_logo_in_a_word_file_is_the_picture_that_this_site_made() -> None:
    with zipfile.ZipFile(io.BytesIO(written("docx"))) as packed:
        pictures = [packed.read(name) for name in packed.namelist() if name.startswith("word/media/")]
    assert LOGO in pictures


def test_the_accent_colours_headings_in_word_and_heads_in_excel() -> None:
    heading = docx.Document(io.BytesIO(written("docx"))).styles["Heading 2"].font.color.rgb
    fills = {str(cell.fill.fgColor.rgb) for cell in xlsx_cells(written("xlsx")) if cell.fill.fill_type}
    assert (str(heading), fills) == ("7A1F4A", {"FF7A1F4A"})


def test_the_first_line_of_a_workbook_says_who_presents_it() -> None:
    assert next(iter(xlsx_cells(written("xlsx")))).value == "提供方"


@pytest.mark.parametrize("nasty", [*NASTY, "长" * 500, "x" * 500, "\u200b\u2060\ufeff"])
@pytest.mark.parametrize("format", WRITERS)
def test_whatever_is_typed_comes_out_as_text(format: str, nasty: str) -> None:
    short = [replace(bare(one), brand=brand_told(everywhere(nasty), one)) for one in LANGUAGES["both"]]
    text = squeezed(WRITERS[format][1](WRITERS[format][0](short)))
    plain = "".join(character if character.isascii() else " " for character in nasty).split()
    assert [run for run in plain if len(run) > 3 and run not in text] == []


@pytest.mark.parametrize("nasty", ['=HYPERLINK("http://x")', "@SUM(1)", "＝1+1", "\t=1+1"])
def test_no_cell_of_a_workbook_becomes_a_formula(nasty: str) -> None:
    cells = list(xlsx_cells(write_xlsx(models(everywhere(nasty), "both"))))
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.value for cell in cells if str(cell.value).startswith(("=", "@", "＝"))] == []


def test_the_longest_texts_keep_the_cover_on_one_page() -> None:
    look = replace(everywhere("长" * 80), name="长" * 120, contact="联" * 200, text_zh="文" * 300, footer="脚" * 120)
    cover, second = (squeezed(page) for page in pages_of(typeset(*models(look, "both")))[:2])
    assert (cover.count("文"), cover.count("联"), "总览" in second, second.count("脚")) == (300, 200, True, 120)


def test_a_look_without_logo_and_texts_is_enough() -> None:
    assert "Solo" in pages_of(typeset(*models(Look(name="Solo"), "en")))[0]


def test_the_same_look_gives_the_same_bytes() -> None:
    assert typeset(*models(replace(LEAN), "en")) == written("pdf", "en")


def test_a_report_for_programs_holds_no_look() -> None:
    assert "brand" not in json.loads(write_json(models(LEAN, "en")))


def test_no_picture_of_a_report_is_larger_than_a_cover_needs() -> None:
    assert opened(LOGO).size == (300, 120)
