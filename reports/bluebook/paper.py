"""Sets the blue book."""

import json
from collections.abc import Sequence

from reports.builders.language import Language
from reports.builders.release.book import Book
from reports.builders.wording import say
from reports.dashboard.paper import block_data, set_page


def set_book(books: Sequence[tuple[Language, Book]]) -> bytes:
    """The PDF of one book in one or two languages. TypesettingError where template or fonts are at fault."""
    told = {"books": [book_data(book, language) for language, book in books]}
    return set_page(json.dumps(told, ensure_ascii=False), "bluebook.typ")


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
