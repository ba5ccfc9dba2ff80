"""The printed question book: every item, in one language or in both, with nothing turned into markup."""

import re

import pytest

from surveys.instruments.check_outline import outline
from surveys.instruments.check_source import read_source, read_value
from surveys.instruments.export import content_of
from surveys.instruments.markdown import escaped, to_markdown
from surveys.instruments.markdown_sentences import sentence
from tests.instruments.bundled import INSTRUMENT_FILES
from tests.instruments.rich import RICH

RAW = read_source(RICH).raw
PLAN = outline(content_of(RAW))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def book(language: str | None = None, text: str = RICH) -> str:
    return to_markdown(read_source(text).raw, language).decode()


@pytest.mark.parametrize("path", INSTRUMENT_FILES, ids=lambda path: path.stem)
def test_the_book_holds_every_item_and_option(path) -> None:
    text = path.read_text(encoding="utf-8")
    items = [item for dimension in read_source(text).raw["dimensions"] for item in dimension["items"]]
    printed = book(text=text)
    assert re.findall(r"^### (\S+)", printed, re.MULTILINE) == [item["code"] for item in items]
    assert printed.count("- [ ] **") == sum(len(item.get("options", [])) for item in items)


def test_an_english_book_is_english() -> None:
    assert not CHINESE.search(book("en"))


def test_a_chinese_book_has_no_english_texts() -> None:
    assert "Process" not in book("zh-hans")
    assert "### PR-01 监控" in book("zh-hans")


def test_a_book_in_both_languages_has_both_titles_in_one_heading() -> None:
    assert "## PR 过程 / Process" in book()


def test_a_draft_says_so() -> None:
    assert "草稿 / Draft" in book(text=RICH.replace("status: published", "status: draft"))
    assert "Draft" not in book()


SENTENCES = [
    ("{item: PR-01, at_least: 4}", "PR-01 is 4 or more", "PR-01 至少为 4"),
    ("{item: PR-01, at_most: 2}", "PR-01 is 2 or less", "PR-01 至多为 2"),
    ('{item: PR-04, is: "yes"}', "PR-04 is “There is”", "PR-04 选“有”"),
    ("{item: PR-03, includes: spc}", "PR-03 includes “Charts”", "PR-03 勾选了“控制图”"),
    ("{node: PR, at_least: 60}", "the score of “Process” is 60 or more", "“过程”的得分 至少为 60"),
    ("{node: index, below: 60.5}", "the index is below 60.5", "指数 低于 60.5"),
    (
        "{any: [{item: PR-01, at_least: 4}, {all: [{item: PR-01, at_most: 2}, {not: {item: PR-01, is: 1}}]}]}",
        "PR-01 is 4 or more; or (PR-01 is 2 or less; and not (PR-01 is “1”))",
        "PR-01 至少为 4；或（PR-01 至多为 2；且并非（PR-01 选“1”））",
    ),
]


@pytest.mark.parametrize(("predicate", "english", "chinese"), SENTENCES)
def test_a_predicate_reads_as_a_sentence(predicate: str, english: str, chinese: str) -> None:
    assert sentence(read_value(predicate), PLAN, "en") == english
    assert sentence(read_value(predicate), PLAN, "zh-hans") == chinese


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a *b* _c_", r"a \*b\* \_c\_"),
        ("<script>", r"\<script\>"),
        ("# x", r"\# x"),
        ("1. x", r"\1. x"),
        ("- x", r"\- x"),
        ("a\n\nb", "a b"),
        ("[x](y)", r"\[x\](y)"),
    ],
)
def test_no_character_becomes_a_mark(text: str, printed: str) -> None:
    assert escaped(text) == printed


def test_no_blank_line_follows_another() -> None:
    assert "\n\n\n" not in book()
