"""How far the cells of a sheet reach, told from its XML before a reader allocates every cell in between.

The reader of workbooks builds a full rectangle from the first cell to the last, and a few bytes can name a cell a
billion rows away: asked for such a rectangle, it ends the whole process. So each part is looked through as bytes, as
leniently as the reader itself does it, whatever its name and however damaged its XML.
"""

import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

# Rows and cells alike, wherever the attribute stands: a tag that names its place twice must not hide one of them.
_PLACE: Final = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']")
# No spreadsheet program goes further: columns to XFD, rows to 1,048,576.
_LETTERS, _DIGITS = 3, 7
# Parts of the binary and the OpenDocument workbook: what cannot be looked through is not handed on.
_OTHER_KINDS: Final = frozenset({"xl/workbook.bin", "content.xml"})
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
# What the libraries for archives and XML raise where bytes are damaged; the last one for an encoding that is none.
DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ValueError,
    TypeError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    LookupError,
)


class NoSheet(ValueError):
    """Bytes that no spreadsheet program writes: a place outside every sheet, or a part in UTF-16."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The rectangle from the first cell of a sheet to the furthest, in rows and columns counted from 1."""

    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns


def reach(sheet: bytes) -> Reach:
    """Of whole rows of a sheet's XML; never too small by more than a factor of two. NoSheet if it cannot be told."""
    if b"\0" in sheet[:4] or sheet[:2] in _UTF_16:
        raise NoSheet("UTF-16")
    places = set(_PLACE.findall(sheet))
    if any(len(letters) > _LETTERS or len(digits) > _DIGITS for letters, digits in places):
        raise NoSheet("place")
    named = max((column_number(letters) for letters in {letters for letters, _ in places}), default=0)
    tags = _most_cells_of_a_row(sheet)
    # A cell that does not name its place stands beside the one before it.
    columns = named if tags <= named else named + tags
    return Reach(max((int(row) for row in {row for _, row in places}), default=0), columns)


def largest_reach(data: bytes) -> int:
    """Cells in the largest rectangle that any part of the XLSX ``data`` asks for. NoSheet for any other file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist() or _OTHER_KINDS.intersection(archive.namelist()):
                raise NoSheet("kind")
            return max((_reach_of_part(archive.read(name)).cells for name in archive.namelist()), default=0)
    except DAMAGED as error:
        raise NoSheet(str(error)) from error


def _reach_of_part(content: bytes) -> Reach:
    """A row that does not name its place stands under the one before it."""
    found = reach(content)
    tags = content.count(b"row ") + content.count(b"row>")
    return Reach(found.rows if tags <= 2 * found.rows else found.rows + tags, found.columns)


def column_number(letters: bytes) -> int:
    """The column A as 1, Z as 26, AA as 27; no letters are 0."""
    number = 0
    for letter in letters:
        number = number * 26 + (letter & 31)
    return number


def _most_cells_of_a_row(rows: bytes) -> int:
    """How many cells the fullest row has, counted by its tags; never too few, a few too many do no harm."""
    inside = (row[row.find(b"row") :] for row in rows.split(b"row>") if b"row" in row)
    return max((row.count(b"<c") + row.count(b":c") for row in inside), default=0)
