"""The PDF itself, read back: its words, its fonts, its tags, its pages."""

import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pikepdf
import pytest

from reports.builders.language import LANGUAGES
from reports.builders.model import Finding, Firm
from reports.typesetting import FAMILIES, TypesettingError, covered_characters, typeset, typeset_report
from tests.builders.pdf_reading import absent, bookmarks, embedded_fonts, fonts_that_set, pages_of, tags, text_of
from tests.builders.sample import RARE_NAME, bare, held_back, sample

MARKUP = '#let x = 1 $y$ *bold* _it_ `code` <b>fat</b> =HYPERLINK("a") @ref \\ // [x] #{panic()} -- ...'

whole = pytest.mark.parametrize("language", LANGUAGES)


@cache
def pdf_of(language="zh-hans"):
    return typeset(sample(language))


def named(name, **others):
    model = sample("en")
    return replace(model, firm=replace(model.firm, name=name, **others))


@whole
def test_the_firm_the_index_and_the_level_can_be_read_back(language):
    model = sample(language)
    assert absent(pdf_of(language), [RARE_NAME, model.firm.english_name, "50.4", model.level.title]) == []


@whole
def test_every_published_share_stands_there_with_the_firms_place_and_its_source(language):
    told = [
        words
        for one in sample(language).indicators
        for words in (one.id, one.title, one.statement, one.published_text, one.sentence, one.population, one.note)
    ]
    sources = [part for one in sample(language).indicators for part in (one.source.title, one.source.via)]
    assert absent(pdf_of(language), told + sources) == []


@whole
def test_every_item_stands_there_with_its_answer_and_its_advice(language):
    items = [item for part in sample(language).dimensions for item in part.items]
    told = [
        words for one in items for words in (one.code, one.title, one.answer_text, one.anchor_text, one.advice_text)
    ]
    assert absent(pdf_of(language), told) == []


@whole
def test_everything_a_rebuild_needs_stands_there(language):
    about = sample(language).provenance
    told = [about.instrument.code, about.instrument.hash, about.benchmark_code, about.report_id, about.engine_version]
    assert absent(pdf_of(language), told) == []


@whole
@pytest.mark.parametrize("change", [lambda model: model, held_back, lambda model: bare(model.language)])
def test_the_summary_is_one_page(language, change):
    second, third = pages_of(typeset(change(sample(language))))[1:3]
    assert {"zh-hans": "一页总览", "en": "Summary on one page"}[language] in second
    assert {"zh-hans": "目录与阅读说明", "en": "Contents and how to read"}[language] in third


@whole
def test_every_font_is_the_repositorys_own_and_embedded(language):
    fonts = embedded_fonts(pdf_of(language))
    assert fonts.keys() <= {name for names in FAMILIES.values() for name in names}
    assert set(fonts.values()) == {True}


def test_english_quotes_are_set_in_the_latin_font():
    assert fonts_that_set(pdf_of("en"), 2, "“") <= {"Inter-Regular", "Inter-Bold"}


@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-CN"), ("en", "en")])
def test_the_file_names_its_language_title_author_and_date(language, tag):
    with pikepdf.open(io.BytesIO(pdf_of(language))) as opened:
        assert (str(opened.Root.Lang), bool(opened.Root.ViewerPreferences.DisplayDocTitle)) == (tag, True)
        assert RARE_NAME in str(opened.docinfo["/Title"])
        assert str(opened.docinfo["/Author"]) == sample(language).provenance.publisher
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20261124")


@whole
def test_the_file_is_tagged_and_claims_pdf_ua_1_and_pdf_a_2a(language):
    with pikepdf.open(io.BytesIO(pdf_of(language))) as opened, opened.open_metadata() as metadata:
        assert bool(opened.Root.MarkInfo.Marked)
        claimed = [metadata[key] for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")]
        assert claimed == ["1", "2", "A"]


@whole
def test_every_chart_has_an_alternative_text(language):
    figures = [given.get("/Alt", "") for role, given in tags(pdf_of(language)) if role == "/Figure"]
    assert len(figures) == 6
    assert all(len(alternative) > 30 for alternative in figures)


@whole
def test_tables_have_headers_and_headings_skip_no_level(language):
    roles = [role for role, _ in tags(pdf_of(language))]
    levels = [int(role[2:]) for role in roles if role[:2] == "/H" and role[2:].isdigit()]
    assert roles.count("/THead") == roles.count("/Table") > 0
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_chinese_name_in_an_english_report_is_marked_as_chinese():
    assert "zh-CN" in [given.get("/Lang") for _, given in tags(pdf_of("en"))]


def test_chapters_are_bookmarked():
    assert bookmarks(pdf_of("en")) == [
        "Summary on one page",
        "Dimensions and items",
        "Published figures",
        "Strengths and gaps",
        "What to do next",
        "Method and provenance",
    ]


def test_markup_comes_out_as_it_was_typed():
    model = replace(named(MARKUP), gaps=(Finding(code="X", title=MARKUP, dimension=MARKUP, text=MARKUP),))
    assert text_of(typeset(model)).count(MARKUP.replace(" ", "")) >= 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", ["超长企业名称", "Wide Name & Co. ", "W", "鱻"])
def test_a_name_of_500_characters_keeps_the_layout(unit, language):
    name = (unit * 500)[:500].strip()
    pages = pages_of(typeset(sample(language, firm_name=name)))
    assert len(pages) == len(pages_of(pdf_of(language)))
    assert name.replace(" ", "") in "".join(pages[0].split())
    assert max(len(line) for line in pages[0].splitlines()) < 150


def test_a_character_without_a_glyph_is_replaced_and_reported():
    made = typeset_report(named("甲😀乙\u0e01\u200b\u202e"))
    assert made.missing == ("\u0e01", "😀")
    assert absent(made.pdf, ["甲〓乙〓", "U+0E01, U+1F600"]) == []


def test_rare_and_traditional_characters_need_no_replacement():
    assert typeset_report(sample()).missing == ()
    assert set(map(ord, "峯朤鱻質體國〓")) <= covered_characters()


def test_the_same_model_gives_the_same_bytes():
    assert typeset(sample()) == typeset(sample())


def test_a_report_without_any_optional_part_can_be_set():
    firm = Firm(name="a")
    assert len(pages_of(typeset(replace(bare("en"), firm=firm, dimensions=(), levels=())))) >= 5


def test_threads_take_turns():
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: typeset(named(f"Firm {n}")), range(6)))
    assert [f"Firm{n}" in text_of(pdf) for n, pdf in enumerate(made)] == [True] * 6


def test_a_forked_process_is_told_instead_of_hanging(monkeypatch):
    typeset(sample())
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(TypesettingError, match="only in worker processes, never in their parent"):
        typeset(sample())


def test_nothing_is_compiled_when_the_module_is_loaded():
    fresh = subprocess.run(
        [sys.executable, "-c", "import reports.typesetting as one; print(one._warm)"], capture_output=True, text=True
    )
    assert fresh.stdout.strip() == "None"
