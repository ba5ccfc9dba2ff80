"""Reads CSV as it comes from shops: UTF-8, UTF-16 or GB18030; comma, semicolon, tab or bar between the columns."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from scoring.measurements.numerals import Numeral, read_numeral
from scoring.measurements.table_builder import CHUNK, MAX_BYTES, MAX_ROWS, Progress, Sheet, build
from scoring.measurements.table_messages import refused
from scoring.measurements.table_model import Table

_DELIMITERS: Final = ("\t", ";", ",", "|")
_NONE: Final = "\x1f"
"""A character that no text contains, for files with a single column."""
_SAMPLED_LINES: Final = 200
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(data: bytes, progress: Progress | None = None) -> Table:
    """The table in a CSV file. Raises TableRefused when the file cannot be read for certain."""
    text, encoding = decoded(data)
    lines = text.split("\n")
    if len(lines) > MAX_ROWS + 2 and '"' not in text:
        raise refused("too_many_rows", limit=MAX_ROWS)
    delimiter = find_delimiter(lines[:_SAMPLED_LINES])
    return build(Sheet(_chunks(lines, delimiter), encoding, delimiter=delimiter), progress)


def decoded(data: bytes) -> tuple[str, str]:
    """The text with line feeds only, and its encoding: by byte order mark, else UTF-8, else GB18030."""
    if not data.strip():
        raise refused("empty")
    if len(data) > MAX_BYTES:
        raise refused("too_large", size=len(data), limit=MAX_BYTES)
    text, encoding = _decode(data)
    if "\0" in text:
        raise refused("binary")
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decode(data: bytes) -> tuple[str, str]:
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    position = 0
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            position = max(position, error.start + 1)
    raise refused("encoding", position=position)


def find_delimiter(lines: Sequence[str]) -> str:
    """The delimiter under which the lines have the same number of fields and the fields are numbers.

    Equal merits go to tab, semicolon, comma, bar, in this order; a file with one column has none of them.
    """
    filled = [line for line in lines if line.strip()]
    merits = {delimiter: _merit(filled, delimiter) for delimiter in (*_DELIMITERS, _NONE)}
    best = max(merits, key=lambda delimiter: merits[delimiter])
    if best == "," and _two_or_one(filled):
        raise refused("comma_ambiguous")
    return best


def _merit(lines: Sequence[str], delimiter: str) -> float:
    """Share of lines with the usual number of fields, times the share of fields that are numbers."""
    try:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return 0.0
    counts = [len(row) for row in rows]
    usual = max(set(counts), key=counts.count, default=0)
    if not rows or (usual < 2 and delimiter != _NONE):
        return 0.0
    fields = [field for row in rows for field in row if field.strip()]
    numbers = sum(isinstance(read_numeral(field), Numeral) for field in fields)
    # Without any number the fields still speak for a delimiter, though faintly.
    return counts.count(usual) / len(counts) * (numbers / max(len(fields), 1) + 0.001 * (usual > 1))


def _two_or_one(lines: Sequence[str]) -> bool:
    """Whether every line is two whole numbers with a comma between, which may as well be one decimal number."""
    pairs = (line.split(",") for line in lines)
    return all(
        len(pair) == 2 and pair[0].strip().lstrip("+-").isdigit() and pair[1].strip().isdigit() for pair in pairs
    )


def _chunks(lines: Sequence[str], delimiter: str) -> Iterator[list[list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        while chunk := list(islice(reader, CHUNK)):
            yield chunk
    except csv.Error as error:
        raise refused("quotes", line=reader.line_num, detail=str(error)) from None
