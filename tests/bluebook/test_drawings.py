"""No drawing runs off the page of a book, however many rows it has."""

import io

import pypdf
import pytest

from reports.bluebook.paper import set_book
from reports.builders.release.book import Book, Chapter
from reports.builders.release.table import Block, Column, Section, Table

# The text of a page, in points from the bottom: 18 mm and 20 mm within the edges of A4.
FOOT, HEAD = 51, 785


def drawn(height: int) -> Block:
    """A picture of 600 by ``height`` pixels with a word at either end."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="{height}" viewBox="0 0 600 {height}">'
        f'<text x="10" y="20" font-family="Inter">UPPER</text>'
        f'<text x="10" y="{height - 5}" font-family="Inter">LOWER</text></svg>'
    )
    table = Table((Column("Province", "text"),), (("Beijing",),))
    return Block("tall", "Every province", table, draw=lambda _key, _width: svg)


def drawn_heights(pdf: bytes) -> list[float]:
    """How far above the bottom of its page each glyph of the picture stands, in points; a picture is scaled."""
    found: list[float] = []

    def note(operator: bytes, _operands: object, cm: list[float], _tm: list[float]) -> None:
        if operator == b"Tj" and cm[0] < 1:
            found.append(cm[5])

    pypdf.PdfReader(io.BytesIO(pdf)).pages[-1].extract_text(visitor_operand_before=note)
    return found


@pytest.mark.parametrize("height", [300, 900, 1500, 4000])
def test_a_drawing_stays_on_its_page(height: int) -> None:
    chapter = Chapter("All firms", (), (Section("by-region", "By region", (drawn(height),)),))
    upper, *_, lower = drawn_heights(set_book([("en", Book("Book", "2026-11", (), (chapter,), ""))]))
    assert FOOT < lower < upper < HEAD
