"""Sets the blue book."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

import typst

from reports.builders.language import Language
from reports.builders.release.book import Book
from reports.builders.wording import say
from reports.dashboard.paper import block_data
from reports.typesetting import FONTS, STANDARDS, TEMPLATES, TypesettingError


@dataclass
class _Press:
    """A compiler, and the process that it belongs to: see reports/typesetting.py."""

    process: int = field(default_factory=os.getpid)
    compiler: typst.Compiler = field(default_factory=lambda: _compiler())


def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    page = str(TEMPLATES / "bluebook.typ")
    return typst.Compiler(page, root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


_press: _Press | None = None


def set_book(books: Sequence[tuple[Language, Book]]) -> bytes:
    """The PDF of one book in one or two languages. TypesettingError where template or fonts are at fault."""
    global _press
    if _press is None or _press.process != os.getpid():
        _press = _Press()
    told = json.dumps({"books": [book_data(book, language) for language, book in books]}, ensure_ascii=False)
    try:
        made = _press.compiler.compile(format="pdf", sys_inputs={"view": told}, pdf_standards=STANDARDS)
    except typst.TypstError as error:
        raise TypesettingError(f"the book could not be set: {error.message}") from error
    if not isinstance(made, bytes):
        raise TypesettingError("the typesetter returned no single PDF")
    return made


def book_data(book: Book, language: Language) -> dict[str, object]:
    return {
        "language": language,
        "title": book.title,
        "subtitle": book.subtitle,
        "facts": [list(pair) for pair in book.facts],
        "cite": book.cite,
        "words": {"contents": say(language, "book_contents")},
        "chapters": [
            {
                "title": chapter.title,
                "paragraphs": list(chapter.paragraphs),
                "sections": [
                    {"title": section.title, "blocks": [block_data(block, language) for block in section.blocks]}
                    for section in chapter.sections
                ],
            }
            for chapter in book.chapters
        ],
    }
