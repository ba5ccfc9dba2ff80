"""The text of a report, whatever its format."""

import io
import json
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl
import pypdf


def text_of(data: bytes, format: str) -> str:
    return READERS[format](data)


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def docx_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def xlsx_cells(data: bytes) -> Iterator[Any]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows():
            yield from row


def xlsx_text(data: bytes) -> str:
    return "\n".join(str(cell.value) for cell in xlsx_cells(data) if cell.value is not None)


def json_text(data: bytes) -> str:
    return "\n".join(str(leaf) for leaf in leaves(json.loads(data)))


def leaves(part: Any) -> Iterator[Any]:
    if isinstance(part, dict | list):
        for value in part.values() if isinstance(part, dict) else part:
            yield from leaves(value)
    else:
        yield part


READERS = {"pdf": pdf_text, "docx": docx_text, "xlsx": xlsx_text, "json": json_text}
