"""Reads a PDF back: words, fonts, tags, bookmarks."""

import io
import re
from functools import cache
from typing import Any

import pikepdf
from pypdf import PdfReader


@cache
def pages_of(pdf: bytes) -> tuple[str, ...]:
    return tuple(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """Without white space: where a line ends is a matter of layout."""
    return re.sub(r"\s+", "", text)


@cache
def text_of(pdf: bytes) -> str:
    return squeezed("".join(pages_of(pdf)))


def absent(pdf: bytes, texts: list[str]) -> list[str]:
    """Those of the texts that cannot be read in the PDF."""
    return [text for text in texts if squeezed(text) not in text_of(pdf)]


def fonts_that_set(pdf: bytes, page: int, character: str) -> set[str]:
    """Names of the fonts in which a character is set on a page, counted from 0."""
    found: set[str] = set()

    def visit(text: str, _cm: Any, _tm: Any, font: Any, _size: float) -> None:
        if character in text and font:
            found.add(str(font["/BaseFont"]).split("+")[1])

    PdfReader(io.BytesIO(pdf)).pages[page].extract_text(visitor_text=visit)
    return found


def embedded_fonts(pdf: bytes) -> dict[str, bool]:
    """Every font in the file, charts included, and whether its outlines are in it too."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        described = [one for one in opened.objects if _type(one) == "/FontDescriptor"]
        return {str(one.FontName).split("+")[1]: "/FontFile2" in one or "/FontFile3" in one for one in described}


def _type(one: pikepdf.Object) -> str:
    return str(one.get("/Type", "")) if isinstance(one, pikepdf.Dictionary) else ""


def tags(pdf: bytes) -> list[tuple[str, dict[str, str]]]:
    """The tag tree in reading order: role, and alternative text and language where given."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return list(_tags(opened.Root.StructTreeRoot))


def _tags(node: Any) -> list[tuple[str, dict[str, str]]]:
    if isinstance(node, pikepdf.Array):
        return [tag for kid in node for tag in _tags(kid)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    given = {key: str(node[key]) for key in ("/Alt", "/Lang") if key in node}
    own = [(str(node.S), given)] if "/S" in node else []
    return own + _tags(node.get("/K"))


def bookmarks(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        return [item.title for item in outline.root]
